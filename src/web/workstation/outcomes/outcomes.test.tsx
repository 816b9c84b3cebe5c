// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { comparedKept } from '../../../core/outcomes/practice/compared.ts'
import { practiceFigures, type PracticeFigures } from '../../../core/outcomes/practice/figures.ts'
import { tally } from '../../../core/outcomes/practice/tallies.ts'
import { figureRows, registry } from '../../../core/outcomes/practice/testing/rows.ts'
import { benchmarks, flagWords } from '../../../knowledge/benchmarks.ts'
import { Events } from './Events.tsx'
import { Filter } from './Filter.tsx'
import { FunderWords } from './FunderWords.tsx'
import { Funnel } from './Funnel.tsx'
import { KeptCurve } from './KeptCurve.tsx'
import { Measure } from './Measure.tsx'
import { Registry } from './Registry.tsx'

const { courses, asked } = registry(150)
const tallies = tally(courses, asked, '2029-01-01')
const figures: PracticeFigures = practiceFigures(tallies, { by: 'all', value: '', year: '' }, figureRows)
const [phq9] = figures.measures as [PracticeFigures['measures'][number]]
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const drawn = (what: React.ReactNode) => render(<QueryClientProvider client={new QueryClient()}>{what}</QueryClientProvider>)

describe('one questionnaire', () => {
  test('says both shares with their people and interval, what a response is, and who is missing', () => {
    drawn(<Measure measure={phq9} asked={{}} />)
    const row = screen.getByRole('row', { name: /^Response at least 50 percent lower/ })
    const { completers, everybody } = phq9.verdicts[0]!
    expect(within(row).getByText(`${completers!.events} of ${completers!.n}`, { exact: false })).toBeTruthy()
    expect(within(row).getByText(`${everybody!.events} of ${everybody!.n}`, { exact: false })).toBeTruthy()
    expect(row.textContent).toMatch(/95 % interval \d+ % to \d+ %/)
    expect(screen.getByText(`${phq9.noBaseline! + phq9.noEnd!} without a score to compare`)).toBeTruthy()
  })
  test('a share of too few says so and shows no number', () => {
    drawn(<Measure measure={{ ...phq9, verdicts: [{ ...phq9.verdicts[0]!, completers: null, everybody: null }] }} asked={{}} />)
    const row = screen.getByRole('row', { name: /^Response/ })
    expect(within(row).getAllByText('Fewer than ten')).toHaveLength(2)
    expect(row.textContent).not.toMatch(/\d+ of \d+/)
  })
  test('opens down to its rule with its source, and to the rows of people one treats', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ others: 140, rows: [] }))
    drawn(<Measure measure={phq9} asked={{ by: 'route', value: 'IM' }} />)
    fireEvent.click(screen.getByText('The rule, and the rows behind it'))
    expect(screen.getByText(/whoever has no score counts as not improved/)).toBeTruthy()
    expect(screen.getByText(/^change\.phq-9/)).toBeTruthy()
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Show the rows' })) })
    await waitFor(() => expect(screen.getByText(/140 courses are of people on whose charts you do not read this/)).toBeTruthy())
  })
})

describe('the curve', () => {
  const choices = { years: [], by: { protocol: [], indication: [], route: ['IM', 'IV', 'SL'], dose: [] }, hidden: { protocol: 0, indication: 0, route: 0, dose: 0 } }
  const alone = { compared: null, choices, asked: {}, onAsk: () => {} }
  test('is a table as well, says what is missing, and names each published figure with its people and flags', () => {
    drawn(<KeptCurve kept={figures.kept} {...alone} />)
    expect(screen.getAllByRole('table').length).toBe(5)
    expect(screen.getByRole('table', { name: 'Still watched: Here' })).toBeTruthy()
    expect(screen.getByText(/courses are not in this curve/)).toBeTruthy()
    for (const id of ['BM04', 'BM05', 'BM06']) {
      const { people, flags } = benchmarks.find((one) => one.id === id)!
      const item = screen.getByText(id, { selector: 'strong' }).closest('li')!
      expect(item.textContent).toContain(`${people} people`)
      for (const flag of flags) expect(within(item).getByText(flagWords[flag])).toBeTruthy()
    }
  })
  test('its lines differ in pattern and in the shape of their points', () => {
    const { container } = drawn(<KeptCurve kept={figures.kept} {...alone} />)
    const wide = container.querySelector('.k-curve__drawing--wide')!
    expect(['square', 'diamond', 'triangle'].map((mark) => wide.querySelectorAll(`.k-curve__line--${mark}`).length)).toEqual([1, 1, 1])
    expect(new Set([...wide.querySelectorAll('.k-curve__shape')].map((mark) => mark.getAttribute('d'))).size).toBe(3)
    expect(wide.textContent).toContain('Still watched: Here')
  })
  test('of two groups says both, told apart without colour, and whether they differ by more than chance', async () => {
    const group = { by: 'route', value: 'IM', year: '' } as const
    const [{ kept }, compared] = [practiceFigures(tallies, group, figureRows), comparedKept(tallies, group, 'IV', figureRows)!] as const
    const asks: unknown[] = []
    const { container } = drawn(<KeptCurve kept={kept} compared={compared} choices={choices} asked={{ by: 'route', value: 'IM', beside: 'IV' }} onAsk={(one) => asks.push(one)} />)
    const wide = container.querySelector('.k-curve__drawing--wide')!
    expect(wide.querySelectorAll('.k-curve__line--broken').length).toBe(1)
    expect([...wide.querySelectorAll('.k-curve__end')].map((name) => name.textContent)).toEqual(expect.arrayContaining(['Injection', 'Infusion', 'BM04', 'BM05', 'BM06']))
    const { throughDay, people, relapses, p } = compared.test!
    expect(screen.getByRole('row', { name: new RegExp(`^Injection ${people[0]} ${relapses[0]} \\d+ %$`) })).toBeTruthy()
    expect(screen.getByText(new RegExp(`p ${p < 0.001 ? 'below' : `= ${p.toFixed(3)}`}`)).parentElement!.textContent).toContain(`up to day ${throughDay}`)
    expect(screen.getByText(/Nobody was put into a group by lot. The two differ in more than the route/)).toBeTruthy()
    const heard = document.getElementById(screen.getByRole('figure').getAttribute('aria-describedby')!)!.textContent
    expect(heard).toMatch(/^Injection: of \d+ people, \d+ relapses are shown\. Not relapsed: by day 14, \d+ %.*Infusion: of/)
    fireEvent.change(screen.getByLabelText('Compared with'), { target: { value: 'nobody' } })
    expect(asks).toEqual([{ by: 'route', value: 'IM' }])
    expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations.map(({ id }) => id)).toEqual([])
  })
  test('of two groups, one too small, says that and no number', () => {
    drawn(<KeptCurve kept={figures.kept} {...alone} asked={{ by: 'route', value: 'IM', beside: 'SL' }} />)
    expect(screen.getByText(/the two are not compared/).textContent).not.toMatch(/\d/)
  })
  test('opens down to the courses in it', async () => {
    vi.stubGlobal('fetch', async (url: string) => Response.json({ others: String(url).includes('figure=kept') ? 41 : 0, rows: [] }))
    drawn(<KeptCurve kept={figures.kept} {...alone} />)
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Show the rows' })) })
    await waitFor(() => expect(screen.getByText(/41 courses are of people/)).toBeTruthy())
  })
  test('of too few is a sentence', () => {
    drawn(<KeptCurve kept={null} {...alone} />)
    expect(screen.getByText(/^Fewer than ten people responded/)).toBeTruthy()
  })
})

test('one thing is asked at a time, with a year', () => {
  const asks: unknown[] = []
  const choices = { years: ['2024', '2025'], by: { protocol: ['solo-six'], indication: [], route: ['IM'], dose: [] }, hidden: { protocol: 1, indication: 0, route: 0, dose: 0 } }
  render(<Filter choices={choices} asked={{ year: '2025' }} onAsk={(one) => asks.push(one)} />)
  fireEvent.change(screen.getByLabelText('Which courses'), { target: { value: 'route · IM' } })
  fireEvent.change(screen.getByLabelText('Begun in'), { target: { value: 'all' } })
  expect(asks).toEqual([{ by: 'route', value: 'IM', year: '2025' }, {}])
  expect(screen.getByText(/^One group is not offered/)).toBeTruthy()
})

test('side effects by grade, the funnel with its clocks, and words that can be copied', async () => {
  const copied: string[] = []
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async (text: string) => void copied.push(text) } })
  drawn(<><Events events={figures.events} asked={{}} /><Funnel funnel={figures.funnel} year="" /><FunderWords figures={figures} practice="The practice" /></>)
  expect(screen.getByRole('row', { name: /^Nausea/ })).toBeTruthy()
  expect(screen.getByRole('row', { name: /^First dose 150 100 % \d+ days half between/ })).toBeTruthy()
  await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Copy the words' })) })
  expect(copied[0]).toMatch(/^The practice: 150 courses can be counted/)
  expect(copied[0]).toMatch(/95 % interval/)
})

describe('the registry', () => {
  const told = { patients: 60, agreed: 25, withdrawn: 2, olderWords: 1, notAsked: 32, unreadable: 0, fewest: 10, groups: 2, people: 48 }
  const shown = async (over: Partial<typeof told>) => { vi.stubGlobal('fetch', async () => Response.json({ ...told, ...over })); drawn(<Registry />); await screen.findByText('Counts, for other practices') }
  test('says how many agreed and how many did not, gives the counts, and the command for the rows', async () => {
    await shown({})
    expect(screen.getByText('25 of 60 patients')).toBeTruthy()
    expect(screen.getByText('1, not in an export until signed anew')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Download the counts' }).getAttribute('href')).toBe('/api/registry/aggregate')
    expect(screen.getByText('npm run kap -- registry export --out FOLDER')).toBeTruthy()
  })
  test('with too few people there is neither a file nor a command, and it says why', async () => {
    await shown({ agreed: 9, groups: 0, people: 0 })
    expect(screen.queryByRole('link')).toBeNull()
    expect(screen.getByText(/It takes 10 people who agreed/)).toBeTruthy()
    expect(screen.queryByText(/npm run kap/)).toBeNull()
  })
})
