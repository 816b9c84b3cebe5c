import { useState, type FormEvent } from 'react'
import type { OnCallRead } from '../../../core/contract/on-call.ts'
import { Button, CheckboxGroup, DateField, Notice, Select, Stack, TextField, TimeField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useAct } from '../desk/use-act.ts'
import { dayNames } from '../practice/hours.ts'
import { KeepBar } from '../practice/KeepBar.tsx'
import { plainDay } from '../times.ts'
import { blankHours, rotaOf, rotaProblems, type HoursDraft, type RotaDraft } from './rota.ts'

type Choices = readonly { readonly value: string; readonly label: string }[]

/** The hours of a week, the days that are not as usual, and whom everyone means. Kept as one, beside the versions before it. */
export function KeepRota({ read, onKept }: { readonly read: OnCallRead; readonly onKept: () => Promise<void> }) {
  const [draft, setDraft] = useState<RotaDraft>(read.rota)
  const [told, setTold] = useState(false)
  const { pending, refusal, act } = useAct()
  const choices = read.people.filter(({ may }) => may).map(({ person, name }) => ({ value: person, label: name }))
  const problems = rotaProblems(draft)
  const set = (more: Partial<RotaDraft>) => setDraft((before) => ({ ...before, ...more }))
  const keep = async (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    const rota = rotaOf(draft)
    if (rota && (await act(() => call('keepOnCall', { body: { on: read.version, rota } })))) await onKept()
  }
  return (
    <form onSubmit={(event) => void keep(event)} aria-label="Who is on call" className="p-form" noValidate>
      <Stack air="wide">
        <Week weekly={draft.weekly} choices={choices} onWeekly={(weekly) => set({ weekly })} />
        <NamedDays days={draft.days} choices={choices} onDays={(days) => set({ days })} />
        <CheckboxGroup label="Everyone" hint="Called when neither of the two has taken it over, and at once when nobody is on call. With nobody marked, the medical directors are called, or the owners." choices={choices} value={draft.everyone} onChange={(everyone) => set({ everyone })} />
        {told && problems.length > 0 && <Notice urgent level="caution" what="This is not kept yet."><ul className="d-reasons">{problems.map((one) => <li key={one}>{one}</li>)}</ul></Notice>}
        <KeepBar refusal={refusal} pending={pending} kept={false}>Keep the rota</KeepBar>
      </Stack>
    </form>
  )
}

function Week({ weekly, choices, onWeekly }: { readonly weekly: RotaDraft['weekly']; readonly choices: Choices; readonly onWeekly: (weekly: RotaDraft['weekly']) => void }) {
  return (
    <fieldset className="k-field p-week p-rota">
      <legend className="k-field__label">Hours in a usual week</legend>
      <span className="k-field__hint">By the practice’s clocks. An end that is not after the beginning lies on the next day: 8:00 PM to 8:00 AM is a night. On closed days these hours do not hold: name the day below if somebody is on call. On a day off of the first, as their hours say, the second is called.</span>
      {dayNames.map((name, place) => {
        const rows = weekly.map((row, at) => ({ row, at })).filter(({ row }) => row.weekday === place + 1)
        const last = weekly.at(-1)
        return (
          <div key={name} className="p-week__day">
            <span className="p-week__name">{name}</span>
            <div className="p-week__rows">
              {rows.length === 0 && <span className="soft p-week__off">nobody</span>}
              {rows.map(({ row, at }, nth) => <HoursRow key={at} where={`${name}${nth > 0 ? ` (${nth + 1})` : ''}`} hours={row} choices={choices} onHours={(hours) => onWeekly(weekly.map((one, other) => (other === at ? { ...one, ...hours } : one)))} onTakeAway={() => onWeekly(weekly.filter((_, other) => other !== at))} />)}
            </div>
            <Button kind="plain" onClick={() => onWeekly([...weekly, { ...blankHours, ...(rows.length === 0 && last ? { from: last.from, to: last.to, first: last.first, second: last.second } : {}), weekday: place + 1 }])} aria-label={`Add hours on ${name}`}>Add hours</Button>
          </div>
        )
      })}
    </fieldset>
  )
}

interface HoursRowProps {
  readonly where: string
  readonly hours: HoursDraft
  readonly choices: Choices
  readonly onHours: (hours: Partial<HoursDraft>) => void
  readonly onTakeAway: () => void
}

const HoursRow = ({ where, hours: { from, to, first, second }, choices, onHours, onTakeAway }: HoursRowProps) => (
  <div className="p-week__row">
    <TimeField label={`${where} from`} stepMinutes={15} value={from} onChange={(next) => onHours({ from: next })} />
    <TimeField label={`${where} to`} stepMinutes={15} value={to} onChange={(next) => onHours({ to: next })} />
    <Select label={`${where}, first`} choices={choices} value={first} onChange={(next) => onHours({ first: next })} />
    <Select label={`${where}, second`} optional empty="Nobody" choices={choices} value={second} onChange={(next) => onHours({ second: next })} />
    <Button kind="plain" onClick={onTakeAway} aria-label={`Take away the hours on ${where}`}>Take away</Button>
  </div>
)

/** Holidays and swaps: a named day stands in the place of its weekday. */
function NamedDays({ days, choices, onDays }: { readonly days: RotaDraft['days']; readonly choices: Choices; readonly onDays: (days: RotaDraft['days']) => void }) {
  const [day, setDay] = useState<string | null>(null)
  const change = (at: number, more: Partial<RotaDraft['days'][number]>) => onDays(days.map((one, other) => (other === at ? { ...one, ...more } : one)))
  const add = () => {
    if (!day || days.some((one) => one.day === day)) return
    onDays([...days, { day, note: '', hours: [] }].toSorted((a, b) => (a.day < b.day ? -1 : 1)))
    setDay(null)
  }
  return (
    <fieldset className="k-field p-week p-rota">
      <legend className="k-field__label">Days that are not as usual <span className="k-field__optional">(if you like)</span></legend>
      <span className="k-field__hint">A swap with a colleague, a holiday. The hours here stand in the place of the usual ones; a day without hours has nobody on call.</span>
      {days.map(({ day: one, note, hours }, at) => (
        <div key={one} className="p-week__day">
          <span className="p-week__name">{plainDay(one)}</span>
          <div className="p-week__rows">
            <TextField label={`Why, ${plainDay(one)}`} optional maxLength={120} value={note} onChange={(next) => change(at, { note: next })} />
            {hours.length === 0 && <span className="soft p-week__off">nobody</span>}
            {hours.map((row, nth) => <HoursRow key={nth} where={`${plainDay(one)}${nth > 0 ? ` (${nth + 1})` : ''}`} hours={row} choices={choices} onHours={(more) => change(at, { hours: hours.map((each, other) => (other === nth ? { ...each, ...more } : each)) })} onTakeAway={() => change(at, { hours: hours.filter((_, other) => other !== nth) })} />)}
            <div><Button kind="plain" onClick={() => change(at, { hours: [...hours, blankHours] })} aria-label={`Add hours on ${plainDay(one)}`}>Add hours</Button></div>
          </div>
          <Button kind="plain" onClick={() => onDays(days.filter((_, other) => other !== at))} aria-label={`As usual on ${plainDay(one)}`}>As usual</Button>
        </div>
      ))}
      <div className="d-fields">
        <DateField label="Another day" optional value={day} onChange={setDay} />
        <Button onClick={add} disabled={!day}>Add this day</Button>
      </div>
    </fieldset>
  )
}
