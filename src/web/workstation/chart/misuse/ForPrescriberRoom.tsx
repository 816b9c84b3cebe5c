import { kinds } from '../../../../core/chart/kinds.ts'
import { givenSoFar, misuseLook } from '../../../../core/misuse/look.ts'
import { instrumentOf } from '../../../../core/measures/instrument.ts'
import { sayNumber, score } from '../../../../core/measures/score.ts'
import { misuseNow, type SignFound } from '../../../../core/misuse/signs.ts'
import { Badge, EmptyState, RadioTiles, Select, TextArea } from '../../../kit/index.ts'
import { besideMisuse } from '../../../../knowledge/safety/misuse.ts'
import { dayAndTime } from '../../times.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { sayEntry } from '../ledger/say-entry.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part, Room, When } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { plural } from '../words.ts'

/** Whether this person reads the signs, by the table of kinds. */
export function useReadsSigns(): boolean {
  const { roles } = useOpenChart()
  return roles.some((role) => kinds['misuse-sign.v1'].read.includes(role))
}

/** What therapists and monitors may tell, and prescribers alone read. Nobody is accused here: a sign is a reason to talk. */
export function ForPrescriberRoom() {
  const { mayWrite } = useOpenChart()
  const reads = useReadsSigns()
  return (
    <Room title="For the prescriber alone" says={reads ? 'Signs that medicine may be misused or go elsewhere. Each counts once; none of them says what it was. Talk with the person, then write what came of it.' : 'What you tell here is read by the prescriber and the medical director, and by nobody else: not by the person, not by the desk, and later not by you.'}>
      {reads && <Signs />}
      {mayWrite('misuse-sign.v1') && <Tell />}
    </Room>
  )
}

/** A sign by its first sentence; what follows is advice, and stands where the sign was seen. */
const nameOf = ({ says }: Pick<SignFound['sign'], 'says'>) => says.replace(/\.( .*)?$/, '')

const STATES = { met: 'seen', 'not-met': 'looked, not so', 'not-evaluable': 'nobody has said' } as const

function Signs() {
  const { chart, book, mayWrite, now, zone } = useOpenChart()
  const look = misuseLook(chart, book, now)
  const { signs, count, level, lastReview } = misuseNow(chart, book.misuse)
  const told = signs.filter(({ state }) => state !== 'not-evaluable')
  return (
    <Part title={lastReview ? 'Since the last time it was looked at' : 'What is known'} end={level === 'hold' ? <Badge level="call">dosing waits for you</Badge> : level === 'review' ? <Badge level="caution">to look at</Badge> : undefined}>
      <p>{count === 0 ? 'No sign was seen.' : `${plural(count, 'sign')} seen.`} From {book.misuse.reviewFrom} on a prescriber looks; from {book.misuse.holdFrom} on no dose is given until one has.</p>
      {look && <p><strong>To be looked at by {dayAndTime(look.dueBy, zone)}.</strong></p>}
      {told.length === 0 ? <EmptyState what="Nobody has told of a sign, and no fact of the chart shows one. That is not the same as none." /> : <ul className="c-lines">{told.map((one) => <Sign key={one.sign.id} found={one} />)}</ul>}
      <p className="soft">Not known: {signs.filter(({ state }) => state === 'not-evaluable').map(({ sign }) => nameOf(sign)).join('; ')}.</p>
      <p>{givenSoFar(chart)} What much of it does, and what somebody uses besides, is looked at together with the signs.</p>
      <Beside />
      <BasisOf id={book.misuse.id} tag="P" cites={book.misuse.cites} verified={book.misuse.verified} />
      {lastReview && <p>Looked at <When at={lastReview.at} />: {lastReview.body.reason}</p>}
      {mayWrite('misuse-reviewed.v1') && count > 0 && <Review signs={signs} />}
    </Part>
  )
}

/** The last answers that are read beside the signs; what was never asked is said too. */
function Beside() {
  const { chart, book } = useOpenChart()
  const forms = besideMisuse.flatMap((id) => { const form = instrumentOf(book.instruments, id); return form ? [{ form, last: chart.latest('measure-answered.v1', ({ body }) => body.instrument === id) }] : [] })
  const asked = forms.flatMap(({ form, last }) => (last ? [{ form, last }] : []))
  return (
    <>
      {asked.length > 0 && <ul className="c-lines">{asked.map(({ form, last }) => { const { total, band } = score(form, last.body.answers); return <li key={form.id}><RoomLink step="ledger" entry={last.id}>{form.title}</RoomLink>{total === null ? '' : ` ${sayNumber(total)}`}{band ? `, ${band}` : ''}, <When at={last.at} /></li> })}</ul>}
      <p className="soft">Not asked: {forms.filter(({ last }) => !last).map(({ form }) => form.title).join(', ') || 'none of these'}.</p>
    </>
  )
}

function Sign({ found: { sign, state, facts } }: { readonly found: SignFound }) {
  const { chart, name, zone, book } = useOpenChart()
  return (
    <li className="c-past">
      <p><strong>{sign.says}</strong> {state === 'met' ? <Badge level="caution">{STATES[state]}</Badge> : <span className="soft">{STATES[state]}</span>}</p>
      {facts.flatMap((id) => chart.entry(id) ?? []).map((entry) => (
        <p key={entry.id} className="soft">{entry.kind === 'misuse-sign.v1' ? entry.body.said : sayEntry(entry, { name, zone, book })} · {name(entry.by)}, <When at={entry.at} /> · <RoomLink step="ledger" entry={entry.id} label={`Record: ${sign.says}`}>record</RoomLink></p>
      ))}
    </li>
  )
}

function Review({ signs }: { readonly signs: readonly SignFound[] }) {
  const { chartId, used, book, go } = useOpenChart()
  const draft = useDraft(`${chartId} misuse review`, { reason: '' })
  const { reasonCharacters, hold } = book.misuse
  const reason = draft.value.reason.trim()
  const body = { read: signs.flatMap(({ facts }) => [...facts]), found: signs.map(({ sign, state }) => ({ sign: sign.id, state })), edition: book.published, reason }
  return (
    <SaveForm label="What came of it" save="I have looked at these" problems={{ reason: reason.length < reasonCharacters ? `Write what came of it, in ${reasonCharacters} characters or more.` : undefined }} onSave={() => used.write('misuse-reviewed.v1', body)} onDone={() => { draft.clear(); go({ step: 'clearance' }) }} said={`What is above counts no more. Where dosing waits (“${hold.says}”), it goes on once you have signed the clearance again.`}>
      {(wrong) => <TextArea label="What came of it" hint="What you asked, what was said, what was agreed. Prescribers alone read it." value={draft.value.reason} onChange={(next) => draft.set({ reason: next })} problem={wrong('reason')} maxLength={4_000} />}
    </SaveForm>
  )
}

interface Draft { readonly sign: string | null; readonly seen: 'yes' | 'no' | null; readonly said: string }

function Tell() {
  const { chartId, used, book, today } = useOpenChart()
  const reads = useReadsSigns()
  const { value, set, clear } = useDraft<Draft>(`${chartId} misuse sign`, { sign: null, seen: null, said: '' })
  const seen = reads ? value.seen : 'yes'
  const problems = { sign: value.sign ? undefined : 'Choose what it is about.', seen: seen ? undefined : 'Say whether it was so.', said: value.said.trim() ? undefined : 'Say what was seen or heard, in your own words.' }
  return (
    <Part title={reads ? 'Write down a sign' : 'Tell the prescriber'}>
      <SaveForm label="Tell the prescriber" save={reads ? 'Write it down' : 'Tell the prescriber'} problems={problems} onSave={() => used.write('misuse-sign.v1', { sign: value.sign!, seen: seen === 'yes', on: today, said: value.said.trim() })} onDone={clear} said="The prescriber reads it. Nobody else does.">
        {(wrong) => <>
          <Select label="What it is about" choices={book.misuse.signs.map(({ id, says }) => ({ value: id, label: nameOf({ says }) }))} value={value.sign} onChange={(sign) => set({ sign })} problem={wrong('sign')} />
          {reads && <RadioTiles label="Was it so?" tile="9rem" choices={[{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'Looked, and no' }]} value={value.seen} onChange={(next) => set({ seen: next })} problem={wrong('seen')} />}
          <TextArea label="What was seen or heard" hint="What happened, not what it means." value={value.said} onChange={(said) => set({ said })} problem={wrong('said')} maxLength={2_000} />
        </>}
      </SaveForm>
    </Part>
  )
}

/** One line where the prescriber decides anyway: only for those who read the signs, and only where there is one. */
export function SignsLine() {
  const { chart, book } = useOpenChart()
  const reads = useReadsSigns()
  if (!reads) return null
  const { count, level } = misuseNow(chart, book.misuse)
  if (count === 0) return null
  return <p>{plural(count, 'sign')} that you alone read{level === 'hold' ? '; dosing waits for you' : level === 'review' ? '; to look at' : ''}. <RoomLink step="for-prescriber">Read them</RoomLink></p>
}
