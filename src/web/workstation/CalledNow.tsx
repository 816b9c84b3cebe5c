import { useEffect } from 'react'
import { Notice, Button, buttonClass, playSound, useSoundState } from '../kit/index.ts'
import { useTold } from '../sync/told.ts'

/** Called to a session that needs somebody now: above every page of the workstation, heard as well as seen. */
export function CalledNow({ on, beside }: { readonly on: boolean; readonly beside?: string }) {
  const { told, seenTo } = useTold(on)
  // Newest first: one line for each session, since the later call says as much and more.
  const calls = told.filter((one, place) => one.kind === 'alert' && one.entry !== beside && told.findIndex(({ kind, entry }) => kind === 'alert' && entry === one.entry) === place)
  const newest = calls[0]?.id
  const sound = useSoundState()
  useEffect(() => { if (newest) void playSound('call') }, [newest])
  if (calls.length === 0) return null
  const ofSession = (session: string | null) => told.filter(({ kind, entry }) => kind === 'alert' && entry === session)
  return (
    <section className="w-called" aria-label="You are called">
      {calls.map((one) => (
        <Notice key={one.id} urgent level="emergency" what={one.says} next="It ends for everybody once somebody answers it in the session.">
          {one.chart && one.entry && <a className={buttonClass('primary')} href={`/work/charts/${one.chart}/session/${one.entry}`}>Go to the session</a>}
          <Button kind="quiet" onClick={() => { for (const each of ofSession(one.entry)) void seenTo(each.id).catch(() => {}) }}>I have seen this</Button>
          {sound !== 'ready' && <Button kind="plain" onClick={() => void playSound('call')}>This page is silent: switch the sound on</Button>}
        </Notice>
      ))}
    </section>
  )
}
