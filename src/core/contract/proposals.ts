import { z } from 'zod'
import { editionAsked, editionMove, judgedOtherwise, seesOtherwise } from './editions.ts'
import { route } from './route.ts'

const one = z.object({ proposal: z.uuid() })
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A loosened edition that one person has signed. It binds nothing before a second one has. */
const proposal = z.object({
  id: z.uuid(), sha256, on: z.int(), by: z.string(), at: z.string(), reason: z.string(),
  /** Every row with before and after. `title` where it stands in a course that is not in force yet. */
  moves: z.array(editionMove.extend({ title: z.string().optional() })),
  /** The course it would make. */
  course: z.object({ name: z.string(), from: z.string() }).nullable(),
  state: z.enum(['waiting', 'stale', 'signed', 'declined', 'withdrawn']),
  /** Why nobody can sign it any more. */
  stale: z.string().nullable(),
  answer: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  /** The edition it became. */
  edition: z.int().nullable(),
  mine: z.boolean(),
  /** Whether the person who asks may sign it second. */
  forMe: z.boolean(),
  /** By name, who could. */
  couldSign: z.array(z.string()),
})

/** Loosening is signed by two: proposed by the medical director, signed by somebody else who treats here. */
export const proposalRoutes = {
  /** `others`: who could sign second what the person who asks would propose. */
  proposals: route({ method: 'GET', path: '/api/rulebook/proposals', who: 'rulebook.read', audit: null, response: z.object({ now: z.string(), proposals: z.array(proposal), others: z.array(z.string()) }) }),
  proposeEdition: route({ method: 'POST', path: '/api/rulebook/proposals', who: 'rulebook.adopt', audit: 'rulebook.edition-proposed', body: editionAsked, response: z.object({ id: z.uuid(), sha256 }) }),
  /** Whom it would change: names for those who treat them, a number for others. */
  previewProposal: route({ method: 'GET', path: '/api/rulebook/proposals/:proposal/preview', who: 'rulebook.read', audit: 'rulebook.previewed', params: one, response: z.object({ looked: z.int(), changed: z.int(), judged: z.array(judgedOtherwise), underWay: z.array(seesOtherwise) }) }),
  /** With the digest of what was looked at, a reason and a code. It is then in force. */
  countersignEdition: route({ method: 'POST', path: '/api/rulebook/proposals/:proposal/sign', who: 'rulebook.countersign', audit: 'rulebook.edition-countersigned', params: one, body: z.strictObject({ sha256, reason: z.string().trim().min(3).max(2000), code: z.string().regex(/^\d{6}$/) }), response: z.object({ number: z.int(), name: z.string(), sha256: z.string() }) }),
  declineProposal: route({ method: 'POST', path: '/api/rulebook/proposals/:proposal/decline', who: 'rulebook.countersign', audit: 'rulebook.proposal-declined', params: one, body: z.strictObject({ reason: z.string().trim().min(3).max(2000) }), response: z.object({ done: z.literal(true) }) }),
  withdrawProposal: route({ method: 'POST', path: '/api/rulebook/proposals/:proposal/withdraw', who: 'rulebook.adopt', audit: 'rulebook.proposal-withdrawn', params: one, body: z.strictObject({ reason: z.string().trim().max(2000) }), response: z.object({ done: z.literal(true) }) }),
} as const
