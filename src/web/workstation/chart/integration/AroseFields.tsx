import { Button, TextArea, TextField } from '../../../kit/index.ts'
import { clock, newId } from '../../../sync/index.ts'
import type { Arose } from './IntegrationForm.tsx'

interface AroseProps {
  readonly arose: Arose
  readonly onChange: (next: Partial<Arose>) => void
  /** An insight becomes something that is carried into the week. */
  readonly onCarry: (insight: string, text: string) => void
  readonly carried: readonly string[]
}

/** What arose, by what it was. All of it may stay empty: people bring what they bring. */
export function AroseFields({ arose, onChange, onCarry, carried }: AroseProps) {
  const change = (id: string, text: string) => onChange({ insights: arose.insights.map((one) => (one.id === id ? { ...one, text } : one)) })
  return (
    <>
      <div className="c-three">
        <TextArea label="Emotions" optional rows={3} maxLength={2_000} value={arose.emotions} onChange={(emotions) => onChange({ emotions })} />
        <TextArea label="Visions and images" optional rows={3} maxLength={2_000} value={arose.visions} onChange={(visions) => onChange({ visions })} />
        <TextArea label="In the body" optional rows={3} maxLength={2_000} value={arose.body} onChange={(body) => onChange({ body })} />
      </div>
      {arose.insights.map((one, at) => (
        <div key={one.id} className="c-pair">
          <TextField label={`Insight ${at + 1}`} hint={at === 0 ? 'In the person’s words.' : undefined} optional maxLength={400} value={one.text} onChange={(text) => change(one.id, text)} />
          {one.text.trim() && !carried.includes(one.id) && <div className="k-buttons"><Button aria-label={`Carry into the week: ${one.text}`} onClick={() => onCarry(one.id, one.text.trim())}>Carry it into the week</Button></div>}
        </div>
      ))}
      {arose.insights.length < 12 && <Button kind="quiet" onClick={() => onChange({ insights: [...arose.insights, { id: newId(clock.ms()), text: '' }] })}>Add an insight</Button>}
    </>
  )
}
