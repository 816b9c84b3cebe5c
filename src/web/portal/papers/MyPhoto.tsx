import { useState } from 'react'
import { photoNow } from '../../../core/files/photo.ts'
import { Button, Notice } from '../../kit/index.ts'
import { useFile } from '../../sync/index.ts'
import { usePatient } from '../patient.tsx'
import { dayAndTime } from '../times.ts'

/** The photo that the practice knows her by: hers to see, and to take back without a reason. */
export function MyPhoto() {
  const { chartId, used, zone } = usePatient()
  const now = photoNow(used.chart)
  const file = useFile(chartId, now.state === 'there' ? now.photo : undefined, used.connection === 'live')
  const [failed, setFailed] = useState(false)
  if (now.state === 'none') return null
  const takeBack = (photo: string) => void used.write('photo-taken-back.v1', { photo, why: 'asked', said: '' }).then(() => setFailed(false), () => setFailed(true))
  return (
    <section className="k-stack" aria-labelledby="my-photo">
      <h2 id="my-photo">My photo</h2>
      {now.state === 'taken-back'
        ? <p>You took your photo back, or somebody did so for you, on {dayAndTime(now.back.at, zone)}. It is shown to nobody any more.</p>
        : <>
          <p>Taken on {dayAndTime(now.photo.at, zone)}, so that those who treat you know you by your face.</p>
          {file.state === 'here' ? <img className="p-photo" src={file.url} alt="Your face, as the practice sees it" /> : <p className="soft">{file.state === 'missing' ? file.say : 'Looking for it …'}</p>}
          {failed && <Notice urgent level="caution" what="It could not be written down on this device." next="Please try again, or tell anybody at the practice: saying it is enough." />}
          <div className="k-buttons"><Button onClick={() => takeBack(now.photo.id)}>Take my photo back</Button></div>
          <p className="soft small">It counts at once and needs no reason. Nothing else about your care changes.</p>
        </>}
    </section>
  )
}
