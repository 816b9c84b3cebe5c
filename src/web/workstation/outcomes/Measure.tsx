import type { Share as ShareFigure } from '../../../core/outcomes/practice/figures.ts'
import { Table } from '../../kit/index.ts'
import { BasisOf } from '../chart/parts/Basis.tsx'
import { Section } from '../desk/parts.tsx'
import { Behind } from './Behind.tsx'
import type { Asked } from './Filter.tsx'
import { Rules, type RuleId } from './Rules.tsx'
import { changeRow, FEW, instrumentTitle, meaning, percent, verdictTitles, type Figures } from './words.ts'

type MeasureFigure = Figures['measures'][number]
type Verdict = MeasureFigure['verdicts'][number]

/** One questionnaire: those who finished beside everybody who began, and who is missing. */
export function Measure({ measure, asked }: { readonly measure: MeasureFigure; readonly asked: Asked }) {
  const { instrument, verdicts } = measure
  const row = changeRow(instrument)
  const scoreRule = `score.${instrument}` as RuleId
  return (
    <Section id={`measure-${instrument}`} title={instrumentTitle(instrument)}>
      <Table captionHeard caption={`${instrumentTitle(instrument)}: before the course and at its end`} rows={verdicts} rowKey={({ verdict }) => verdict} empty="Fewer than ten people stand behind these figures." columns={[
        { key: 'what', head: 'Share', cell: ({ verdict }) => <><strong>{verdictTitles[verdict]}</strong><br /><small className="soft">{meaning(instrument, verdict)}</small></> },
        { key: 'completers', head: 'Who finished and answered', cell: ({ completers }) => <Share share={completers} /> },
        { key: 'everybody', head: 'Everybody who began', cell: (one) => <Everybody verdict={one} /> },
      ]} />
      <Missing measure={measure} />
      <Rules title="The rule, and the rows behind it" ids={['outcome.both-ways', 'outcome.categories', 'outcome.mean', 'practice.ends', 'practice.finished', 'practice.worse', scoreRule]}>
        {row && <BasisOf id={row.id} tag="M" cites={row.cites} verified={row.verified} />}
        <Behind figure="measure" name={instrument} asked={asked} />
      </Rules>
    </Section>
  )
}

/** A share as words and as a line with its interval; the words say everything. */
export function Share({ share }: { readonly share: ShareFigure | null }) {
  if (!share) return <span className="soft">{FEW}</span>
  const { events, n, p, lo, hi } = share
  return (
    <span className="o-share">
      <span><strong className="o-share__percent">{percent(p)}</strong> {events} of {n}</span>
      <svg className="o-share__line" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><path className="o-share__axis" d="M0 6H100" /><path className="o-share__limits" d={`M${lo * 100} 6H${hi * 100}`} /><path className="o-share__point" d={`M${p * 100} 0V12`} /></svg>
      <small className="soft">95 % interval {percent(lo)} to {percent(hi)}</small>
    </span>
  )
}

function Everybody({ verdict: { everybody, everybodyAtMost } }: { readonly verdict: Verdict }) {
  if (!everybody || !everybodyAtMost) return <Share share={everybody} />
  return <span className="o-share"><span><strong className="o-share__percent">{percent(everybody.p)} to {percent(everybodyAtMost.p)}</strong> of {everybody.n}</span><small className="soft">if none, or all, of those without scores were</small></span>
}

function Missing({ measure: { begun, completers, endedEarly, noBaseline, noEnd, notACase } }: { readonly measure: MeasureFigure }) {
  return (
    <p className="o-missing">
      Of {begun} courses: {completers} finished with both scores, {endedEarly} with both scores ended early or are not known to be finished, <strong>{noBaseline! + noEnd!} without a score to compare</strong> ({noBaseline} none before, {noEnd} none after).
      {notACase! > 0 && ` ${notACase} began below the cut-off: neither response nor remission is said of them.`}
    </p>
  )
}
