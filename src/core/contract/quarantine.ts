import { z } from 'zod'
import { entryDraft } from './charting.ts'
import { route } from './route.ts'

const instant = z.iso.datetime({ precision: 3 })
const base64 = (most: number) => z.string().max(most).regex(/^[A-Za-z0-9+/]+={0,2}$/)
/** Sealed to the server's key by the device that wrote it: nobody else reads it, that device neither. */
const sealedAct = { act: z.uuid(), chart: z.uuid(), key: z.string().regex(/^[0-9a-f]{16}$/), sealed: base64(349_528) }
/** The bytes of a file, sealed in the same way; at most as many as an entry can name. */
const sealedFile = { chart: z.uuid(), sha256: z.string().regex(/^[0-9a-f]{64}$/), key: sealedAct.key, sealed: base64(5_333_460) }
const ofChart = z.object({ chart: z.uuid(), act: z.uuid() })
const drafts = z.array(entryDraft.extend({ by: z.uuid() }))

/** What somebody did in one go on a device whose access had ended: who, when and how much; what it says is sealed. */
export const quarantined = z.object({
  act: z.uuid(), by: z.object({ person: z.uuid(), name: z.string() }), device: z.uuid(), session: z.uuid().nullable(), entries: z.int(), from: instant, to: instant, receivedAt: instant,
  state: z.enum(['open', 'adopted', 'discarded', 'arrived']), decidedBy: z.string().nullable(), decidedAt: z.string().nullable(), reason: z.string().nullable(),
})
export type Quarantined = z.infer<typeof quarantined>

/** What a device keeps about a person can only be read with them or with the server, and what it could not send is not lost when its access ends. */
export const quarantineRoutes = {
  /** For a device with somebody signed in: the server's part of what opens it, whom to seal for, and, if asked, leave to bring sealed entries later. */
  deviceKeys: route({ method: 'POST', path: '/api/device/keys', who: 'signed-in', audit: 'device.keys', background: true, body: z.object({ credential: z.boolean() }), response: z.object({ share: z.string(), key: z.object({ id: z.string(), publicKey: z.string() }), credential: z.object({ token: z.string(), until: instant }).nullable() }) }),
  /** Gives back to its author, signed in again, what the device they wrote it on cannot open any more. */
  recoverAct: route({ method: 'POST', path: '/api/device/recover', who: 'signed-in', audit: 'device.recovered', background: true, body: z.object({ ...sealedAct, device: z.uuid() }), response: z.object({ entries: drafts, writtenAt: instant }) }),
  /** The same of the bytes of a file. */
  recoverFile: route({ method: 'POST', path: '/api/device/recover-file', who: 'signed-in', audit: 'device.recovered', background: true, body: z.object({ ...sealedFile, device: z.uuid() }), response: z.object({ data: z.string() }) }),
  /** Takes sealed entries from a device whose sign-in or whose place on the team has ended. Who brings them is in the credential, and in nothing else. */
  deposit: route({ method: 'POST', path: '/api/quarantine', who: 'anyone', audit: null, body: z.object({ ...sealedAct, credential: z.string().min(20).max(200), session: z.uuid().nullable(), entries: z.array(z.uuid()).min(1).max(500), from: instant, to: instant }), response: z.object({ kept: z.literal(true), again: z.boolean() }) }),
  /** Takes the bytes of a file that such entries name, sealed, before those entries. */
  depositFile: route({ method: 'POST', path: '/api/quarantine/files', who: 'anyone', audit: null, body: z.object({ ...sealedFile, credential: z.string().min(20).max(200) }), response: z.object({ kept: z.literal(true), again: z.boolean() }) }),
  quarantine: route({ method: 'GET', path: '/api/charts/:chart/quarantine', who: 'quarantine.read', audit: 'quarantine.read', params: z.object({ chart: z.uuid() }), response: z.object({ acts: z.array(quarantined) }) }),
  openQuarantined: route({ method: 'POST', path: '/api/charts/:chart/quarantine/:act/open', who: 'quarantine.decide', audit: 'quarantine.opened', params: ofChart, body: z.object({}).strict(), response: z.object({ entries: drafts, files: z.array(z.object({ entry: z.uuid(), state: z.enum(['here', 'not-brought', 'another']) })) }) }),
  adoptQuarantined: route({ method: 'POST', path: '/api/charts/:chart/quarantine/:act/adopt', who: 'quarantine.decide', audit: 'quarantine.adopted', params: ofChart, body: z.object({ id: z.uuid(), device: z.uuid(), note: z.string().trim().max(1000).default('') }), response: z.object({ adopted: z.int(), files: z.int() }) }),
  discardQuarantined: route({ method: 'POST', path: '/api/charts/:chart/quarantine/:act/discard', who: 'quarantine.decide', audit: 'quarantine.discarded', params: ofChart, body: z.object({ reason: z.string().trim().min(3).max(1000) }), response: z.object({ done: z.literal(true) }) }),
} as const
