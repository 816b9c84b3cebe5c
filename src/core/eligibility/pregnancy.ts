import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import { daysBetween, type Instant } from '../shared/time.ts'
import { known, missing, type Known, type Missing } from './facts.ts'

/** How a status of pregnancy is read that somebody wrote down without a test. */
export interface PregnancyStatusRow {
  readonly system: string
  readonly code: string
  /** After so many days a pregnancy that was written down is no longer the present one, and has to be asked about again. */
  readonly withinDays: number
  /** Words and codes that say so; a text that begins like one of the first is read as it. */
  readonly pregnant: readonly string[]
  readonly notPregnant: readonly string[]
}

type Status = 'pregnant' | 'not-pregnant'

/** A day's allowance for clocks. What is dated further ahead was mistyped. */
const hasHappened = ({ body }: EntryOf<'pregnancy-test.v1'>, now: Instant) => daysBetween(body.takenAt, now) >= -1

/**
 * The test taken last; of two at one moment the positive one, and of those the one told last. A negative one dated ahead
 * hides none that was taken, and speaks only where there is no other; a positive one always counts.
 */
export function lastPregnancyTest(chart: Chart, now: Instant): EntryOf<'pregnancy-test.v1'> | undefined {
  const order = ({ body: { takenAt, result } }: EntryOf<'pregnancy-test.v1'>) => `${takenAt} ${result}`
  const tests = chart.all('pregnancy-test.v1').toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
  return tests.findLast((test) => test.body.result === 'positive' || hasHappened(test, now)) ?? tests.at(-1)
}

/**
 * A pregnancy that was written down stands until a negative test or a later "not pregnant"; "possible", "unknown" and
 * words that cannot be read never replace it, and are themselves an open question until a test is taken or a person
 * says later that pregnancy is not possible. "Not pregnant" is no test, and asks for none less.
 */
export function pregnancyStatus(chart: Chart, now: Instant, row: PregnancyStatusRow): Known<Status> | Missing {
  const tested = chart.all('pregnancy-test.v1').filter((test) => hasHappened(test, now))
  const said = chart.all('observation.v1').filter(({ at, body }) => body.codes.some(({ system, code }) => system === row.system && code === row.code) && !tested.some(({ body: { takenAt } }) => takenAt > at))
  const last = said.at(-1)
  if (!last) return missing('not-asked')
  const cleared = said.findLast((entry) => read(entry, row) === 'not-pregnant')
  const since = said.filter(({ at }) => !cleared || at >= cleared.at)
  const pregnant = since.findLast((entry) => read(entry, row) === 'pregnant')
  const fresh = pregnant && daysBetween(pregnant.at, now) <= row.withinDays
  if (pregnant && fresh) return known('pregnant', [pregnant.id])
  const open = since.findLast((entry) => read(entry, row) !== 'not-pregnant')
  if (!open) return known('not-pregnant', [last.id])
  const denied = chart.latest('fact.v1', ({ body }) => body.fact === 'childbearingPotential')
  if (denied && denied.at > open.at && denied.body.state === 'answered' && denied.body.value === false) return missing('not-asked')
  return missing(open === pregnant ? 'stale' : 'not-known', [open.id])
}

function read({ body }: EntryOf<'observation.v1'>, row: PregnancyStatusRow): Status | 'open' {
  const words = String(body.value ?? '').trim().toLowerCase().replace(/ \((?:finding|disorder)\)$/, '')
  if (row.notPregnant.includes(words)) return 'not-pregnant'
  return row.pregnant.some((one, place) => words === one || (place === 0 && words.startsWith(`${one} `)) || (place === 0 && words.startsWith(`${one},`))) ? 'pregnant' : 'open'
}
