import { useState, type FormEvent } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import type { Wishes } from '../../../core/contract/running.ts'
import { Button, DateField, Notice, Select, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { plainDay } from '../times.ts'
import { Refused } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitNames } from './visits.ts'

/** The reasons that stand against one day for the next visit of a kind, or the times at which it could begin. */
export function WhyNotThisDay({ chart, types, wishes }: { readonly chart: string; readonly types: readonly string[]; readonly wishes: Wishes }) {
  const [day, setDay] = useState<string | null>(null)
  const [type, setType] = useState<string | null>(null)
  const [told, setTold] = useState<Response<'explainDay'> & { readonly about: string }>()
  const { pending, refusal, act } = useAct()
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (!day || !type) return
    void act(() => call('explainDay', { params: { chart }, body: { day, type, wishes } })).then((answer) => answer && setTold({ ...answer, about: `${visitNames[type] ?? type} on ${plainDay(day)}` }))
  }
  const possible = told?.reasons.every(({ code }) => code === 'possible')
  return (
    <form onSubmit={ask}>
      <Stack>
        <div className="d-fields">
          <DateField label="Day" value={day} onChange={setDay} />
          <Select label="Next visit of this kind" value={type} onChange={setType} choices={types.map((one) => ({ value: one, label: visitNames[one] ?? one }))} />
          <Button type="submit" pending={pending}>Explain this day</Button>
        </div>
        <Refused refusal={refusal} />
        {told && (
          <Notice urgent what={`${told.about}: ${possible ? 'it can be.' : 'it cannot be.'}`}>
            <ul className="d-reasons">{told.reasons.map(({ says }) => <li key={says}>{says}</li>)}</ul>
          </Notice>
        )}
      </Stack>
    </form>
  )
}
