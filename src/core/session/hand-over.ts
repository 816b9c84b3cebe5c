import type { EntryOf } from '../chart/entry.ts'
import { minutesBetween, type Instant } from '../shared/time.ts'
import { showMg } from '../shared/units.ts'
import { symptomName } from './describe.ts'
import type { SessionEntries } from './entries.ts'
import { measured, type Measured } from './readings.ts'
import type { Parameter } from './rows.ts'
import type { SessionNow } from './session.ts'

/** One thing that whoever takes over has to know, as the record says it. */
export interface HandOverItem {
  readonly item: 'doses' | 'vitals' | 'awake' | 'alerts' | 'symptoms' | 'touch' | 'signals' | 'due' | 'people' | 'going-home'
  readonly says: string
}

interface HandOverTold {
  readonly time: (at: Instant) => string
  /** What the person agreed to show when it is too much; undefined where nothing was agreed. */
  readonly stopSignal: string | undefined
}

/** What is said when one person takes over from another: read from the record, and saying itself what nobody wrote down. */
export function handOverItems(session: SessionNow, told: HandOverTold): HandOverItem[] {
  return [
    { item: 'doses', says: dosesSaid(session, told) }, { item: 'vitals', says: vitalsSaid(session, told) }, { item: 'awake', says: awakeSaid(session, told) }, { item: 'alerts', says: alertsSaid(session, told) },
    { item: 'symptoms', says: symptomsSaid(session, told) }, { item: 'touch', says: `Touch: ${session.touch.says}${session.touch.note ? ` (${session.touch.note})` : ''}.` },
    { item: 'signals', says: told.stopSignal ? `Stop signal: ${told.stopSignal}.` : 'No stop signal was agreed.' }, { item: 'due', says: dueSaid(session, told) },
    { item: 'people', says: session.present.length === 0 ? 'Nobody is checked in.' : `Here: ${session.present.map(({ name, role }) => `${name}, ${role}`).join('; ')}.` }, { item: 'going-home', says: homeSaid(session, told) },
  ]
}

function dosesSaid({ doses }: SessionNow, { time }: HandOverTold): string {
  if (doses.steps.length === 0) return 'No dose was given so far.'
  const steps = doses.steps.map(({ step, stands, given, endedAt }) => (stands ? `Dose ${step}: ${showMg(stands.body.doseUg)} ${stands.body.route} at ${time(stands.at)}${endedAt ? `, ended ${time(endedAt)}` : ''}` : `Dose ${step}: recorded ${given.length} times, and nobody has said which record stands`))
  return `${steps.join('. ')}.${doses.totalUg === undefined ? ' The total is in doubt.' : doses.steps.length > 1 ? ` ${showMg(doses.totalUg)} together.` : ''}`
}

const VALUES: readonly (readonly [name: string, parameter: Parameter])[] = [['pulse', 'heartRatePerMin'], ['saturation', 'spo2Percent'], ['breathing', 'respiratoryRatePerMin']]

/** Each number with its own time: an old one is not handed over as a new one, and two of two readings not as one pressure. */
function vitalsSaid({ entries }: SessionNow, { time }: HandOverTold): string {
  const newest = (parameter: Parameter) => measured(entries, parameter).at(-1)
  const said = (name: string, value: Measured | undefined) => (value ? `${name} ${value.value} at ${time(value.at)}` : `${name} not taken`)
  const [upper, lower] = [newest('systolicMmHg'), newest('diastolicMmHg')]
  const pressure = upper?.entry !== lower?.entry ? [said('systolic pressure', upper), said('diastolic pressure', lower)] : [upper ? `pressure ${upper.value}/${lower!.value} at ${time(upper.at)}` : 'pressure not taken']
  return `Last readings: ${[...pressure, ...VALUES.map(([name, parameter]) => said(name, newest(parameter)))].join(', ')}.`
}

function awakeSaid({ entries }: SessionNow, { time }: HandOverTold): string {
  const moaaS = measured(entries, 'moaaS').at(-1)
  const rass = measured(entries, 'rass').at(-1)
  return `${moaaS ? `MOAA/S ${moaaS.value} at ${time(moaaS.at)}` : 'How awake was never written down'}${rass ? `, RASS ${rass.value > 0 ? '+' : ''}${rass.value} at ${time(rass.at)}` : ''}.`
}

function alertsSaid({ alerts }: SessionNow, { time }: HandOverTold): string {
  const { open } = alerts
  const gaps = [...new Set(alerts.notEvaluable.map(({ row, symptom }) => (symptom ? symptomName(symptom) : row.name)))]
  const said = open.length === 0 ? 'No alert is open.' : `Open: ${open.map((alert) => `${alert.level}, ${alert.says}, ${time(alert.at)}${alert.answers.length === 0 ? ', nobody has answered' : ''}`).join('; ')}.`
  return gaps.length === 0 ? said : `${said} Not judged: ${gaps.join(', ')}.`
}

const symptomsSaid = ({ openSymptoms }: SessionNow, { time }: HandOverTold): string =>
  openSymptoms.length === 0 ? 'No sign is written down as still there.' : `Still there: ${openSymptoms.map(({ symptom, since }) => `${symptomName(symptom)} since ${time(since)}`).join(', ')}.`

function dueSaid({ due }: SessionNow, { time }: HandOverTold): string {
  if (!due) return 'No reading is due.'
  if (due.why === 'before-dose') return due.missing.length > 0 ? 'A reading before the dose is still asked for.' : 'No reading is due before the dose.'
  return due.minutesLate > 0 ? `A reading is overdue since ${time(due.at)}.` : `The next reading is due at ${time(due.at)}.`
}

const homeSaid = ({ discharge, escort }: SessionNow, { time }: HandOverTold): string =>
  `${discharge.earliestAt ? `Going home not before ${time(discharge.earliestAt)} by the time rule alone.` : 'No earliest time for going home can be said yet.'} ${escort ? `${escort.body.name} is here${escort.body.kind === 'rideshare' ? ', a ride-share driver' : ''}.` : 'Nobody has come to take the person home yet.'}`

/** A hand-over in this session, as far as it has come. */
export interface HandOverNow {
  readonly handed: EntryOf<'hand-over.v1'>
  /** Signed by the one it was meant for, who read back every item. */
  readonly taken: EntryOf<'hand-over-taken.v1'> | undefined
}

/** A read-back counts only by the person it was handed to, signed by themselves, and only with nothing left out. */
export function handOversOf(entries: SessionEntries): HandOverNow[] {
  const taken = entries.all('hand-over-taken.v1')
  return entries.all('hand-over.v1').filter(({ by, body }) => body.signature.person === by).map((handed) => ({
    handed,
    taken: taken.find(({ by, body }) => body.handOver === handed.id && by === handed.body.to && by !== handed.by && body.signature.person === by && handed.body.items.every(({ item }) => body.readBack.includes(item))),
  }))
}

/** The newest hand-over to somebody that they have not read back yet; one that is older than a leave of the same person is over. */
export const waitingFor = (session: Pick<SessionNow, 'entries' | 'present'>, person: string): HandOverNow | undefined =>
  handOversOf(session.entries).findLast(({ handed, taken }) => handed.body.to === person && !taken && session.present.some((stay) => stay.person === handed.by && stay.from <= handed.at))

/** What somebody here has handed over during this stay, and how far it has come. */
export const handedBy = (session: Pick<SessionNow, 'entries' | 'present'>, person: string): HandOverNow | undefined =>
  handOversOf(session.entries).findLast(({ handed }) => handed.by === person && session.present.some((stay) => stay.person === person && stay.from <= handed.at))

/** Minutes between a hand-over and now: what was said then may not hold any more. */
export const handedMinutesAgo = ({ handed }: HandOverNow, now: Instant): number => Math.max(0, Math.floor(minutesBetween(handed.at, now)))
