import { useEffect } from 'react'
import type { Chart } from '../../../core/chart/chart.ts'
import { photoNow, photoWords, type PhotoNow } from '../../../core/files/photo.ts'
import { classes } from '../../kit/index.ts'
import { dropFile, useDevice, useFile, type FileState } from '../../sync/index.ts'
import './files.css'

/** Whether there is a photo to know this person by, and whether it can be seen here. */
export interface FaceNow {
  readonly now: PhotoNow
  readonly file: FileState
  /** What stands where the photo would. None on record is never silence. */
  readonly says: string
}

/** The photo that counts, kept on this device for as long as somebody looks. One that was taken back is taken off the device. */
export function useFace(chartId: string, chart: Chart, connected: boolean): FaceNow {
  const { me } = useDevice()
  const now = photoNow(chart)
  const file = useFile(chartId, now.state === 'there' ? now.photo : undefined, connected)
  const gone = now.state === 'taken-back' ? now.photo.body.file.sha256 : undefined
  useEffect(() => { if (gone) void dropFile(me.person, chartId, gone) }, [gone, chartId, me.person])
  return { now, file, says: now.state === 'there' ? (file.state === 'here' ? 'photo' : file.state === 'looking' ? 'photo: looking for it' : 'photo on record, not here') : photoWords[now.state] }
}

interface FaceProps {
  readonly face: FaceNow
  readonly name: string
  readonly size: 'small' | 'large'
}

/** A place of a fixed size, whether the photo is there or not: nothing moves when it comes. */
export function Face({ face: { file, now, says }, name, size }: FaceProps) {
  const seen = now.state === 'there' && file.state === 'here'
  return (
    <span className={classes('f-face', `f-face--${size}`)} data-state={seen ? 'here' : now.state === 'there' ? 'missing' : 'none'}>
      {seen ? <img src={file.url} alt={`Face of ${name}`} /> : <span className="f-face__none" role="img" aria-label={`${name}: ${says}`}>{size === 'small' ? name.charAt(0) : says}</span>}
    </span>
  )
}
