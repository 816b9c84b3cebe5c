/** Bounds of the possible: longer or larger than this, nobody spoke one note, told one entry of a journal, or took one picture. */
export const SPOKEN_MOST_MS = 5 * 60_000
export const SPOKEN_MOST_BYTES = 2_000_000
export const PHOTO_MOST_BYTES = 600_000
export const JOURNAL_VOICE_MOST_MS = 10 * 60_000
export const JOURNAL_VOICE_MOST_BYTES = 3_800_000
export const JOURNAL_PHOTO_MOST_BYTES = 1_500_000
/** The longer side of a picture of a journal, as it is drawn anew on the device. */
export const JOURNAL_PHOTO_SIDE_PX = 1_600
