import { useEffect, useState } from 'react'
import { Notice, Button, buttonClass, playSound, useSoundState } from '../kit/index.ts'
import { useTold, type Told } from '../sync/told.ts'

/** What the room one is in says itself. */
const isHere = ({ kind, chart, entry }: Told, beside: { readonly chart: string; readonly session: string } | undefined): boolean => beside !== undefined && (kind === 'question' ? chart === beside.chart : entry === beside.session)

/** An alert that nobody has answered, a question from the room to whoever is not in it, and an answer that cannot wait to whoever is on call. */
const isCall = ({ kind }: Told): boolean => kind === 'alert' || kind === 'question' || kind === 'on-call' || kind === 'tablet'

const WAYS = {
  alert: { level: 'emergency', ends: 'It ends for everybody once somebody answers it in the session.', seen: 'I have seen this' },
  question: { level: 'call', ends: 'It ends once you have answered it.', seen: 'I have seen this' },
  tablet: { level: 'emergency', ends: 'What they answered stands on the chart for whoever treats them. It ends here once you have said that you go.', seen: 'I am going to them' },
  'on-call': { level: 'emergency', ends: 'Until somebody takes it over, others are called as well. The chart opens for you once you have.', seen: 'I have taken this over' },
} as const
const wayOf = ({ kind }: Told) => WAYS[kind as keyof typeof WAYS]

/** Called to a session that needs somebody now: above every page of the workstation, heard as well as seen. */
export function CalledNow({ on, beside }: { readonly on: boolean; readonly beside?: { readonly chart: string; readonly session: string } }) {
  const { told, seenTo } = useTold(on)
  // Newest first: one line for each session, since the later call says as much and more.
  const calls = told.filter((one, place) => isCall(one) && !isHere(one, beside) && told.findIndex((other) => other.kind === one.kind && other.entry === one.entry) === place)
  const newest = calls[0]?.id
  const sound = useSoundState()
  useEffect(() => { if (newest) void playSound('call') }, [newest])
  const [taken, setTaken] = useState<string>()
  if (calls.length === 0 && !taken) return null
  const likeIt = (call: Told) => told.filter(({ kind, entry }) => kind === call.kind && entry === call.entry)
  const seen = async (one: Told) => {
    const answers = await Promise.all(likeIt(one).map(({ id }) => seenTo(id)))
    const before = answers.find(({ takenBefore }) => takenBefore)?.takenBefore
    if (before) setTaken(before)
    else if (one.kind === 'on-call' && one.chart) location.assign(`/work/charts/${one.chart}?step=risks`)
  }
  return (
    <section className="w-called" aria-label="You are called">
      {taken && <Notice what={taken} next="Nothing is left for you to do about it, unless they ask you."><Button kind="quiet" onClick={() => setTaken(undefined)}>I have read this</Button></Notice>}
      {calls.map((one) => (
        <Notice key={one.id} urgent level={wayOf(one).level} what={one.says} next={wayOf(one).ends}>
          {one.kind !== 'on-call' && one.kind !== 'tablet' && one.chart && one.entry && <a className={buttonClass('primary')} href={one.kind === 'alert' ? `/work/charts/${one.chart}/session/${one.entry}` : `/work/charts/${one.chart}?step=questions`}>{one.kind === 'alert' ? 'Go to the session' : 'Answer it'}</a>}
          <Button kind={one.kind === 'on-call' || one.kind === 'tablet' ? 'primary' : 'quiet'} onClick={() => void seen(one).catch(() => {})}>{wayOf(one).seen}</Button>
          {sound !== 'ready' && <Button kind="plain" onClick={() => void playSound('call')}>This page is silent: switch the sound on</Button>}
        </Notice>
      ))}
    </section>
  )
}
