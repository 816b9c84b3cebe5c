// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { kinds } from '../../../../core/chart/kinds.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { recoveryScores } from '../../../../knowledge/recovery-scores.ts'
import { transcribable } from '../../../../core/session/transcribed.ts'
import { sayEntry } from '../ledger/say-entry.ts'
import { HELEN, JONAS, NOW, open, ready, stored } from '../testing/open.tsx'
import { rightOf } from './ComparePart.tsx'
import { PaperRoom } from './PaperRoom.tsx'
import { RecordMatters } from './RecordMatters.tsx'
import { blankLine, blankPaper, entriesOf, problemsOf, type PaperDraft, type PaperLine } from './paper-lines.ts'

const SESSION = '0190aaaa-0000-7000-8000-0000000000e1'
const PHOTO = '0190aaaa-0000-7000-8000-0000000000e3'
const ORDER = '0190aaaa-0000-7000-8000-0000000000e2'
const sending = { session: SESSION, device: '0190aaaa-0000-7000-8000-0000000000d1', now: NOW, zone: 'America/Los_Angeles', route: 'IM' as const, order: ORDER, photoAt: (at: string): string | undefined => (at >= '2026-11-20T17:02' ? PHOTO : undefined) }
const whole: PaperDraft = {
  ...blankPaper, of: 'unbooked', day: '2026-11-20', from: '09:00', to: '11:30', wrote: 'Sam Whitfield', why: 'No power.', people: [JONAS], how: 'discharged', tolerance: 'as-intended',
  lines: [
    { ...blankLine('reading', 'a', 'Sam Whitfield'), time: '09:10', numbers: { systolicMmHg: 124, diastolicMmHg: 78, moaaS: 5, distress: 2 }, text: 'calm' },
    { ...blankLine('dose', 'b', 'Sam Whitfield'), time: '09:20', numbers: { step: 1, doseMg: 40 }, text: 'K7', choice: HELEN, more: 'Helen Brandt', until: '09:21' },
    { ...blankLine('effect', 'c', ''), time: '09:40', numbers: { grade: 1 }, choice: 'nausea', more: 'bowl' }, { ...blankLine('identity', 'd', 'Sam Whitfield'), time: '09:02' }, { ...blankLine('escort', 'e', 'Sam Whitfield'), time: '11:20', text: 'Lena Keller', more: 'license' },
  ],
}

describe('what stands on paper', () => {
  test('becomes entries at the times that stand there, by the hands that stand there, each of a kind that paper may hold', () => {
    const entries = entriesOf(whole, sending)
    expect(entries.map(({ entry, by }) => `${entry.at.slice(11, 16)} ${entry.kind} ${by}`)).toEqual([
      '17:10 vitals.v1 Sam Whitfield', '17:10 mental-status.v1 Sam Whitfield', '17:10 rating.v1 Sam Whitfield', '17:10 session-note.v1 Sam Whitfield', '17:20 dose-prepared.v1 Sam Whitfield', '17:20 dose-confirmed.v1 Helen Brandt', '17:20 dose-given.v1 Sam Whitfield', '17:21 dose-ended.v1 Sam Whitfield',
      '17:40 side-effect.v1 ', '17:02 identity-checked.v1 Sam Whitfield', '19:20 escort-arrived.v1 Sam Whitfield', '19:30 session-closed.v1 Sam Whitfield',
    ])
    const there = entriesOf(whole, { ...sending, people: [{ person: JONAS, name: 'Jonas Lindqvist', role: 'therapist' }] })[0]!
    expect([there.entry.kind, there.entry.at.slice(11, 16), there.by]).toEqual(['checked-in.v1', '17:00', 'Sam Whitfield'])
    for (const { entry } of entries) {
      expect(transcribable).toContain(entry.kind)
      expect(kinds[entry.kind].body.safeParse(entry.body).success, entry.kind).toBe(true)
      expect([entry.session, entry.writtenAt]).toEqual([SESSION, NOW])
    }
    expect(new Set(entries.map(({ entry }) => entry.id)).size).toBe(entries.length)
  })

  test.each<[string, Partial<PaperDraft>, string]>([
    ['nothing chosen', { of: null }, 'of'], ['no day', { day: null }, 'when'], ['no start', { from: null }, 'when'], ['nobody in the room', { people: [] }, 'people'], ['no author', { wrote: '' }, 'wrote'], ['no reason', { why: '' }, 'why'], ['no end', { how: null }, 'how'], ['an end before the start', { to: '08:00' }, 'how'],
    ['a day ahead', { day: '2026-11-22' }, 'when'], ['a line without its time', { lines: [{ ...whole.lines[0]!, time: null }] }, 'a'], ['a line before the start', { lines: [{ ...whole.lines[0]!, time: '08:59' }] }, 'a'], ['an empty reading', { lines: [{ ...blankLine('reading', 'a', ''), time: '09:10' }] }, 'a'], ['a dose without its amount', { lines: [{ ...whole.lines[1]!, numbers: { step: 1 } }] }, 'b'],
  ])('%s is asked for', (_, change, field) => {
    expect(Object.values(problemsOf(whole, sending, true)).filter(Boolean)).toEqual([])
    expect(problemsOf({ ...whole, ...change }, sending, true)[field]).toBeTruthy()
  })

  const two = Object.fromEntries(Object.entries(recoveryScores).flatMap(([score, { items }]) => items.map(({ key }) => [`${score}.${key}`, 2])))
  const leaving = { ...blankLine('leaving', 'f', 'Sam Whitfield'), time: '11:10', numbers: { moaaS: 5, rass: 0, orientation: 4, ...two, 'padss.nausea': 1 }, choice: 'steady', detached: 'none-above-baseline', ticks: ['noDrivingSigned', 'roomAir'] }

  test('the assessment for going home is typed item by item, and what is not ticked on the paper is not so', () => {
    const [{ entry, by }] = entriesOf({ ...whole, lines: [leaving] }, sending) as [ReturnType<typeof entriesOf>[number]]
    expect([entry.kind, entry.at.slice(11, 16), by, entry.writtenAt]).toEqual(['discharge-assessed.v1', '19:10', 'Sam Whitfield', NOW])
    expect(kinds['discharge-assessed.v1'].body.safeParse(entry.body).success).toBe(true)
    expect(entry.body).toMatchObject({ padss: { nausea: 1, pain: 2 }, aldrete: { activity: 2 }, gait: 'steady', noDrivingSigned: true, instructionsGiven: false, roomAir: true })
    expect(problemsOf({ ...whole, lines: [leaving] }, sending, true)['f']).toBeUndefined()
  })

  test.each<[string, Partial<PaperLine>]>([
    ['an item of a score', { numbers: { ...leaving.numbers, 'aldrete.respiration': null } }], ['how awake', { numbers: { ...leaving.numbers, moaaS: null } }], ['the gait', { choice: null }], ['whether detached', { detached: null }],
  ])('an assessment without %s is none: nobody fills in what the paper does not hold', (_, change) => {
    expect(problemsOf({ ...whole, lines: [{ ...leaving, ...change }] }, sending, true)['f']).toMatch(/^1 answers? of this assessment/)
  })

  test.each<[string, string | null, object[]]>([
    ['it matches', 'matches', [{ found: 'matches', photo: PHOTO }]], ['it does not', 'does-not-match', [{ found: 'does-not-match', photo: PHOTO }]], ['it could not be seen', 'not-seen', [{ found: 'not-seen', photo: PHOTO }]],
    ['there was none on the sheet', 'none-on-record', [{ found: 'none-on-record' }]], ['the paper does not say', null, []],
  ])('the photo held against the face on paper: %s', (_, choice, compared) => {
    const line = { ...blankLine('identity', 'h', 'Sam Whitfield'), time: '09:02', choice }
    const [identity, ...more] = entriesOf({ ...whole, lines: [line], how: null }, sending)
    expect([identity!.entry.kind, more.map(({ entry }) => entry.body)]).toEqual(['identity-checked.v1', compared])
    for (const { entry, by } of more) {
      expect([transcribable.includes(entry.kind), kinds[entry.kind].body.safeParse(entry.body).success, by, entry.at.slice(11, 16)]).toEqual([true, true, 'Sam Whitfield', '17:02'])
    }
    expect(problemsOf({ ...whole, lines: [line] }, sending, true)['h']).toBeUndefined()
  })
  test('a comparison with a photo that was not on record then is asked about', () => {
    const line = { ...blankLine('identity', 'h', ''), time: '09:01', choice: 'matches' }
    expect(problemsOf({ ...whole, lines: [line] }, sending, true)['h']).toMatch(/no photo on record at that time/)
    expect(problemsOf({ ...whole, lines: [{ ...line, choice: 'none-on-record' }] }, sending, true)['h']).toBeUndefined()
  })

  test('lines of going home that are ticked on the paper stay words, and meet no rule', () => {
    const ticked = { ...blankLine('ticked', 'g', 'Sam Whitfield'), time: '11:15', ticks: ['D9', 'D11'], more: 'signed below' }
    const [{ entry }] = entriesOf({ ...whole, lines: [ticked] }, sending) as [ReturnType<typeof entriesOf>[number]]
    expect([entry.kind, entry.body]).toEqual(['session-note.v1', { text: expect.stringMatching(/^Going home, ticked on the paper: D9 .*; D11 .*signed below$/) }])
    expect(problemsOf({ ...whole, lines: [{ ...ticked, ticks: [] }] }, sending, true)['g']).toBeTruthy()
  })

  test('a second person reads every answer of the assessment, and puts an item right without touching another', () => {
    const [{ entry }] = entriesOf({ ...whole, lines: [leaving] }, sending) as [ReturnType<typeof entriesOf>[number]]
    const typed = stored('discharge-assessed.v1', entry.body as never, { session: SESSION })
    const told = sayEntry(typed, { zone: sending.zone, name: () => '', book: rulebook })
    for (const words of ['MOAA/S 5', 'gait steady', 'PADSS 9', 'nausea 1', 'Aldrete 10', 'instructions not given']) expect(told).toContain(words)
    const right = rightOf(typed, { found: 'corrected', says: '', numbers: { 'padss.nausea': 2, moaaS: 4 } }, sending.device, NOW)
    expect(right).toMatchObject({ kind: 'discharge-assessed.v1', amends: typed.id, body: { ...typed.body, moaaS: 4, padss: { vitals: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 } } })
  })

  test('what was mistyped is put right by its like, and what is not there by a note', () => {
    const reading = stored('vitals.v1', { systolicMmHg: 222 }, { session: SESSION })
    const put = (found: 'corrected' | 'struck' | 'agrees') => rightOf(reading, { found, says: 'not there', numbers: { systolicMmHg: 122 } }, sending.device, NOW)
    expect([put('corrected')?.kind, put('corrected')?.body, put('corrected')?.amends, put('corrected')?.at]).toEqual(['vitals.v1', { systolicMmHg: 122 }, reading.id, reading.at])
    expect([put('struck')?.kind, put('struck')?.amends, put('agrees')]).toEqual(['session-note.v1', reading.id, undefined])
  })
})

describe('comparing', () => {
  const typed = (by: string) => {
    const started = stored('session-started.v1', { protocol: 'solo-six', route: 'IM', order: ORDER, clearance: ORDER, consents: [ORDER], edition: 'test', number: 1, gates: [], people: [{ person: JONAS, name: 'Jonas Lindqvist', role: 'therapist' }] }, { by })
    const reading = stored('vitals.v1', { systolicMmHg: 122 }, { by, session: started.id })
    return [...ready(), started, reading, stored('session-transcribed.v1', { wrote: 'Sam Whitfield', why: 'No power.', edition: 'test', lines: [{ entry: reading.id, by: 'Sam Whitfield' }], unmet: [{ at: '2026-11-20T18:00:00.000Z', gate: 'consent', state: 'not-met', says: 'Not signed.' }] }, { by, session: started.id })]
  }
  test('whoever typed it is not let, and is told who is', () => {
    open(<PaperRoom />, { entries: typed(JONAS), role: 'therapist' })
    expect(screen.getByText('You typed this, so somebody else compares it with the paper.')).toBeTruthy()
    expect(screen.queryByRole('form', { name: 'Compared with the paper' })).toBeNull()
  })

  test('somebody else goes line by line, with what was not met beside it', () => {
    open(<PaperRoom />, { entries: typed(JONAS), role: 'prescriber' })
    expect(screen.getByRole('form', { name: 'Compared with the paper' })).toBeTruthy()
    expect(screen.getByText(/What was not met when it was done on paper \(1\)/)).toBeTruthy()
  })

  test('it stands at the top of the chart, with the one who sees to it', () => {
    open(<RecordMatters />, { entries: typed(JONAS), role: 'prescriber' })
    expect(screen.getByText(/transcribed, not yet checked/)).toBeTruthy()
    expect(screen.getByText('You see to it.')).toBeTruthy()
    open(<RecordMatters />, { entries: ready(), role: 'prescriber' })
    expect(screen.queryByText(/transcribed/)).toBeNull()
  })
})
