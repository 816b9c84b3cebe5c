import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { kinds } from './core/chart/kinds.ts'
import { readChart } from './core/chart/chart.ts'
import type { Entry } from './core/chart/entry.ts'

/**
 * What went wrong in other programs of this field, each with the test here that would notice it. A test that is renamed or
 * taken away is missed by its name. What cannot happen yet, because it is not built, says so.
 */
interface Bruise {
  readonly seen: string
  readonly here: readonly (readonly [file: string, title: string])[]
  readonly notYet?: string
}

const bruises: readonly Bruise[] = [
  { seen: 'a sign that says all is clear', here: [['src/web/workstation/session/SessionRoom.test.tsx', 'nothing in the room says that all is clear, and nothing is green'], ['src/knowledge/pages.test.ts', 'no end tells a person that they fit'], ['src/knowledge/eligibility/content.test.ts', 'a patient is never told a verdict']] },
  { seen: 'a new session that shows what happened in another one', here: [['src/web/workstation/session/room-logic.test.ts', 'holds this session and no other, newest first, every line with its author'], ['src/core/session/lanes.test.ts', 'of another session']] },
  { seen: 'a sheet for a crisis that moves the page under the thumb', here: [['src/web/kit/behaviour.test.tsx', 'a sheet moves nothing, hides nothing, and gives the focus back'], ['src/web/workstation/session/SessionRoom.test.tsx', 'half typed is still there after an emergency card was opened over it']] },
  { seen: 'medicines from the preparation that are gone in the room, or lost in the second course', here: [['src/core/session/gates.test.ts', 'taking entries away never turns an unknown gate into a met one']], notYet: 'That the list reads alike in every phase and in a second course is not tested by itself.' },
  { seen: 'readings that are gone when the session ends, because a page kept them', here: [['e2e/killed-browser.test.ts', 'a browser killed at any moment has kept everything that stood in its log'], ['e2e/bad-network.test.ts', 'three hours, three devices, bytes lost on the way: one record, and every alarm on time'], ['src/core/session/session.test.ts', 'nothing is lost: every entry that stands is in the session or in the late lane']] },
  { seen: 'a tap that changes the picture and not the record', here: [['src/web/workstation/session/SessionRoom.test.tsx', 'saved, saved here, and saved again when the connection is back'], ['src/web/sync/outbox.test.ts', 'what could not be kept on the device was not recorded']] },
  { seen: 'events written by "current clinician", or by nobody', here: [['src/server/http/charts.test.ts', 'an entry is signed with its author, numbered, dated by the server and chained'], ['src/web/sync/device.test.ts', 'carries its author, its device, one time, and ids made here']] },
  { seen: 'a side effect saved without its code', here: [['src/bruises.test.ts', 'a side effect is what it is by a word of the list, or is not taken']] },
  { seen: 'a phase worked out in four places, with four answers', here: [['src/core/course/next.test.ts', 'whatever is on the chart, in whatever order it arrived, the answer is the same and nothing blocked is offered'], ['src/core/session/session.test.ts', 'time, phase, and the newest first']] },
  { seen: 'a key that opens a new session beside the one that runs', here: [['src/core/course/next.test.ts', 'a session that is open comes before everything else'], ['src/server/http/races.test.ts', 'one is open, and the other person is told that it is']] },
  { seen: 'a verdict saved as nothing, and read as fine', here: [['src/web/workstation/chart/eligibility/eligibility.test.tsx', 'are grouped by what they ask for, missing first; what is not met and not evaluable is folded at the end'], ['src/core/session/gates.test.ts', 'a clearance is what was judged elsewhere, and an unknown one does not pass']] },
  { seen: 'a dose listed twice, from here and from there', here: [['src/bruises.test.ts', 'a dose that comes a hundred times is one'], ['src/server/store/races.test.ts', 'one entry sent by two devices at once is stored once'], ['src/server/http/charts.test.ts', 'sending twice stores once; the same id with another body is refused']] },
  { seen: 'a number that only hovering shows, and that is cut off', here: [['src/web/kit/behaviour.test.tsx', 'the curve has its numbers in a table']] },
  { seen: 'a questionnaire of thirty questions that takes hundreds of touches', here: [['src/web/portal/questions/Questionnaire.test.tsx', 'keeps its answers through a reload of the page']], notYet: 'None of thirty questions ships: the words of that one may not be passed on.' },
  { seen: 'a form taken empty and unsigned', here: [['src/web/portal/questions/Questionnaire.test.tsx', 'is never taken incomplete in silence: it says what is open and keeps what was answered']] },
  { seen: 'a score beside the answers that it is made of', here: [['src/web/portal/questions/Questionnaire.test.tsx', 'shows no sum and no band, before or after']] },
  { seen: 'a clock that stands still with its page', here: [['src/server/jobs/watch-sessions.test.ts', 'a reading that nobody takes calls the moment it is late enough, however new the last look is'], ['e2e/bad-network.test.ts', 'three hours, three devices, bytes lost on the way: one record, and every alarm on time']] },
  { seen: '222 typed where kilograms are meant', here: [['src/web/workstation/session/SessionRoom.test.tsx', 'that looks like a slip is asked about, and nothing is written or converted until somebody says so'], ['src/web/kit/behaviour.test.tsx', 'a unit is chosen, and the number stays as typed']] },
  { seen: 'a next dose before the last one was talked about', here: [['src/core/session/start-gates.test.ts', 'the next dose without an integration of the last']] },
  { seen: 'what one dose did, mixed up with the next', here: [['src/core/measures/doses.test.ts', 'two steps are one session, from the first to the last'], ['src/core/measures/doses.test.ts', 'oldest first, whichever was started first, and a session without a dose is none']] },
  { seen: 'reminders of what has been answered', here: [], notYet: 'Questionnaires are asked for on the patient’s own page; nothing reminds by itself.' },
  { seen: 'a superbill over a span of days with nothing in it', here: [], notYet: 'A bill is made of one course and its visits; spans of days are not offered.' },
]

interface Tree { exists(file: string): boolean; read(file: string): string }
const disk: Tree = { exists: existsSync, read: (file) => readFileSync(file, 'utf8') }

function missing(rows: readonly Bruise[], tree: Tree): string[] {
  return rows.flatMap(({ seen, here, notYet }) => [
    ...(here.length === 0 && !notYet ? [`${seen}: nothing here would notice`] : []),
    ...here.flatMap(([file, title]) => (tree.exists(file) && (tree.read(file).includes(`'${title}`) || tree.read(file).includes(`${title}'`)) ? [] : [`${seen}: no “${title}” in ${file}`])),
  ])
}

describe('each bruise of another program', () => {
  const planted: Tree = { exists: (file) => file === 'a.test.ts', read: () => "test('adds two doses', () => {})" }
  test.each([
    ['whole', { seen: 'x', here: [['a.test.ts', 'adds two doses']] }, 0], ['renamed', { seen: 'x', here: [['a.test.ts', 'adds three doses']] }, 1], ['gone', { seen: 'x', here: [['b.test.ts', 'adds two doses']] }, 1],
    ['forgotten', { seen: 'x', here: [] }, 1], ['not yet', { seen: 'x', here: [], notYet: 'It is not built.' }, 0],
  ] as const)('the check itself: %s', (_, bruise, faults) => expect(missing([bruise], planted)).toHaveLength(faults))

  test('has a test here that stands under its name, or says why it cannot have one', () => {
    expect(bruises.length).toBeGreaterThan(20)
    expect(missing(bruises, disk)).toEqual([])
  })
})

test('a side effect is what it is by a word of the list, or is not taken', () => {
  const graded = kinds['side-effect.v1'].body
  const whole = { term: 'nausea', grade: 1, onsetAt: '2026-11-21T17:00:00.000Z', action: '', attributed: true }
  expect(graded.safeParse(whole).success).toBe(true)
  for (const gap of [{ term: null }, { term: '' }, { grade: null }, { grade: 0 }, { onsetAt: null }, { attributed: null }]) expect(graded.safeParse({ ...whole, ...gap }).success, JSON.stringify(gap)).toBe(false)
  const symptom = kinds['symptom.v1'].body
  expect(symptom.safeParse({ symptom: 'nausea', present: true }).success).toBe(true)
  for (const body of [{ present: true }, { symptom: null, present: true }, { symptom: '', present: true }, { symptom: 'unwell', present: true }]) expect(symptom.safeParse(body).success, JSON.stringify(body)).toBe(false)
})

test('a dose that comes a hundred times is one', () => {
  const dose = { id: '0193-dose', kind: 'dose-given.v1', at: '2026-11-21T17:00:00.000Z', writtenAt: '2026-11-21T17:00:00.000Z', by: 'thea', device: 'one', session: 's', body: { step: 1, doseUg: 40_000 } } as unknown as Entry
  const numbered = { ...dose, seq: 4, receivedAt: dose.writtenAt, digest: '0' } as Entry
  const chart = readChart(Array.from({ length: 100 }, (_, at) => (at % 2 ? dose : numbered)))
  expect(chart.all('dose-given.v1')).toEqual([numbered])
})
