import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { givesSay, outlookSays } from '../../../core/scheduling/first-visit-words.ts'
import type { Outlook } from '../../../core/scheduling/first-visit.ts'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { OutlookLine } from './FirstVisitOutlook.tsx'

type Seen = NonNullable<InquiryRow['outlook']>
const seen = (state: Seen['state'], on: string | null): Seen => ({ state, on, gives: [], lookedAt: '2026-11-23T18:10:00.000Z' })

describe('beside the clock of the promise', () => {
  test.each<[string, InquiryRow['outlook'], string, boolean]>([
    ['a time is free', seen('in-time', '2026-11-24'), 'A time that fits is free on Tue, Nov 24.', false],
    ['too late', seen('late', '2026-12-03'), 'Cannot be kept: the earliest is Thu, Dec 3', true],
    ['none at all', seen('none', null), 'Cannot be kept: nothing that fits is free', true],
    ['the day has passed', seen('over', '2026-12-03'), 'The earliest is Thu, Dec 3.', false],
    ['the day has passed, and nothing is free', seen('over', null), 'Nothing that fits is free.', false],
    ['not looked at', seen('unknown', null), 'Whether a time is free by then is not known right now.', false],
    ['not told at all', undefined, 'Whether a time is free by then is not known right now.', false],
    ['waits for no visit', null, '', false],
  ])('%s', (_, outlook, says, alarm) => {
    const html = renderToStaticMarkup(<OutlookLine outlook={outlook} />)
    expect(html.replaceAll(/<[^>]+>/g, '').replace(/^Call: ?/i, '')).toContain(says)
    expect(html.includes('k-badge')).toBe(alarm)
  })
})

test.each<[Outlook['state'], string | null, string]>([
  ['in-time', '2026-11-24', 'A time that fits is free on 2026-11-24.'],
  ['late', '2026-12-03', 'No time that fits is free by 2026-11-27. The earliest is 2026-12-03.'],
  ['none', null, 'No time that fits is free by 2026-11-27. Nothing that fits is free in the weeks looked at.'],
  ['over', '2026-12-03', 'The promised day, 2026-11-27, has passed without a first visit. The earliest is 2026-12-03.'],
  ['over', null, 'The promised day, 2026-11-27, has passed without a first visit. Nothing that fits is free in the weeks looked at.'],
])('what the desk is told: %s, %s', (state, on, says) => expect(outlookSays({ state, on }, '2026-11-27', (day) => day)).toBe(says))

test('each thing that would have to give is said with the day it would bring', () => {
  expect(givesSay((['times', 'language', 'place', 'who'] as const).map((what) => ({ what, on: '2026-11-24' })), (day) => day).map((says) => says.slice(0, 22))).toEqual(['2026-11-24, at other t', '2026-11-24, with someb', '2026-11-24, if they ca', '2026-11-24, with someb'])
})
