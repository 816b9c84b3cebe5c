import { Button, DateField, NumberField, RadioTiles, Select, TextField, TimeField, type Choice } from '../../../kit/index.ts'
import type { AnswerDraft, SubstanceStatus } from './fact-body.ts'
import type { Question } from './questions.ts'

const NOT_A_VALUE = [{ value: 'not-known', label: 'Not known' }, { value: 'declined', label: 'Declined to say' }] as const

interface AnswerProps {
  readonly question: Question
  readonly draft: AnswerDraft
  readonly set: (change: Partial<AnswerDraft>) => void
  readonly problem: string | undefined
}

/** A few answers as tiles; a number or a time as a field, with the two answers that are no value beside it. */
export function Answer({ question, draft, set, problem }: AnswerProps) {
  const { asks, hint } = question
  const chosen = draft.said === 'value' ? draft.choice : draft.said
  const choose = (value: string) => set(value === 'not-known' || value === 'declined' ? { said: value, choice: null } : { said: 'value', choice: value })
  const tiles = (label: string, valued: readonly Choice[]) => <RadioTiles label={label} {...(hint ? { hint } : {})} tile="8.5rem" choices={[...valued, ...NOT_A_VALUE]} value={chosen} onChange={choose} problem={problem} />
  if (question.kind === 'yes-no') return tiles(asks, [{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }])
  if (question.kind === 'choice') return tiles(asks, question.choices)
  if (question.kind === 'names' || question.kind === 'substances') {
    return <>
      {tiles(asks, [{ value: 'none', label: 'None' }, { value: 'some', label: 'Name them' }])}
      {draft.choice === 'some' && (question.kind === 'names' ? <TextField label="What it showed" hint="Separated by commas." value={draft.names} onChange={(names) => set({ names })} /> : <Substances draft={draft} set={set} />)}
    </>
  }
  return <>
    {question.kind === 'number'
      ? <NumberField label={asks} {...(hint ? { hint } : {})} unit={question.unit} decimals={question.decimals ?? 0} value={draft.number} onChange={(number) => set({ number, said: number === null ? null : 'value', choice: null })} problem={problem} />
      : <div className="c-pair"><DateField label={`${asks} Day`} value={draft.day} onChange={(day) => set({ day, said: 'value', choice: null })} problem={problem} /><TimeField label={`${asks} Time`} value={draft.time} onChange={(time) => set({ time, said: 'value', choice: null })} /></div>}
    <RadioTiles label={`No answer to: ${asks}`} optional tile="8.5rem" choices={NOT_A_VALUE} value={draft.said === 'value' ? null : draft.said} onChange={(said) => set({ said, number: null, day: null, time: null, choice: null })} />
  </>
}

const STATUS: readonly Choice<SubstanceStatus>[] = [{ value: 'active', label: 'used now' }, { value: 'early-remission', label: 'stopped, less than a year ago' }, { value: 'remission', label: 'stopped, a year ago or more' }]

function Substances({ draft, set }: Pick<AnswerProps, 'draft' | 'set'>) {
  const lines = draft.substances
  const change = (at: number, next: Partial<(typeof lines)[number]>) => set({ substances: lines.map((line, place) => (place === at ? { ...line, ...next } : line)) })
  return (
    <>
      {lines.map((line, at) => (
        <div key={at} className="c-pair">
          <TextField label={`Substance ${at + 1}`} optional={at > 0} value={line.substance} onChange={(substance) => change(at, { substance })} />
          <Select label={`How it stands with substance ${at + 1}`} optional={at > 0} choices={STATUS} value={line.status} onChange={(status) => change(at, { status })} />
        </div>
      ))}
      <Button kind="plain" onClick={() => set({ substances: [...lines, { substance: '', status: null }] })}>Another substance</Button>
    </>
  )
}
