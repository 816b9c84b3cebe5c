import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Select, Table } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded } from '../desk/parts.tsx'
import { plainDay } from '../times.ts'
import type { Asked } from './Filter.tsx'
import { days, valueName, verdictTitles } from './words.ts'

type BehindRow = Response<'outcomesBehind'>['rows'][number]
type Figure = 'measure' | 'kept' | 'event' | 'step'
interface BehindProps {
  readonly figure: Figure
  /** Which questionnaire, side effect or step. */
  readonly name?: string
  readonly asked: Asked
}

/** The courses behind a figure: by name for whoever reads those charts anyway, and of all others how many. */
export function Behind({ figure, name = '', asked: { by, value, year } }: BehindProps) {
  const [open, setOpen] = useState(false)
  const asked = { ...(by && { by, value: value ?? '' }), ...(year && { year }) }
  const query = useQuery({ queryKey: ['outcomes behind', figure, name, asked], queryFn: () => call('outcomesBehind', { query: { ...asked, figure, name } }), enabled: open })
  if (!open) return <Button onClick={() => setOpen(true)}>Show the rows</Button>
  return (
    <Loaded query={query} what="the rows">{({ rows, others }) => (
      <>
        <p>{rows.length === 0 ? 'You are on the care team of none of these people.' : 'Courses of people on whose care team you are.'} {others > 0 && `${others} ${others === 1 ? 'course is' : 'courses are'} of people on whose charts you do not read this.`}</p>
        {rows.length > 0 && <Table captionHeard caption="Courses behind this figure" rows={rows} rowKey={({ chart, number }) => `${chart} ${number}`} columns={[
          { key: 'who', head: 'Who', cell: ({ chart, name: person }) => <Link to="/work/charts/$chart" params={{ chart }}>{person}</Link> },
          { key: 'course', head: 'Course', cell: courseOf }, ...facts[figure],
        ]} />}
      </>
    )}</Loaded>
  )
}

/** The rows of one of several figures, once one is chosen. */
export function BehindOne({ figure, what, choices, asked }: { readonly figure: Figure; readonly what: string; readonly choices: readonly { readonly value: string; readonly label: string }[]; readonly asked: Asked }) {
  const [name, setName] = useState<string | null>(null)
  return (
    <div className="o-behind">
      <Select label={what} choices={choices} value={name} onChange={setName} />
      {name !== null && choices.some(({ value }) => value === name) && <Behind key={name} figure={figure} name={name} asked={asked} />}
    </div>
  )
}

function courseOf({ protocol, firstDose, lastDose, finished }: BehindRow) {
  if (firstDose === null || lastDose === null) return <span className="soft">no dose yet</span>
  return <>{valueName('protocol', protocol ?? '')}<br /><small className="soft">{plainDay(firstDose)} to {plainDay(lastDose)}{finished === true ? ', finished' : finished === false ? ', ended early' : ''}</small></>
}

const facts: Readonly<Record<Figure, readonly { readonly key: string; readonly head: string; readonly numeric?: boolean; readonly cell: (row: BehindRow) => React.ReactNode }[]>> = {
  measure: [
    { key: 'before', head: 'Before', numeric: true, cell: ({ baseline }) => baseline ?? 'missing' }, { key: 'after', head: 'After', numeric: true, cell: ({ end }) => end ?? 'missing' },
    { key: 'counted', head: 'Counted as', cell: countedAs },
  ],
  kept: [{ key: 'days', head: 'After the last dose', cell: ({ days: watched, relapsed }) => (watched === null ? 'not known' : relapsed ? `relapsed on day ${watched}` : `no relapse by day ${watched}, the last score`) }],
  event: [{ key: 'grade', head: 'Worst grade', numeric: true, cell: ({ grade }) => grade ?? 'not known' }],
  step: [{ key: 'days', head: 'Since the inquiry', cell: ({ days: took }) => (took === null ? 'not known' : days(took)) }],
}

/** What two scores were found to be; a score that is missing is none of it. */
function countedAs(row: BehindRow) {
  if (row.baseline === null || row.end === null) return <span className="soft">not better: a score is missing</span>
  const found = (['response', 'remission', 'reliable', 'worse'] as const).filter((verdict) => row[verdict] === true).map((verdict) => verdictTitles[verdict].toLowerCase())
  return found.length === 0 ? 'none of these' : found.join(', ')
}
