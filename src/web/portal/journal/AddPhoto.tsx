import { useEffect, useState, type FormEvent } from 'react'
import type { Entry } from '../../../core/chart/entry.ts'
import { Button, buttonClass, Notice, Stack, TextArea, TextField } from '../../kit/index.ts'
import { keepFile, useDevice } from '../../sync/index.ts'
import { NoPicture, openPicture, wholePicture } from '../../sync/making/picture.ts'
import { usePatient } from '../patient.tsx'
import './journal.css'

interface AddPhotoProps {
  readonly onWritten: (entry: Entry) => void
  readonly onDone: () => void
}
interface Made {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly url: string
}

/** A photo for the journal: drawn anew on this device, looked at, and only then kept. */
export function AddPhoto({ onWritten, onDone }: AddPhotoProps) {
  const { me, chartId } = usePatient()
  const device = useDevice()
  const [made, setMade] = useState<Made>()
  const [words, setWords] = useState({ alt: '', text: '' })
  const [trouble, setTrouble] = useState<string>()
  const [pending, setPending] = useState(false)
  useEffect(() => () => { if (made) URL.revokeObjectURL(made.url) }, [made])
  const choose = async (file: File | undefined) => {
    if (!file) return
    setTrouble(undefined)
    setPending(true)
    try {
      const bytes = await wholePicture(await openPicture(file))
      setMade({ bytes, url: URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })) })
    } catch (failure) {
      setTrouble(failure instanceof NoPicture ? failure.message : 'The picture could not be made. Try again, or choose another one.')
    }
    setPending(false)
  }
  async function keep(event: FormEvent) {
    event.preventDefault()
    if (!made) return
    setPending(true)
    try {
      const file = await keepFile(me.person, chartId, made.bytes, 'image/jpeg')
      const [entry] = await device.write(chartId, [{ kind: 'journal-photo.v1', body: { file, alt: words.alt.trim(), text: words.text.trim() } }])
      if (entry) onWritten(entry)
      onDone()
    } catch {
      setTrouble('It could not be kept on this device. The photo still stands above; try again.')
      setPending(false)
    }
  }
  return (
    <form className="k-card" noValidate aria-labelledby="add-photo" onSubmit={(event) => void keep(event)}>
      <Stack>
        <h2 id="add-photo">Add a photo</h2>
        {!made && <p className="soft">It is made smaller on this device, and where, when and with what it was taken is removed. You see it before it is kept.</p>}
        {made && <img className="p-picture" src={made.url} alt="As it will be kept" />}
        <div className="k-buttons">
          <PictureInput label={made ? 'Take another' : 'Take a photo'} main={!made} camera onChosen={choose} />
          <PictureInput label={made ? 'Choose another' : 'Choose a picture'} onChosen={choose} />
          {!made && <Button kind="plain" onClick={onDone}>Not now</Button>}
        </div>
        {!made && <output className="p-outcome">{pending ? 'Making it smaller …' : ''}</output>}
        {trouble && <Notice urgent level="caution" what={trouble} />}
        {made && <>
          <TextArea label="A line beside it" optional rows={2} maxLength={4_000} value={words.text} onChange={(text) => setWords((before) => ({ ...before, text }))} />
          <TextField label="What can be seen on it" hint="For whoever cannot see it." optional maxLength={500} value={words.alt} onChange={(alt) => setWords((before) => ({ ...before, alt }))} />
          <div className="k-buttons"><Button kind="primary" type="submit" pending={pending}>Keep this photo</Button><Button kind="plain" onClick={onDone}>Discard it</Button></div>
        </>}
      </Stack>
    </form>
  )
}

/** `camera`: a phone opens its camera; a computer offers its files. */
function PictureInput({ label, main = false, camera = false, onChosen }: { readonly label: string; readonly main?: boolean; readonly camera?: boolean; readonly onChosen: (file: File | undefined) => Promise<void> }) {
  return (
    <label className={`${buttonClass(main ? 'primary' : 'quiet')} p-file`} data-camera={camera || undefined}>
      {label}
      <input className="heard" type="file" accept="image/jpeg,image/png,image/webp" {...(camera ? { capture: 'environment' as const } : {})} onChange={(event) => { void onChosen(event.target.files?.[0]); event.target.value = '' }} />
    </label>
  )
}
