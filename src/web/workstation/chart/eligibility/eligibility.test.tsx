// @vitest-environment happy-dom
import axe from 'axe-core'
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { factNames } from '../../../../core/eligibility/facts.ts'
import { decisionWords, eligibility, factVocabulary } from '../../../../knowledge/eligibility.ts'
import { HELEN, open, ready, stored } from '../testing/open.tsx'
import { EligibilityRoom } from './EligibilityRoom.tsx'
import { factGroups } from './fact-groups.ts'
import { later } from './say-change.ts'

afterEach(cleanup)

const seizures = (value: boolean, more: Parameters<typeof stored>[2] = {}) => stored('fact.v1', { fact: 'seizureUncontrolled', state: 'answered', value }, more)
const fact = (label: string) => screen.getByRole('listitem', { name: label })
const rule = (id: string) => screen.getByRole('listitem', { name: `Rule ${id}`, hidden: true })
const headings = () => within(screen.getByRole('region', { name: 'What the rules say' })).getAllByRole('heading', { level: 4 }).map((one) => one.textContent?.replace(/ \(\d+\)$/, ''))
/** Nothing is laid out here, so `hidden` follows what is folded. */
const show = (summary: string, within_: HTMLElement) => {
  const details = within(within_).getByText(summary).closest('details')!
  details.open = true
  fireEvent(details, new Event('toggle'))
}

describe('the facts', () => {
  test('each of the vocabulary stands in one group, and on the page once', () => {
    const grouped = factGroups.flatMap(([, facts]) => facts)
    expect(grouped.toSorted()).toEqual([...factNames].toSorted())
    expect(new Set(Object.values(factVocabulary).map(({ label }) => label)).size).toBe(factNames.length)
    open(<EligibilityRoom />, { entries: ready() })
    expect(document.querySelectorAll('.c-known__fact')).toHaveLength(factNames.length)
  })

  test('a changed answer says from what to what, how much later and by whom, and leads to the entry', () => {
    const entries = [...ready({ without: ['seizureUncontrolled'] }), seizures(true, { at: '2026-11-20T18:00:00.000Z' }), seizures(false, { at: '2026-11-20T18:04:00.000Z', by: HELEN, id: '0190aaaa-0000-7000-8000-00000000fade' })]
    open(<EligibilityRoom />, { entries })
    const shown = fact('Seizures not controlled')
    expect(shown.textContent).toContain('changed from yes to no, 4 minutes later, by Helen Brandt')
    expect(within(shown).getByRole('link').getAttribute('href')).toContain('entry=0190aaaa-0000-7000-8000-00000000fade')
  })

  test('a correction is called one, and an answer that arrived late is said not to count', () => {
    const wrong = seizures(true, { at: '2026-11-20T18:00:00.000Z' })
    open(<EligibilityRoom />, { entries: [...ready({ without: ['seizureUncontrolled'] }), wrong, seizures(false, { at: '2026-11-20T18:09:00.000Z', amends: wrong.id }), seizures(true, { at: '2026-11-20T17:50:00.000Z' })] })
    expect(fact('Seizures not controlled').textContent).toContain('corrected from yes to no, 9 minutes later')
    expect(fact('Seizures not controlled').textContent).toMatch(/also answered yes, .* it arrived late and is not counted/)
  })

  test('what nobody asked is never blank, and what rules wait for stands first in its group', () => {
    open(<EligibilityRoom />, { entries: ready({ without: ['homeOxygen', 'mania'] }) })
    for (const label of ['Oxygen at home', 'Mania']) expect(fact(label).textContent).toContain('nobody has asked')
    expect(within(screen.getByRole('region', { name: 'Mind' })).getAllByRole('listitem')[0]?.getAttribute('aria-label')).toBe('Mania')
    expect(within(fact('Mania')).getByRole('link', { name: 'Fill in: mania' }).getAttribute('href')).toContain('step=facts&entry=mania')
  })

  test.each([[0.4, 'less than a minute later'], [1, '1 minute later'], [4, '4 minutes later'], [89, '89 minutes later'], [90, '2 hours later'], [2_159, '36 hours later'], [2_880, '2 days later']])('%d minutes are said as "%s"', (minutes, said) => expect(later(minutes)).toBe(minutes === 2_159 ? '1 day later' : said))
})

describe('the rules', () => {
  test('are grouped by what they ask for, missing first; what is not met and not evaluable is folded at the end', () => {
    open(<EligibilityRoom />, { entries: [
      ...ready({ without: ['mania'] }), seizures(true), stored('allergy.v1', { substance: 'ketamine', codes: [], status: 'active' }),
      stored('vitals.v1', { systolicMmHg: 172, diastolicMmHg: 84, position: 'seated' }, { at: '2026-11-21T17:00:00.000Z' }), stored('medication.v1', { name: 'clonidine', codes: [], dosage: '', status: 'active' }),
    ] })
    expect(headings()).toEqual(['Missing', 'Blocks', 'Holds', 'Signed reasons', 'Cautions', 'Could not be judged', 'Not met'])
    for (const title of ['Could not be judged', 'Not met']) expect(screen.getByRole('region', { name: title }).querySelector('details')?.open).toBe(false)
    for (const [title, id] of [['Missing', 'M09'], ['Blocks', 'B01'], ['Holds', 'H01'], ['Signed reasons', 'O05']] as const) expect(within(screen.getByRole('region', { name: title })).getByRole('listitem', { name: `Rule ${id}` })).toBeTruthy()
  })

  test('every rule stands there once, with its sources; a figure from memory is never shown without "not verified"', () => {
    open(<EligibilityRoom />, { entries: ready() })
    const shown = screen.getAllByRole('listitem', { hidden: true }).flatMap((item) => /^Rule (\S+)$/.exec(item.getAttribute('aria-label') ?? '')?.[1] ?? [])
    expect(shown.toSorted()).toEqual(eligibility.map(({ id }) => id).filter((id) => id !== 'M01').toSorted())
    const remembered = eligibility.filter(({ tag, id }) => tag === 'M' && id !== 'M01')
    expect(remembered.length).toBeGreaterThan(3)
    for (const { id, cites } of remembered) {
      expect(rule(id).textContent, id).toContain('not verified')
      expect(rule(id).querySelectorAll('.c-basis li'), id).toHaveLength(cites.length)
    }
  })

  test('each says what lifts it, and what became of it here: when it was first met and by whom', () => {
    open(<EligibilityRoom />, { entries: [...ready({ without: ['seizureUncontrolled'] }), seizures(false, { at: '2026-11-20T18:00:00.000Z' }), seizures(true, { at: '2026-11-20T19:00:00.000Z', by: HELEN })] })
    expect(rule('O05').textContent).toContain('Lifted by: A prescriber’s signed reason and neurology.')
    show('What became of O05 on this chart', rule('O05'))
    const lines = within(within(rule('O05')).getByRole('list', { name: 'What became of O05' })).getAllByRole('listitem').map((one) => one.textContent)
    expect(lines[0]).toMatch(/^Judged and not met Nov 20.*by Jonas Lindqvist/)
    expect(lines[1]).toMatch(/^Met Nov 20, 2026, 11:00.AM, by Helen Brandt: seizures not controlled: yes/)
  })
})

describe('the one next action', () => {
  test.each([[['homeOxygen'], 'Ask the missing fact', '1 fact is missing.'], [['homeOxygen', 'hasCapacity', 'seizureUncontrolled', 'ketamineMisuse'], 'Ask the 4 missing facts', '4 facts are missing.']] as const)('%j: %s', (without, action, says) => {
    open(<EligibilityRoom />, { entries: ready({ without }) })
    const region = screen.getByRole('region', { name: 'What is missing' })
    expect(within(region).getByRole('link', { name: action }).getAttribute('href')).toContain('step=facts')
    expect(region.textContent).toContain(says)
    expect(document.querySelectorAll('.k-button--primary')).toHaveLength(1)
  })

  test('a fact that answers to the same question is counted once', () => {
    open(<EligibilityRoom />, { entries: ready().filter(({ kind }) => kind !== 'vitals.v1') })
    expect(screen.getByRole('region', { name: 'What is missing' }).textContent).toContain('1 fact is missing.')
  })

  test('it stands before facts and rules, so that it comes first on a phone', () => {
    open(<EligibilityRoom />, { entries: ready({ without: ['mania'] }) })
    const order = screen.getAllByRole('region').map((one) => one.getAttribute('aria-label'))
    expect(order.indexOf('What is missing')).toBeLessThan(order.indexOf('What is known'))
    expect(order.indexOf('What is known')).toBeLessThan(order.indexOf('What the rules say'))
  })
})

describe('the words', () => {
  test('where no rule fires it says so, and who decides; nothing is called fit and nothing is green', () => {
    const { container } = open(<EligibilityRoom />, { entries: [...ready().filter(({ kind }) => kind !== 'medication.v1'), stored('list-reviewed.v1', { list: 'medications', none: true }), stored('clearance.v1', {
      decision: 'cleared', conditions: [], reason: 'Seen.', overrides: [], lastSeq: 1_000_000, screening: { edition: 'x', decision: 'INCOMPLETE', met: [], unknown: [] },
      signature: { person: HELEN, name: 'Helen Brandt', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-21T17:00:00.000Z' },
    }, { at: '2026-11-21T17:00:00.000Z' })] })
    expect(container.textContent).toContain(decisionWords.ELIGIBLE.says)
    expect(decisionWords.ELIGIBLE.says).toBe('No rule fired on the data entered; the prescriber decides.')
    expect(container.textContent).not.toMatch(/\beligible\b|all clear|no concerns|looks good|may be treated/i)
    expect(container.innerHTML).not.toMatch(/green|success/i)
  })

  test.each([['nothing is entered', []], ['something of everything', [...ready({ without: ['mania'] }), seizures(true), seizures(false)]]] as const)('%s: nobody is shut out (axe)', async (_, entries) => {
    const { container } = open(<EligibilityRoom />, { entries })
    const { violations, passes } = await axe.run(container, { preload: false, rules: { 'color-contrast': { enabled: false }, region: { enabled: false }, 'heading-order': { enabled: false } } })
    expect(passes.length).toBeGreaterThan(3)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([])
  })
})
