// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { DowntimeSheets } from './Home.tsx'

afterEach(cleanup)

const now = '2026-11-21T17:00:00.000Z'
const next = (startsAt: string | null) => [{ nextVisit: startsAt === null ? null : { startsAt } }] as never
const visit = [{}] as never

test.each<[string, Parameters<typeof DowntimeSheets>[0]['home'], readonly string[]]>([
  ['nothing booked', { now, today: [], rows: next(null) }, []], ['a visit in a week', { now, today: [], rows: next('2026-11-28T17:00:00.000Z') }, []],
  ['one tomorrow', { now, today: [], rows: next('2026-11-22T17:00:00.000Z') }, ['Print tomorrow’s downtime sheets']],
  ['one late tomorrow, on the wall clock of the practice', { now, today: [], rows: next('2026-11-23T05:00:00.000Z') }, ['Print tomorrow’s downtime sheets']],
  ['one today', { now, today: visit, rows: next(null) }, ['Print today’s downtime sheets']],
])('sheets to print: %s', (_, home, links) => {
  render(<DowntimeSheets home={home} zone="America/Los_Angeles" />)
  expect(screen.queryAllByRole('link').map(({ textContent }) => textContent)).toEqual(links)
})
