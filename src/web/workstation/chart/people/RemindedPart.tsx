import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Notice, Select } from '../../../kit/index.ts'
import { call, Refused } from '../../../sync/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part } from '../parts/Room.tsx'

const ways = [{ value: 'mail', label: 'By e-mail' }, { value: 'text', label: 'By text message' }, { value: 'none', label: 'Not at all' }] as const

/** How this person wants to be reminded, kept for them by the desk where they say it on the telephone. */
export function RemindedPart() {
  const { chartId, may } = useOpenChart()
  const queries = useQueryClient()
  const mayChoose = may('reminders.choose')
  const { data } = useQuery({ queryKey: ['reminded', chartId], queryFn: () => call('reminded', { params: { chart: chartId } }), enabled: mayChoose, retry: false })
  const [problem, setProblem] = useState('')
  if (!mayChoose || !data) return null
  const keep = (by: 'mail' | 'text' | 'none' | null) => {
    if (by === null) return
    setProblem('')
    void call('keepReminded', { params: { chart: chartId }, body: { by } }).then(() => queries.invalidateQueries({ queryKey: ['reminded', chartId] }), (failure: unknown) => setProblem(failure instanceof Refused ? failure.say : 'It could not be kept. Nothing was changed; try again.'))
  }
  const reached = { mail: data.mail, text: data.text, none: false }[data.by ?? 'mail']
  return (
    <Part title="Reminders">
      <Select label="How they want to be reminded" hint="Nothing said means by e-mail." choices={ways} value={data.by} onChange={keep} />
      {!data.on && <p className="soft">This practice sends no reminders.</p>}
      {data.on && !reached && <Notice level="caution" what={data.by === 'none' ? 'They want no reminders. Call where something has to be known before a session.' : 'Not reachable by reminder. Call, or write down how to reach them.'} />}
      {problem && <Notice urgent level="caution" what={problem} />}
    </Part>
  )
}
