// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { keepShut, type ShutAct } from '../../sync/shut.ts'
import { KeptLine } from '../chart/parts/KeptLine.tsx'
import { HELEN, JONAS, open } from '../chart/testing/open.tsx'
import { aSession, CHART, openRoom, people, settle } from '../session/testing/in-room.tsx'
import { saysShut } from './ShutNotice.tsx'

const ZONE = 'America/Los_Angeles'
/** As the harness calls the first chart it opens. */
const FIRST = '0190aaaa-0000-7000-8000-c00000000001'
const shut = (chart: string, entries: number, from: string, to = from): ShutAct => ({ act: `${chart} ${from}`, chart, entries, from, to })
afterEach(() => { cleanup(); for (const person of [HELEN, JONAS, people.mona.person]) keepShut(person, []); vi.unstubAllGlobals() })

test.each<[string, readonly ShutAct[], string]>([
  ['one entry', [shut('c', 1, '2026-11-20T22:02:00.000Z')], '1 entry that you wrote here, Fri, Nov 20, 2:02 PM,'],
  ['an hour of it', [shut('c', 1, '2026-11-20T22:02:00.000Z'), shut('c', 2, '2026-11-20T22:30:00.000Z', '2026-11-20T23:10:00.000Z')], '3 entries that you wrote here, Fri, Nov 20, 2:02 PM to 3:10 PM,'],
  ['the same weekday, a week later', [shut('c', 2, '2026-11-13T22:02:00.000Z', '2026-11-20T22:02:00.000Z')], '2 entries that you wrote here, Fri, Nov 13, 2:02 PM to Fri, Nov 20, 2:02 PM,'],
])('how much, and from when: %s', (_, acts, says) => expect(saysShut(acts, ZONE)).toBe(says))

describe('what nothing opens any more stands where unsent things are listed', () => {
  test('on the chart it was written on, to whoever wrote it: what happened, what was kept, what to do', () => {
    keepShut(HELEN, [shut(FIRST, 2, '2026-11-20T22:02:00.000Z'), shut('another', 1, '2026-11-20T22:02:00.000Z')])
    keepShut(JONAS, [shut(FIRST, 5, '2026-11-20T22:02:00.000Z')])
    open(<KeptLine />, { entries: [] })
    for (const words of [/^2 entries that you wrote here, .* cannot be opened any more/, /Kept here as it was sealed. It was never sent/, /Write down again what you know of it/]) expect(screen.getByText(words)).toBeTruthy()
    cleanup()
    open(<KeptLine />, { entries: [] })
    expect(screen.queryByText(/cannot be opened any more/), 'another chart').toBeNull()
  })

  test('in the room beside what the server did not take', async () => {
    keepShut(people.mona.person, [shut(CHART, 3, '2026-11-20T22:02:00.000Z')])
    const tablet = await openRoom(aSession(), 'mona')
    await settle()
    const inside = within(tablet.container as HTMLElement)
    const more = inside.queryByRole('button', { name: /^\d more$/ })
    if (more) fireEvent.click(more)
    fireEvent.click(inside.getAllByRole('button', { name: 'What you wrote here earlier cannot be opened' }).at(-1)!)
    const sheet = within(inside.getByRole('dialog', { name: 'Not taken by the server' }))
    expect(sheet.getByText(/^3 entries that you wrote here/)).toBeTruthy()
    expect(sheet.queryByText('Nothing is waiting for you here.')).toBeNull()
  })
})
