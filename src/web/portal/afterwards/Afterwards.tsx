import { useState, type FormEvent } from 'react'
import { askedAfter, howWords, sayAfterwards, type AskedAfter } from '../../../core/afterwards/ladder.ts'
import type { BodyOf } from '../../../core/chart/kinds.ts'
import { afterwardsRows } from '../../../knowledge/afterwards.ts'
import { Button, ButtonLink, CheckboxGroup, Disclosure, EmptyState, Notice, RadioTiles, Stack, TextArea } from '../../kit/index.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { afterwardsAdvice } from '../preparing/advice.ts'
import { SavedLine } from '../SavedLine.tsx'
import { dayAndTime, dayOf, fullDay } from '../times.ts'
import { WaitingPage } from '../Trouble.tsx'
import { NeedSomebody } from './NeedSomebody.tsx'

type Said = BodyOf<'afterwards.v1'>
type How = NonNullable<Said['how']>
const hows = (Object.keys(howWords) as How[]).map((value) => ({ value, label: howWords[value] }))

/** After a session: what did good today, and how it is. Two presses and one to save; it works without a connection. */
export function Afterwards() {
  const { used, now, zone } = usePatient()
  const asked = askedAfter(used.chart, afterwardsRows, now, (at) => dayOf(at, zone))
  if (!used.ready) return <Frame title="After my session"><WaitingPage /></Frame>
  return (
    <Frame title="After my session">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>After my session</h1>
          {asked && <p className="soft">Medicine session {asked.session.number}, {fullDay(asked.session.closedAt, zone)}</p>}
        </div>
        {asked ? <Card key={asked.session.id} asked={asked} /> : <EmptyState what="After your first medicine session, this page asks how you are and says what does good." begin="There is nothing to do here before that." />}
        {asked && asked.day <= 1 && <section className="k-stack k-stack--tight" aria-labelledby="today"><h2 id="today">Today and tomorrow</h2><ul>{afterwardsAdvice.map((line) => <li key={line}>{line}</li>)}</ul></section>}
        <Earlier />
      </Stack>
    </Frame>
  )
}

const EMPTY: Pick<Said, 'did' | 'words'> & { readonly how: How | null } = { did: [], how: null, words: '' }

function Card({ asked: { session, card, rung, saidToday } }: { readonly asked: AskedAfter }) {
  const { me, used } = usePatient()
  const [draft, setDraft, clear] = useDraft(`${me.person} afterwards ${session.id}`, EMPTY)
  const [state, setState] = useState<{ readonly sent?: string; readonly how?: How | null; readonly problem?: 'empty' | 'failed' }>({})
  const set = (some: Partial<typeof draft>) => { setState({}); setDraft((before) => ({ ...before, ...some })) }
  async function save(event: FormEvent) {
    event.preventDefault()
    const words = draft.words.trim()
    if (!draft.how && draft.did.length === 0 && !words) { setState({ problem: 'empty' }); return }
    const body: Said = { session: session.id, did: draft.did, words, ...(draft.how ? { how: draft.how } : {}), ...(rung && draft.how ? { rung: rung.rung } : {}) }
    await used.write('afterwards.v1', body).then(({ id }) => { setDraft(EMPTY); clear(); setState({ sent: id, how: draft.how }) }, () => setState({ problem: 'failed' }))
  }
  const needs = draft.how === 'need-somebody' || state.how === 'need-somebody'
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Stack>
        <RadioTiles label={rung ? `${rung.called}: how is it?` : 'How is it today?'} optional choices={hows} tile="8rem" value={draft.how} problem={state.problem === 'empty' ? 'Press at least one; nothing was saved yet.' : undefined} onChange={(how) => set({ how })} />
        {needs && <NeedSomebody sent={state.sent === undefined ? null : used.kept(state.sent)} />}
        {card.length > 0 && <CheckboxGroup label="What did me good today" optional choices={card.map(({ line, says }) => ({ value: line, label: says }))} tile="8rem" value={draft.did} onChange={(did) => set({ did: [...did] })} />}
        <Disclosure summary="Say more in words"><TextArea label="In my words" optional value={draft.words} maxLength={2000} rows={3} onChange={(said) => set({ words: said })} /></Disclosure>
        {state.problem === 'failed' && <Notice urgent level="caution" what="It could not be kept on this device. Nothing was saved." next="Try again." />}
        <div className="k-stack k-stack--tight">
          <Button kind="primary" size="room" wide type="submit">Save</Button>
          <SavedLine entry={state.sent} otherwise={saidToday ? 'You said something today already. You can say more.' : ''} />
        </div>
        <p className="soft small">Those who treat you read this in the practice’s hours, not at night. What is for you alone belongs in <a href="/my/journal">your journal</a>.</p>
      </Stack>
    </form>
  )
}

function Earlier() {
  const { used, zone } = usePatient()
  const said = used.chart.all('afterwards.v1').toReversed()
  if (said.length === 0) return <ButtonLink href="/my/journal">Write in the journal</ButtonLink>
  return (
    <Disclosure summary={`What I said before: ${said.length}`}>
      <ul className="p-words">{said.map(({ id, at, body }) => <li key={id}><strong>{dayAndTime(at, zone)}</strong><p className="p-said">{sayAfterwards(body, afterwardsRows)}</p></li>)}</ul>
    </Disclosure>
  )
}
