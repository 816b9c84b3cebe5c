import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AuditLineRow } from '../../../core/contract/charting.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Checkbox, Select, Stack, Table } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { usePractice } from '../chart/parts/practice.ts'
import { exactTime } from '../chart/words.ts'
import { Refused } from '../desk/parts.tsx'
import { refusalOf } from '../desk/use-act.ts'
import { useMe } from '../me.ts'

type Page = Response<'audit'>
const outcomes = [{ value: 'done', label: 'Done' }, { value: 'refused', label: 'Refused' }] as const

/** Who read and did what: of one chart, or of the whole practice. It goes back as far as there are lines. */
export function AuditList({ chart }: { readonly chart?: string }) {
  const { data: practice } = usePractice()
  const zone = useMe()?.practice.zone ?? practice?.zone ?? 'UTC'
  const [person, setPerson] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<'done' | 'refused' | null>(null)
  const [own, setOwn] = useState(true)
  const query = { ...(person ? { person } : {}), ...(outcome ? { outcome } : {}) }
  const pages = useInfiniteQuery({
    queryKey: ['audit', chart ?? '', person, outcome], initialPageParam: undefined as string | undefined, getNextPageParam: ({ next }: Page) => next ?? undefined,
    queryFn: ({ pageParam }): Promise<Page> => { const asked = { ...query, ...(pageParam ? { before: pageParam } : {}) }; return chart ? call('access', { params: { chart }, query: asked }) : call('audit', { query: asked }) },
  })
  const lines = pages.data?.pages.flatMap((page) => page.lines) ?? []
  const readings = lines.filter(({ ownReading }) => ownReading).length
  return (
    <Stack>
      <div className="d-fields">
        <Select label="Whose lines" required={false} empty="Everybody’s" choices={(practice?.staff ?? []).map((one) => ({ value: one.person, label: one.name }))} value={person} onChange={setPerson} />
        <Select label="Outcome" required={false} empty="Done and refused" choices={outcomes} value={outcome} onChange={setOutcome} />
      </div>
      <Checkbox label="Show that I looked at this list" checked={own} onChange={setOwn} />
      {pages.isError && <Refused refusal={refusalOf(pages.error)}><Button onClick={() => void pages.refetch()}>Try again</Button></Refused>}
      {pages.data
        ? <Table caption="Looked at and changed" rows={lines.filter(({ ownReading }) => own || !ownReading)} rowKey={({ id }) => id} columns={columnsOf(zone, chart === undefined)} empty="No line like this." />
        : !pages.isError && <p className="soft" role="status">Asking…</p>}
      {pages.data && <p className="soft" aria-live="polite">{wordsOf(lines, own ? 0 : readings, pages.hasNextPage, zone)}</p>}
      {pages.hasNextPage && <Button pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>Show earlier lines</Button>}
    </Stack>
  )
}

const columnsOf = (zone: string, everywhere: boolean) => [
  { key: 'at', head: 'When', cell: ({ at }: AuditLineRow) => exactTime(at, zone) }, { key: 'who', head: 'Who', cell: ({ who, mine }: AuditLineRow) => (mine ? `${who} (you)` : who) },
  { key: 'what', head: 'What', cell: ({ action, ownReading }: AuditLineRow) => (ownReading ? 'looked at this list' : action.replaceAll(/[.-]/g, ' ')) },
  ...(everywhere ? [{ key: 'about', head: 'Chart', cell: ({ about }: AuditLineRow) => about ?? '' }] : []), { key: 'how', head: 'Outcome', cell: ({ outcome }: AuditLineRow) => outcome },
]

const wordsOf = (lines: readonly AuditLineRow[], hidden: number, more: boolean, zone: string) => {
  const last = lines.at(-1)
  if (!last) return ''
  return `${lines.length - hidden} lines${hidden > 0 ? `, and ${hidden} of your own looks at this list not shown` : ''}. ${more ? `They go back to ${exactTime(last.at, zone)}; there are earlier ones.` : 'There are no earlier ones.'}`
}
