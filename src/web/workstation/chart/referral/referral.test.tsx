// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HELEN, open, ready, wrote } from '../testing/open.tsx'
import { ReferralRoom } from './ReferralRoom.tsx'

const PAVEL = '0190aaaa-0000-7000-8000-0000000000a9'
const working = (person: string, name: string) => ({ person, name, active: true, roles: ['prescriber'], credentials: 'MD' })
let arrive: (staff: readonly object[]) => void = () => {}

beforeEach(() => {
  const staff = new Promise<readonly object[]>((resolve) => { arrive = resolve })
  vi.stubGlobal('fetch', async (url: string) => Response.json(url.endsWith('/api/practice') ? { staff: await staff } : { team: [] }))
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const send = () => act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Send the referral' })) })
const write = (words: string) => fireEvent.change(screen.getByLabelText(/^What you ask/), { target: { value: words } })

describe('a referral sent before the list of people is here', () => {
  test('waits for it, and goes to the one who prescribes', async () => {
    open(<ReferralRoom />, { entries: ready(), role: 'therapist', team: [] })
    write('Please see about the blood pressure.')
    await send()
    expect(wrote).toEqual([])
    expect(screen.queryByText('Nobody here prescribes yet')).toBeNull()
    arrive([working(HELEN, 'Helen Brandt')])
    await waitFor(() => expect(wrote).toMatchObject([{ kind: 'referral.v1', body: { prescriber: HELEN, question: 'Please see about the blood pressure.' } }]))
  })

  test('asks which, where two prescribe, and keeps what was written', async () => {
    open(<ReferralRoom />, { entries: ready(), role: 'therapist', team: [] })
    write('Please see about the blood pressure.')
    await send()
    arrive([working(HELEN, 'Helen Brandt'), working(PAVEL, 'Pavel Novak')])
    await waitFor(() => expect(screen.getByText(/choose the prescriber, then send/)).toBeTruthy())
    expect(wrote).toEqual([])
    fireEvent.change(screen.getByLabelText(/^Prescriber/), { target: { value: PAVEL } })
    await send()
    await waitFor(() => expect(wrote).toMatchObject([{ body: { prescriber: PAVEL, question: 'Please see about the blood pressure.' } }]))
  })
})
