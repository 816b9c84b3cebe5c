import { z } from 'zod'
import { roles } from '../access/roles.ts'
import { route } from './route.ts'

const none = z.object({}).strict()
const done = z.object({ done: z.literal(true) })
export const me = z.object({
  person: z.uuid(), name: z.string(), roles: z.array(z.enum(roles)), practice: z.object({ id: z.uuid(), name: z.string(), zone: z.string(), sample: z.boolean() }),
  device: z.uuid(), hasPin: z.boolean(), idleMinutes: z.int(),
  /** For a patient: the chart that is hers. */
  chart: z.uuid().nullable(),
  now: z.string(),
})
const code = z.string().regex(/^\d{6}$/, 'six digits')
const password = z.string().min(1).max(1024)

export const signingIn = {
  /** Whether this installation has a practice yet, and whether it is the sample one. */
  welcome: route({ method: 'GET', path: '/api/welcome', who: 'anyone', audit: null, response: z.object({ firstRun: z.boolean(), sample: z.boolean(), practice: z.string().nullable() }) }),
  beginPractice: route({ method: 'POST', path: '/api/first-run', who: 'anyone', audit: null,
    body: z.object({ practice: z.string().trim().min(1).max(200), zone: z.string().min(1).max(60), givenName: z.string().trim().min(1).max(100), familyName: z.string().trim().min(1).max(100), email: z.email().max(254), password }),
    response: z.object({ totpUri: z.string(), qr: z.string() }) }),
  signIn: route({ method: 'POST', path: '/api/sign-in', who: 'anyone', audit: null, body: z.object({ email: z.string().trim().min(3).max(254), password }), response: z.object({ next: z.enum(['code', 'enrol-code']), totpUri: z.string().optional(), qr: z.string().optional() }) }),
  signInCode: route({ method: 'POST', path: '/api/sign-in/code', who: 'half-signed-in', audit: 'sign-in', body: z.object({ code }), response: me }),
  askForLink: route({ method: 'POST', path: '/api/sign-in/link', who: 'anyone', audit: null, body: z.object({ email: z.string().trim().min(3).max(254) }), response: done }),
  redeemLink: route({ method: 'POST', path: '/api/sign-in/link/redeem', who: 'anyone', audit: null, body: z.object({ token: z.string().min(20).max(200) }), response: me }),
  setPassword: route({ method: 'POST', path: '/api/sign-in/password', who: 'anyone', audit: null, body: z.object({ token: z.string().min(20).max(200), password }), response: done }),
  signOut: route({ method: 'POST', path: '/api/sign-out', who: 'signed-in', audit: 'sign-out', body: none, response: done }),
  me: route({ method: 'GET', path: '/api/me', who: 'signed-in', audit: null, background: true, response: me }),
  setPin: route({ method: 'POST', path: '/api/pin', who: 'signed-in', audit: 'pin.set', body: z.object({ pin: z.string().regex(/^\d{4,8}$/) }), response: done }),
  unlock: route({ method: 'POST', path: '/api/pin/unlock', who: 'signed-in', audit: 'pin.unlock', body: z.object({ pin: z.string().regex(/^\d{4,8}$/) }), response: z.object({ right: z.boolean(), triesLeft: z.int() }) }),
  /** Where somebody is signed in, and on whose devices they were let in by their PIN. */
  mySessions: route({ method: 'GET', path: '/api/sign-ins', who: 'signed-in', audit: null, response: z.object({ signIns: z.array(z.object({ id: z.uuid(), device: z.uuid(), since: z.string(), lastSeen: z.string(), thisOne: z.boolean() })), guestOn: z.array(z.object({ guest: z.uuid(), lender: z.string(), since: z.string(), until: z.string() })) }) }),
  endSession: route({ method: 'POST', path: '/api/sign-ins/:id/end', who: 'signed-in', audit: 'sign-in.ended', params: z.object({ id: z.uuid() }), body: none, response: done }),
  endOwnGuest: route({ method: 'POST', path: '/api/sign-ins/guests/:guest/end', who: 'signed-in', audit: 'guest.ended', params: z.object({ guest: z.uuid() }), body: none, response: done }),
  samplePeople: route({ method: 'GET', path: '/api/sample/people', who: 'anyone', audit: null, response: z.object({ people: z.array(z.object({ person: z.uuid(), name: z.string(), roles: z.array(z.enum(roles)), about: z.string() })) }) }),
  enterAs: route({ method: 'POST', path: '/api/sample/enter', who: 'anyone', audit: null, body: z.object({ person: z.uuid() }), response: me }),
  sampleMail: route({ method: 'GET', path: '/api/sample/outbox', who: 'anyone', audit: null, response: z.object({ mail: z.array(z.object({ id: z.uuid(), to: z.string(), subject: z.string(), body: z.string(), at: z.string(), sent: z.boolean() })) }) }),
  sampleClock: route({ method: 'POST', path: '/api/sample/clock', who: 'anyone', audit: null, body: z.object({ now: z.iso.datetime({ precision: 3 }) }), response: z.object({ now: z.string() }) }),
  /** The sample practice's codes: a visitor has no phone to read one from. */
  sampleCode: route({ method: 'GET', path: '/api/sample/code', who: 'signed-in', audit: null, background: true, response: z.object({ code: z.string() }) }),
} as const
