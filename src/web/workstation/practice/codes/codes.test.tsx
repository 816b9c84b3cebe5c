// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { protocols } from '../../../../knowledge/protocols.ts'
import { book } from '../book/book.ts'
import RulebookContents from '../RulebookContents.tsx'
import Codes from './Codes.tsx'
import { codeLines, counts, elsewhere, type CodeNow, type CodesNow } from './standing.ts'

/** What the rulebook page says about its codes, before and after somebody compared them with the official tables. */
const code = (system: CodeNow['system'], it: string, usedBy: string, more: Partial<CodeNow> = {}): CodeNow => ({ system, code: it, prefix: false, usedBy: [usedBy], verdict: 'not-compared', ...more })
const rules = book.flatMap(({ groups }) => groups.flatMap((group) => group.rules.map(({ id }) => id)))
const interaction = rules.find((id) => id.startsWith('interaction.'))!
const none: CodesNow = { broken: null, compared: [], codes: [
  code('icd10cm', 'F20', 'B01', { prefix: true }), code('icd10cm', 'F25', 'B01', { prefix: true }), code('rxnorm', '6470', interaction.replace('interaction.', ''), { says: 'lorazepam' }), code('loinc', '44249-1', 'phq-9', { says: 'PHQ-9' }), code('loinc', '8480-6', 'reading and writing records', { says: 'systolic' }),
] }
const files = [{ file: 'icd10cm-order-2026.txt', form: 'ICD-10-CM order file', release: '2026', sha256: 'a'.repeat(64), codes: 97_000 }]
const some: CodesNow = {
  broken: null, compared: [{ system: 'icd10cm', at: '2026-11-22T05:00:00.000Z', files }, { system: 'rxnorm', at: '2026-11-22T05:00:00.000Z', files: [{ file: 'RXNCONSO.RRF', form: 'RXNCONSO.RRF', sha256: 'b'.repeat(64), codes: 1_000 }] }],
  codes: none.codes.map((one) => ({ ...one, verdict: ({ F20: 'there', F25: 'not-there', 6470: 'named-otherwise' } as Record<string, CodeNow['verdict']>)[one.code] ?? 'not-compared', ...(one.code === '6470' && { official: 'diazepam' }) })),
}
/** The whole book is drawn besides. */
const SLOWLY = { timeout: 15_000 }
const zone = 'America/Los_Angeles'

let now: CodesNow | undefined
beforeEach(() => {
  window.location.hash = '#who'
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.endsWith('/api/rulebook/codes') && !now) throw new TypeError('no network in this test')
    return new Response(JSON.stringify(url.endsWith('/api/rulebook/codes') ? now : { person: 'p', name: 'P', roles: ['owner'], practice: { id: 'p', name: 'P', zone, sample: false }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(cleanup)
const open = () => render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><Codes><RulebookContents protocols={protocols} /></Codes></QueryClientProvider>)
const row = (container: HTMLElement, id: string) => container.querySelector(`[id="rule-${id}"]`)!.textContent
const summary = () => [...screen.getByRole('region', { name: 'Codes and the official tables' }).querySelectorAll('dl > div')].map((pair) => [...pair.children].map(({ textContent }) => textContent).join(': '))
const look = (words: string) => fireEvent.change(screen.getByLabelText(/Look for/), { target: { value: words } })

test('every row that goes by a code says that nobody has verified it, until somebody has', async () => {
  now = none
  const { container } = open()
  await screen.findByText(/None of the 5 codes the rules go by was verified/, {}, SLOWLY)
  expect(row(container, 'B01')).toContain('ICD-10-CM F20 and what begins so, F25 and what begins so not verified against the official table')
  expect(row(container, 'B02')).not.toMatch(/ICD-10-CM F|against the official table/)
  expect(summary()).toEqual(['ICD-10-CM, 2 codes: 2 not verified against the official table.', 'RxNorm, 1 codes: 1 not verified against the official table.', 'LOINC, 2 codes: 2 not verified against the official table.'])
  look('PHQ-9')
  expect(row(container, 'instrument.phq-9')).toContain('LOINC 44249-1 not verified against the official table')
})

test('then by which release of which file and when, and what has to be looked at', async () => {
  now = some
  const { container } = open()
  await screen.findByText(/2 of the 5 codes the rules go by were not verified/, {}, SLOWLY)
  expect(row(container, 'B01')).toMatch(/F20 and what begins so, in the release: icd10cm-order-2026\.txt, release 2026, compared November 21, 2026/)
  expect(row(container, 'B01')).toMatch(/F25 and what begins so, icd10cm-order-2026\.txt.*not in the release/)
  expect(summary()).toEqual([
    'ICD-10-CM, 2 codes: 1 in the release, 1 to look at. By icd10cm-order-2026.txt, release 2026, compared November 21, 2026.',
    'RxNorm, 1 codes: 1 to look at. By RXNCONSO.RRF, of a release its name does not say, compared November 21, 2026.',
    'LOINC, 2 codes: 2 not verified against the official table.',
  ])
  expect(screen.getByText('To look at: 2').closest('details')!.textContent).toMatch(/F25.*not in the release.*6470.*ours: lorazepam, officially: diazepam: in the release under another name/)
})

test('a record that cannot be read counts for nothing, and says so', async () => {
  now = { ...none, broken: 'What was recorded about the codes cannot be read (it is damaged), so none of it counts.' }
  open()
  expect((await screen.findByText(/cannot be read \(it is damaged\)/, {}, SLOWLY)).closest('.k-notice')!.textContent).toContain('compares the codes again')
})

test('without an answer from the server no row seems verified', async () => {
  now = undefined
  const { container } = open()
  await screen.findByRole('button', { name: 'Try again' }, SLOWLY)
  expect(container.textContent).not.toMatch(/in the release/)
})

describe('what is counted', () => {
  test.each([['none', none, [[2, 0, 0, 2], [1, 0, 0, 1], [2, 0, 0, 2]]], ['some', some, [[2, 1, 1, 0], [1, 0, 1, 0], [2, 0, 0, 2]]]] as const)('%s compared', (_, of, expected) => expect(counts(of).map(({ all, there, otherwise, open: left }) => [all, there, otherwise, left])).toEqual(expected))
  test('a code that no row of the book goes by is listed by itself', () => expect(elsewhere(none).map(({ code: it }) => it)).toEqual(['8480-6']))
  test('a medicine’s code is not taken for a questionnaire of the same name', () => {
    const same = { ...none, codes: [code('rxnorm', '1', 'phq-9'), code('loinc', '2', 'phq-9')] }
    expect(codeLines('instrument.phq-9', { now: same, zone }).map(({ says }) => says)).toEqual(['LOINC 2'])
  })
})

test('it shuts nobody out (axe)', async () => {
  now = some
  const { container } = open()
  await screen.findByText(/2 of the 5 codes/, {}, SLOWLY)
  const { violations, passes } = await axe.run(container, { preload: false, rules: { 'color-contrast': { enabled: false }, region: { enabled: false }, 'heading-order': { enabled: false } } })
  expect(passes.length).toBeGreaterThan(10)
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
})
