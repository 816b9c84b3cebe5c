// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { applyChanges } from '../../../core/rulebook/changes.ts'
import { canonical } from '../../../core/shared/canonical.ts'
import { dialRows } from '../../../knowledge/dials.ts'
import { shipped } from '../../sync/editions.ts'
import { aSession, CHART, openRoom, settle, type Story, type Tablet } from './testing/in-room.tsx'

/** A session goes by the rules it started with: also on a tablet, also when the practice adopts others, and never by ones that are not whole. */
const named = (number: number) => `2026-11 · 0123456789ab · here ${number}`
const bookWith = (people: number, yellowFrom = 160) => {
  const book = applyChanges(shipped, [{ dial: 'monitoring/gates/fewestPeople', from: 2, to: people }, { dial: 'alerts/BP-S/yellow/systolicMmHg.atLeast', from: 160, to: yellowFrom }], dialRows)
  if (!book.ok) throw new Error(book.refusal.says)
  return canonical(book.value)
}
const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const of = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind)

let inForce: string
let books: Record<string, { book: string; sha256?: string }>
beforeEach(() => {
  localStorage.clear()
  books = {}
  vi.stubGlobal('fetch', async (url: string) => {
    const number = /editions\/(\d+)$/.exec(url)?.[1]
    if (url.endsWith('/api/rulebook/editions')) return new Response(JSON.stringify({ name: inForce, broken: null }), { headers: { 'content-type': 'application/json' } })
    const held = number ? books[number] : undefined
    if (!held) throw new TypeError('no network in this test')
    return new Response(JSON.stringify({ number: Number(number), name: named(Number(number)), book: held.book, sha256: held.sha256 ?? createHash('sha256').update(held.book).digest('hex') }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(cleanup)

/** A dose that was prepared and read back: what stands before giving it is listed. */
function readBack(story: Story) {
  const order = story.entries().find(({ kind }) => kind === 'order.v1')!.id
  const prepared = story.on(3, 'thea', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order, lot: '' })
  story.on(2, 'mona', 'dose-confirmed.v1', { prepared, doseUg: 60_000 })
}
const doseSheet = (tablet: Tablet) => {
  fireEvent.click(inside(tablet).getByRole('button', { name: 'Dose' }))
  return inside(tablet).getByRole('dialog').textContent
}

test('the practice’s own figures hold in the room: a third person for the dose, and an earlier caution', async () => {
  inForce = named(1)
  books = { 1: { book: bookWith(3, 130) } }
  const story = aSession({ edition: named(1) })
  readBack(story)
  const tablet = await openRoom(story, 'thea')
  await settle(100)
  expect(inside(tablet).queryByText(/adopted another edition|not whole/i)).toBeNull()
  expect(doseSheet(tablet)).toContain('3 people have to be checked in')
  story.on(0, 'mona', 'vitals.v1', { systolicMmHg: 134, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98, onRoomAir: true })
  const again = await openRoom(story, 'mona')
  await settle(1_200)
  expect(inside(again).getByRole('region', { name: 'Alerts' }).textContent).toMatch(/caution.*Systolic pressure/)
})

test('adopted meanwhile, another edition changes nothing in here, and is said in one line', async () => {
  inForce = named(3)
  books = { 2: { book: bookWith(2) }, 3: { book: bookWith(4) } }
  const story = aSession({ edition: named(2) })
  readBack(story)
  const tablet = await openRoom(story, 'thea')
  await settle(100)
  expect(inside(tablet).getByText(/adopted another edition of the rulebook since this session started/)).toBeTruthy()
  expect(doseSheet(tablet)).not.toContain('people have to be checked in')
  expect(inside(tablet).getByRole('button', { name: '60 mg given' })).toBeTruthy()
})

test('an edition that is not whole here: said aloud, no dose from here, and readings go on being written', async () => {
  inForce = named(4)
  books = { 4: { book: bookWith(2).slice(0, 5_000), sha256: createHash('sha256').update(bookWith(2)).digest('hex') } }
  const story = aSession({ edition: named(4) })
  readBack(story)
  const tablet = await openRoom(story, 'thea')
  await settle(100)
  expect(inside(tablet).getByText('Rules not whole.')).toBeTruthy()
  expect(doseSheet(tablet)).toContain('does not hold the practice’s edition')
  expect(inside(tablet).queryByRole('button', { name: '60 mg given' })).toBeNull()
  await tablet.device.write(CHART, [{ kind: 'vitals.v1', session: story.session, body: { systolicMmHg: 186, diastolicMmHg: 78 } }])
  await settle(100)
  expect(of(story, 'vitals.v1').at(-1)).toMatchObject({ body: { systolicMmHg: 186 } })
  expect(inside(tablet).getByRole('region', { name: 'Alerts' }).textContent).toContain('call')
})
