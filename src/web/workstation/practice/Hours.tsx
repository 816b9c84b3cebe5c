import { useState } from 'react'
import { Button, Checkbox, DateField, Select, Stack, TimeField } from '../../kit/index.ts'
import { plainDay } from '../times.ts'
import { dayNames, placeOf, withPlace, type Exceptions, type Weekly } from './hours.ts'

/** The usual week, day by day; a day may have several stretches. */
export function WeeklyHours({ weekly, locations, onWeekly }: { readonly weekly: Weekly; readonly locations: readonly string[]; readonly onWeekly: (weekly: Weekly) => void }) {
  const change = (at: number, more: Partial<Weekly[number]>) => onWeekly(weekly.map((row, place) => (place === at ? { ...row, ...more } : row)))
  const places = [...new Set([...locations, ...weekly.flatMap(({ location }) => location ?? [])])]
  const choices = [{ value: 'online', label: 'Online only' }, { value: 'in-person', label: 'In person only' }, ...places.map((location) => ({ value: `at ${location}`, label: `In person at ${location}` }))]
  return (
    <fieldset className="k-field p-week">
      <legend className="k-field__label">Hours in a usual week</legend>
      <span className="k-field__hint">By the practice’s clocks. Visits are planned only within them.</span>
      {dayNames.map((name, place) => {
        const rows = weekly.map((row, at) => ({ ...row, at })).filter(({ weekday }) => weekday === place + 1)
        return (
          <div key={name} className="p-week__day">
            <span className="p-week__name">{name}</span>
            <div className="p-week__rows">
              {rows.length === 0 && <span className="soft p-week__off">off</span>}
              {rows.map(({ from, to, place: where, location, at }, nth) => (
                <div key={at} className="p-week__row">
                  <TimeField label={`${name} from${nth > 0 ? ` (${nth + 1})` : ''}`} stepMinutes={15} value={from || null} onChange={(next) => change(at, { from: next ?? '' })} />
                  <TimeField label={`${name} to${nth > 0 ? ` (${nth + 1})` : ''}`} stepMinutes={15} value={to || null} onChange={(next) => change(at, { to: next ?? '' })} />
                  <Select label={`${name} where${nth > 0 ? ` (${nth + 1})` : ''}`} optional empty="Anywhere" choices={choices} value={placeOf({ place: where, location })} onChange={(next) => onWeekly(weekly.map((row, other) => (other === at ? withPlace(row, next) : row)))} />
                  <Button kind="plain" onClick={() => onWeekly(weekly.filter((_, other) => other !== at))} aria-label={`Take away the hours on ${name}${nth > 0 ? ` (${nth + 1})` : ''}`}>Take away</Button>
                </div>
              ))}
            </div>
            <Button kind="plain" onClick={() => onWeekly([...weekly, { weekday: place + 1, from: rows.at(-1)?.to ?? '09:00', to: rows.length > 0 ? '' : '17:00' }])} aria-label={`Add hours on ${name}`}>Add hours</Button>
          </div>
        )
      })}
    </fieldset>
  )
}

/** Single days that are not as usual: off, or with other hours. */
export function DaysOff({ exceptions, onExceptions }: { readonly exceptions: Exceptions; readonly onExceptions: (exceptions: Exceptions) => void }) {
  const [day, setDay] = useState<string | null>(null)
  const change = (at: number, more: Partial<Exceptions[number]>) => onExceptions(exceptions.map((row, place) => (place === at ? { ...row, ...more } : row)))
  const add = () => {
    if (!day) return
    onExceptions([...exceptions.filter((row) => row.day !== day), { day, off: true }].toSorted((a, b) => (a.day < b.day ? -1 : 1)))
    setDay(null)
  }
  return (
    <fieldset className="k-field p-week">
      <legend className="k-field__label">Days that are not as usual <span className="k-field__optional">(if you like)</span></legend>
      {exceptions.map(({ day: one, off, from, to }, at) => (
        <div key={one} className="p-week__day">
          <span className="p-week__name">{plainDay(one)}</span>
          <div className="p-week__rows">
            <Checkbox label={`Off on ${plainDay(one)}`} checked={off} onChange={(next) => change(at, { off: next })} />
            {!off && (
              <div className="p-week__row">
                <TimeField label={`From, on ${plainDay(one)}`} stepMinutes={15} value={from ?? null} onChange={(next) => change(at, { from: next ?? '' })} />
                <TimeField label={`To, on ${plainDay(one)}`} stepMinutes={15} value={to ?? null} onChange={(next) => change(at, { to: next ?? '' })} />
              </div>
            )}
          </div>
          <Button kind="plain" onClick={() => onExceptions(exceptions.filter((_, other) => other !== at))} aria-label={`As usual on ${plainDay(one)}`}>As usual</Button>
        </div>
      ))}
      <Stack air="tight">
        <div className="d-fields">
          <DateField label="Another day" optional value={day} onChange={setDay} />
          <Button onClick={add} disabled={!day}>Add this day</Button>
        </div>
      </Stack>
    </fieldset>
  )
}
