import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'

type Taken = EntryOf<'photo-taken.v1'>
type TakenBack = EntryOf<'photo-taken-back.v1'>

/** Whether there is a photo to know somebody by. Nothing here is ever "fine": what is not there is said. */
export type PhotoNow =
  | { readonly state: 'there'; readonly photo: Taken }
  | { readonly state: 'taken-back'; readonly back: TakenBack; readonly photo: Taken }
  | { readonly state: 'none' }

/** The newest photo. Once it is taken back, no older one takes its place: only a new one does. */
export function photoNow(chart: Chart): PhotoNow {
  const photo = chart.latest('photo-taken.v1')
  if (!photo) return { state: 'none' }
  const back = takenBack(photo, chart.all('photo-taken-back.v1'))
  return back ? { state: 'taken-back', photo, back } : { state: 'there', photo }
}

/** The photo that was on record at that time, as a sheet printed then shows it. */
export const photoAt = (chart: Chart, at: Instant): Taken | undefined => {
  const photo = chart.all('photo-taken.v1').findLast((one) => one.at <= at)
  return photo && takenBack(photo, chart.all('photo-taken-back.v1').filter((back) => back.at <= at)) ? undefined : photo
}

/** What takes this photo back: named, or said of a newer one, for then it was asked that none be shown. */
export const takenBack = (photo: Pick<Taken, 'id' | 'at'>, backs: readonly TakenBack[]): TakenBack | undefined =>
  backs.findLast(({ at, body }) => body.photo === photo.id || at >= photo.at)

export const photoWords: Readonly<Record<PhotoNow['state'], string>> = { there: 'photo', 'taken-back': 'photo taken back', none: 'no photo on record' }
export const comparedWords: Readonly<Record<EntryOf<'photo-compared.v1'>['body']['found'], string>> = {
  matches: 'The photo on record matches the person.', 'does-not-match': 'The photo on record does NOT match the person.',
  'none-on-record': 'There is no photo on record to compare with.', 'not-seen': 'There is a photo on record, and it could not be seen.',
}
/** The same as a sentence tells it afterwards. */
export const comparedThen: Readonly<Record<EntryOf<'photo-compared.v1'>['body']['found'], string>> = {
  matches: 'the photo on record matched', 'does-not-match': 'the photo on record did NOT match', 'none-on-record': 'there was no photo on record', 'not-seen': 'the photo on record could not be seen',
}
