import { benchmarks, flagWords } from '../../../knowledge/benchmarks.ts'
import { practiceOutcomes } from '../../../knowledge/practice-outcomes.ts'
import { Curve, DataPairs, Tag, type CurveSeries } from '../../kit/index.ts'
import { Section } from '../desk/parts.tsx'
import { Rules } from './Rules.tsx'
import { days, FEW, percent, type Figures } from './words.ts'

type Kept = NonNullable<Figures['kept']>
const MARKS = ['square', 'diamond', 'triangle'] as const
const dayLabel = (day: number) => `day ${day}`

/** How long responses held, with published curves beside it and what weakens each. */
export function KeptCurve({ kept }: { readonly kept: Kept | null }) {
  return (
    <Section id="kept" title="How long a response held">
      {kept ? <Drawn kept={kept} /> : <p>{FEW} people responded and were asked afterwards, or so small a group could be worked out. The curve will stand here.</p>}
      <Published />
      <Rules title="The rules of this curve" ids={['practice.kept', 'practice.in-response', 'practice.small', 'relapse.days', 'relapse.censored', 'relapse.event', 'benchmark.shown', 'benchmark.flags']} />
    </Section>
  )
}

function Drawn({ kept }: { readonly kept: Kept }) {
  const last = practiceOutcomes.survivalDays.at(-1)!
  const end = Math.max(last, kept.throughDay)
  const ours: CurveSeries = {
    name: 'Here, with its 95 % band', steps: true, dots: false,
    points: [{ x: 0, y: 1, label: dayLabel(0), low: 1, high: 1 }, ...kept.steps.filter(({ time, events }) => events > 0 || time === kept.throughDay).map(({ time, survival, lower, upper }) => ({ x: time, y: survival, label: dayLabel(time), low: lower ?? undefined, high: upper ?? undefined }))],
  }
  const published = practiceOutcomes.published.map(({ benchmark, points }, at): CurveSeries => ({ name: benchmark, tone: 'thin', mark: MARKS[at % MARKS.length]!, points: points.map(([day, share]) => ({ x: day, y: share, label: dayLabel(day) })) }))
  const ticks = [0, ...practiceOutcomes.survivalDays].map((at) => ({ at, label: at === 0 ? 'last dose' : dayLabel(at) }))
  return (
    <>
      <Curve
        title="Share of those who had responded and have not relapsed, by days after the last dose" series={[ours, ...published]} height={320}
        y={{ min: 0, max: 1, ticks: [0, 0.25, 0.5, 0.75, 1], show: percent }} x={{ min: 0, max: end, ticks }}
        counts={{ name: 'Still watched here', at: kept.at.map(({ day, atRisk }) => ({ x: day, says: atRisk === null ? '<10' : String(atRisk) })) }}
        note={noteOf(kept)}
      />
      <DataPairs wide pairs={[
        ['In the curve', `${kept.n} people, ${kept.relapses} relapses shown, ${kept.maintained} with maintenance doses`], ['Half had relapsed by', kept.median === null ? `not by day ${kept.throughDay}, the last that can be shown` : `day ${kept.median}${kept.medianLower === null ? '' : ` (95 % interval ${kept.medianLower} to ${kept.medianUpper ?? 'beyond what is shown'})`}`],
        ['To the first response', `${days(kept.toResponse.median)} from the first dose; half between ${kept.toResponse.lower} and ${kept.toResponse.upper}`], ['Days in response', `${days(kept.inResponse.median)}; half between ${kept.inResponse.lower} and ${kept.inResponse.upper}`],
        ...kept.at.filter(({ day }) => day > 0).map(({ day, survival, lower, upper, atRisk }) => [`Not relapsed at day ${day}`, survival === null ? `${FEW.toLowerCase()} still watched` : `${percent(survival)}${lower !== null && upper !== null ? ` (${percent(lower)} to ${percent(upper)})` : ''}, ${atRisk} still watched`] as const),
      ]} />
    </>
  )
}

/** What is in no curve, by why. */
function noteOf({ missing, throughDay }: Kept): string {
  const left = Object.values(missing).reduce((sum, count) => sum + count, 0)
  return `${left} courses are not in this curve: ${missing['no-response']} never responded by its end, ${missing.unknown} have no scores to compare, ${missing['not-a-case']} began below the cut-off, ${missing['lost-before-the-end']} had relapsed before the last dose, ${missing['not-asked-after']} have no score after it. It is drawn to day ${throughDay}, as far as ten people were still watched.`
}

/** Whose curves stand beside it, and why none of them is a mark to reach. */
function Published() {
  return (
    <div className="o-beside">
      <h3>Published figures beside it</h3>
      <ul className="o-published">
        {practiceOutcomes.published.flatMap(({ benchmark }) => benchmarks.filter(({ id }) => id === benchmark)).map(({ id, design, people, instrument, timePoint, flags, says }) => (
          <li key={id}>
            <p><strong>{id}</strong>: {design}; {people} people; {instrument}; {timePoint}.</p>
            <p className="soft small">{says} No interval was read, so its points are drawn without one.</p>
            <p className="o-flags">{flags.map((flag) => <Tag key={flag}>{flagWords[flag]}</Tag>)}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
