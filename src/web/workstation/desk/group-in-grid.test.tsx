// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { CalendarGrid } from './CalendarGrid.tsx'
import { dayBlocks, threadOf, type CalendarNow, type CalendarVisit } from './calendar-layout.ts'
import { LitCourse } from './LitCourse.tsx'

vi.mock('@tanstack/react-router', () => ({ Link: ({ to, params, children }: { to: string; params: Record<string, string>; children: ReactNode }) => <a href={to.replace(/\$(\w+)/, (_, name: string) => params[name]!)}>{children}</a> }))
afterEach(cleanup)

const thea = { person: 'thea', name: 'Thea Sample', role: 'therapist' as const }
const visit = (id: string, hour: number, more: Partial<CalendarVisit>): CalendarVisit => ({
  visit: id, type: 'preparation', number: 1, startsAt: `2026-11-24T${hour}:00:00.000Z`, endsAt: `2026-11-24T${hour + 1}:00:00.000Z`, localStart: `2026-11-24T${hour - 8}:00`, zone: 'America/Los_Angeles', people: [thea], online: false, takes: [{ id: 'thea', startsAt: `2026-11-24T${hour}:00:00.000Z`, endsAt: `2026-11-24T${hour + 1}:00:00.000Z` }], patients: [], ...more,
})
const mara = { chart: 'chart-mara', name: 'Mara Sample' }
const nora = { chart: 'chart-nora', name: 'Nora Second' }
const visits = [visit('together', 18, { patients: [mara, nora], group: { id: 'group-1', name: 'Tuesday group' } }), visit('alone', 20, { patients: [mara] })]
const calendar = { visits, people: [{ person: 'thea', name: 'Thea Sample', roles: ['therapist'] }], rooms: [], elsewhere: [], closings: [], waiting: [], zone: 'America/Los_Angeles' } as unknown as CalendarNow

function Day() {
  const [held, setHeld] = useState<string | null>(null)
  const { columns, blocks } = dayBlocks(calendar, '2026-11-24')
  return (
    <>
      <CalendarGrid columns={columns} blocks={blocks} away={[]} zone={calendar.zone} label="Tuesday" isToday={false} held={held} onHold={setHeld} />
      <LitCourse visits={visits.filter((one) => held !== null && threadOf(one) === held)} course={held} nothing={false} onLetGo={() => setHeld(null)} />
    </>
  )
}

test('a visit of a group can be pressed: it lights up by itself, and leads to the group', () => {
  render(<Day />)
  const block = screen.getByRole('button', { name: /^Mara Sample, Nora Second/ })
  expect((block as HTMLButtonElement).disabled).toBe(false)
  fireEvent.click(block)
  const lit = screen.getByRole('region', { name: 'The visits of Tuesday group' })
  expect(lit.querySelectorAll('li')).toHaveLength(1)
  expect(screen.getByRole('link', { name: 'Open the group' }).getAttribute('href')).toBe('/work/groups/group-1')
  fireEvent.click(screen.getByRole('button', { name: /^Mara Sample Preparation/ }))
  expect(screen.getByRole('region', { name: 'The course of Mara Sample' })).toBeDefined()
  expect(screen.getByRole('link', { name: 'Open the chart' }).getAttribute('href')).toBe('/work/charts/chart-mara')
})
