import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'

type Spoken = EntryOf<'spoken-note.v1'> | EntryOf<'psychotherapy-recording.v1'>
type Written = EntryOf<'spoken-note-written.v1'> | EntryOf<'psychotherapy-recording-written.v1'>

/** A spoken note and what its author has made of it. What the record reads is the text; until there is one, it says so. */
export interface SpokenNow {
  readonly spoken: Spoken
  readonly state: 'not-written' | 'words' | 'nothing'
  readonly text: string
  readonly written: Written | undefined
}

/** Only whoever spoke it writes it out: nobody puts words into another's mouth. */
export function spokenNow(spoken: Spoken, written: readonly Written[]): SpokenNow {
  const own = written.findLast(({ by, body }) => body.spoken === spoken.id && by === spoken.by)
  return { spoken, written: own, state: own?.body.holds ?? 'not-written', text: own?.body.text ?? '' }
}

/** Every spoken note of a chart, oldest first. */
export const spokenNotes = (chart: Pick<Chart, 'all'>): SpokenNow[] => chart.all('spoken-note.v1').map((spoken) => spokenNow(spoken, chart.all('spoken-note-written.v1')))

/** As the record reads it: the words, or that there are none yet. */
export function saySpoken({ spoken, state, text }: SpokenNow): string {
  if (state === 'words') return text
  return `A spoken note, ${lengthOf(spoken.body)}, ${state === 'nothing' ? 'marked by its author as holding nothing' : 'not yet written out'}`
}

const lengthOf = ({ lengthMs }: Spoken['body']): string => minutesAndSeconds(lengthMs)
/** 0:42. A note of less than a second was still one. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
