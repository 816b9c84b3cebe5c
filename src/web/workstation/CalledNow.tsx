import { useEffect } from 'react'
import { Notice, Button, buttonClass, playSound, useSoundState } from '../kit/index.ts'
import { useTold, type Told } from '../sync/told.ts'

/** What the room one is in says itself. */
const isHere = ({ kind, chart, entry }: Told, beside: { readonly chart: string; readonly session: string } | undefined): boolean => beside !== undefined && (kind === 'question' ? chart === beside.chart : entry === beside.session)

/** An alert that nobody has answered, and a question from the room to whoever is not in it. */
const isCall = ({ kind }: Told): boolean => kind === 'alert' || kind === 'question'

/** Called to a session that needs somebody now: above every page of the workstation, heard as well as seen. */
export function CalledNow({ on, beside }: { readonly on: boolean; readonly beside?: { readonly chart: string; readonly session: string } }) {
  const { told, seenTo } = useTold(on)
  // Newest first: one line for each session, since the later call says as much and more.
  const calls = told.filter((one, place) => isCall(one) && !isHere(one, beside) && told.findIndex((other) => other.kind === one.kind && other.entry === one.entry) === place)
  const newest = calls[0]?.id
  const sound = useSoundState()
  useEffect(() => { if (newest) void playSound('call') }, [newest])
  if (calls.length === 0) return null
  const likeIt = (call: Told) => told.filter(({ kind, entry }) => kind === call.kind && entry === call.entry)
  return (
    <section className="w-called" aria-label="You are called">
      {calls.map((one) => (
        <Notice key={one.id} urgent level={one.kind === 'alert' ? 'emergency' : 'call'} what={one.says} next={one.kind === 'alert' ? 'It ends for everybody once somebody answers it in the session.' : 'It ends once you have answered it.'}>
          {one.chart && one.entry && <a className={buttonClass('primary')} href={one.kind === 'alert' ? `/work/charts/${one.chart}/session/${one.entry}` : `/work/charts/${one.chart}?step=questions`}>{one.kind === 'alert' ? 'Go to the session' : 'Answer it'}</a>}
          <Button kind="quiet" onClick={() => { for (const each of likeIt(one)) void seenTo(each.id).catch(() => {}) }}>I have seen this</Button>
          {sound !== 'ready' && <Button kind="plain" onClick={() => void playSound('call')}>This page is silent: switch the sound on</Button>}
        </Notice>
      ))}
    </section>
  )
}
