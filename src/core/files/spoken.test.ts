import { describe, expect, test } from 'vitest'
import { told } from '../session/fixtures.ts'
import { minutesAndSeconds, saySpoken, spokenNotes } from './spoken.ts'

const story = () => told([]).on(0, 'spoken-note.v1', { file: { sha256: 'a'.repeat(64), bytes: 400, type: 'audio/webm' }, lengthMs: 42_000 }, { id: 'note', by: 'jun' })
const write = (by: string, text: string, at = 10, more: object = {}) => ({ at, by, body: { spoken: 'note', holds: text ? ('words' as const) : ('nothing' as const), text }, more })
const after = (...written: ReturnType<typeof write>[]) => spokenNotes(written.reduce((so, { at, by, body, more }, place) => so.on(at, 'spoken-note-written.v1', body, { id: `written ${place}`, by, ...more }), story()).chart).map((one) => [one.state, saySpoken(one)])

describe('a spoken note', () => {
  test.each<[string, ReturnType<typeof write>[], string, string]>([
    ['stands with its length until it is written out', [], 'not-written', 'A spoken note, 0:42, not yet written out'],
    ['reads as its author wrote it', [write('jun', 'She hums.')], 'words', 'She hums.'], ['or holds nothing, and says so', [write('jun', '')], 'nothing', 'A spoken note, 0:42, marked by its author as holding nothing'],
    ['takes no words from anybody else', [write('rosa', 'She sleeps.')], 'not-written', 'A spoken note, 0:42, not yet written out'], ['nor over its author’s', [write('jun', 'She hums.'), write('rosa', 'She sleeps.', 20)], 'words', 'She hums.'],
    ['reads as it was put right', [write('jun', 'She hms.'), write('jun', 'She hums.', 20, { amends: 'written 0' })], 'words', 'She hums.'],
  ])('%s', (_, written, state, says) => expect(after(...written)).toEqual([[state, says]]))

  test.each([[1, '0:01'], [400, '0:01'], [42_000, '0:42'], [59_600, '1:00'], [300_000, '5:00']])('%i ms is %s', (ms, says) => expect(minutesAndSeconds(ms)).toBe(says))
})
