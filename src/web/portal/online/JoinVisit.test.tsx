// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Entry } from '../../../core/chart/entry.ts'
import { AtHerPhone, course, entry, NOW, visit } from '../testing/patient.tsx'
import { JoinVisit } from './JoinVisit.tsx'

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const ADDRESS = 'https://meet.example.org/room'
let answer: { address: string | null; of: string | null; joinFromMinBefore: number; waits: string | null }
beforeEach(() => { answer = { address: ADDRESS, of: 'person', joinFromMinBefore: 15, waits: null }; vi.stubGlobal('fetch', async () => json(answer)) })
afterEach(() => { cleanup(); sessionStorage.clear(); vi.unstubAllGlobals() })

/** It is nine in the morning of 23 November. */
let opened = 0
function open(startsAt = '2026-11-23T18:00:00.000Z', said: (of: { visit: string; startsAt: string }) => readonly Entry[] = () => []) {
  const mine = { ...visit('preparation', 2, startsAt), online: true, visit: `5a3e0000-0000-4000-8000-0000000081${String((opened += 1)).padStart(2, '0')}` }
  const wrote = vi.fn()
  render(<AtHerPhone course={course({ visits: [mine] })} entries={[entry('sits-in.v1', { state: 'CA', via: 'form' }), ...said(mine)]} wrote={wrote}><JoinVisit id={mine.visit} /></AtHerPhone>)
  return { mine, wrote }
}
const whereIn = (state: 'CA' | 'NV') => (of: { visit: string; startsAt: string }) => [entry('whereabouts.v1', { visit: of.visit, startsAt: of.startsAt, state, place: '12 Sample Lane, Oakland', phone: '+1 510 555 0160', company: 'alone', via: 'portal' })]
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('a visit online today', () => {
  test('asks where she is before it is joined: the state is filled in, and each thing that is missing is asked for', async () => {
    const { mine, wrote } = open()
    expect((screen.getByLabelText('State') as HTMLSelectElement).value).toBe('CA')
    fireEvent.click(screen.getByRole('button', { name: 'Say where I am' }))
    for (const says of ['Write street, number and town, or what leads to you.', 'Write a phone number with its area code.', 'Say whether you are alone.']) screen.getByText(says)
    expect(wrote).not.toHaveBeenCalled()
    type(/^State/, 'NV')
    type(/^Street/, '12 Sample Lane, Reno')
    type(/^Phone/, '+1 510 555 0160')
    fireEvent.click(screen.getByLabelText('Yes'))
    fireEvent.click(screen.getByRole('button', { name: 'Say where I am' }))
    await screen.findByText('Nevada')
    expect(wrote).toHaveBeenCalledExactlyOnceWith('whereabouts.v1', { visit: mine.visit, startsAt: mine.startsAt, state: 'NV', place: '12 Sample Lane, Reno', phone: '+1 510 555 0160', company: 'alone', via: 'portal' })
    expect((await screen.findByRole('link', { name: 'Join the visit' })).getAttribute('href')).toBe(ADDRESS)
  })
  test('can be joined without it: nothing is forbidden', async () => {
    open()
    expect((await screen.findByRole('link', { name: 'Join without saying where I am' })).getAttribute('href')).toBe(ADDRESS)
  })
  test.each([['2026-11-23T17:15:00.000Z', /k-button--primary/, 'loud'], ['2026-11-23T17:16:00.000Z', /k-button--quiet/, 'quiet']])('begins at %s: the button is %s', async (startsAt, kind) => {
    open(startsAt, whereIn('CA'))
    expect((await screen.findByRole('link', { name: 'Join the visit' })).className).toMatch(kind)
  })
  test('may have to wait where a licence may be missing, and can still be joined', async () => {
    answer.waits = 'The visit may have to wait. Your clinician decides.'
    open(undefined, whereIn('NV'))
    await screen.findByText(answer.waits)
    screen.getByRole('link', { name: 'Join the visit' })
  })
  test('she has gone somewhere else: asked again, with what she said before', () => {
    open(undefined, whereIn('NV'))
    fireEvent.click(screen.getByRole('button', { name: 'I am somewhere else now' }))
    expect((screen.getByLabelText('State') as HTMLSelectElement).value).toBe('NV')
  })
  test('without an address it says so, and whom to call', async () => {
    answer.address = null
    open(undefined, whereIn('CA'))
    await screen.findByText(/Where to join is not entered yet\. Call \+1 510 555 0142/)
    expect(screen.queryByRole('link', { name: 'Join the visit' })).toBeNull()
  })
})

test('on another day the way in is there, quiet, and nothing is asked', async () => {
  open('2026-11-25T18:00:00.000Z')
  expect((await screen.findByRole('link', { name: 'Join the visit' })).className).toContain('k-button--quiet')
  expect(screen.queryByRole('button', { name: 'Say where I am' })).toBeNull()
  expect(NOW).toBe('2026-11-23T17:00:00.000Z')
})
