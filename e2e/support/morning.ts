import { monitoring } from '../../src/knowledge/monitoring.ts'
import { ask, minutesAfter, staff, type Cast, type Person } from './people.ts'

interface Entry { readonly id: string; readonly kind: string; readonly device: string; readonly body: { readonly session?: string } }
interface Visit { readonly type: string; readonly startsAt: string; readonly visit: string; readonly room?: object; readonly people: readonly { readonly person: string; readonly role: string }[] }

/** What is asked for on the morning of a session, beside what only hands can do. */
export const askedThatMorning = (systolicMmHg = 122): readonly (readonly [kind: string, body: object])[] => [
  ['vitals.v1', { systolicMmHg, diastolicMmHg: 78, position: 'seated' }], ['list-reviewed.v1', { list: 'medications', none: false }], ['fact.v1', { fact: 'pdmpChecked', state: 'answered', value: true }],
  ['escort-named.v1', { name: 'Lena Keller', phone: '510 555 0178', relationship: 'sister', adult: true }],
]

/** The kit looked through and the prescriber asked, for a session that starts by its button alone. */
const roomReady = ({ room, startsAt }: Visit): readonly (readonly [kind: string, body: object])[] => [
  ['room-checked.v1', { ...(room ? { room } : {}), items: monitoring.gates.kit.items.map(({ id }) => ({ item: id, present: true })), earliestExpiry: '2099-01-31' }],
  ['prescriber-reachable.v1', { person: staff.prescriber, name: 'Helen Brandt', by: 'on-site', answersWithinSec: monitoring.gates.prescriber.answersWithinSec, until: minutesAfter(startsAt, 600) }],
]

/**
 * The morning of the next booked session of the sample's patient in the middle of her course, with what is named here
 * written down. Depending on the weekday the last session still waits for its integration: then that is written too.
 */
export async function morningOfASession(cast: Cast, jonas: Person, written: ReturnType<typeof askedThatMorning> = []) {
  const { rows, now } = await ask<{ now: string; rows: { name: string; chart: string }[] }>(jonas, '/api/home')
  const { chart } = rows.find(({ name }) => name === 'Mara Keller')!
  const { course } = await ask<{ course: { visits: Visit[] } }>(jonas, `/api/charts/${chart}/course`)
  const next = course.visits.find(({ type, startsAt }) => type === 'medicine' && startsAt > now)!
  const { entries } = await ask<{ entries: Entry[] }>(jonas, `/api/charts/${chart}/entries`)
  const last = entries.findLast(({ kind }) => kind === 'session-started.v1')!
  await cast.at(next.startsAt)
  const write = ([kind, body]: readonly [string, object]) => ({ id: crypto.randomUUID(), kind, at: next.startsAt, writtenAt: next.startsAt, device: last.device, body })
  const integrated = entries.some(({ kind, body }) => kind === 'integration.v1' && body.session === last.id)
  const rest = { session: last.id, startedAt: next.startsAt, endedAt: next.startsAt, themes: 'Rest.', modalities: [], commitments: [], nextIntention: '' }
  const all = [...(integrated ? [] : [['integration.v1', rest] as const]), ...written, ...(written.length > 0 ? roomReady(next) : [])]
  if (all.length > 0) await ask(jonas, `/api/charts/${chart}/entries`, { entries: all.map(write) })
  return { chart, visit: next.visit, people: next.people, order: entries.findLast(({ kind }) => kind === 'order.v1')!.id, device: last.device }
}
