import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Entry } from '../../../../core/chart/entry.ts'
import { Button, Notice, Stack } from '../../../kit/index.ts'
import { plural } from '../words.ts'
import { ActLine, useAct, type Act } from './act.tsx'

interface SaveFormProps {
  /** The name of the form, for those who listen and for tests. */
  readonly label: string
  /** The words of the button that writes. */
  readonly save: string
  /** The same with what it is about, where several such forms stand on one screen. */
  readonly saveLabel?: string
  /** What is missing or wrong, by field. Shown once somebody has tried to save. */
  readonly problems: Readonly<Record<string, string | undefined>>
  /** What looks like a slip: asked about once, and written as it is only after a yes. Never changed by itself. */
  readonly doubts?: readonly string[]
  readonly onSave: (confirmed: boolean) => Promise<readonly Entry[] | Entry | void>
  /** After it is durable. */
  readonly onDone?: () => void
  readonly said?: string
  readonly act?: Act
  readonly beside?: ReactNode
  readonly children: (wrong: (field: string) => string | undefined) => ReactNode
}

/** A form that writes one act: it asks for what is missing in words, writes once, and says how that went. */
export function SaveForm({ label, save, saveLabel, problems, doubts = [], onSave, onDone, said, act: given, beside, children }: SaveFormProps) {
  const own = useAct()
  const act = given ?? own
  const [tries, setTries] = useState(0)
  const [asking, setAsking] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const missing = Object.values(problems).filter((problem): problem is string => Boolean(problem))
  const wrong = (field: string) => (tries > 0 ? problems[field] : undefined)

  // After a try that did not go through, the first field that stops it has the focus.
  useEffect(() => {
    if (tries === 0) return
    const place = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const target = place?.matches('fieldset') ? place.querySelector<HTMLElement>('input, select, textarea') : place
    target?.focus()
  }, [tries])

  const submit = async () => {
    const unreadable = [...(form.current?.elements ?? [])].find((field): field is HTMLInputElement => field instanceof HTMLInputElement && field.validity.customError)
    if (missing.length > 0) { setTries((count) => count + 1); return }
    if (unreadable) { unreadable.focus(); return }
    if (doubts.length > 0) { setAsking(true); return }
    await write(false)
  }
  const write = async (confirmed: boolean) => {
    if (!(await act.run(() => onSave(confirmed)))) return
    setTries(0)
    setAsking(false)
    onDone?.()
  }

  return (
    <form ref={form} noValidate className="c-form" aria-label={label} onSubmit={(event) => { event.preventDefault(); void submit() }}>
      {children(wrong)}
      <Stack air="tight">
        {tries > 0 && missing.length > 0 && <Notice level="caution" urgent what={`${plural(missing.length, 'thing')} to look at before this can be saved.`} kept="Nothing you typed is lost." next={<span className="c-lines">{[...new Set(missing)].map((line) => <span key={line}>{line}</span>)}</span>} />}
        {asking && doubts.length > 0 && (
          <Notice level="caution" urgent what={doubts.join(' ')} kept="Nothing is written yet, and nothing you typed was changed.">
            <Button kind="primary" onClick={() => void write(true)}>Yes, write it as it is</Button>
            <Button onClick={() => setAsking(false)}>Change it</Button>
          </Notice>
        )}
        <div className="k-buttons"><Button type="submit" kind={saveLabel ? 'quiet' : 'primary'} pending={act.pending} aria-label={saveLabel}>{save}</Button>{beside}</div>
        {(act.trouble || (!asking && tries === 0)) && <ActLine act={act} {...(said ? { said } : {})} />}
      </Stack>
    </form>
  )
}
