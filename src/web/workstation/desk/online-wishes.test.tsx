// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { callSheet } from '../../../knowledge/call-sheet.ts'
import { PlanningFields } from '../practice/PlanningFields.tsx'
import { VideoAddress } from '../video/VideoAddress.tsx'
import { ToAsk } from './CallQuestions.tsx'
import { NeedsFields } from './NeedsFields.tsx'
import { SitsInField } from './SitsInField.tsx'

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const sent = vi.fn<(path: string, body: unknown) => void>()
const person = (name: string, roles: string[], skills: string[], languages: string[], active = true) => ({ person: name, name, roles, active, languages, planning: { skills, licences: [] } })
beforeEach(() => {
  sent.mockClear()
  vi.stubGlobal('fetch', async (url: string, { method, body }: { method?: string; body?: string } = {}) => {
    if (method === 'POST') { sent(url, JSON.parse(body!)); return json({ done: true }) }
    return url.endsWith('/api/video-addresses') ? json({ practice: 'https://all.example.org', people: [] }) : json({ staff: [person('Jonas', ['therapist'], ['EMDR'], ['en', 'es']), person('Ruth', ['therapist'], ['EMDR'], ['he']), person('Gone', ['therapist'], ['Magic'], [], false), person('Helen', ['prescriber'], [], ['de'])] })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const draw = (children: ReactNode) => render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>{children}</QueryClientProvider>)
const choose = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('where they sit', () => {
  test('not asked is said as such, with what follows from it', () => {
    draw(<SitsInField value={null} said={null} asks onChange={() => {}} />)
    screen.getByText('Not asked yet. Ask them: without it no licence is looked at for visits online.')
  })
  test('what is chosen anew is kept on the chart, and that is said', () => {
    const onChange = vi.fn()
    draw(<SitsInField value="NV" said={{ state: 'CA', at: '2026-11-20T18:00:00.000Z' }} asks onChange={onChange} />)
    screen.getByText(/^On the chart: in California, said .*What you choose here is kept there with today’s date\.$/)
    choose(/In which state/, 'outside')
    expect(onChange).toHaveBeenCalledWith('outside')
  })
  test('on the call it is a list to choose from', () => {
    const onAnswer = vi.fn()
    draw(<ToAsk sheet={callSheet.filter(({ id }) => id === 'sits-in')} answers={{}} onAnswer={onAnswer} />)
    choose(/^In which state do you live/, 'OR')
    expect(onAnswer).toHaveBeenCalledWith('sits-in', 'OR')
    expect(screen.getAllByRole('option')).toHaveLength(58)
  })
})

test('what somebody has to bring is chosen from what people who work here have entered', async () => {
  const onNeeds = vi.fn()
  draw(<NeedsFields needs={[{ role: 'prescriber', skill: 'German' }]} onNeeds={onNeeds} />)
  screen.getByText(/prescriber with German/)
  choose(/^Who/, 'therapist')
  const options = await waitFor(() => { const found = [...screen.getByLabelText<HTMLSelectElement>(/^Has to bring/).options].map(({ value }) => value).filter(Boolean); expect(found.length).toBeGreaterThan(0); return found })
  expect(options).toEqual(['EMDR', 'English', 'Hebrew', 'Spanish'])
  choose(/^Has to bring/, 'Spanish')
  fireEvent.click(screen.getByRole('button', { name: 'Ask for it' }))
  expect(onNeeds).toHaveBeenCalledWith([{ role: 'prescriber', skill: 'German' }, { role: 'therapist', skill: 'Spanish' }])
})

test('a licence is chosen from the list; what was typed before is read as its state, or kept as it is', () => {
  const onPlanning = vi.fn()
  const licences = [{ state: 'california', number: '1', until: null }, { state: 'Calif', number: '2', until: null }]
  draw(<PlanningFields planning={{ buffers: [], mostDosingPerDay: null, skills: [], licences }} onPlanning={onPlanning} treats />)
  const [first, second] = [screen.getByLabelText<HTMLSelectElement>('State'), screen.getByLabelText<HTMLSelectElement>('State (2)')]
  expect([first.value, second.value, second.selectedOptions[0]?.textContent]).toEqual(['CA', 'Calif', 'Calif (as it was typed)'])
  fireEvent.change(second, { target: { value: 'NV' } })
  expect(onPlanning).toHaveBeenCalledWith(expect.objectContaining({ licences: [licences[0], { state: 'NV', number: '2', until: null }] }))
})

test('an address is held against its shape before it is sent, and kept by itself', async () => {
  draw(<VideoAddress person={null} label="Video address of the practice" hint="For all." />)
  const field = await screen.findByLabelText<HTMLInputElement>(/^Video address of the practice/)
  expect(field.value).toBe('https://all.example.org')
  fireEvent.change(field, { target: { value: 'http://x.example.org' } })
  fireEvent.click(screen.getByRole('button', { name: 'Keep this address' }))
  screen.getByText(/begins with https:\/\/, names a host/)
  expect(sent).not.toHaveBeenCalled()
  fireEvent.change(field, { target: { value: 'https://x.example.org/room' } })
  fireEvent.click(screen.getByRole('button', { name: 'Keep this address' }))
  await waitFor(() => expect(sent).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('/api/video-addresses'), { person: null, address: 'https://x.example.org/room' }))
})
