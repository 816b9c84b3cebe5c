// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepShut, type ShutAct } from '../../sync/shut.ts'
import { AtHerPhone, MARA, me } from '../testing/patient.tsx'
import { Devices } from './Devices.tsx'

const other = '5a3e0000-0000-4000-8000-000000000777'
const shut = (entries: number, from: string, to = from): ShutAct => ({ act: from, chart: me.chart!, entries, from, to })
let ended: string[] = []
beforeEach(() => {
  ended = []
  const seen = { device: other, since: '2026-11-20T22:02:00.000Z', lastSeen: '2026-11-21T22:02:00.000Z' }
  vi.stubGlobal('fetch', async (address: string) => {
    if (address.endsWith('/end')) { ended.push(address); return Response.json({ done: true }) }
    return Response.json({ signIns: [{ ...seen, id: me.device, thisOne: true }, { ...seen, id: other, thisOne: false }] })
  })
})
afterEach(() => { cleanup(); keepShut(MARA, []); vi.unstubAllGlobals() })

const shown = (stands?: Parameters<typeof AtHerPhone>[0]['stands']) => render(<AtHerPhone {...(stands && { stands })}><Devices /></AtHerPhone>)

test.each<[string, Parameters<typeof AtHerPhone>[0]['stands'], RegExp, RegExp]>([
  ['nothing', {}, /^Nothing that you wrote here waits to be sent\.$/, /lies here twice/],
  ['what she wrote', { waiting: 1 }, /^One thing you wrote is saved here and not sent yet: it goes out by itself with a connection\.$/, /Nothing that you wrote/],
  ['what was refused', { problems: 2 }, /^2 things you wrote were not taken: they stand at the top/, /Nothing that you wrote/],
  ['what somebody else left here', { othersWaiting: 2 }, /^2 things by somebody else wait here, sealed: nobody can read them/, /Nothing that you wrote/],
])('says what waits on this device: %s', (_, stands, says, never) => {
  shown(stands)
  expect(screen.getByText(says)).toBeTruthy()
  expect(screen.queryByText(never)).toBeNull()
  if (Object.keys(stands!).length > 0) expect(screen.getByText(/lies here twice, sealed, .* Before you give this device away/)).toBeTruthy()
})

test.each<[string, ShutAct[], RegExp]>([
  ['one', [shut(1, '2026-11-20T22:02:00.000Z')], /^One thing you wrote on this device, Friday, November 20, 2:02 PM, cannot be opened any more and was never sent\.$/],
  ['several', [shut(2, '2026-11-20T22:30:00.000Z'), shut(1, '2026-11-20T22:02:00.000Z')], /^3 things you wrote on this device, Friday, November 20, 2:02 PM to Friday, November 20, 2:30 PM, cannot be opened any more and were never sent\.$/],
])('what nothing opens any more is said on every page of hers, and here: %s', (_, acts, says) => {
  keepShut(MARA, acts)
  shown()
  for (const words of [says, /kept here, locked/, /Write again what matters to you\. Then tell the practice at \+1 510 555 0142/, /cannot be opened any more: what is kept of/]) expect(screen.getByText(words)).toBeTruthy()
  expect(screen.queryByText(/Nothing that you wrote/)).toBeNull()
})

test('an ended sign-in says what that device still holds, and what becomes of it', async () => {
  shown()
  fireEvent.click(await screen.findByRole('button', { name: /^End it/ }))
  expect(await screen.findByText(/^It is ended/)).toBeTruthy()
  expect(screen.getByText(/stays there, sealed, and is brought to the practice.*Your journal is not/)).toBeTruthy()
  expect(ended).toEqual([`/api/sign-ins/${other}/end`])
})
