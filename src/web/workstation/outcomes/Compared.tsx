import { Select, Table } from '../../kit/index.ts'
import type { Asked } from './Filter.tsx'
import { byNames, byThing, FEW, chanceWords, percent, valueName, type By, type Kept, type Outcomes } from './words.ts'

const NOBODY = 'nobody'

/** Chooses a second group of the same kind. Two kinds are never crossed. */
export function Beside({ choices, asked, onAsk }: { readonly choices: Outcomes['choices']; readonly asked: Asked; readonly onAsk: (asked: Asked) => void }) {
  const { by, value, beside, ...rest } = asked
  const others = by ? choices.by[by].filter((one) => one !== value) : []
  if (!by || others.length === 0) return by ? <p className="soft small">No second group of this kind is large enough to be compared with.</p> : <p className="soft small">To compare two groups, choose above which courses are shown.</p>
  const one = { by, value: value ?? '', ...rest }
  return <div className="o-filter"><Select label="Compared with" choices={[{ value: NOBODY, label: 'Nobody' }, ...others.map((other) => ({ value: `${byNames[by]}: ${other}`, label: valueName(by, other) }))]} value={beside === undefined ? NOBODY : `${byNames[by]}: ${beside}`} onChange={(word) => { const other = others.find((each) => `${byNames[by]}: ${each}` === word); onAsk(other === undefined ? one : { ...one, beside: other }) }} /></div>
}

interface ComparedProps {
  readonly kept: Kept
  readonly compared: Outcomes['compared']
  readonly by: By
  readonly value: string
  readonly beside: string
}

/** Whether two curves differ by more than chance, and what that does not say. */
export function Compared({ kept, compared, by, value, beside }: ComparedProps) {
  if (!compared || compared.value !== beside) return <p>{FEW} people responded and were asked afterwards in {valueName(by, beside)}, or so small a group could be worked out: the two are not compared.</p>
  const { test } = compared
  const rows = [{ name: valueName(by, value), kept, at: 0 as const }, { name: valueName(by, compared.value), kept: compared.kept, at: 1 as const }]
  return (
    <div className="o-beside">
      <h3>Do the two differ by more than chance?</h3>
      {test
        ? <>
          <Table captionHeard caption="The two groups, as far as they are compared" rows={rows} rowKey={({ name }) => name} columns={[
            { key: 'group', head: 'Group', cell: ({ name }) => name }, { key: 'people', head: 'People', numeric: true, cell: ({ at }) => test.people[at] }, { key: 'relapses', head: `Relapses by day ${test.throughDay}`, numeric: true, cell: ({ at }) => test.relapses[at] },
            { key: 'held', head: 'Not relapsed then', numeric: true, cell: ({ kept: { steps } }) => percent(steps.findLast(({ time }) => time <= test.throughDay)?.survival ?? 1) },
          ]} />
          <p className="o-missing"><strong>{chanceWords(test.p)}</strong> This is the log-rank test, up to day {test.throughDay}: as far as ten people of each were still watched.</p>
          <p className="o-missing">Nobody was put into a group by lot. The two differ in more than {byThing[by]}: in who was treated, when, and how ill they were. So this does not say that one works better. Whoever compares many groups finds some that differ by chance.</p>
        </>
        : <p>In one of the two no relapse could be expected as far as ten people of each were still watched. So there is nothing to compare.</p>}
    </div>
  )
}
