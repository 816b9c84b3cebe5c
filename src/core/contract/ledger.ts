import { z } from 'zod'
import { containerSchema, forms } from '../ledger/container.ts'
import { adjustSchema, lineKindNames, reason } from '../ledger/line.ts'
import { route } from './route.ts'

const id = z.uuid()
const code = z.string().regex(/^\d{6}$/)
const when = z.iso.datetime({ precision: 3 })
const why = z.string().trim().min(3).max(1000)
const how = z.string().trim().min(3).max(200)
const written = z.object({ lines: z.array(z.object({ id, seq: z.int() })) })

const label = containerSchema
/** Whose session it was: by name for whoever may know it, and otherwise by a word that says nothing. */
const person = z.object({ chart: id.nullable(), session: id.nullable(), label: z.string() })
const place = z.object({ id, name: z.string(), registration: z.string(), closedThrough: z.string().nullable(), counted: z.string().nullable(), countBy: z.string() })
const container = z.object({ id, place: id, label, onHand: z.int(), opened: z.boolean(), expired: z.boolean() })
export type LedgerContainer = z.infer<typeof container>
const difference = z.object({
  key: z.string(), kind: z.enum(['law', 'unfit', 'draw', 'count', 'gone', 'witness', 'remainder']), since: z.string(), line: id, place: id, container: id.nullable(), person: person.nullable(), says: z.string(), incident: z.boolean(),
  ends: z.enum(['signature', 'waste', 'explanation']), adjust: adjustSchema.nullable(), left: z.int().nullable(), by: z.string(),
  /** Explained by one person already, and what is asked of a second one. */
  explained: z.object({ line: id, by: z.string(), at: z.string(), reason: z.string(), mine: z.boolean() }).nullable(),
  /** Whether whoever asks may put their name to it as the second person. */
  maySign: z.boolean(),
})
export type LedgerDifference = z.infer<typeof difference>
const logLine = z.object({
  id, seq: z.int(), kind: z.enum(lineKindNames as [string, ...string[]]), at: z.string(), receivedAt: z.string(), by: z.string(), what: z.string(), label: label.nullable(), quantity: z.int().nullable(), amountUg: z.int().nullable(), onHandAfter: z.int().nullable(),
  person: person.nullable(), witnesses: z.array(z.string()), fits: z.boolean(), cameLate: z.boolean(),
})
export type LedgerLogLine = z.infer<typeof logLine>
const totals = z.object({
  label: z.object({ medicine: z.enum(['racemic-ketamine', 'esketamine']), form: z.enum(forms), strengthUg: z.int(), lot: z.string(), expires: z.string() }),
  opening: z.int(), received: z.int(), given: z.int(), wasted: z.int(), lost: z.int(), away: z.int(), moved: z.int(), adjusted: z.int(), drawn: z.int(), closing: z.int(),
})
export type LedgerTotals = z.infer<typeof totals>

/** What leaves a place, or moves: one container at a time. `draw` names what it was left of. */
const taken = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wasted'), id, container: id, quantity: z.int().min(1), draw: id.optional(), how, at: when }),
  z.strictObject({ kind: z.literal('lost'), id, container: id, quantity: z.int().min(1), draw: id.optional(), what: z.enum(['broken', 'spilled', 'missing', 'stolen']), why, at: when }),
  z.strictObject({ kind: z.literal('returned'), id, container: id, quantity: z.int().min(1), draw: id, why, at: when }),
  z.strictObject({ kind: z.literal('destroyed'), id, container: id, quantity: z.int().min(1), how, why, paper: z.string().trim().max(80), at: when }),
  z.strictObject({ kind: z.literal('sent-away'), id, container: id, quantity: z.int().min(1), to: how, why, paper: z.string().trim().max(80), at: when }),
  z.strictObject({ kind: z.literal('transferred'), id, container: id, to: id, why, at: when }),
])
export type LedgerTaken = z.infer<typeof taken>

/** The drug ledger. Every act carries the ids of its lines, so that sending it twice writes it once. */
export const ledgerRoutes = {
  ledger: route({ method: 'GET', path: '/api/ledger', who: 'ledger.read', audit: 'ledger.read', response: z.object({
    begun: z.string().nullable(), now: z.string(), dosesBefore: z.int(), places: z.array(place), containers: z.array(container), differences: z.array(difference), newest: z.array(logLine), mayKeep: z.boolean(), maySign: z.boolean(), whole: z.string().nullable(),
  }) }),
  /** What may be drawn from, for a device to keep through a session. It names nobody. */
  ledgerOpen: route({ method: 'GET', path: '/api/ledger/open', who: 'ledger.witness', audit: null, background: true, response: z.object({ begun: z.boolean(), now: z.string(), containers: z.array(container) }) }),
  ledgerLog: route({ method: 'GET', path: '/api/ledger/log', who: 'ledger.read', audit: 'ledger.log-read', query: z.object({ place: id, from: z.iso.date(), to: z.iso.date() }), response: z.object({ practice: z.string(), place, from: z.string(), to: z.string(), printedAt: z.string(), lines: z.array(logLine), lots: z.array(totals), differences: z.array(difference), whole: z.string().nullable() }) }),
  openPlace: route({ method: 'POST', path: '/api/ledger/places', who: 'ledger.keep', audit: 'ledger.place-opened', body: z.strictObject({ id, name: z.string().trim().min(2).max(120), registration: z.string().trim().max(40) }), response: written }),
  receiveStock: route({ method: 'POST', path: '/api/ledger/received', who: 'ledger.keep', audit: 'ledger.received', body: z.strictObject({ place: id, at: when, label: label.omit({ number: true }), quantity: z.int().min(1).max(1_000_000), containers: z.array(id).min(1).max(200) }), response: written }),
  takeStock: route({ method: 'POST', path: '/api/ledger/taken', who: 'ledger.keep', audit: 'ledger.taken', body: taken, response: written }),
  /** Counted without seeing what is expected. What was expected on that screen is sent along: where it has moved since, nothing is written. */
  countStock: route({ method: 'POST', path: '/api/ledger/counted', who: 'ledger.keep', audit: 'ledger.counted', body: z.strictObject({ id, place: id, at: when, counts: z.array(z.object({ id, container: id, counted: z.int().min(0).max(10_000_000), expected: z.int().min(0) })).min(1).max(500) }), response: written }),
  /** The second person's name beside a waste, a destruction, a breakage, or the explanation of a difference. */
  witnessLine: route({ method: 'POST', path: '/api/ledger/lines/:line/witness', who: 'ledger.witness', audit: 'ledger.witnessed', params: z.object({ line: id }), body: z.strictObject({ id, code }), response: written }),
  explainDifference: route({ method: 'POST', path: '/api/ledger/explained', who: 'ledger.keep', audit: 'ledger.explained', body: z.strictObject({ id, difference: z.string().max(120), reason, adjust: adjustSchema.nullable(), code }), response: written }),
  closePeriod: route({ method: 'POST', path: '/api/ledger/closed', who: 'ledger.keep', audit: 'ledger.closed', body: z.strictObject({ id, place: id, through: z.iso.date(), code }), response: written }),
} as const
