import { useEffect, useState } from 'react'
import { localDay } from '../../../../core/shared/local-day.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { Button, Notice, RadioTiles, StatusLine, TextField } from '../../../kit/index.ts'
import { keepFile } from '../../../sync/index.ts'
import { Face, useFace } from '../../files/Face.tsx'
import { NoPicture, openPicture, squarePicture, type Part as PictureSide } from '../../../sync/making/picture.ts'
import { useCamera } from '../../files/use-camera.ts'
import { plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part, Written } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

/** The photo to know somebody by: whether there is one, a new one in its place, and taking it back. */
export function PhotoPart() {
  const { chart, chartId, used, mayWrite, patient, today, zone } = useOpenChart()
  const [doing, setDoing] = useState<'taking' | 'taking-back'>()
  const face = useFace(chartId, chart, used.connection === 'live')
  const { now, file } = face
  const done = () => setDoing(undefined)
  const taken = (at: string) => { const day = localDay(at, zone); return day === today ? 'today' : `on ${plainDay(day)}` }
  return (
    <Part title="Photo">
      <div className="f-photo">
        {/* While one is taken, its own place is the empty one. */}
        {(doing !== 'taking' || now.state === 'there') && <Face face={face} name={patient} size="large" />}
        <div>
          {now.state === 'none' && <p>There is no photo on record. In the room people then know {patient} by name and birth date alone, and it is said.</p>}
          {now.state === 'taken-back' && <><p>The photo was taken back and is not shown any more, here, in the room or on paper. It stays in the record.</p><Written entry={now.back} what="that the photo was taken back" /></>}
          {now.state === 'there' && <><p>Taken {taken(now.photo.at)}; {patient} agreed {now.photo.body.agreed === 'aloud' ? 'aloud' : 'in writing'}.</p><Written entry={now.photo} what="the photo" /></>}
          {now.state === 'there' && file.state === 'missing' && <StatusLine waiting>{file.say}</StatusLine>}
          {!doing && (
            <div className="k-buttons">
              {mayWrite('photo-taken.v1') && <Button kind={now.state === 'there' ? 'quiet' : 'primary'} onClick={() => setDoing('taking')}>{now.state === 'there' ? 'Take a new photo' : 'Take a photo'}</Button>}
              {now.state === 'there' && mayWrite('photo-taken-back.v1') && <Button kind="quiet" onClick={() => setDoing('taking-back')}>Take the photo back</Button>}
            </div>
          )}
        </div>
      </div>
      {doing === 'taking' && <TakeForm onDone={done} />}
      {doing === 'taking-back' && now.state === 'there' && <TakeBackForm photo={now.photo.id} onDone={done} />}
    </Part>
  )
}

type Agreed = BodyOf<'photo-taken.v1'>['agreed']
const AGREED = [{ value: 'aloud', label: 'Yes, said aloud' }, { value: 'in-writing', label: 'Yes, in writing' }] as const
interface Made { readonly bytes: Uint8Array<ArrayBuffer>; readonly url: string }

function TakeForm({ onDone }: { readonly onDone: () => void }) {
  const { chartId, used, patient } = useOpenChart()
  const [agreed, setAgreed] = useState<Agreed | null>(null)
  const [chosen, setChosen] = useState<ImageBitmap>()
  const [side, setSide] = useState<PictureSide>('middle')
  const [made, setMade] = useState<Made>()
  const [trouble, setTrouble] = useState<string>()
  const camera = useCamera()
  useEffect(() => () => { if (made) URL.revokeObjectURL(made.url) }, [made])

  const make = async (source: () => Promise<Uint8Array<ArrayBuffer>>) => {
    try {
      const bytes = await source()
      setMade({ bytes, url: URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })) })
      setTrouble(undefined)
    } catch (failure) {
      setTrouble(failure instanceof NoPicture ? failure.message : 'The picture could not be made. Try again, or choose another one.')
    }
  }
  const choose = (file: File | undefined) => { if (file) void make(async () => { const picture = await openPicture(file); setChosen(picture); setSide('middle'); camera.off(); return squarePicture(picture) }) }
  const shoot = () => void make(async () => { const bytes = await squarePicture(camera.video.current!); camera.off(); setChosen(undefined); return bytes })
  const again = () => { setMade(undefined); setChosen(undefined) }
  const save = async () => used.write('photo-taken.v1', { file: await keepFile(used.me.person, chartId, made!.bytes, 'image/jpeg'), agreed: agreed! })
  const live = camera.state === 'on' || camera.state === 'opening'

  return (
    <SaveForm label="A photo" save="Keep this photo" problems={{ agreed: agreed ? undefined : `Say whether ${patient} agreed.`, made: made ? undefined : 'There is no picture yet.' }} onSave={save} onDone={onDone} beside={<Button kind="plain" onClick={onDone}>Not now</Button>}>
      {(wrong) => <>
        <p>Ask first: “May we keep a photo of your face, so that everybody who looks after you here knows you? You can take it back at any time.”</p>
        <RadioTiles label={`Did ${patient} agree`} choices={AGREED} value={agreed} onChange={setAgreed} problem={wrong('agreed')} tile="10rem" />
        {agreed && (
          <div className="f-photo">
            <span className="f-face f-face--large" data-state={made ? 'here' : 'missing'}>
              {made ? <img src={made.url} alt="The face as it will be kept" /> : live ? <video ref={camera.video} muted playsInline aria-label="What the camera sees" /> : <span className="f-face__none">no picture yet</span>}
            </span>
            <div>
              {!made && !live && <Button kind="primary" onClick={camera.on}>Open the camera</Button>}
              {!made && live && <div className="k-buttons"><Button kind="primary" disabled={camera.state !== 'on'} onClick={shoot}>Take the picture</Button><Button kind="quiet" onClick={camera.turn}>Turn the camera round</Button></div>}
              {!made && <ChooseFile onChosen={choose} />}
              {made && <Button kind="quiet" onClick={again}>Take it again</Button>}
              {made && chosen && chosen.width !== chosen.height && <RadioTiles label="Which part" choices={sidesOf(chosen)} value={side} onChange={(next) => { setSide(next); void make(() => squarePicture(chosen, next)) }} tile="6rem" />}
              {camera.state === 'refused' && <Notice level="caution" what="The camera was not allowed, or there is none." kept="Nothing was recorded." next="Choose a picture instead, or allow the camera in the browser’s own settings for this page." />}
              {(trouble ?? wrong('made')) && <Notice level="caution" urgent what={trouble ?? 'There is no picture yet.'} />}
              <p className="soft small">Only what can be seen is kept: not where, when or with what it was taken.</p>
            </div>
          </div>
        )}
      </>}
    </SaveForm>
  )
}

const sidesOf = ({ width, height }: ImageBitmap) => (['beginning', 'middle', 'end'] as const).map((value) => ({ value, label: value === 'middle' ? 'Middle' : width > height ? (value === 'beginning' ? 'Left' : 'Right') : value === 'beginning' ? 'Top' : 'Bottom' }))

function ChooseFile({ onChosen }: { readonly onChosen: (file: File | undefined) => void }) {
  return <label className="k-field"><span>Choose a picture from this device</span><input type="file" accept="image/jpeg,image/png,image/webp" onChange={(event) => onChosen(event.target.files?.[0])} /></label>
}

type Why = BodyOf<'photo-taken-back.v1'>['why']
const WHYS = [{ value: 'asked', label: 'The person asked for it' }, { value: 'another-person', label: 'It shows somebody else' }, { value: 'of-no-use', label: 'Nobody can be known by it' }] as const

function TakeBackForm({ photo, onDone }: { readonly photo: string; readonly onDone: () => void }) {
  const { used } = useOpenChart()
  const [why, setWhy] = useState<Why | null>(null)
  const [said, setSaid] = useState('')
  return (
    <SaveForm label="The photo is taken back" save="Write that it is taken back" problems={{ why: why ? undefined : 'Say why.' }} onSave={() => used.write('photo-taken-back.v1', { photo, why: why!, said: said.trim() })} onDone={onDone} beside={<Button kind="plain" onClick={onDone}>Not now</Button>}>
      {(wrong) => <>
        <RadioTiles label="Why" choices={WHYS} value={why} onChange={setWhy} problem={wrong('why')} tile="12rem" />
        <TextField label="What was said" optional value={said} onChange={setSaid} maxLength={1000} />
        <p className="soft">It counts at once. No photo is shown from then on until a new one is taken; the old one stays in the record.</p>
      </>}
    </SaveForm>
  )
}
