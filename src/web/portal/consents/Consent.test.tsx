// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { canonical } from '../../../core/shared/canonical.ts'
import { consentForms } from '../../../knowledge/consents.ts'
import { AtHerPhone, entry, MARA, NOW } from '../testing/patient.tsx'
import { Consent } from './Consent.tsx'
import { consentState, textDigest } from './consent-state.ts'
import { readChart } from '../../../core/chart/chart.ts'

const [form] = consentForms
const treatment = form!
const sent = vi.fn<(address: string, body: unknown) => void>()
let answers: { status: number; body: unknown }
beforeEach(() => {
  sessionStorage.clear()
  sent.mockClear()
  answers = { status: 200, body: { entry: {} } }
  globalThis.scrollTo = () => {}
  vi.stubGlobal('fetch', async (address: string, { body }: { body: string }) => { sent(address, JSON.parse(body)); return new Response(JSON.stringify(answers.body), { status: answers.status, headers: { 'content-type': 'application/json' } }) })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const open = (setting: Partial<Parameters<typeof AtHerPhone>[0]> = {}) => render(<AtHerPhone {...setting}><Consent id="treatment" /></AtHerPhone>)
const sign = () => fireEvent.click(screen.getByRole('button', { name: 'Sign' }))
const tickAll = () => { for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box) }
const signed = (version = treatment.version, at = '2026-11-01T17:00:00.000Z') => entry('consent.v1', {
  form: 'treatment', version, language: 'en', textSha256: 'a'.repeat(64), acknowledged: treatment.risks.map(({ id }) => id), choices: { recording: 'never' },
  signature: { person: MARA, name: 'Mara Keller', meaning: 'consent', method: 'typed-name', signedAt: at },
}, at)

describe('signing', () => {
  test('the words stand there in full, and nothing is ticked, chosen or typed beforehand', () => {
    const { container } = open()
    for (const { heading, text } of treatment.sections) expect(container.textContent).toContain(heading + text)
    expect(screen.getAllByRole('checkbox')).toHaveLength(treatment.risks.length)
    expect([...screen.getAllByRole('checkbox'), ...screen.getAllByRole('radio')].filter((one) => (one as HTMLInputElement).checked)).toEqual([])
    expect((screen.getByLabelText('Your full name, typed as your signature') as HTMLInputElement).value).toBe('')
  })

  test('with one risk unticked nothing is sent, and it says which', () => {
    open()
    tickAll()
    fireEvent.click(screen.getAllByRole('checkbox')[3]!)
    fireEvent.click(screen.getByLabelText('never'))
    fireEvent.change(screen.getByLabelText('Your full name, typed as your signature'), { target: { value: 'Mara Keller' } })
    sign()
    expect(sent).not.toHaveBeenCalled()
    expect(screen.getByRole('alert').textContent).toContain('one thing is open')
    expect(screen.getAllByText('Not ticked yet.')).toHaveLength(1)
  })

  test('goes out with the digest of the very words on the screen, as the server computes it', async () => {
    open()
    tickAll()
    fireEvent.click(screen.getByLabelText('ask me each time'))
    fireEvent.change(screen.getByLabelText('Your full name, typed as your signature'), { target: { value: ' Mara Keller ' } })
    sign()
    await waitFor(() => expect(sent).toHaveBeenCalledTimes(1))
    const [address, body] = sent.mock.calls[0]!
    expect(address).toMatch(/\/consents$/)
    expect(body).toMatchObject({ form: 'treatment', version: treatment.version, typedName: 'Mara Keller', choices: { recording: 'ask me each time' }, acknowledged: treatment.risks.map(({ id }) => id), textSha256: createHash('sha256').update(canonical(treatment)).digest('hex') })
  })

  test('another word in the form is another digest', async () => {
    expect(await textDigest({ ...treatment, intro: `${treatment.intro} ` })).not.toBe(await textDigest(treatment))
  })

  test('a refusal is said in its words, and what was ticked stays', async () => {
    answers = { status: 409, body: { code: 'consent.not-now', say: 'Nothing can be signed between a dose and discharge. It can wait until afterwards.' } }
    open()
    tickAll()
    fireEvent.click(screen.getByLabelText('never'))
    fireEvent.change(screen.getByLabelText('Your full name, typed as your signature'), { target: { value: 'Mara Keller' } })
    sign()
    expect((await screen.findByRole('alert')).textContent).toContain('between a dose and discharge')
    expect(screen.getAllByRole('checkbox').every((box) => (box as HTMLInputElement).checked)).toBe(true)
  })

  test('without a connection it cannot be signed, and says why', () => {
    open({ connection: 'away' })
    expect((screen.getByRole('button', { name: 'Sign' }) as HTMLButtonElement).disabled).toBe(true)
    expect(screen.getByText(/Signing needs the connection/)).toBeDefined()
  })
})

describe('taking it back', () => {
  test.each(['live', 'away'] as const)('needs no reason, and no connection: %s', async (connection) => {
    const wrote = vi.fn<(kind: string, body: unknown) => void>()
    open({ entries: [signed()], wrote, connection })
    fireEvent.click(screen.getByRole('button', { name: 'Take this consent back' }))
    expect(wrote).not.toHaveBeenCalled()
    fireEvent.click(screen.getByRole('button', { name: 'Yes, take it back' }))
    await waitFor(() => expect(wrote).toHaveBeenCalledWith('consent-withdrawn.v1', { form: 'treatment', said: '' }))
    expect(await screen.findByRole('button', { name: 'Sign' })).toBeDefined()
  })

  const withdrawn = (at: string) => entry('consent-withdrawn.v1', { form: 'treatment', said: '' }, at)
  test.each([
    ['never signed', [], 'open'], ['signed in today’s words', [signed()], 'signed'], ['signed in older words', [signed('2025-01')], 'older'],
    ['signed, then taken back', [signed(), withdrawn(NOW)], 'taken-back'], ['taken back, then signed again', [withdrawn('2026-10-01T00:00:00.000Z'), signed()], 'signed'], ['taken back in the same moment', [signed(treatment.version, NOW), withdrawn(NOW)], 'taken-back'],
  ] as const)('%s', (_, entries, is) => {
    expect(consentState(readChart(entries), treatment).is).toBe(is)
  })
})
