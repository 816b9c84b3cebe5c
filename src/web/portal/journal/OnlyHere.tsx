import { useEffect, useMemo, useState } from 'react'
import type { Entry, EntryOf } from '../../../core/chart/entry.ts'
import { instant } from '../../../core/shared/time.ts'
import { Button, Notice, Tag, TextField } from '../../kit/index.ts'
import { keepFile, useDevice, useDeviceState } from '../../sync/index.ts'
import { canKeepHere, deleteHere, keepHere, recordingsHere, type HereOnly, type HereShut } from '../../sync/here-only.ts'
import type { Spoken } from '../../sync/making/use-recorder.ts'
import { usePatient } from '../patient.tsx'
import { dayAndTime } from '../times.ts'
import { Listen } from './FileOfPage.tsx'
import { AWAY, readersOf, share } from './journal-entries.ts'
import { Speak } from './Speak.tsx'

interface OnlyHereProps {
  readonly speaking: boolean
  readonly onWritten: (entry: Entry) => void
  readonly onDone: () => void
}
/** What was just spoken and could not be sealed here: it lives as long as this page. */
const LOOSE = 'loose'

/** Speaking, and what was spoken and stays on this device until she says otherwise. */
export function OnlyHere({ speaking, onWritten, onDone }: OnlyHereProps) {
  const { me, chartId } = usePatient()
  const device = useDevice()
  const { closed } = useDeviceState()
  const [here, setHere] = useState<readonly (HereOnly | HereShut)[]>([])
  const [loose, setLoose] = useState<HereOnly>()
  const [fresh, setFresh] = useState<string>()
  const reread = () => recordingsHere(me.person, chartId).then(setHere, () => {})
  useEffect(() => { void canKeepHere(me.person); void reread() }, [me.person, chartId, closed])
  const spoke = async (spoken: Spoken) => {
    const at = instant(device.clock.ms() - Math.max(0, Date.now() - spoken.startedAtMs))
    onDone()
    await keepHere(me.person, chartId, spoken, at).then(setFresh, () => { setLoose({ ...spoken, id: LOOSE, at }); setFresh(LOOSE) })
    await reread()
  }
  const gone = async (id: string) => {
    if (id === LOOSE) setLoose(undefined)
    else await deleteHere(me.person, chartId, id)
    await reread()
  }
  const all = [...(loose ? [loose] : []), ...here]
  return <>
    {speaking && <Speak onSpoken={(spoken) => void spoke(spoken)} onDone={onDone} />}
    {all.length > 0 && (
      <section className="k-stack" aria-labelledby="only-here">
        <h2 id="only-here">On this device only</h2>
        <p className="soft small">Sealed, behind the same lock as the rest, and heard by nobody but you. There is no other copy: if this browser’s data is deleted or the device is lost, it is gone. After signing out it opens again when you sign in here.</p>
        <ul className="p-words">{all.map((one) => ('shut' in one ? <Shut key={one.id} onDelete={() => gone(one.id)} /> : <Kept key={one.id} recording={one} fresh={one.id === fresh} onRest={() => setFresh(undefined)} onWritten={onWritten} onGone={() => gone(one.id)} />))}</ul>
      </section>
    )}
  </>
}

function Shut({ onDelete }: { readonly onDelete: () => Promise<void> }) {
  return <li><p>A recording of yours lies here and cannot be opened now. Unlock this device, or sign in again with a connection.</p><Delete onDelete={onDelete} /></li>
}

interface KeptProps {
  readonly recording: HereOnly
  readonly fresh: boolean
  readonly onRest: () => void
  readonly onWritten: (entry: Entry) => void
  readonly onGone: () => Promise<void>
}

function Kept({ recording, fresh, onRest, onWritten, onGone }: KeptProps) {
  const { me, chartId, used, zone } = usePatient()
  const device = useDevice()
  const url = useUrl(recording)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')
  const when = dayAndTime(recording.at, zone)
  const isLoose = recording.id === LOOSE
  async function toJournal(shares: boolean) {
    if (shares && used.connection === 'away') { setProblem(AWAY); return }
    try {
      const file = await keepFile(me.person, chartId, recording.bytes, recording.type)
      const [entry] = await device.write(chartId, [{ kind: 'journal-voice.v1', at: recording.at, body: { file, lengthMs: recording.lengthMs, text: text.trim() } }])
      if (!entry) return
      onWritten(entry)
      if (shares) await share(entry as EntryOf<'journal-voice.v1'>, used)
      await onGone()
    } catch {
      setProblem(`It could not be moved. The recording is still ${isLoose ? 'on this page' : 'on this device'}.`)
    }
  }
  return (
    <li>
      <div className="k-heading"><strong>{when}</strong><Tag>{isLoose ? 'on this page, not kept yet' : 'saved here, on this device only'}</Tag></div>
      {isLoose && <Notice urgent level="caution" what="It could not be sealed on this device yet." kept="It is on this page until you close it." next="Keep it in your journal, or throw it away." />}
      <Listen url={url} lengthMs={recording.lengthMs} when={when} />
      <TextField label="A line beside it" optional maxLength={4_000} value={text} onChange={setText} hint="Goes with it into the journal." />
      {problem && <Notice urgent level="caution" what={problem} />}
      <div className="k-buttons">
        {fresh && !isLoose && <Button kind="primary" onClick={onRest}>Keep on this device only</Button>}
        <Button onClick={() => void toJournal(false)}>Keep in my journal</Button>
        <Button onClick={() => void toJournal(true)}>Share with my team</Button>
      </div>
      <p className="soft small">In your journal it lies on the practice’s server, for you alone. Shared, {readersOf(used)} can open it too, until you take it back.</p>
      <Delete onDelete={onGone} />
    </li>
  )
}

/** Twice, because nothing brings it back. */
function Delete({ onDelete }: { readonly onDelete: () => Promise<void> }) {
  const [sure, setSure] = useState(false)
  if (!sure) return <p><Button kind="plain" onClick={() => setSure(true)}>Delete the recording</Button></p>
  return <div className="k-card k-stack"><p>There is no other copy. Deleted, it is gone for good.</p><div className="k-buttons"><Button kind="danger" onClick={() => void onDelete()}>Delete it</Button><Button onClick={() => setSure(false)}>Keep it</Button></div></div>
}

function useUrl({ bytes, type }: Pick<HereOnly, 'bytes' | 'type'>): string {
  const url = useMemo(() => URL.createObjectURL(new Blob([bytes], { type })), [bytes, type])
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  return url
}
