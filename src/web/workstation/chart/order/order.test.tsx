// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { open, ready, stored } from '../testing/open.tsx'
import { OrderForm } from './OrderForm.tsx'

const sent: Record<string, unknown>[] = []
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    if (url.endsWith('/orders')) sent.push(JSON.parse(how.body ?? '{}') as Record<string, unknown>)
    return new Response(JSON.stringify({ entry: {} }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const tile = (group: RegExp, label: RegExp) => fireEvent.click(within(screen.getByRole('group', { name: group })).getByLabelText(label))
const says = () => screen.getByRole('status', { name: 'What the rulebook says to this order' }).textContent ?? ''
const sign = () => act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Sign the order' })) })

function fill({ doseMg, totalMg = doseMg, boosterMg, reason = '' }: { doseMg: string; totalMg?: string; boosterMg?: string; reason?: string }) {
  tile(/^How it is given/, /^IM/)
  tile(/^Weight this order/, /actual/)
  type(/^Dose \(mg\)/, doseMg)
  if (boosterMg) type(/^Booster/, boosterMg)
  type(/^At most in one session/, totalMg)
  type(/^Holds from/, '2026-11-22')
  type(/^Holds until/, '2027-01-22')
  if (reason) type(/^Reason for this order/, reason)
  type(/^One-time code/, '123456')
}
const reason = 'Two sessions at the upper end passed without any effect.'

describe('an order for 80 kg, into a muscle: at most 80 mg without a reason, never above 120 mg', () => {
  test.each([
    ['40', '', 'signed'], ['80', '', 'signed'], ['81', '', 'not signed'], ['81', 'too short', 'not signed'], ['81', reason, 'signed'], ['120', reason, 'signed'], ['121', reason, 'not signed'], ['520', reason, 'not signed'], ['0', '', 'not signed'], ['4O', '', 'not signed'], ['', '', 'not signed'],
  ])('%s mg, reason "%s": %s', async (doseMg, why, outcome) => {
    open(<OrderForm />, { entries: ready() })
    fill({ doseMg, totalMg: doseMg === '4O' || doseMg === '' ? '40' : doseMg, reason: why })
    await sign()
    expect(sent.length).toBe(outcome === 'signed' ? 1 : 0)
  })

  test('what is signed is whole micrograms and grams, and nothing that was not typed', async () => {
    open(<OrderForm />, { entries: ready() })
    fill({ doseMg: '40,5', totalMg: '60' })
    await sign()
    await waitFor(() => expect(sent[0]?.['order']).toEqual({ medication: 'racemic-ketamine', route: 'IM', doseUg: 40_500, boosterUg: 0, maxTotalUg: 60_000, weightG: 80_000, validFrom: '2026-11-22', validUntil: '2027-01-22', instructions: '', reason: '' }))
  })
})

describe('while it is being typed', () => {
  test('mg/kg, the limits and where they come from stand beside it; a refusal comes at once', () => {
    open(<OrderForm />, { entries: ready() })
    tile(/^How it is given/, /^IM/)
    tile(/^Weight this order/, /actual/)
    expect(says()).toContain('usual upper end 80 mg')
    expect(says()).toContain('never above 120 mg')
    expect(says()).toContain('not verified')
    type(/^Dose \(mg\)/, '40')
    expect(says()).toContain('40 mg is 0.5 mg/kg at 80 kg')
    type(/^Dose \(mg\)/, '200')
    expect(says()).toContain('200 mg is above 120 mg, the most this practice allows')
    type(/^Dose \(mg\)/, '100')
    expect(says()).toContain('20 characters')
  })

  test('no field holds a dose before somebody types one', () => {
    open(<OrderForm />, { entries: ready() })
    for (const label of [/^Dose \(mg\)/, /^Booster/, /^At most in one session/, /^Strength/]) expect((screen.getByLabelText(label) as HTMLInputElement).value).toBe('')
    for (const radio of screen.getAllByRole('radio')) expect((radio as HTMLInputElement).checked).toBe(false)
  })
})

describe('the weight it is computed with', () => {
  test.each([[1_800, 80_000, 'actual', ['ideal', 'adjusted']], [1_650, 110_000, 'ideal', ['actual']]] as const)('%d mm and %d g: %s can be chosen', (heightMm, weightG, can, cannot) => {
    open(<OrderForm />, { entries: [...ready(), stored('weight.v1', { weightG }, { at: '2026-11-21T10:00:00.000Z' }), stored('height.v1', { heightMm }, { at: '2026-11-21T10:00:00.000Z' })] })
    const group = within(screen.getByRole('group', { name: /^Weight this order/ }))
    expect(group.getByLabelText(new RegExp(`, ${can}`)).hasAttribute('disabled')).toBe(false)
    for (const other of cannot) expect(group.getByLabelText(new RegExp(`, ${other}`)).hasAttribute('disabled')).toBe(true)
  })

  test('without height or sex nothing is guessed: the weight is typed and the question stays open', async () => {
    open(<OrderForm />, { entries: ready({ without: ['sexAtBirth'] }) })
    tile(/^How it is given/, /^IM/)
    type(/^Weight this order is computed with/, '80')
    type(/^Dose \(mg\)/, '40')
    expect(says()).toContain('nobody has judged which weight')
  })

  test('esketamine and racemic ketamine are not mixed up: the medicine follows from the way it is given', async () => {
    open(<OrderForm />, { entries: ready() })
    tile(/^How it is given/, /^SL/)
    tile(/^Weight this order/, /actual/)
    type(/^Dose \(mg\)/, '100')
    type(/^At most in one session/, '100')
    type(/^Booster/, '150')
    expect(says()).toContain('The booster is larger than the dose.')
  })
})
