import type { PracticeFigures, Share, VerdictName } from './figures.ts'

/** What the words cannot know by themselves. */
export interface FunderNames {
  readonly practice: string
  /** Which courses, in words that follow "courses": " by injection, begun in 2025". */
  readonly which: string
  readonly titleOf: (instrument: string) => string
  readonly meaningOf: (instrument: string, verdict: VerdictName) => string
  readonly termOf: (term: string) => string
  /** Side effects from this grade on are named one by one. */
  readonly fromGrade: number
  /** The day at which the curve is told. */
  readonly day: number
}

const percent = (value: number): string => `${Math.round(value * 100)} percent`
const interval = (lo: number, hi: number): string => `95 % interval ${Math.round(lo * 100)} to ${Math.round(hi * 100)}`
const say = ({ events, n, p, lo, hi }: Share): string => `${events} of ${n}, ${percent(p)} (${interval(lo, hi)})`

/** Sentences for somebody who pays, each with its number of people, its interval and what is missing; nothing where too few stand behind them. */
export function funderWords(figures: PracticeFigures, names: FunderNames): string[] {
  const { begun, finished, underWay } = figures
  if (begun === null) return []
  const counted = `${names.practice}: ${begun} courses${names.which} can be counted, ${finished} of them finished. ${underWay} more are under way and in no figure below.`
  return [counted, ...figures.measures.flatMap((measure) => measureWords(measure, names)), ...keptWords(figures, names), ...eventWords(figures, names), 'People were compared with themselves before, and not with people who were treated otherwise: these figures do not show what caused the change.']
}

function measureWords({ instrument, begun, noBaseline, noEnd, verdicts }: PracticeFigures['measures'][number], names: FunderNames): string[] {
  const said = verdicts.flatMap(({ verdict, completers, everybody, everybodyAtMost }) => {
    if (!completers && !everybody) return []
    const all = everybody && (everybodyAtMost
      ? `of all ${everybody.n} who began, between ${percent(everybody.p)} if nobody without scores was, and ${percent(everybodyAtMost.p)} if all of them were`
      : `of all who began, with every missing score counted as not better, ${say(everybody)}`)
    const first = completers ? `of those who finished and answered before and after, ${say(completers)}` : 'too few finished and answered to be told apart'
    return [`${names.meaningOf(instrument, verdict)}: ${[first, all].filter(Boolean).join('; ')}.`]
  })
  return said.length === 0 || begun === null ? [] : [`${names.titleOf(instrument)}. ${said.join(' ')} Scores to compare are missing in ${noBaseline! + noEnd!} of ${begun} courses.`]
}

function keptWords({ kept }: PracticeFigures, { day }: FunderNames): string[] {
  if (!kept) return []
  const at = kept.at.find((one) => one.day === day)
  const share = at?.survival != null ? `an estimated ${percent(at.survival)} ${at.lower !== null && at.upper !== null ? `(${interval(at.lower, at.upper)}) ` : ''}had not relapsed ${day} days after the last dose` : `fewer than ten were still watched ${day} days after the last dose`
  const half = kept.median === null ? 'half had not relapsed by the last day that can be shown' : `half had relapsed by day ${kept.median}`
  const left = Object.values(kept.missing).reduce((sum, count) => sum + count, 0)
  return [`How long it held: of ${kept.n} people who had responded and were asked afterwards, ${share}; ${half} (day ${kept.throughDay}). ${kept.maintained} of them had maintenance doses. ${left} courses are not in this figure, because there was no response or no score.`]
}

function eventWords({ events }: PracticeFigures, { fromGrade, termOf }: FunderNames): string[] {
  if (!events) return []
  const severe = events.flatMap(({ term, grades, any }) => { const people = grades.filter(({ grade }) => grade >= fromGrade).reduce((sum, one) => sum + one.people, 0); return people > 0 ? [`${termOf(term)} ${people} of ${any.n}`] : [] })
  return [severe.length > 0 ? `Side effects of grade ${fromGrade} or more that were written down: ${severe.join(', ')}.` : `No side effect of grade ${fromGrade} or more was written down; that is not the same as none.`]
}
