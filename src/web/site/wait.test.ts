import { describe, expect, test } from 'vitest'
import type { Wait } from '../../core/scheduling/first-visit.ts'
import { protocols } from '../../knowledge/protocols.ts'
import type { PracticeView } from './practice.ts'
import { renderSite } from './render.tsx'
import { promiseHolds, waitSays, type FirstVisitView } from './wait.ts'

const [zone, today, seenAt] = ['America/Los_Angeles', '2026-11-23', '2026-11-23T18:10:00.000Z']
const looked = (inPerson: string | null, online?: string | null): Wait => ({ state: 'looked', until: '2026-12-21', ways: [{ way: 'in-person', on: inPerson }, ...(online === undefined ? [] : [{ way: 'online' as const, on: online }])] })
const view = (wait: Wait): FirstVisitView => ({ wait, seenAt, today })
const seen = 'As our calendars stood today at 10:10 AM.'
const unknown = 'How long you would wait for a first visit, we cannot say right now. Please ask us when we call.'

/** What is said, and whether a first visit within seven days is promised. */
const cases: readonly (readonly [string, FirstVisitView | undefined, string, boolean])[] = [
  ['a day away', view(looked('2026-11-24')), 'The next first visit that is free here is tomorrow.', true],
  ['seven days away', view(looked('2026-11-30')), 'The next first visit that is free here is in seven days.', true],
  ['eight days away', view(looked('2026-12-01')), 'The next first visit that is free here is in eight days.', false],
  ['thirteen days away', view(looked('2026-12-06')), 'The next first visit that is free here is in 13 days.', false],
  ['fourteen days away', view(looked('2026-12-07')), 'The next first visit that is free here is in about two weeks.', false],
  ['fifteen days away, never told shorter', view(looked('2026-12-08')), 'The next first visit that is free here is in about three weeks.', false],
  ['alike both ways', view(looked('2026-11-26', '2026-11-26')), 'The next first visit that is free here is in three days.', true],
  ['sooner online', view(looked('2026-12-01', '2026-11-24')), 'The next first visit that is free here is tomorrow online, and in eight days in our rooms.', false],
  ['both soon enough', view(looked('2026-11-24', '2026-11-30')), 'The next first visit that is free here is tomorrow in our rooms, and in seven days online.', true],
  ['none in the rooms', view(looked(null, '2026-11-24')), 'The next first visit that is free here is tomorrow online. In our rooms none is free in the next four weeks.', false],
  ['none at all', view(looked(null, null)), 'No first visit is free here in the next four weeks.', false],
  ['nobody takes new people', view({ state: 'nobody' }), 'Nobody here takes new people at the moment, so we cannot name a day for a first visit. You can still write to us. We tell you what we know.', false],
  ['nobody has looked', undefined, unknown, false],
  ['seen before midnight, and tomorrow is today', view(looked('2026-11-23')), unknown, false],
]

describe('how long a stranger waits', () => {
  test.each(cases)('%s', (_, asked, says, holds) => {
    expect(waitSays(asked, zone)).toEqual(says === unknown ? { says } : { says, seen })
    expect(promiseHolds(asked, protocols['solo-six'])).toBe(holds)
  })

  const practice = { name: 'Alder House', place: '12 Fern Street', phone: '(510) 555-0142', email: 'hello@alderhouse.example', zone, hours: 'Monday to Friday, 9 to 5' }
  const text = (path: string, firstVisit: FirstVisitView | undefined, services: PracticeView['services'] = []) => renderSite({ path, practice: { ...practice, services, firstVisit }, protocol: protocols['solo-six'] }).html.replaceAll(/<[^>]+>/g, '')

  test.each(cases)('on every page, with the promise only while it can be kept: %s', (_, asked, says, holds) => {
    for (const path of ['/', '/inquiry']) expect(text(path, asked)).toContain(says)
    const pages = ['/', '/inquiry', '/inquiry/sent'].map((path) => text(path, asked))
    expect(pages.map((page) => /you meet (?:that therapist )?within/i.test(page))).toEqual(pages.map(() => holds))
  })

  test('a service with another wait says so, one with the same does not', () => {
    const page = text('/', view(looked('2026-11-24')), [{ name: 'A', says: 'First.', wait: looked('2026-12-07') }, { name: 'B', says: 'Second.', wait: looked('2026-11-24') }, { name: 'C', says: 'Third.' }])
    expect(page).toContain('First. Next free first visit: in about two weeks.')
    expect(page).toMatch(/Second\.CThird\./)
  })
})
