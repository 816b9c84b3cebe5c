// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SignIn } from './SignIn.tsx'

const TOKEN = 'a-token-that-is-long-enough-to-be-one'
const asked: { address: string; body: unknown }[] = []
let answer: (address: string) => { status: number; body: unknown }
beforeEach(() => {
  asked.length = 0
  answer = () => ({ status: 200, body: { done: true } })
  globalThis.scrollTo = () => {}
  vi.stubGlobal('fetch', async (address: string, { body }: { body?: string }) => {
    asked.push({ address, body: body && JSON.parse(body) })
    const { status, body: said } = address === '/api/welcome' ? { status: 200, body: { firstRun: false, sample: true, practice: 'Harbor Street (sample)' } } : answer(address)
    return new Response(JSON.stringify(said), { status, headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals(); history.replaceState(null, '', '/my/sign-in') })
const posts = () => asked.filter(({ address }) => address !== '/api/welcome')

test('a link that is only opened uses nothing up; the button does', async () => {
  history.replaceState(null, '', `/my/sign-in#${TOKEN}`)
  render(<SignIn />)
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(posts()).toEqual([])
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await waitFor(() => expect(posts()).toEqual([{ address: '/api/sign-in/link/redeem', body: { token: TOKEN } }]))
  await waitFor(() => expect(location.pathname + location.hash).toBe('/my'))
})

test('a link that was used says so and offers a new one', async () => {
  answer = () => ({ status: 410, body: { code: 'sign-in.link-used', say: 'This link was used already or is too old.' } })
  history.replaceState(null, '', `/my/sign-in#${TOKEN}`)
  render(<SignIn />)
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  expect((await screen.findByRole('alert')).textContent).toContain('used already')
  fireEvent.click(screen.getByRole('button', { name: 'Ask for a new link' }))
  expect(screen.getByLabelText('Your e-mail address')).toBeDefined()
})

test('asking for a link tells nobody whether the address is known', async () => {
  render(<SignIn />)
  fireEvent.change(screen.getByLabelText('Your e-mail address'), { target: { value: 'mara@example.org' } })
  fireEvent.click(screen.getByRole('button', { name: 'Send me a link' }))
  expect(await screen.findByRole('heading', { name: 'Look into your mail' })).toBeDefined()
  expect(posts()).toEqual([{ address: '/api/sign-in/link', body: { email: 'mara@example.org' } }])
  expect(screen.getByText(/^If mara@example.org is the address we know you by/)).toBeDefined()
})

test('in the sample practice it says where the mail can be read', async () => {
  render(<SignIn />)
  expect((await screen.findByRole('link', { name: 'Mail (sample)' })).getAttribute('href')).toBe('/work/outbox')
})
