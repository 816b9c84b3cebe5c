import { readChart, type Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import { takenBack } from '../course/consent.ts'
import { reopeningsIn } from '../eligibility/clearance.ts'
import type { ScreeningLimits } from '../eligibility/limits.ts'
import { mayReopen, withReopening } from '../eligibility/reopened.ts'
import { asReceived, byReceipt } from '../eligibility/replay.ts'
import type { EligibilityRule } from '../eligibility/rule.ts'
import type { Instant } from '../shared/time.ts'
import { isOpen, type Alert, type AlertsNow } from './alerts.ts'
import { compare } from './entries.ts'
import type { Lanes } from './lanes.ts'
import { worst } from './level.ts'
import type { HoldRow } from './rows.ts'

/** What a hold is found by: the rules of the edition that the session keeps, and the consents that its gates ask for. */
export interface HoldRules {
  readonly hold: HoldRow
  readonly eligibility: readonly EligibilityRule[]
  readonly screening: ScreeningLimits
  readonly consents: readonly { readonly form: string; readonly title: string; readonly required: boolean }[]
}

/** One thing that came onto the chart after the session began and stops the next dose. */
interface Found {
  /** The entry that brought it. Another copy of the chart finds the same, so that all devices and the server see one alert. */
  readonly by: string
  readonly at: Instant
  readonly says: string
  readonly because: string
  readonly stands: boolean
}

/**
 * Holds that arose while a session runs, as alerts of the room: new facts that reopened the clearance, a clearance put on
 * hold or refused, a required consent taken back. Read from entries alone, also before the server has written down what
 * follows from them; that something has grown old by itself raises nothing here and is for the gates. A hold stands until
 * the prescriber's next signature, or until the person signs again; the time counts from when the record received it.
 */
export function holdsOf(chart: Chart, { started, closed, main }: Lanes, rules: HoldRules, paper: { has(entry: string): boolean }): Alert[] {
  const { hold } = rules
  const found = [...reopenings(chart, started, rules), ...decisions(chart, started), ...withdrawals(chart, started, rules)]
  return found.filter(({ at }) => !closed || at <= closed.at).map(({ by, at, says, because, stands }) => {
    const id = `${by}/${hold.id}`
    return {
      id, row: hold, level: hold.level, at, entry: by, facts: [by], says: `${hold.name}: ${says}`, ...(because === '' ? {} : { because }), persistent: false, standing: stands,
      // The signature that ended it speaks for it: nobody is called for what was decided.
      superseded: !stands, fromPaper: paper.has(started.id), answers: main.all('alert-answered.v1').filter(({ body }) => body.alert === id),
    }
  })
}

/** The alerts of a session with its holds among them. What was read, and with it the way home, is judged without them. */
export function withHolds(alerts: AlertsNow, holds: readonly Alert[]): AlertsNow {
  if (holds.length === 0) return alerts
  const all = [...alerts.all, ...holds].toSorted((a, b) => compare(a.at, b.at) || compare(a.id, b.id))
  return { ...alerts, all, open: all.filter(isOpen), level: worst([alerts.level, ...holds.flatMap(({ standing, level }) => (standing ? level : []))]) }
}

export const isHold = ({ row }: Pick<Alert, 'row'>): boolean => row.watches === 'hold'

type Started = EntryOf<'session-started.v1'>
const cameAfter = (started: Started) => (entry: Entry): boolean => byReceipt(started, entry) < 0
const receivedAt = ({ receivedAt, writtenAt }: Entry): Instant => receivedAt ?? writtenAt

/** By what came: several rules that one entry met are one hold. Where only the rules changed, the clearance itself stands for it. */
function reopenings(chart: Chart, started: Started, rules: HoldRules): Found[] {
  const read = withReopened(chart, started, rules)
  const latest = read.latest('clearance.v1')?.id
  const found = new Map<string, Found>()
  for (const entry of read.all('clearance-reopened.v1').filter(cameAfter(started))) {
    for (const { rule, facts } of reopeningsIn(entry)) {
      const cause = facts.flatMap(({ entries }) => entries).flatMap((id) => read.entry(id) ?? []).filter(cameAfter(started)).toSorted(byReceipt).at(-1)
      const by = cause?.id ?? entry.body.clearance
      const before = found.get(by)
      const because = before ? (before.because.includes(rule.says) ? before.because : `${before.because} ${rule.says}`) : rule.says
      found.set(by, { by, at: before?.at ?? (cause ? receivedAt(cause) : entry.at), says: 'new facts reopened the medical clearance', because, stands: entry.body.clearance === latest })
    }
  }
  return [...found.values()]
}

const reopened = new WeakMap<Chart, WeakMap<HoldRules['eligibility'], Map<string, Chart>>>()

/** Before the session the server judged under its lock: only what came since is judged here, once for each state of the chart. */
function withReopened(chart: Chart, started: Started, { eligibility: rules, screening: limits }: HoldRules): Chart {
  if (chart.latest('clearance.v1')?.body.decision !== 'cleared' || !chart.entries.some((entry) => mayReopen(entry) && cameAfter(started)(entry))) return chart
  const known = reopened.get(chart) ?? new WeakMap<HoldRules['eligibility'], Map<string, Chart>>()
  const sessions = known.get(rules) ?? new Map<string, Chart>()
  reopened.set(chart, known.set(rules, sessions))
  const read = sessions.get(started.id) ?? readChart(withReopening(asReceived(chart), started.seq ?? 0, { rules, limits, edition: 'in this session' }))
  sessions.set(started.id, read)
  return read
}

const DECIDED = { held: 'the prescriber has put the clearance on hold', refused: 'the prescriber has refused clearance' } as const

function decisions(chart: Chart, started: Started): Found[] {
  const latest = chart.latest('clearance.v1')?.id
  return chart.all('clearance.v1').filter(cameAfter(started)).flatMap((entry) => {
    const { decision, reason } = entry.body
    return decision === 'cleared' ? [] : [{ by: entry.id, at: receivedAt(entry), says: DECIDED[decision], because: reason, stands: entry.id === latest }]
  })
}

/** Touch has a place of its own in the room and needs no consent to be there: taking it back stops no dose. */
function withdrawals(chart: Chart, started: Started, { consents }: HoldRules): Found[] {
  return chart.all('consent-withdrawn.v1').filter(cameAfter(started)).flatMap((entry) => {
    const form = consents.find((one) => one.required && one.form === entry.body.form)
    return form ? [{ by: entry.id, at: receivedAt(entry), says: `taken back: ${form.title}`, because: entry.body.said, stands: takenBack(chart, form.form)?.id === entry.id }] : []
  })
}
