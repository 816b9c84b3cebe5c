import { useEffect, useRef } from 'react'
import { JOURNAL_VOICE_MOST_BYTES, JOURNAL_VOICE_MOST_MS } from '../../../core/files/limits.ts'
import { minutesAndSeconds } from '../../../core/files/spoken.ts'
import { Button, Notice } from '../../kit/index.ts'
import { useRecorder, type Recorder, type Spoken } from '../../sync/making/use-recorder.ts'
import './journal.css'

interface SpeakProps {
  readonly onSpoken: (spoken: Spoken) => void
  readonly onDone: () => void
}
const MINUTES = JOURNAL_VOICE_MOST_MS / 60_000
const BOUNDS = { mostMs: JOURNAL_VOICE_MOST_MS, mostBytes: JOURNAL_VOICE_MOST_BYTES, meter: true }

/** One key to begin, one to stop. What was spoken is kept on this device before anything is asked. */
export function Speak({ onSpoken, onDone }: SpeakProps) {
  const recorder = useRecorder(onSpoken, BOUNDS)
  const { state, start } = recorder
  const first = useRef<HTMLHeadingElement>(null)
  useEffect(() => { first.current?.focus({ preventScroll: true }) }, [])
  const on = state === 'recording' || state === 'paused'
  return (
    <section className="k-card k-stack" aria-labelledby="speak">
      <h2 id="speak" ref={first} tabIndex={-1}>Speak an entry</h2>
      {on ? <Running recorder={recorder} /> : <>
        <p>Up to {MINUTES} minutes. It stays on this device, sealed, until you choose otherwise. Nobody writes it out, and no speech service hears it.</p>
        <div className="k-buttons"><Button kind="primary" pending={state === 'asking'} onClick={start}>Start recording</Button><Button kind="plain" onClick={onDone}>Not now</Button></div>
      </>}
      {state === 'refused' && <Notice level="caution" urgent what="The microphone was not allowed, or there is none." kept="Nothing was recorded." next="Write the entry instead, or allow the microphone for this page in the browser’s settings and start again." />}
      {state === 'unable' && <Notice level="caution" urgent what="This browser could not make a recording." kept="Nothing was kept." next="Write the entry instead, or use the microphone key of the device’s own keyboard." />}
    </section>
  )
}

/** Time spoken and time left stand side by side; the bar tells how loud it is, and nothing flashes. */
function Running({ recorder: { state, ms, level, pause, resume, keep, discard } }: { readonly recorder: Recorder }) {
  const paused = state === 'paused'
  return <>
    <div className="p-speaking" data-on={!paused || undefined}>
      <span className="p-speaking__light" aria-hidden="true" />
      <span role="status">{paused ? 'Paused, nothing is recorded' : 'Recording'}</span>
      <span role="timer" aria-label="Spoken for" className="p-speaking__time">{minutesAndSeconds(Math.max(1_000, ms))}</span>
      <span className="soft">{minutesAndSeconds(JOURNAL_VOICE_MOST_MS - ms)} left</span>
      {level !== undefined && <label className="p-speaking__level"><span className="soft small">How loud it is</span><meter min={0} max={1} value={level} /></label>}
    </div>
    <div className="k-buttons">
      <Button kind="primary" onClick={keep}>Stop and keep it here</Button>
      <Button onClick={paused ? resume : pause}>{paused ? 'Go on' : 'Pause'}</Button>
      <Button kind="plain" onClick={discard}>Throw away</Button>
    </div>
  </>
}
