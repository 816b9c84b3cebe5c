import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Step } from '../../../../core/rulebook/changes.ts'
import { wayOf, type Dial, type DialValue } from '../../../../core/rulebook/dials.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { Button, CodeField, EmptyState, NumberField, Select, Stack, StatusLine, TextArea, TextField } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { Refused } from '../../desk/parts.tsx'
import { useAct } from '../../desk/use-act.ts'
import { Changed } from './Changed.tsx'
import type { EditionsNow } from './Editions.tsx'
import { chapterOf, dialOf, findDials, lacksReason, NOBODY_ELSE, range, reasonCharacters, rowSays, sayValue, standsIn, titleOf, turned, turnedByTwo } from './turning.ts'
import { Way } from './Way.tsx'

/** So many at once; more words find fewer. */
const SHOWN = 12

interface WorkshopProps {
  readonly now: EditionsNow
  readonly directs: boolean
  readonly sample: boolean
  /** Who else could sign what is looser. */
  readonly others: readonly string[]
  readonly onAdopted: (name: string) => void
  readonly onProposed: () => void
}

/** Figures are looked up, turned into a basket, tried on the open charts, and signed together. Nothing holds before that. */
export function Workshop({ now, directs, sample, others, onAdopted, onProposed }: WorkshopProps) {
  const [words, setWords] = useState('')
  const [steps, setSteps] = useState<readonly Step[]>([])
  /** How often a figure was taken out again: its field then starts anew. */
  const [out, setOut] = useState<Readonly<Record<string, number>>>({})
  const found = useMemo(() => findDials(words), [words])
  const keep = (dial: Dial, to: DialValue | null) => {
    const from = standsIn(now.changes, dial)
    const others = steps.filter((step) => step.dial !== dial.id)
    const ok = to !== null && !('refused' in turned(dial, from, to)) && to !== from
    setSteps(ok ? [...others, { dial: dial.id, from, to, reason: steps.find((step) => step.dial === dial.id)?.reason ?? '' }] : others)
  }
  return (
    <section aria-label="Turn a figure" className="k-card">
      <Stack>
        <h3>Turn a figure</h3>
        <p>Tighter is signed by a prescriber or the medical director. Looser takes two: the medical director proposes it with a reason, and somebody else who treats here signs it too. Some figures cannot be loosened by anybody.</p>
        <TextField label="Find a figure" type="search" required={false} hint="A rule’s number or a word, such as H01, saturation or discharge" value={words} onChange={setWords} />
        <StatusLine>{words.trim() === '' ? '' : `${found.length} ${found.length === 1 ? 'figure holds' : 'figures hold'} these words.${found.length > SHOWN ? ` The first ${SHOWN} are shown; another word finds fewer.` : ''}`}</StatusLine>
        {words.trim() !== '' && found.length === 0 && <EmptyState what="No figure that can be turned holds these words." begin="Try a single word, or a rule’s number." />}
        <ul className="p-dials">{found.slice(0, SHOWN).map((dial) => <OneDial key={`${dial.id} ${out[dial.id] ?? 0}`} dial={dial} stands={standsIn(now.changes, dial)} step={steps.find((step) => step.dial === dial.id)} onTurn={(to) => keep(dial, to)} />)}</ul>
        {steps.length > 0 && <Basket now={now} steps={steps} directs={directs} sample={sample} others={others} onSteps={setSteps} onOut={(id) => { setSteps(steps.filter((step) => step.dial !== id)); setOut({ ...out, [id]: (out[id] ?? 0) + 1 }) }} onAdopted={onAdopted} onProposed={onProposed} />}
      </Stack>
    </section>
  )
}

/** One figure: what ships, what holds here, how far it goes, and, as it is turned, which way that is. */
function OneDial({ dial, stands, step, onTurn }: { readonly dial: Dial; readonly stands: DialValue; readonly step: Step | undefined; readonly onTurn: (to: DialValue | null) => void }) {
  const [typed, setTyped] = useState<DialValue | null>(step?.to ?? null)
  const answer = typed === null ? undefined : turned(dial, stands, typed)
  const problem = answer && 'refused' in answer ? answer.refused.says : undefined
  const set = (to: DialValue | null) => { setTyped(to); onTurn(to) }
  const label = `${titleOf(dial)}`
  const hint = `${stands === dial.shipped ? `Ships as ${sayValue(dial, dial.shipped)}.` : `Here ${sayValue(dial, stands)}; ships as ${sayValue(dial, dial.shipped)}.`} Takes ${range(dial)}.${dial.floor ? ' It cannot be loosened below what ships.' : ''}`
  return (
    <li className="p-dial">
      <p className="soft">{chapterOf(dial)}{rowSays(dial) && `: ${rowSays(dial)}`}</p>
      {'choices' in dial.takes
        ? <Select label={label} hint={hint} optional empty="Leave as it is" choices={dial.takes.choices.map((value) => ({ value, label: value.replaceAll('_', ' ') }))} value={typed === null ? null : String(typed)} onChange={set} problem={problem} />
        : <NumberField label={label} hint={hint} optional unit={dial.unit} decimals={dial.takes.step < 1 ? 1 : 0} value={typeof typed === 'number' ? typed : null} onChange={set} problem={problem} />}
      <output className="p-dial__way" aria-label={`Which way, ${label}`}>{answer && 'way' in answer && <Way way={answer.way} />}</output>
    </li>
  )
}

type Preview = Response<'previewEdition'>

interface BasketProps extends WorkshopProps {
  readonly steps: readonly Step[]
  readonly onSteps: (steps: readonly Step[]) => void
  readonly onOut: (dial: string) => void
}

/** What is about to be signed, whom it would touch, and the signature: the only one, or the first of two. */
function Basket({ now, steps, directs, sample, others, onSteps, onOut, onAdopted, onProposed }: BasketProps) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [code, setCode] = useState('')
  const [preview, setPreview] = useState<{ readonly of: readonly Step[]; readonly says: Preview }>()
  const looking = useAct()
  const signing = useAct()
  const isLooser = ({ dial: id, from, to }: Step) => { const dial = dialOf(id); return dial !== undefined && wayOf(dial, from, to) === 'looser' }
  const byTwo = steps.some(turnedByTwo)
  const lacking = steps.some(lacksReason)
  const body = { on: now.inForce, steps: [...steps] }
  const look = () => void looking.act(() => call('previewEdition', { body })).then((says) => says && setPreview({ of: steps, says }))
  const signed = () => ({ ...body, reason: reason.trim(), code })
  const sign = async () => {
    const done = await signing.act(() => call('adoptEdition', { body: signed() }))
    setCode('')
    if (!done) return
    onAdopted(`edition ${done.number}`)
    await Promise.all([['editions'], ['proposals']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  const propose = async () => {
    const done = await signing.act(() => call('proposeEdition', { body: signed() }))
    setCode('')
    if (!done) return
    onProposed()
    await queries.invalidateQueries({ queryKey: ['proposals'] })
  }
  const seen = preview?.of === steps ? preview.says : undefined
  return (
    <section aria-label="To be signed">
      <Stack>
        <h4>To be signed</h4>
        <ul className="p-basket">
          {steps.map((step) => {
            const dial = dialOf(step.dial)!
            return (
              <li key={step.dial}>
                <p>{titleOf(dial)}: {sayValue(dial, step.from)} to <strong>{sayValue(dial, step.to)}</strong> <Way way={wayOf(dial, step.from, step.to)} /></p>
                {isLooser(step) && <TextArea label={`Why ${titleOf(dial)} may be looser here`} hint={`At least ${reasonCharacters} characters. It stands in the edition for good.`} value={step.reason} onChange={(why) => onSteps(steps.map((one) => (one === step ? { ...step, reason: why } : one)))} problem={lacksReason(step) && step.reason.trim() !== '' ? `${reasonCharacters - step.reason.trim().length} characters more.` : undefined} />}
                <Button kind="quiet" onClick={() => onOut(step.dial)}>Take out {titleOf(dial)}</Button>
              </li>
            )
          })}
        </ul>
        <div className="k-buttons"><Button pending={looking.pending} onClick={look}>Who would change</Button></div>
        <Refused refusal={looking.refusal} />
        {seen && <Changed preview={seen} />}
        {byTwo && (!directs || others.length === 0)
          ? <p role="status">{directs ? NOBODY_ELSE : 'Something here is looser. The medical director signs that; take it out, or ask for it.'}</p>
          : (
            <form onSubmit={(event) => { event.preventDefault(); void (byTwo ? propose() : sign()) }} aria-label={byTwo ? 'Propose the edition' : 'Sign the edition'}>
              <Stack>
                {byTwo && <p role="status">Something here is looser, so it takes two. Your signature proposes it; nothing of it holds before one of these has signed it too: {others.join(', ')}.</p>}
                <TextArea label="Why this edition" hint="Read by everybody who looks at the rulebook later." value={reason} onChange={setReason} />
                <CodeField label="One-time code" hint="Six digits from your authenticator app. You sign with it." value={code} onChange={setCode} />
                <Refused refusal={signing.refusal} />
                {!seen && <p className="soft">Look first who would change.</p>}
                <div className="k-buttons">
                  <Button type="submit" kind="primary" pending={signing.pending} disabled={code.length < 6 || reason.trim().length < 3 || lacking || !seen}>{byTwo ? 'Propose this edition' : 'Sign this edition'}</Button>
                  {sample && <Button onClick={() => void signing.act(() => call('sampleCode')).then((answer) => answer && setCode(answer.code))}>Use the sample code</Button>}
                </div>
              </Stack>
            </form>
          )}
      </Stack>
    </section>
  )
}
