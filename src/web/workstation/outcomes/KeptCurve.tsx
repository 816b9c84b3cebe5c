import { benchmarks, flagWords } from '../../../knowledge/benchmarks.ts'
import { practiceOutcomes } from '../../../knowledge/practice-outcomes.ts'
import { Curve, DataPairs, Tag, type CurveSeries } from '../../kit/index.ts'
import { Section } from '../desk/parts.tsx'
import { Behind } from './Behind.tsx'
import { Beside, Compared } from './Compared.tsx'
import type { Asked } from './Filter.tsx'
import { Rules } from './Rules.tsx'
import { dayLabel, days, FEW, heldAt, percent, summaryOf, valueName, type Figures, type Kept, type Outcomes } from './words.ts'

const MARKS = ['square', 'diamond', 'triangle'] as const

interface KeptCurveProps {
  readonly kept: Figures['kept']
  readonly compared: Outcomes['compared']
  readonly choices: Outcomes['choices']
  readonly asked: Asked
  readonly onAsk: (asked: Asked) => void
}

/** How long responses held, of one group or of two, with published curves beside it and what weakens each. */
export function KeptCurve({ kept, compared, choices, asked, onAsk }: KeptCurveProps) {
  return (
    <Section id="kept" title="How long a response held">
      <Beside choices={choices} asked={asked} onAsk={onAsk} />
      {kept ? <Drawn kept={kept} compared={compared} asked={asked} /> : <p>{FEW} people responded and were asked afterwards, or so small a group could be worked out. The curve will stand here.</p>}
      {kept && asked.by && asked.beside !== undefined && <Compared kept={kept} compared={compared} by={asked.by} value={asked.value ?? ''} beside={asked.beside} />}
      <Published />
      <Rules title="The rules of this curve, and the rows behind it" ids={['practice.kept', 'practice.in-response', 'practice.small', 'practice.compared', 'relapse.days', 'relapse.censored', 'relapse.event', 'benchmark.shown', 'benchmark.flags']}>
        {kept && <Behind figure="kept" asked={asked} />}
      </Rules>
    </Section>
  )
}

function Drawn({ kept, compared, asked }: { readonly kept: Kept; readonly compared: Outcomes['compared']; readonly asked: Asked }) {
  const other = compared && asked.by ? { kept: compared.kept, name: valueName(asked.by, compared.value) } : undefined
  const own = other && asked.by ? valueName(asked.by, asked.value ?? '') : 'Here'
  const end = Math.max(practiceOutcomes.survivalDays.at(-1)!, kept.throughDay, other?.kept.throughDay ?? 0)
  const published = practiceOutcomes.published.map(({ benchmark, points }, at): CurveSeries => ({ name: benchmark, short: benchmark, tone: 'thin', mark: MARKS[at % MARKS.length]!, points: points.map(([day, share]) => ({ x: day, y: share, label: dayLabel(day) })) }))
  const ticks = [0, ...practiceOutcomes.survivalDays].map((at) => ({ at, label: at === 0 ? 'last dose' : dayLabel(at) }))
  return (
    <>
      <Curve
        title="Share of those who had responded and have not relapsed, by days after the last dose" height={320}
        note={other ? `${own}: ${noteOf(kept)} ${other.name}: ${noteOf(other.kept)}` : noteOf(kept)}
        series={[ours(kept, own), ...(other ? [{ ...ours(other.kept, other.name), tone: 'accent' as const, broken: true }] : []), ...published]}
        y={{ min: 0, max: 1, ticks: [0, 0.25, 0.5, 0.75, 1], show: percent }} x={{ min: 0, max: end, ticks }}
        counts={[watched(kept, `Still watched: ${own}`), ...(other ? [watched(other.kept, `Still watched: ${other.name}`)] : [])]}
        summary={[summaryOf(own, kept), ...(other ? [summaryOf(other.name, other.kept)] : []), 'The same numbers stand in the tables below.'].join(' ')}
      />
      {other ? <><Read kept={kept} name={own} /><Read kept={other.kept} name={other.name} /></> : <Read kept={kept} />}
    </>
  )
}

/** A curve in numbers, under the name of its group where there are two. */
function Read({ kept, name }: { readonly kept: Kept; readonly name?: string }) {
  return (
    <>
      {name !== undefined && <h3>{name}</h3>}
      <DataPairs wide pairs={[
        ['In the curve', `${kept.n} people, ${kept.relapses} relapses shown, ${kept.maintained} with maintenance doses`], ['Half had relapsed by', halfOf(kept)],
        ['To the first response', `${days(kept.toResponse.median)} from the first dose; half between ${kept.toResponse.lower} and ${kept.toResponse.upper}`], ['Days in response', `${days(kept.inResponse.median)}; half between ${kept.inResponse.lower} and ${kept.inResponse.upper}`],
        ...kept.at.filter(({ day }) => day > 0).map((at) => [`Not relapsed at day ${at.day}`, heldAt(at)] as const),
      ]} />
    </>
  )
}

const ours = ({ steps, throughDay }: Kept, name: string): CurveSeries => ({
  name: `${name}, with its 95 % band`, short: name, steps: true, dots: false,
  points: [{ x: 0, y: 1, label: dayLabel(0), low: 1, high: 1 }, ...steps.filter(({ time, events }) => events > 0 || time === throughDay).map(({ time, survival, lower, upper }) => ({ x: time, y: survival, label: dayLabel(time), low: lower ?? undefined, high: upper ?? undefined }))],
})
const watched = ({ at }: Kept, name: string) => ({ name, at: at.map(({ day, atRisk }) => ({ x: day, label: dayLabel(day), says: atRisk === null ? '<10' : String(atRisk) })) })

const halfOf = ({ median, medianLower, medianUpper, throughDay }: Kept) =>
  median === null ? `not by day ${throughDay}, the last that can be shown` : `day ${median}${medianLower === null ? '' : ` (95 % interval ${medianLower} to ${medianUpper ?? 'beyond what is shown'})`}`

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
