// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { open } from '../testing/open.tsx'
import { TabletRoom } from './TabletRoom.tsx'

const FORMS = { name: 'Ida Nilsson', birthDate: '1994-11-30', rows: { lifeMin: 120, coverMin: 5 }, forms: [
  { instrument: 'phq-9', title: 'PHQ-9', says: 'Mood.', questions: 10, open: true, begun: false }, { instrument: 'gad-7', title: 'GAD-7', says: 'Worry.', questions: 7, open: false, begun: true }, { instrument: 'audit-c', title: 'AUDIT-C', says: 'Alcohol.', questions: 3, open: false, begun: false },
] }
const calls: [string, { body?: unknown }][] = []
let waiting = 0
const left = vi.fn()
vi.mock('../../../sync/index.ts', async (original) => ({
  ...(await original<object>()), useDeviceState: () => ({ waiting }),
  call: async (name: string, request: { body?: unknown }) => { calls.push([name, request]); return name === 'tabletForms' ? FORMS : { address: '/answer/token' } },
}))
vi.mock('../../../sync/hand-over.ts', () => ({ leaveFor: (address: string) => left(address) }))
beforeEach(() => { calls.length = 0; waiting = 0; left.mockReset() })

const hand = () => fireEvent.click(screen.getByRole('button', { name: 'Sign me out, and hand it over' }))
const tick = (name: RegExp | string) => fireEvent.click(screen.getByRole('checkbox', { name }))
const handed = () => calls.filter(([name]) => name === 'handTablet')

test('what is open and what was begun is ticked; others can be added; and two details come first', async () => {
  open(<TabletRoom />, { entries: [], role: 'therapist' })
  expect((await screen.findAllByRole<HTMLInputElement>('checkbox', { checked: true })).map(({ value }) => value)).toEqual(['phq-9', 'gad-7'])
  fireEvent.change(screen.getByLabelText(/^Add another form/), { target: { value: 'audit-c' } })
  tick(/^Full name/)
  hand()
  expect(await screen.findAllByText('Make sure who this is, by two details.')).not.toHaveLength(0)
  expect(handed()).toEqual([])
  tick(/^Date of birth/)
  tick(/^GAD-7/)
  hand()
  await waitFor(() => { expect(left).toHaveBeenCalledExactlyOnceWith('/answer/token') })
  expect(handed()[0]![1].body).toMatchObject({ forms: ['phq-9', 'audit-c'], by: ['name', 'birth-date'] })
})

test('while something that was written here is on its way, nothing is handed over', async () => {
  waiting = 2
  open(<TabletRoom />, { entries: [], role: 'therapist' })
  await screen.findAllByRole('checkbox')
  tick(/^Full name/)
  tick(/^Date of birth/)
  hand()
  expect(await screen.findAllByText(/still on its way/)).not.toHaveLength(0)
  expect(handed()).toEqual([])
})
