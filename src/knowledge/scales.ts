import type { SourceId } from './sources.ts'

interface ScaleRow {
  readonly id: string
  readonly name: string
  readonly steps: readonly { readonly value: number; readonly says: string }[]
  readonly tag: 'V' | 'M' | 'P'
  readonly cites: readonly [SourceId, ...SourceId[]]
  readonly verified: boolean
  readonly reviewBy: string
}

/** How awake and how calm somebody is, as the room writes it down: our own short words for the steps of two known scales. */
export const scales = {
  moaaS: {
    id: 'scale.moaa-s', name: 'MOAA/S', tag: 'M', cites: ['S11', 'P'], verified: false, reviewBy: '2027-05-31',
    steps: [
      { value: 5, says: 'answers at once to the name, spoken normally' }, { value: 4, says: 'answers slowly to the name, spoken normally' }, { value: 3, says: 'answers only when the name is loud or repeated' },
      { value: 2, says: 'answers only to light prodding or shaking' }, { value: 1, says: 'answers only to a firm, painful squeeze' }, { value: 0, says: 'no answer to a firm, painful squeeze' },
    ],
  },
  rass: {
    id: 'scale.rass', name: 'RASS', tag: 'M', cites: ['P'], verified: false, reviewBy: '2027-05-31',
    steps: [
      { value: 0, says: 'alert and calm' }, { value: -1, says: 'drowsy, looks at the voice for long' }, { value: -2, says: 'drowsy, looks at the voice briefly' }, { value: -3, says: 'moves to the voice, no eye contact' },
      { value: -4, says: 'moves only to touch' }, { value: -5, says: 'cannot be woken' }, { value: 1, says: 'restless' }, { value: 2, says: 'agitated' }, { value: 3, says: 'very agitated' }, { value: 4, says: 'fighting' },
    ],
  },
  orientation: {
    id: 'scale.orientation', name: 'Oriented to', tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
    steps: [{ value: 4, says: 'all four: person, place, time, situation' }, { value: 3, says: 'three of four' }, { value: 2, says: 'two of four' }, { value: 1, says: 'one of four' }, { value: 0, says: 'none' }],
  },
} as const satisfies Record<string, ScaleRow>

/** Things seen often enough to be written with one touch. They are said as what was seen, not as what it means. */
export const notePhrases = ['tears', 'quiet', 'speaking', 'laughing', 'moving', 'eyes open', 'asks for a hand', 'sits up'] as const
