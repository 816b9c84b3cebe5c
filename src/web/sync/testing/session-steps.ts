import type { Chart } from '../../../core/chart/chart.ts'
import type { Entry, EntryOf } from '../../../core/chart/entry.ts'
import { instant, MINUTE_MS } from '../../../core/shared/time.ts'
import type { Written } from '../chart-on-device.ts'
import type { Chance } from './chance.ts'
import { NEWER_KIND } from './server.ts'
import { PEOPLE, type Person } from './world.ts'

/** What somebody sees and knows when they do something. */
export interface Seen {
  readonly chart: Chart
  readonly session: string
  readonly person: Person
  readonly nowMs: number
  readonly newer: boolean
  readonly chance: Chance
  /** Makes what is written tell itself apart from everything else. */
  readonly number: number
  /** An id made beforehand, where one entry of an act points at another. */
  readonly freshId: () => string
}
export interface Step {
  readonly written: readonly Written[]
  readonly stream?: 'notes' | 'journal'
  /** The role may not write this: the server says so every time. */
  readonly forbidden?: true
}

const ORDER = 'f0000000-0000-4000-8000-000000000001'
const calm = { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98 } as const
const symptoms = ['nausea', 'headache', 'vomiting', 'severe-anxiety', 'dyspnea', 'chest-pain'] as const
const assessment = {
  orientation: 4, moaaS: 5, rass: 0, gait: 'steady', dissociation: 'none-above-baseline',
  aldrete: { activity: 2, respiration: 2, circulation: 2, consciousness: 2, saturation: 2 }, padss: { vitals: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 },
  noDrivingSigned: true, instructionsGiven: true, roomAir: true,
} as const

type Deed = (seen: Seen) => Step | undefined
const one = (seen: Seen, kind: Written['kind'], body: unknown, more: object = {}): Step => ({ written: [{ kind, body, session: seen.session, ...more } as Written] })
const inSession = <Kind extends Entry['kind']>({ chart, session }: Seen, kind: Kind) => chart.all(kind).filter((entry) => entry.session === session)

const reading = ({ chance, number, nowMs }: Seen): { body: object; at: { at?: string } } => {
  const severe = chance.odds(0.12)
  const body = { ...calm, systolicMmHg: 110 + chance.below(30), temperatureDeciC: 360 + (number % 20), ...(severe && chance.pick([{ spo2Percent: 82 }, { systolicMmHg: 205 }, { heartRatePerMin: 155 }])), ...(chance.odds(0.1) && { spo2Percent: undefined }) }
  // Written down from memory, by the minute on the wall: then two people's entries happened at the same moment.
  return { body, at: chance.odds(0.25) ? { at: instant(Math.floor(nowMs / MINUTE_MS - chance.below(4)) * MINUTE_MS) } : {} }
}

const deeds: readonly (readonly [number, Deed])[] = [
  [8, (seen) => one(seen, 'checked-in.v1', { person: seen.person.id, name: 'Somebody', role: seen.person.role })],
  [2, (seen) => one(seen, 'checked-out.v1', { person: seen.person.id })],
  [26, (seen) => { const { body, at } = reading(seen); return one(seen, 'vitals.v1', body, at) }],
  [10, (seen) => one(seen, 'mental-status.v1', seen.chance.odds(0.15) ? { moaaS: 1 } : { moaaS: 5, rass: 0, orientation: 4 })],
  [6, (seen) => one(seen, 'symptom.v1', { symptom: seen.chance.pick(symptoms), present: seen.chance.odds(0.6) })],
  [5, (seen) => one(seen, 'rating.v1', { scale: seen.chance.pick(['distress', 'intensity']), value: seen.chance.below(11) })],
  [12, (seen) => ({ written: Array.from({ length: 1 + seen.chance.below(3) }, (_, place) => ({ kind: 'session-note.v1', body: { text: `${seen.number}.${place}` }, session: seen.session })) })],
  [9, correction],
  [5, (seen) => one(seen, 'dose-prepared.v1', { step: 1 + seen.chance.below(3), doseUg: 40_000, route: 'IM', order: ORDER, lot: `${seen.number}` })],
  [5, confirmed],
  [9, given],
  [2, (seen) => { const dose = inSession(seen, 'dose-given.v1').at(-1); return dose && one(seen, 'dose-ended.v1', { dose: dose.id }) }],
  [5, resolved],
  [6, answered],
  [2, (seen) => one(seen, 'side-effect.v1', { term: 'nausea', grade: 1, onsetAt: instant(seen.nowMs), action: `${seen.number}`, attributed: true })],
  [2, (seen) => one(seen, 'signal.v1', { signal: 'stop', answeredWith: `${seen.number}` })],
  [2, (seen) => one(seen, 'discharge-assessed.v1', assessment)],
  [2, signed],
  [1, (seen) => one(seen, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: `${seen.number}` })],
  [3, (seen) => (seen.newer ? one(seen, NEWER_KIND as never, { score: seen.chance.below(5), number: seen.number }) : undefined)],
  [2, (seen) => (seen.person.role === 'therapist' ? { written: [{ kind: 'psychotherapy-note.v1', body: { text: `${seen.number}` } }], stream: 'notes' } : undefined)],
  [2.5, forbidden],
  [3, roomChecked],
  [3, reachable],
  [3, handedOver],
  [4, taken],
  [2, reviewed],
  [3, onPaper],
]
const patientDeeds: readonly (readonly [number, Deed])[] = [
  [5, ({ number }) => ({ written: [{ kind: 'journal.v1', body: { text: `${number}` } }], stream: 'journal' })],
  [3, ({ number }) => ({ written: [{ kind: 'consent-withdrawn.v1', body: { form: 'touch', said: `${number}` } }] })],
]

/** Something that a person on this team does in a session, drawn by its weight; nothing where it cannot be done just now. */
export function stepOf(seen: Seen): Step | undefined {
  const from = seen.person.role === 'patient' ? patientDeeds : deeds
  let luck = seen.chance() * from.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, deed] of from) {
    luck -= weight
    if (luck < 0) return deed(seen)
  }
  return undefined
}

const corrected = ['vitals.v1', 'session-note.v1', 'mental-status.v1', 'dose-given.v1', 'session-closed.v1', 'room-checked.v1', 'prescriber-reachable.v1'] as const

/** What was refused for good stays on the chart of its own device, and nothing can correct it. */
const isNotInVain = ({ kind, body }: Entry) => kind !== 'session-note.v1' || !body.text.endsWith('in vain')

/** An entry of the same kind that takes another's place; anybody's, also one that is not sent yet. */
function correction(seen: Seen): Step | undefined {
  const kind = seen.chance.pick(corrected)
  const before = inSession(seen, kind).filter(isNotInVain)
  const amends = before.length > 0 && seen.chance.odds(0.5) ? before.at(-1)! : before[seen.chance.below(before.length)]
  if (!amends || (kind === 'dose-given.v1' && seen.chance.odds(0.5))) return undefined
  const body = kind === 'vitals.v1' ? reading(seen).body : kind === 'session-note.v1' ? { text: `${seen.number} corrects` } : kind === 'session-closed.v1' ? { ...amends.body, note: `${seen.number}` } : kind === 'dose-given.v1' ? { ...amends.body, site: `${seen.number}` } : kind === 'room-checked.v1' ? { ...amends.body, earliestExpiry: '2027-06-30' } : kind === 'prescriber-reachable.v1' ? { ...amends.body, until: instant(seen.nowMs) } : { moaaS: 4 }
  return one(seen, kind, body, { amends: amends.id, ...(amends.at < instant(seen.nowMs) && seen.chance.odds(0.7) && { at: amends.at }) })
}

function confirmed(seen: Seen): Step | undefined {
  const prepared = inSession(seen, 'dose-prepared.v1').at(-1)
  return prepared && one(seen, 'dose-confirmed.v1', { prepared: prepared.id, doseUg: prepared.body.doseUg })
}

/** Alone, or with its confirmation in one act; the same step again where somebody does not know that it was given. */
function given(seen: Seen): Step | undefined {
  const known = inSession(seen, 'dose-prepared.v1')
  const prepared = seen.chance.odds(0.7) ? known.at(-1) : known[seen.chance.below(known.length)]
  if (!prepared) return undefined
  const body = (confirmation: string) => ({ step: prepared.body.step, doseUg: seen.chance.odds(0.8) ? 40_000 : 20_000, route: 'IM', order: ORDER, prepared: prepared.id, confirmed: confirmation, confirmedBy: seen.person.id, site: `${seen.number}`, selfAdministered: false })
  const confirmation = inSession(seen, 'dose-confirmed.v1').find((entry) => entry.body.prepared === prepared.id)
  if (confirmation && seen.chance.odds(0.5)) return one(seen, 'dose-given.v1', body(confirmation.id))
  const id = seen.freshId()
  return { written: [...one(seen, 'dose-confirmed.v1', { prepared: prepared.id, doseUg: prepared.body.doseUg }, { id }).written, ...one(seen, 'dose-given.v1', body(id)).written] }
}

function resolved(seen: Seen): Step | undefined {
  const doses = inSession(seen, 'dose-given.v1')
  const twice = doses.filter((dose) => doses.some((other) => other.id !== dose.id && other.body.step === dose.body.step))
  const stands: EntryOf<'dose-given.v1'> | undefined = twice[seen.chance.below(twice.length)]
  return stands && one(seen, 'dose-conflict-resolved.v1', { step: stands.body.step, stands: stands.id, reason: `${seen.number}` })
}

function answered(seen: Seen): Step | undefined {
  const low = inSession(seen, 'vitals.v1').filter(({ body }) => body.spo2Percent !== undefined && body.spo2Percent < 90)
  const alert = low[seen.chance.below(low.length)]
  return alert && one(seen, 'alert-answered.v1', { alert: `${alert.id}/SPO2`, action: 'treated', note: `${seen.number}` })
}

function signed(seen: Seen): Step | undefined {
  const assessed = inSession(seen, 'discharge-assessed.v1').at(-1)
  const signature = { person: seen.person.id, name: 'Somebody', meaning: 'confirmation', method: 'pin', signedAt: instant(seen.nowMs) }
  return assessed && one(seen, 'discharge-signed.v1', { assessed: assessed.id, role: 'monitor', signature })
}

/** With a note before it, perhaps one that corrects: no part of it may be stored, and it corrects nothing. */
function forbidden(seen: Seen): Step | undefined {
  if (seen.person.role === 'prescriber') return undefined
  const notes = inSession(seen, 'session-note.v1').filter(isNotInVain)
  const amends = seen.chance.odds(0.6) ? notes[seen.chance.below(notes.length)] : undefined
  const note = one(seen, 'session-note.v1', { text: `${seen.number} in vain` }, amends ? { amends: amends.id } : {})
  return { written: [...note.written, ...one(seen, 'gate-passed.v1', { gate: 'people', step: 1, reason: `Somebody said so, number ${seen.number}` }).written], forbidden: true }
}

/** Somebody looks through the emergency kit, or finds it as somebody else did; perhaps written down afterwards. */
function roomChecked(seen: Seen): Step {
  const before = inSession(seen, 'room-checked.v1').at(-1)
  const confirms = before && seen.chance.odds(0.4) ? { confirms: { at: before.at, person: before.by, name: 'Somebody' } } : {}
  return one(seen, 'room-checked.v1', { items: [{ item: 'oxygen', present: seen.chance.odds(0.8) }, { item: `${seen.number}`, present: true }], earliestExpiry: '2027-05-31', ...confirms }, afterwards(seen))
}

function reachable(seen: Seen): Step {
  return one(seen, 'prescriber-reachable.v1', {
    person: PEOPLE[2].id, name: 'Pia', by: seen.chance.pick(['on-site', 'phone']), answersWithinSec: 1 + (seen.number % 600), until: instant(seen.nowMs + (seen.chance.below(240) - 20) * MINUTE_MS),
  }, afterwards(seen))
}

const afterwards = ({ chance, nowMs }: Seen) => (chance.odds(0.3) ? { at: instant(nowMs - chance.below(60) * MINUTE_MS) } : {})
const signature = ({ person, nowMs }: Seen, meaning: string) => ({ person: person.id, name: 'Somebody', meaning, method: 'pin', signedAt: instant(nowMs) })

function handedOver(seen: Seen): Step {
  const to = seen.chance.pick(PEOPLE.filter(({ role, id }) => role !== 'patient' && id !== seen.person.id))
  return one(seen, 'hand-over.v1', { to: to.id, items: [{ item: 'doses', says: `${seen.number}` }, { item: 'due', says: 'No reading is due.' }], signature: signature(seen, 'confirmation') })
}

/** Read back by the one it was meant for, or by somebody else, for whom it does not count; perhaps with something left out. */
function taken(seen: Seen): Step | undefined {
  const handed = inSession(seen, 'hand-over.v1')
  const mine = handed.filter(({ body }) => body.to === seen.person.id)
  const from = seen.chance.odds(0.7) ? mine : handed
  const over = from[seen.chance.below(from.length)]
  return over && one(seen, 'hand-over-taken.v1', { handOver: over.id, readBack: seen.chance.odds(0.75) ? ['doses', 'due'] : ['due'], signature: signature(seen, 'confirmation') })
}

/** What a clinician makes of what came after the close; whatever came in time needs none of it and stays where it is. */
function reviewed(seen: Seen): Step | undefined {
  const closed = inSession(seen, 'session-closed.v1')[0]
  if (!closed || seen.person.role === 'monitor') return undefined
  const after = seen.chart.entries.filter(({ session, kind, writtenAt }) => session === seen.session && kind !== 'late-reviewed.v1' && writtenAt > closed.writtenAt)
  const entry = after[seen.chance.below(after.length)]
  return entry && one(seen, 'late-reviewed.v1', { reviewed: [{ entry: entry.id, found: seen.chance.pick(['taken', 'aside']), reason: `${seen.number}` }], signature: signature(seen, 'review') })
}

/** Something is added to a session that was typed from paper, or put right in it, or looked at. */
function onPaper(seen: Seen): Step | undefined {
  const typed = seen.chart.all('session-transcribed.v1')
  const session = typed[seen.chance.below(typed.length)]?.session
  if (!session) return undefined
  const there = { ...seen, session }
  const note = () => one(there, 'session-note.v1', { text: `${seen.number} also stood there` }, { at: instant(seen.nowMs - (120 + seen.chance.below(120)) * MINUTE_MS) })
  return seen.chance.pick([correction, note, reviewed])(there)
}
