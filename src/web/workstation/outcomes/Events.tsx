import { Table } from '../../kit/index.ts'
import { Section } from '../desk/parts.tsx'
import { BehindOne } from './Behind.tsx'
import type { Asked } from './Filter.tsx'
import { Share } from './Measure.tsx'
import { Rules } from './Rules.tsx'
import { FEW, termName, type Figures } from './words.ts'

/** Side effects by term and worst grade, each person once. */
export function Events({ events, asked }: { readonly events: Figures['events']; readonly asked: Asked }) {
  const seen = [...new Set(events?.flatMap((one) => one.grades.map(({ grade }) => grade)))].toSorted((a, b) => a - b)
  return (
    <Section id="side-effects" title="Side effects that were written down">
      {events
        ? <Table captionHeard caption="People with each side effect, by its worst grade" rows={events} rowKey={({ term }) => term} empty="None was written down. That is not the same as none." columns={[
          { key: 'term', head: 'Side effect', cell: ({ term }) => termName(term) }, { key: 'any', head: 'Of all who began', cell: ({ any }) => <Share share={any} /> },
          ...seen.map((grade) => ({ key: `grade-${grade}`, head: `Grade ${grade}`, numeric: true, cell: (row: (typeof events)[number]) => row.grades.find((one) => one.grade === grade)?.people ?? 0 })),
        ]} />
        : <p>{FEW} courses have begun here, or so small a group could be worked out.</p>}
      <Rules title="The rule, and the rows behind it" ids={['practice.events', 'practice.small']}>
        {events && events.length > 0 && <BehindOne figure="event" what="Rows of which side effect" asked={asked} choices={events.map(({ term }) => ({ value: term, label: termName(term) }))} />}
      </Rules>
    </Section>
  )
}
