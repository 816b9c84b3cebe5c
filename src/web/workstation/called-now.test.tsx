// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CalledNow } from './CalledNow.tsx'

const SESSION = 'b0000000-0000-4000-8000-000000000001'
const OTHER = 'b0000000-0000-4000-8000-000000000002'
const CHART = 'c0000000-0000-4000-8000-000000000001'
let notices: { id: string; chart: string | null; entry: string | null; kind: string; says: string; at: string }[]
let done: string[]
let before: string | null = null
const alert = (id: string, entry: string, says: string) => ({ id, chart: CHART, entry, kind: 'alert', says, at: '2026-11-21T18:00:00.000Z' })

/** A server that answers what was told, and nudges whenever the test says so. */
function server() {
  let out: ReadableStreamDefaultController<Uint8Array> | undefined
  done = []
  vi.stubGlobal('fetch', async (address: string, given?: RequestInit) => {
    if (address.includes('/told/live')) return new Response(new ReadableStream({ start(controller) { out = controller; given?.signal?.addEventListener('abort', () => { try { controller.close() } catch { /* Closed. */ } }) } }))
    if (address.includes('/done')) { const id = address.split('/').at(-2)!; done.push(id); notices = notices.filter((one) => one.id !== id); return Response.json({ done: true, takenBefore: before }) }
    return Response.json({ now: '2026-11-21T18:00:00.000Z', notices })
  })
  return { nudge: () => out!.enqueue(new TextEncoder().encode('event: told\ndata: {}\n\n')) }
}
afterEach(() => { before = null; cleanup(); vi.unstubAllGlobals() })

describe('somebody who is called to a session', () => {
  test('hears of it on whatever page, as soon as the server nudges, with the way to the session', async () => {
    notices = []
    const { nudge } = server()
    render(<CalledNow on />)
    await waitFor(() => expect(screen.queryByRole('region')).toBeNull())
    notices = [alert('n1', SESSION, 'Mara, in a medicine session: call, Systolic pressure 190')]
    await waitFor(() => { nudge(); screen.getByText(/Systolic pressure 190/) })
    expect(screen.getByRole('link', { name: 'Go to the session' }).getAttribute('href')).toBe(`/work/charts/${CHART}/session/${SESSION}`)
  })

  test('sees one line for a session however often it called, the newest; having seen it puts all of them away', async () => {
    notices = [alert('n2', SESSION, 'Nobody has answered since 14:05.'), alert('n1', SESSION, 'first'), alert('n3', OTHER, 'another room')]
    server()
    render(<CalledNow on />)
    await screen.findByText('Nobody has answered since 14:05.')
    expect(screen.queryByText('first')).toBeNull()
    screen.getByText('another room')
    fireEvent.click(screen.getAllByRole('button', { name: 'I have seen this' })[0]!)
    await waitFor(() => expect(screen.queryByText('Nobody has answered since 14:05.')).toBeNull())
    expect(done.toSorted()).toEqual(['n1', 'n2'])
    screen.getByText('another room')
  })

  test('a question from a room stands above every page as well, and is put away without the alarms of that room', async () => {
    notices = [{ ...alert('q1', SESSION, 'Mona asks you: water?'), kind: 'question' }, alert('n1', SESSION, 'Systolic pressure 190')]
    server()
    render(<CalledNow on />)
    expect((await screen.findByText('Mona asks you: water?')).closest('section')!.textContent).toContain('It ends once you have answered it.')
    fireEvent.click(screen.getAllByRole('button', { name: 'I have seen this' })[0]!)
    await waitFor(() => expect(done).toEqual(['q1']))
    screen.getByText('Systolic pressure 190')
  })

  test('pressed a moment after somebody else, it says who has taken it over, and goes nowhere', async () => {
    notices = [{ ...alert('c1', SESSION, 'Mara: thoughts of death were reported.'), kind: 'on-call' }]
    before = 'Ruth Feldman took this over at 2:04 AM, before you.'
    const went = vi.spyOn(location, 'assign').mockImplementation(() => {})
    server()
    render(<CalledNow on />)
    fireEvent.click(await screen.findByRole('button', { name: 'I have taken this over' }))
    await screen.findByText('Ruth Feldman took this over at 2:04 AM, before you.')
    await waitFor(() => expect(screen.queryByText(/thoughts of death/)).toBeNull())
    expect(went).not.toHaveBeenCalled()
    fireEvent.click(screen.getByRole('button', { name: 'I have read this' }))
    expect(screen.queryByRole('region')).toBeNull()
  })

  test('and pressed first, it leads to the chart', async () => {
    notices = [{ ...alert('c1', SESSION, 'Mara: thoughts of death were reported.'), kind: 'on-call' }]
    const went = vi.spyOn(location, 'assign').mockImplementation(() => {})
    server()
    render(<CalledNow on />)
    fireEvent.click(await screen.findByRole('button', { name: 'I have taken this over' }))
    await waitFor(() => expect(went).toHaveBeenCalledWith(`/work/charts/${CHART}?step=risks`))
  })

  test('in the room itself only other rooms call; other news waits on the list', async () => {
    notices = [alert('n1', SESSION, 'this room'), alert('n3', OTHER, 'another room'), { id: 'm', chart: CHART, entry: null, kind: 'message', says: 'a message', at: '' }]
    server()
    render(<CalledNow on beside={{ chart: CHART, session: SESSION }} />)
    await screen.findByText('another room')
    expect([screen.queryByText('this room'), screen.queryByText('a message')]).toEqual([null, null])
  })
})
