import { pictureAlone } from '../../../core/files/jpeg.ts'
import { JOURNAL_PHOTO_MOST_BYTES, JOURNAL_PHOTO_SIDE_PX } from '../../../core/files/limits.ts'

/** As many points as a face needs on the largest screen that shows one. */
const SIDE_PX = 640
const QUALITY = 0.86
/** Of a whole picture, best first. */
const QUALITIES = [0.82, 0.68, 0.5] as const
/** A camera's own picture, by a generous margin. */
const MOST_BYTES = 25_000_000

/** Why no picture was made, in words for the person who chose it. */
export class NoPicture extends Error {
  override name = 'NoPicture'
}

/** Where the square lies along the longer side of a picture that is none. */
export type Part = 'beginning' | 'middle' | 'end'
const SHARE: Readonly<Record<Part, number>> = { beginning: 0, middle: 0.5, end: 1 }

/** Opens a chosen file: by what its bytes say, not by its name. */
export async function openPicture(file: Blob): Promise<ImageBitmap> {
  if (file.size > MOST_BYTES) throw new NoPicture('This file is larger than a picture can be. Choose another one.')
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer())
  if (!isPicture(head)) throw new NoPicture('This is no picture that can be read here: JPEG, PNG and WebP can.')
  return createImageBitmap(file).catch(() => { throw new NoPicture('This picture cannot be opened. It may be damaged; choose another one.') })
}

const isPicture = (head: Uint8Array): boolean =>
  [[0, [0xff, 0xd8, 0xff]], [0, [0x89, 0x50, 0x4e, 0x47]]].some(([at, signs]) => (signs as number[]).every((sign, place) => head[(at as number) + place] === sign))
  || (String.fromCharCode(...head.subarray(0, 4)) === 'RIFF' && String.fromCharCode(...head.subarray(8, 12)) === 'WEBP')

const PATIENCE_MS = 3_000
/** A camera that was just opened shows nothing for a moment. */
const seen = (video: HTMLVideoElement) => new Promise<void>((resolve) => {
  if (video.readyState >= video.HAVE_CURRENT_DATA) { resolve(); return }
  video.addEventListener('loadeddata', () => resolve(), { once: true })
  setTimeout(resolve, PATIENCE_MS)
})

/** Draws the square anew, so that nothing but what can be seen is left: no place, no time, no device, no thumbnail. */
export async function squarePicture(source: ImageBitmap | HTMLVideoElement, part: Part = 'middle'): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof HTMLVideoElement) await seen(source)
  const [width, height] = source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height]
  const side = Math.min(width, height)
  if (side === 0) throw new NoPicture('There is no picture yet. Wait until you can see it, then try again.')
  const shown = Math.min(SIDE_PX, side)
  return drawn(shown, shown, QUALITY, (on) => on.drawImage(source, (width - side) * SHARE[part], (height - side) * SHARE[part], side, side, 0, 0, shown, shown))
}

/** The whole picture, drawn anew so large that its longer side fits. Too heavy still, it is drawn a little coarser. */
export async function wholePicture(source: ImageBitmap): Promise<Uint8Array<ArrayBuffer>> {
  const scale = Math.min(1, JOURNAL_PHOTO_SIDE_PX / Math.max(source.width, source.height))
  const [width, height] = [Math.max(1, Math.round(source.width * scale)), Math.max(1, Math.round(source.height * scale))]
  for (const quality of QUALITIES) {
    const picture = await drawn(width, height, quality, (on) => { on.fillStyle = 'white'; on.fillRect(0, 0, width, height); on.drawImage(source, 0, 0, width, height) })
    if (picture.length <= JOURNAL_PHOTO_MOST_BYTES) return picture
  }
  throw new NoPicture('This picture is too heavy to be kept, even drawn small. Choose another one.')
}

async function drawn(width: number, height: number, quality: number, draw: (on: CanvasRenderingContext2D) => void): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  draw(canvas.getContext('2d')!)
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/jpeg', quality) })
  const alone = blob && pictureAlone(new Uint8Array(await blob.arrayBuffer()))
  if (!alone) throw new NoPicture('This browser could not draw the picture. Try another one.')
  return alone
}
