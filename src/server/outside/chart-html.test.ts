import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Window } from 'happy-dom'
import type { Entry } from '../../core/chart/entry.ts'
import { entryKinds } from '../../core/chart/kinds.ts'
import { exportSetting } from '../../core/fhir/testing/export-setting.ts'
import { richChart } from '../../core/fhir/testing/rich-chart.ts'
import { idOf } from '../../core/fhir/testing/rich-people.ts'
import { chartHtml, type ChartPageSetting } from './chart-html.ts'
import { kindWords } from './chart-words.ts'

const setting: ChartPageSetting = { ...exportSetting, zone: 'America/Denver' }
const rich = richChart((text) => createHash('sha256').update(text).digest('hex'))
const html = chartHtml([...rich.chart, ...rich.hidden], setting)

function parse(text: string) {
  const window = new Window({ settings: { disableJavaScriptEvaluation: true, disableCSSFileLoading: true } })
  window.document.write(text)
  return window.document
}
/** Every text a person wrote, wherever it stands in an entry. */
const textsOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
const squeeze = (text: string) => text.replace(/\s+/g, ' ')

describe('the whole chart', () => {
  let page: ReturnType<typeof parse>
  beforeAll(() => { page = parse(html) })

  test('every entry is in it once, with its number, and corrected ones point at each other', () => {
    expect([...page.querySelectorAll('article')].map((one) => one.id).toSorted()).toEqual(rich.chart.map((entry) => `e-${entry.id}`).toSorted())
    expect(page.querySelector(`#e-${idOf(17)}`)?.className).toBe('corrected')
    expect(page.querySelector(`#e-${idOf(17)} .notice a`)?.getAttribute('href')).toBe(`#e-${idOf(29)}`)
    expect(page.querySelector(`#e-${idOf(29)} .notice a`)?.getAttribute('href')).toBe(`#e-${idOf(17)}`)
  })

  test('every kind of entry has words and a place', () => {
    expect(Object.keys(kindWords).toSorted()).toEqual([...entryKinds].toSorted())
  })

  test('every link leads somewhere on the page', () => {
    const links = [...page.querySelectorAll('a')].map((one) => one.getAttribute('href') ?? '')
    expect(links.length).toBeGreaterThan(20)
    expect(links.filter((href) => !href.startsWith('#') || !page.getElementById(href.slice(1)))).toEqual([])
  })

  test('whatever somebody wrote can be read: nothing is cut off', () => {
    const read = squeeze(page.body.textContent ?? '')
    const isMachine = (text: string) => /^[0-9a-f-]{36}$|^\d{4}-\d\d-\d\d(T|$)|^[0-9a-f]{64}$/.test(text)
    const texts = rich.chart.filter((entry) => entry.kind !== 'fact.v1' && entry.kind !== 'measure-answered.v1').flatMap((entry) => textsOf(entry.body)).filter((text) => text.trim() !== '' && !isMachine(text))
    expect(texts.length).toBeGreaterThan(150)
    expect(texts.filter((text) => !read.includes(squeeze(text)))).toEqual([])
  })

  test('amounts are shown in the units people use, times on the practice’s clock', () => {
    const said = (place: number) => squeeze(page.getElementById(`e-${idOf(place)}`)?.textContent ?? '')
    expect(said(67)).toMatch(/dose ?35 mg/)
    expect(said(64)).toContain('122 mmHg')
    expect(said(64)).toContain('36.8 °C')
    expect(said(29)).toContain('71.5 kg')
    expect(said(18)).toContain('168 cm')
    expect(said(105)).toContain('$540.00')
    expect(said(60)).toContain('Sep 20, 2026, 9:00')
    expect(said(67)).toContain('June Park')
    expect(said(67)).toContain('Rosa Adeyemi')
    expect(said(25)).toMatch(/Total ?14/)
    expect(said(26)).toContain('no total')
  })

  test('the first page carries allergies, medicines and conditions, and says which list nobody went through', () => {
    const box = squeeze(page.querySelector('.carried')?.textContent ?? '')
    expect(box).toContain('Penicillin: rash')
    expect(box).toContain('Sertraline 50 mg, one in the morning')
    expect(box).not.toContain('Zolpidem')
    expect(box).toContain('Major depressive disorder')
    expect(box).toContain('Nobody has gone through this list')
  })

  test('a list without entries never reads as fine', () => {
    const box = squeeze(parse(chartHtml([], setting)).querySelector('.carried')?.textContent ?? '')
    expect(box.match(/Nobody has gone through this list/g)).toHaveLength(3)
    expect(box).not.toMatch(/none|clear|no known/i)
  })

  test('pictures and sound lie inside the page; one that has not arrived is said, and a photo that was taken back is not shown', () => {
    const said = (one: ReturnType<typeof parse>, place: number) => one.getElementById(`e-${idOf(place)}`)
    expect([squeeze(said(page, 152)?.textContent ?? ''), squeeze(said(page, 154)?.textContent ?? '')]).toEqual([expect.stringContaining('The picture has not arrived.'), expect.stringContaining('The sound has not arrived.')])
    const whole = parse(chartHtml(rich.chart, { ...setting, files: new Map([['ab'.repeat(32), 'UElDVFVSRQ=='], ['cd'.repeat(32), 'U09VTkQ=']]) }))
    expect([said(whole, 152)?.querySelector('img')?.getAttribute('src'), said(whole, 154)?.querySelector('audio')?.getAttribute('src'), whole.querySelector('header img')?.getAttribute('src')]).toEqual(['data:image/jpeg;base64,UElDVFVSRQ==', 'data:audio/webm;base64,U09VTkQ=', 'data:image/jpeg;base64,UElDVFVSRQ=='])
    expect([said(whole, 150)?.querySelector('img'), squeeze(said(whole, 150)?.textContent ?? '')]).toEqual([null, expect.stringContaining('taken back and is not shown')])
    const none = parse(chartHtml(rich.chart.filter(({ kind }) => kind !== 'photo-taken.v1'), setting))
    expect(squeeze(none.querySelector('header')?.textContent ?? '')).toContain('There is no photo on record.')
  })

  test('the private journal and psychotherapy notes are absent', () => {
    expect(rich.hidden).toHaveLength(6)
    expect(html).not.toContain('PRIVATE')
    expect(html).not.toContain(idOf(108))
    expect(html).not.toContain(idOf(109))
  })

  test('it needs nothing else: no script, no style sheet, no picture, nothing fetched', () => {
    expect(page.querySelectorAll('script, link, img, iframe, object, embed, form, base, svg')).toHaveLength(0)
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/url\(|@import|\ssrc=|href="[^#]/)
  })
})

describe('whatever people write stays text', () => {
  const nasty = ['<script>alert(1)</script>', '</style><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", '&lt;b&gt;', '\\22 }*{display:none}', '-->', ']]>', '\u202Ereversed', 'javascript:alert(1)', 'a\u0000b', '${1}', '{{x}}']
  const everywhere = (text: string): Entry[] => rich.chart.map((entry) => ({ ...entry, body: replaced(entry.body, text) }) as Entry)
  const bones = (text: string) => [...parse(text).querySelectorAll('*')].map((one) => one.tagName).join()

  const plainBones = bones(chartHtml(everywhere('plain'), setting))

  test.each(nasty)('%j in every text of every entry', (text) => {
    const other = chartHtml(everywhere(text), { ...setting, practice: { ...setting.practice, name: text }, people: setting.people.map((person) => ({ ...person, name: text })) })
    expect(other).not.toMatch(/<script|<img/)
    expect(bones(other)).toBe(plainBones)
    if (!text.includes('\u0000')) expect(parse(other).querySelector('h1')?.textContent).toBe(`${text} ${text}`)
  })

  test('any text at all leaves the page built as it was', () => {
    const few = (text: string) => chartHtml(everywhere(text).filter((_, place) => place % 9 === 2), setting)
    const plain = bones(few('plain'))
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '!', '-', 'a', ';', '\\', '}'), minLength: 1 })).filter((text) => text.trim() !== ''), (text) => {
      expect(bones(few(text))).toBe(plain)
    }), { numRuns: 25 })
  })
})

/** Puts one text in the place of every text a person can choose; ids, times and the names of choices stay. */
function replaced(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return /^[0-9a-f-]{36}$|^\d{4}-\d\d-\d\d|^[0-9a-f]{64}$/.test(value) || value === '' || ['list', 'status', 'fact', 'state', 'instrument', 'type', 'answeredBy'].includes(key) ? value : text
  if (Array.isArray(value)) return value.map((one) => replaced(one, text, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, replaced(one, text, inner)]))
}
