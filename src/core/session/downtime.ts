import type { Chart } from '../chart/chart.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { CourseFacts } from '../course/step.ts'
import { boosterRowOf, type DosingRows } from '../dosing/rows.ts'
import type { ClearanceNow } from '../eligibility/clearance.ts'
import { latestByName } from '../eligibility/listed-facts.ts'
import { photoNow } from '../files/photo.ts'
import type { EffectRows } from './effects.ts'
import { localDay } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'
import { showKg, showMg, showPerKg } from '../shared/units.ts'
import type { EmergencyCard } from './cards.ts'
import { symptomName } from './describe.ts'
import { dischargeRuleIds, type DischargeRows } from './discharge-rows.ts'
import { orderInForce } from './orders.ts'
import type { AlertLevel, Bound, MonitoringRows, ScheduleRow, Test } from './rows.ts'
import { touchNow } from './touch.ts'

/** Everything a booked medicine session needs on paper, when nothing that runs on power answers. */
export interface DowntimeSheet {
  readonly patient: string
  readonly title: string
  /** The photo to know the person by, named by its digest; where there is none, that it is so. */
  readonly photo: { readonly says: string; readonly sha256?: string }
  /** Labels and values, in the order in which they are read. What nobody wrote down says so. */
  readonly who: readonly Line[]
  readonly medicine: readonly Line[]
  readonly room: readonly Line[]
  readonly contacts: readonly Line[]
  /** The planned readings, each a row to write in, and how it goes on after the last. */
  readonly readings: { readonly rows: readonly string[]; readonly says: string }
  readonly thresholds: readonly { readonly name: string; readonly levels: Readonly<Record<AlertLevel, string>>; readonly source: string }[]
  readonly doses: readonly string[]
  readonly effects: readonly string[]
  readonly discharge: readonly string[]
  /** The scores that going home is judged by: each item a place to write in. */
  readonly scores: readonly { readonly name: string; readonly items: readonly string[] }[]
  /** Steps that most cards share are said once, and stand in each card by their number, in their order. */
  readonly cards: { readonly shared: readonly string[]; readonly list: readonly { readonly title: string; readonly steps: readonly string[] }[] }
  readonly edition: string
}
type Line = readonly [label: string, value: string]

export interface DowntimeSetting {
  readonly patient: string
  readonly practice: string
  /** Telephone of the practice, and its numbers for an emergency, one a line. */
  readonly phone: string
  readonly emergencyNumbers: string
  readonly prescribers: readonly string[]
  readonly book: { readonly monitoring: MonitoringRows; readonly discharge: DischargeRows; readonly dosing: DosingRows; readonly effects: EffectRows }
  readonly cards: readonly EmergencyCard[]
  readonly scores: readonly { readonly name: string; readonly items: readonly { readonly asks: string }[] }[]
  readonly edition: string
  readonly clearance: ClearanceNow
  /** What is asked every week, where it is this person's. */
  readonly weekly: CourseFacts['weekly']
  readonly zone: string
  /** A moment as the wall clock of the practice shows it, with its day. */
  readonly shown: (at: Instant) => string
  readonly day: (day: string) => string
}

export const NOT_RECORDED = 'not recorded'

/** The sheet of one booked session, from the chart as it stands. It concludes nothing: it says what is written, and what is not. */
export function downtimeSheet(chart: Chart, visit: BookedVisit, setting: DowntimeSetting): DowntimeSheet {
  const order = orderInForce(chart, localDay(visit.startsAt, setting.zone))
  const route = order?.body.route
  const { monitoring, discharge, effects } = setting.book
  return {
    patient: setting.patient, title: `Medicine session ${visit.number}`, edition: setting.edition, photo: photoOf(chart, setting),
    who: who(chart, setting), medicine: medicineOf(chart, visit, setting), room: roomOf(chart, visit, setting), contacts: contactsOf(chart, visit, setting),
    readings: readingsOf(monitoring.schedules.find((row) => row.route === route), route),
    thresholds: monitoring.alerts.filter(({ watches }) => watches !== 'lateness').map((row) => ({ name: `${row.name}${row.unit === '' || row.unit.startsWith('of') ? '' : `, ${row.unit}`}`, source: row.cites.join(' '), levels: { yellow: level('yellow', row), orange: level('orange', row), red: level('red', row) } })),
    doses: ['Step 1', ...(order && order.body.boosterUg > 0 ? ['Step 2, booster'] : [])],
    effects: effects.terms.filter(({ expected }) => expected).map(({ label }) => label),
    discharge: dischargeRuleIds.map((id) => `${id}  ${discharge[id].asks}`),
    scores: setting.scores.map(({ name, items }) => ({ name, items: items.map(({ asks }) => asks) })),
    cards: cardsOf(setting.cards),
  }
}

function photoOf(chart: Chart, { shown }: Pick<DowntimeSetting, 'shown'>): DowntimeSheet['photo'] {
  const now = photoNow(chart)
  return now.state === 'there' ? { says: `of ${shown(now.photo.at)}. It matches:  yes / no`, sha256: now.photo.body.file.sha256 } : { says: now.state === 'none' ? 'none on record' : 'taken back, not shown' }
}

function cardsOf(cards: readonly EmergencyCard[]): DowntimeSheet['cards'] {
  const all = cards.flatMap(({ steps }) => steps.map(({ says }) => says))
  const shared = [...new Set(all)].filter((says) => all.filter((one) => one === says).length > 2)
  return { shared, list: cards.map(({ title, steps }) => ({ title, steps: steps.map(({ says }) => (shared.includes(says) ? `(${shared.indexOf(says) + 1})` : says)) })) }
}

const level = (name: AlertLevel, { levels }: MonitoringRows['alerts'][number]) => (levels[name] ? short(levels[name]) : '–')

const flags = { deepSedationExpected: 'deep sedation is expected', nobodyMonitoring: 'nobody is checked in to watch', asksToStop: 'the person asks to stop' } as const

/** A threshold as paper has room for it; its unit stands with its name. */
function short(test: Test): string {
  if ('any' in test) return test.any.map(short).join(', or ')
  if ('all' in test) return test.all.map(short).filter((one, _, all) => !all.some((other) => other.startsWith(`${one} for `))).join(' with ')
  if ('symptom' in test) return test.symptom.map(symptomName).join(' / ')
  if ('flag' in test) return flags[test.flag]
  if ('of' in test) return `${test.of} ${bound(test.is)}`
  if ('riseAtLeast' in test) return `${test.riseAtLeast} or more above baseline`
  return 'held' in test ? `${bound(test.held)} for ${test.forMin} minutes` : bound(test)
}

const bound = (test: Bound): string => ('atLeast' in test ? `${test.atLeast} or more` : 'above' in test ? `above ${test.above}` : 'below' in test ? `below ${test.below}` : `${test.atMost} or less`)

function who(chart: Chart, { patient, day, shown }: DowntimeSetting): Line[] {
  const body = chart.latest('demographics.v1')?.body
  const list = (kind: 'allergies' | 'medications', items: readonly string[]) => {
    const review = chart.latest('list-reviewed.v1', (entry) => entry.body.list === kind)
    const gone = review ? `gone through ${shown(review.at)}` : 'nobody has gone through this list'
    return items.length > 0 ? `${items.join('; ')} (${gone})` : review?.body.none ? `none (${gone})` : `${NOT_RECORDED} (${gone})`
  }
  return [
    ['Name', `${body ? `${body.givenName} ${body.familyName}${body.preferredName ? `, called ${body.preferredName}` : ''}` : patient}   Born: ${body ? day(body.birthDate) : NOT_RECORDED}`],
    ['ALLERGIES', list('allergies', latestByName(chart.all('allergy.v1'), (entry) => entry.body.substance).filter((entry) => entry.body.status === 'active').map((entry) => [entry.body.substance, entry.body.reaction].filter(Boolean).join(': ')))],
    ['Medicines taken', list('medications', latestByName(chart.all('medication.v1'), (entry) => entry.body.name).filter((entry) => entry.body.status === 'active').map((entry) => [entry.body.name, entry.body.dosage].filter(Boolean).join(' ')))],
  ]
}

const states: Record<ClearanceNow['state'], string> = { none: 'NOT SIGNED', cleared: 'in force', held: 'ON HOLD, not in force', refused: 'REFUSED', expired: 'EXPIRED, not in force', reopened: 'REOPENED by new facts, not in force until a prescriber signs again' }

function medicineOf(chart: Chart, visit: BookedVisit, { clearance, weekly, zone, shown, day, book }: DowntimeSetting): Line[] {
  const on = localDay(visit.startsAt, zone)
  const order = orderInForce(chart, on)
  const newest = chart.latest('order.v1')
  const { entry, endsAt, newlyMet } = clearance
  const ends = endsAt === undefined ? '' : `, until ${shown(endsAt)}${endsAt < visit.startsAt ? ' — ENDS BEFORE THIS SESSION' : ''}`
  const booster = order && boosterRowOf(book.dosing, order.body.route)
  return [
    ['Clearance', `${states[clearance.state]}${entry ? `, signed by ${entry.body.signature.name} ${shown(entry.at)}${ends}` : ''}${newlyMet.length > 0 ? `. ${newlyMet.map(({ rule }) => rule.says).join(' ')}` : ''}`],
    ['Conditions and holds', entry ? [...entry.body.conditions, ...entry.body.overrides.map(({ rule, reason }) => `${rule} gone past: ${reason}`)].join('; ') || 'none' : NOT_RECORDED],
    ...(weekly ? [['Every week', `${weekly.says}: ${weekly.last ? `last asked ${shown(weekly.last.at)}, due again ${day(weekly.dueOn)}` : `NOT ASKED since the first dose, due ${day(weekly.dueOn)}`}`] as const] : []),
    ['Order', order
      ? `${order.body.medication.replace('-', ' ')} ${order.body.route}: step 1 ${showMg(order.body.doseUg)} (${showPerKg(order.body.doseUg, order.body.weightG)}); ${order.body.boosterUg > 0 ? `step 2 up to ${showMg(order.body.boosterUg)} (${showPerKg(order.body.boosterUg, order.body.weightG)})${booster ? `, ${booster.windowMin[0]} to ${booster.windowMin[1]} minutes after step 1` : ''}` : 'no second step'}; at most ${showMg(order.body.maxTotalUg)} in all (${showPerKg(order.body.maxTotalUg, order.body.weightG)}); ${order.body.strengthUgPerMl === undefined ? `strength ${NOT_RECORDED}` : `${order.body.strengthUgPerMl / 1_000} mg/mL`}. Signed by ${order.body.signature.name}, holds ${day(order.body.validFrom)} to ${day(order.body.validUntil)}.${order.body.instructions ? ` ${order.body.instructions}` : ''}`
      : newest ? `NONE IN FORCE on ${day(on)}: the newest was stopped or does not hold then` : `NONE, ${NOT_RECORDED}`],
  ]
}

function roomOf(chart: Chart, visit: BookedVisit, { shown }: DowntimeSetting): Line[] {
  const touch = touchNow(chart)
  const agreed = chart.latest('agreements.v1')?.body
  return [
    ['When', `${shown(visit.startsAt)} to ${shown(visit.endsAt)}${visit.room ? `, ${visit.room.name}` : `, room ${NOT_RECORDED}`}`], ['People', visit.people.map(({ name, role }) => `${name} (${role})`).join('; ') || NOT_RECORDED],
    ['Touch', `${touch.says}${touch.note ? `: ${touch.note}` : ''}`],
    ['Signals', agreed ? [`stop: ${agreed.stopSignal}`, `lighter: ${agreed.lighterSignal || NOT_RECORDED}`, `quiet: ${agreed.quietSignal || NOT_RECORDED}`, ...(agreed.grounding.length > 0 ? [`grounding: ${agreed.grounding.join(', ')}`] : [])].join('; ') : NOT_RECORDED],
  ]
}

function contactsOf(chart: Chart, visit: BookedVisit, { practice, phone, emergencyNumbers, prescribers, shown, zone }: DowntimeSetting): Line[] {
  const contact = chart.latest('demographics.v1')?.body.emergencyContact
  const escort = chart.latest('escort-named.v1', ({ body }) => body.visit === visit.visit) ?? chart.latest('escort-named.v1', ({ body }) => body.visit === undefined)
  const order = orderInForce(chart, localDay(visit.startsAt, zone))
  const weight = chart.latest('weight.v1')
  return [
    ['Weight', weight ? `${showKg(weight.body.weightG)}, ${shown(weight.at)}${order && order.body.weightG !== weight.body.weightG ? `; the order is by ${showKg(order.body.weightG)}` : ''}` : order ? `${showKg(order.body.weightG)} by the order; measured ${NOT_RECORDED}` : NOT_RECORDED],
    ['Goes home with', escort ? `${escort.body.name}, ${escort.body.phone}${escort.body.relationship ? `, ${escort.body.relationship}` : ''}${escort.body.adult ? '' : ' (not said to be an adult)'}` : NOT_RECORDED],
    ['Prescriber', prescribers.join('; ') || NOT_RECORDED], [practice, phone || `telephone ${NOT_RECORDED}`],
    ['Emergency', ['911', ...emergencyNumbers.split('\n').map((line) => line.trim()).filter(Boolean)].join('; ')], ['Person to call', contact ? `${contact.name}, ${contact.phone}${contact.relationship ? `, ${contact.relationship}` : ''}` : NOT_RECORDED],
  ]
}

/** Free rows at the end, for what comes after the last planned reading or between two. */
const FREE = 2

function readingsOf(row: ScheduleRow | undefined, route: DoseRoute | undefined): DowntimeSheet['readings'] {
  if (!row) return { rows: Array.from({ length: 10 }, () => ''), says: route ? `No schedule is written for ${route}.` : 'No order is in force, so no schedule can be named: read as often as the prescriber says.' }
  const before = row.beforeMin.map((minutes) => `${Math.abs(minutes)} min before`)
  const after = row.fromStartMin.map((minutes) => (minutes === 0 ? 'at the dose' : `+${minutes} min`))
  const { infusion } = row
  const end = infusion ? [`every ${infusion.everyMinUntilEnd} to end`, ...infusion.fromEndMin.map((minutes) => (minutes === 0 ? 'at the end' : `end +${minutes} min`))] : []
  return { rows: [...before, ...after, ...end, ...Array.from({ length: FREE }, () => '')], says: `After the last planned one every ${row.thenEveryMin} minutes for as long as the person is here. ${row.continuous}` }
}
