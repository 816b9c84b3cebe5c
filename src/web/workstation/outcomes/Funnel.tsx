import { Table } from '../../kit/index.ts'
import { Section } from '../desk/parts.tsx'
import { BehindOne } from './Behind.tsx'
import { Rules } from './Rules.tsx'
import { days, FEW, percent, stepNames, type Figures } from './words.ts'

/** From the inquiry to the last follow-up: how many came how far, and how long it took. */
export function Funnel({ funnel, year }: { readonly funnel: Figures['funnel']; readonly year: string }) {
  const asked = funnel.find(({ step }) => step === 'asked')?.people ?? null
  return (
    <Section id="funnel" title="From the inquiry to the last follow-up">
      <p className="soft small">{year === '' ? 'Everybody who asked, in any year.' : `Everybody who asked in ${year}.`} Who asked lately may still be on the way. Which course they had is not told apart here.</p>
      {funnel.every(({ people }) => people === null) ? <p>{FEW} people have asked so far, or so small a group could be worked out.</p> : <Table captionHeard caption="How many people reached each step" rows={funnel} rowKey={({ step }) => step} columns={[
        { key: 'step', head: 'Step', cell: ({ step }) => stepNames[step] },
        { key: 'people', head: 'People', cell: ({ people }) => (people === null ? <span className="soft">{FEW}</span> : <span className="o-step"><span><strong>{people}</strong>{asked !== null && asked > 0 && <span className="soft"> {percent(people / asked)}</span>}</span><svg className="o-step__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><path d={`M0 4H${asked ? Math.min(100, (people / asked) * 100) : 0}`} /></svg></span>) },
        { key: 'days', head: 'Days since the inquiry', cell: ({ days: took, step }) => (took ? <>{days(took.median)}<br /><small className="soft">half between {took.lower} and {took.upper}</small></> : <span className="soft">{step === 'asked' ? '–' : 'not known'}</span>) },
      ]} />}
      <Rules title="The rule, and the rows behind it" ids={['practice.funnel', 'practice.small']}>
        {asked !== null && <BehindOne figure="step" what="Rows of which step" asked={year === '' ? {} : { year }} choices={funnel.filter(({ people }) => people !== null && people > 0).map(({ step }) => ({ value: step, label: stepNames[step] }))} />}
      </Rules>
    </Section>
  )
}
