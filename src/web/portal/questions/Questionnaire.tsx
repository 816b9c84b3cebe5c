import { lazy, Suspense, useEffect, useRef, useState, type FormEvent } from 'react'
import { askedItems, bodyOf, helpLevel, isRiskItem, needsHelp, openItems, type Given } from '../../../core/measures/given.ts'
import type { Instrument } from '../../../core/measures/instrument.ts'
import { wordsKey } from '../../../core/measures/words.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { textDigests } from '../../../knowledge/instruments/text-digests.ts'
import { AnswerField, Button, ButtonLink, Notice, Stack } from '../../kit/index.ts'
import { clock } from '../../sync/index.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { stillDue } from '../home/next.ts'
import { usePatient } from '../patient.tsx'
import type { ScreenProps } from '../screen.ts'
import { WaitingPage } from '../Trouble.tsx'
import { HelpPanel } from './HelpPanel.tsx'
import { instrumentNamed } from './QuestionnaireList.tsx'
import { useToldAtOnce } from './told-at-once.ts'

interface Draft {
  readonly given: Given
  readonly startedAt: Instant | null
  /** What was told at once: the entry, and how far its answers spoke of death or self-harm. */
  readonly told?: { readonly entry: string; readonly level: number }
}

/** One form on one page. What was answered stays; what is open is named; no score is ever shown beside it. */
export function Questionnaire({ id }: ScreenProps) {
  const instrument = instrumentNamed(id)
  if (!instrument?.answeredBy.includes('patient')) return <Frame title="Questionnaire"><h1>There is no such form for you</h1><p><a href="/my/questionnaires">To your questionnaires</a></p></Frame>
  if (instrument.licence.text === 'from-practice' || instrument.licence.condition !== undefined) return <Suspense fallback={<Frame title={instrument.title}><WaitingPage /></Frame>}><OwnWords instrument={instrument}>{(here, textSha256) => <Form instrument={here} textSha256={textSha256} />}</OwnWords></Suspense>
  return <Form instrument={instrument} />
}

/** What a practice brings of its own weighs more than most forms, so it comes with those alone. */
const OwnWords = lazy(() => import('./OwnWords.tsx'))

function Form({ instrument, textSha256 }: { readonly instrument: Instrument; readonly textSha256?: string | undefined }) {
  const { me, used } = usePatient()
  const [draft, setDraft, clear] = useDraft<Draft>(`${me.person} ${instrument.id}`, { given: {}, startedAt: null })
  const { given, startedAt } = draft
  const [sent, setSent] = useState<{ readonly entry: string; readonly help: boolean; readonly complete: boolean }>()
  const [told, setTold] = useState(false)
  const atOnce = useToldAtOnce(draft, (before) => setDraft((now) => ({ ...now, told: before })))
  const [failed, setFailed] = useState(false)
  const [pending, setPending] = useState(false)
  // After the last of what was told is in the draft: nothing of it stays behind.
  useEffect(() => { if (sent) clear() }, [sent, clear])
  const items = askedItems(instrument, given)
  const open = openItems(instrument, given)
  const help = needsHelp(instrument, given)

  const body = (answers: Given, begunAt: Instant) => bodyOf(instrument, answers, begunAt, { textSha256: textSha256 ?? textDigests[wordsKey(instrument)] })
  const change = (item: string, value: Given[string]) => {
    const [next, begunAt] = [{ ...given, [item]: value }, startedAt ?? clock.now()]
    setDraft((before) => ({ ...before, startedAt: before.startedAt ?? begunAt, given: { ...before.given, [item]: value } }))
    atOnce.tell(helpLevel(instrument, next), (amends) => used.write('measure-answered.v1', body(next, begunAt), amends === undefined ? {} : { amends }))
  }

  async function send() {
    setPending(true)
    setFailed(false)
    try {
      const amends = await atOnce.entry()
      const entry = await used.write('measure-answered.v1', body(given, startedAt ?? clock.now()), amends === undefined ? {} : { amends })
      setSent({ entry: entry.id, help, complete: open.length === 0 })
      scrollTo(0, 0)
    } catch {
      setFailed(true)
    }
    setPending(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (open.length === 0) { void send(); return }
    setTold(true)
    focusQuestion(open[0]?.id)
  }
  if (sent) return <Sent instrument={instrument} {...sent} />

  return (
    <Frame title={instrument.title}>
      <form noValidate onSubmit={submit}>
        <Stack air="wide">
          <div className="k-stack k-stack--tight"><h1>{instrument.title}</h1><p className="soft">{instrument.says}{instrument.risk && ' If an answer says that you think of death or of harming yourself, it goes to the practice at once, before you send the form.'}</p>{instrument.stem && <p className="lead">{instrument.stem}</p>}</div>
          <ol className="p-questions">
            {items.map((item, place) => (
              <li key={item.id} id={`question-${item.id}`} className="k-stack" tabIndex={-1}>
                <AnswerField
                  question={item.text} keys={item.answer} optional={!item.required} hint={`Question ${place + 1} of ${items.length}`} value={given[item.id] ?? null} problem={told && open.includes(item) ? 'This question is still open.' : undefined}
                  onChange={(value) => change(item.id, value)}
                />
                {help && isRiskItem(instrument, item.id) && <HelpPanel sent={draft.told ? used.kept(draft.told.entry) : null} failed={atOnce.failed} />}
              </li>
            ))}
          </ol>
          {failed && <Notice urgent level="caution" what="It could not be kept on this device, so it was not sent." kept="Your answers are still on this page." next="Please try again." />}
          {told && open.length > 0 && <StillOpen open={open} onSendAnyway={() => void send()} />}
          <div className="k-stack k-stack--tight">
            <Button kind="primary" size="room" wide type="submit" pending={pending}>Send my answers</Button>
            <p className="soft small">{items.length - items.filter(({ id }) => (given[id] ?? null) === null).length} of {items.length} answered. They stay here until you send them or close this tab.</p>
          </div>
        </Stack>
      </form>
    </Frame>
  )
}

/** Nothing is passed over in silence, and nobody is held back: a form may be sent with gaps, once that was said. */
function StillOpen({ open, onSendAnyway }: { readonly open: ReturnType<typeof openItems>; readonly onSendAnyway: () => void }) {
  return (
    <Notice
      urgent level="caution" what={`${open.length === 1 ? 'One question is' : `${open.length} questions are`} still open. Nothing was sent yet.`} kept="What you answered is kept."
      next="If there is one you would rather not answer, you can send the form without it. It stays on your list, because it cannot be counted like this."
    >
      <Button onClick={() => focusQuestion(open[0]?.id)}>Go to the {open.length === 1 ? 'open question' : 'first open question'}</Button>
      <Button kind="plain" onClick={onSendAnyway}>Send it without {open.length === 1 ? 'this answer' : 'these answers'}</Button>
    </Notice>
  )
}

const outcome = {
  saved: 'Your answers are saved.',
  'saved here': 'Your answers are saved on this device and go out as soon as there is a connection.',
  problem: 'Your answers are on this device; the practice could not take them yet. What happened stands above.',
} as const

/** Afterwards: how it stands, help again where it is needed, and what comes next. */
function Sent({ instrument, entry, help, complete }: { readonly instrument: Instrument; readonly entry: string; readonly help: boolean; readonly complete: boolean }) {
  const { used, course } = usePatient()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const kept = used.kept(entry)
  const more = stillDue(course.value?.measures ?? [], used.chart).filter((one) => one.instrument !== instrument.id)
  const [next] = more
  return (
    <Frame title={instrument.title}>
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1 ref={heading} tabIndex={-1}>Thank you</h1>
          <output className="p-outcome">{outcome[kept]}{!complete && ' Some questions were left open.'}</output>
        </div>
        {help && <HelpPanel sent={kept} failed={false} />}
        {next && <p>{more.length === 1 ? 'There is one more form for you.' : `There are ${more.length} more forms for you.`}</p>}
        <div className="k-buttons">
          {next && <ButtonLink kind="primary" href={`/my/questionnaires/${next.instrument}`}>Go on with {next.title}</ButtonLink>}
          <ButtonLink kind={next ? 'quiet' : 'primary'} href="/my">{next ? 'Later' : 'To the first page'}</ButtonLink>
        </div>
      </Stack>
    </Frame>
  )
}

function focusQuestion(id: string | undefined) {
  const question = id === undefined ? null : document.getElementById(`question-${id}`)
  question?.scrollIntoView({ block: 'center' })
  ;(question?.querySelector('input') ?? question)?.focus({ preventScroll: true })
}
