import { useState, type FormEvent } from 'react'
import { Button, DateField, EmptyState, Notice, Row, Rows, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Refused, Told } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { closingDays } from '../desk/visits.ts'
import { KeepBar } from './KeepBar.tsx'
import type { Practice } from './PracticePage.tsx'

type Closing = Practice['closings'][number]

/** Holidays, leave together, a move: nothing is planned into these days, and the calendar says why. */
export function ClosedDays({ closings, onKept }: { readonly closings: readonly Closing[]; readonly onKept: () => Promise<void> }) {
  const { pending, refusal, act } = useAct()
  const [said, setSaid] = useState<{ readonly what: string; readonly standing: number }>()
  const keep = async (what: string, change: { add?: Closing[]; remove?: Closing[] }) => {
    const answer = await act(() => call('keepClosings', { body: change }))
    if (!answer) return false
    setSaid({ what, standing: answer.standing })
    await onKept()
    return true
  }
  return (
    <Stack air="wide">
      {said && <Told key={`${said.what} ${closings.length}`}><Notice what={said.what} {...(said.standing > 0 ? { kept: standing(said.standing), next: <a href="/work/calendar">Look at them in the calendar</a> } : {})} /></Told>}
      {closings.length === 0
        ? <EmptyState what="No closed day has been entered." begin="Public holidays are not known by themselves: enter those you keep." />
        : <Rows label="Days on which the practice is closed">{closings.map((closing) => <Row key={`${closing.from} ${closing.to} ${closing.name}`} who={closing.name} where={closingDays(closing)} act={<Button kind="plain" pending={pending} aria-label={`Take away ${closing.name}, ${closingDays(closing)}`} onClick={() => void keep(`${closing.name} is taken away; those days can be planned again.`, { remove: [closing] })}>Take away</Button>} />)}</Rows>}
      <NewClosing pending={pending} refusal={refusal} onAdd={(closing) => keep(`${closing.name} is kept. Nothing is planned into those days from now on.`, { add: [closing] })} />
    </Stack>
  )
}

const standing = (count: number) => `${count === 1 ? 'One visit stands' : `${count} visits stand`} on closed days. ${count === 1 ? 'It stays where it is' : 'They stay where they are'} until somebody moves ${count === 1 ? 'it' : 'them'}.`

function NewClosing({ pending, refusal, onAdd }: { readonly pending: boolean; readonly refusal: Parameters<typeof Refused>[0]['refusal']; readonly onAdd: (closing: Closing) => Promise<boolean> }) {
  const [name, setName] = useState('')
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const backwards = from !== null && to !== null && to < from
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (!from || backwards || name.trim() === '') return
    if (!(await onAdd({ from, to: to ?? from, name: name.trim() }))) return // What was typed stays.
    setName('')
    setFrom(null)
    setTo(null)
  }
  return (
    <form onSubmit={(event) => void add(event)} aria-label="More closed days" className="p-form">
      <Stack>
        <TextField label="What for" hint="As it should be said to a person, such as Thanksgiving" maxLength={120} value={name} onChange={setName} />
        <div className="d-fields">
          <DateField label="First day" value={from} onChange={setFrom} />
          <DateField label="Last day" optional hint="For a single day the first one is enough." {...(from ? { min: from } : {})} value={to} onChange={setTo} problem={backwards ? 'This lies before the first day. Please put one of them right.' : undefined} />
        </div>
        <KeepBar refusal={refusal} pending={pending} kept={false}>Close these days</KeepBar>
      </Stack>
    </form>
  )
}
