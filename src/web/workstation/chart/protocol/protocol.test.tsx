// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Response as Answer } from '../../../../core/contract/contract.ts'
import { protocols } from '../../../../knowledge/protocols.ts'
import { ChooseProtocol } from '../../desk/ChooseProtocol.tsx'
import { open, ready } from '../testing/open.tsx'
import { ProtocolRoom } from './ProtocolRoom.tsx'

const adoption = { protocol: 'solo-six', adoptedBy: 'Helen Brandt', adoptedAt: '2026-11-01T17:00:00.000Z', edition: '2' }
const me = { person: 'p', name: 'Cora', roles: ['coordinator'], practice: { id: 'x', name: 'Sample', zone: 'UTC', sample: true }, device: 'd' }
let rulebook: Answer<'rulebook'>
beforeEach(() => {
  vi.stubGlobal('fetch', async (url: string) => new Response(JSON.stringify(url.endsWith('/rulebook') ? rulebook : url.endsWith('/me') ? me : {}), { headers: { 'content-type': 'application/json' } }))
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const settle = () => act(async () => { await new Promise((resolve) => setTimeout(resolve, 20)) })
const tile = (id: keyof typeof protocols) => screen.queryByRole<HTMLInputElement>('radio', { name: new RegExp(`^${protocols[id].name}`) })
const heldBack = Object.values(protocols).find((row) => row.heldBack !== undefined)!.id as keyof typeof protocols

describe.each([
  ['in the chart', () => open(<ProtocolRoom />, { entries: ready(), role: 'therapist' })],
  ['at the desk', () => render(<QueryClientProvider client={new QueryClient()}><ChooseProtocol chart="c" onChosen={async () => {}} /></QueryClientProvider>)],
] as const)('the choice of a course, %s', (_, draw) => {
  test('offers what was adopted, and nothing else can be taken', async () => {
    rulebook = { edition: '2', sha256: 'x', protocols: [{ ...adoption, offered: true, says: '' }], history: [adoption] }
    draw()
    await settle()
    expect(tile('solo-six')?.disabled).toBe(false)
    expect(tile('group-maintenance')?.disabled ?? true).toBe(true)
    expect(tile(heldBack)).toBeNull()
    fireEvent.click(tile('solo-six')!)
    expect(tile('solo-six')!.checked).toBe(true)
  })

  test('does not offer what has changed since it was adopted, and says so', async () => {
    rulebook = { edition: '3', sha256: 'x', protocols: [{ ...adoption, offered: false, says: 'It has changed since it was adopted.' }], history: [adoption] }
    draw()
    await settle()
    expect(tile('solo-six')?.disabled ?? true).toBe(true)
    expect(document.body.textContent).toContain('It has changed since it was adopted.')
  })

  test('offers nothing before it is known what was adopted, and nothing where nothing was', async () => {
    rulebook = { edition: '3', sha256: 'x', protocols: [], history: [] }
    draw()
    expect(tile('solo-six')?.disabled ?? true).toBe(true)
    await settle()
    expect(tile('solo-six')?.disabled ?? true).toBe(true)
  })
})
