import { SPOKEN_MOST_MS } from '../../../core/files/limits.ts'
import { minutesAndSeconds } from '../../../core/files/spoken.ts'
import { Button, Notice } from '../../kit/index.ts'
import './files.css'
import { useRecorder, type Spoken } from '../../sync/making/use-recorder.ts'

interface RecorderPartProps {
  readonly onSpoken: (spoken: Spoken) => void
  readonly size?: 'room'
}

const MINUTES = SPOKEN_MOST_MS / 60_000

/** One key to speak a note: pressed once it listens, pressed again it keeps. Its light stands still. */
export function RecorderPart({ onSpoken, size }: RecorderPartProps) {
  const { state, ms, start, keep, discard } = useRecorder(onSpoken)
  const on = state === 'recording'
  return (
    <section className="f-spoken" aria-label="Spoken note">
      <div className="f-recording" data-on={on || undefined}>
        <span className="f-recording__light" aria-hidden="true" />
        {on
          ? <><span role="status">Recording</span><span className="f-recording__time" role="timer" aria-label="Spoken for">{minutesAndSeconds(Math.max(1_000, ms))}</span></>
          : <span className="soft">{state === 'asking' ? 'Asking for the microphone …' : 'Not recording'}</span>}
        {on
          ? <><Button kind="primary" {...(size ? { size } : {})} onClick={keep}>Stop and keep</Button><Button kind="plain" {...(size ? { size } : {})} onClick={discard}>Throw away</Button></>
          : <Button {...(size ? { size } : {})} disabled={state === 'asking'} onClick={start}>Speak a note</Button>}
        <p className="soft small">Record only what you say yourself, never the person. It stops by itself after {MINUTES} minutes; no speech service hears it, and you write it out later.</p>
      </div>
      {state === 'refused' && <Notice level="caution" urgent what="The microphone was not allowed, or there is none." kept="Nothing was recorded." next="Type the note instead, or allow the microphone for this page in the browser’s settings." />}
      {state === 'unable' && <Notice level="caution" urgent what="This browser could not record a note." kept="Nothing was recorded." next="Type the note instead, or use the microphone key of the device’s own keyboard." />}
    </section>
  )
}
