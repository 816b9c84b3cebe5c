import { useState } from 'react'
import { Button, Notice, playSound } from '../../kit/index.ts'

/** Before a session somebody has to have heard the alarm on this device, or to know that it stays silent. */
export function SoundCheck({ onHeard, onSilent }: { readonly onHeard: () => void; readonly onSilent: () => void }) {
  const [played, setPlayed] = useState<boolean>()
  return (
    <Notice level="call" what="Before the session: can this device be heard?" next={played === undefined ? 'It plays the sound of an alarm once, softly.' : played ? 'Three tones.' : 'This browser plays no sound here.'}>
      <Button size="room" kind={played ? 'quiet' : 'primary'} onClick={() => void playSound('call').then(setPlayed)}>{played === undefined ? 'Play the alarm sound' : 'Play it again'}</Button>
      {played && <Button size="room" kind="primary" onClick={onHeard}>I heard it</Button>}
      {played !== undefined && <Button size="room" kind="quiet" onClick={onSilent}>I heard nothing: we watch the screen</Button>}
    </Notice>
  )
}
