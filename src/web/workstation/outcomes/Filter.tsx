import { Select } from '../../kit/index.ts'
import { byNames, valueName, type By, type Outcomes } from './words.ts'

export interface Asked {
  readonly by?: By
  readonly value?: string
  readonly year?: string
  /** Another value of the same thing, whose curve is drawn beside. */
  readonly beside?: string
}
interface FilterProps {
  readonly choices: Outcomes['choices']
  readonly asked: Asked
  readonly onAsk: (asked: Asked) => void
}

const ALL = 'all'
const BETWEEN = ' · '

/** One thing at a time, and a year: where two could be crossed, small groups could be worked out. */
export function Filter({ choices, asked, onAsk }: FilterProps) {
  const values = (Object.keys(byNames) as By[]).flatMap((by) => choices.by[by].map((value) => ({ value: `${by}${BETWEEN}${value}`, label: `${byNames[by]}: ${valueName(by, value)}` })))
  const chosen = asked.by ? `${asked.by}${BETWEEN}${asked.value ?? ''}` : ALL
  const hidden = Object.values(choices.hidden).reduce((sum, count) => sum + count, 0)
  if (values.length === 0 && choices.years.length === 0) return null
  const year = asked.year ? { year: asked.year } : {}
  const choose = (word: string | null) => {
    const [by, ...rest] = (word ?? ALL).split(BETWEEN)
    onAsk(word === null || word === ALL ? year : { by: by as By, value: rest.join(BETWEEN), ...year })
  }
  const inYear = (word: string | null) => {
    const { year: _, ...before } = asked
    onAsk(word === null || word === ALL ? before : { ...before, year: word })
  }
  return (
    <section aria-label="What is shown" className="o-filter">
      <div className="d-fields">
        <Select label="Which courses" choices={[{ value: ALL, label: 'All courses' }, ...values]} value={chosen} onChange={choose} />
        <Select label="Begun in" choices={[{ value: ALL, label: 'Any year' }, ...choices.years.toReversed().map((one) => ({ value: one, label: one }))]} value={asked.year ?? ALL} onChange={inYear} />
      </div>
      {hidden > 0 && <p className="soft small">{hidden === 1 ? 'One group is' : `${hidden} groups are`} not offered: fewer than ten people, or a group so small could be worked out from it.</p>}
    </section>
  )
}
