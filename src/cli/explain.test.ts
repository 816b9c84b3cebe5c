import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { GENESIS } from '../core/chart/digest.ts'
import type { StoredEntry } from '../core/chart/entry.ts'
import { sealOf } from '../core/chart/verify.ts'
import { clearance, interview, plainChart, told } from '../core/eligibility/fixtures.ts'
import { entryLines } from '../core/fhir/export/lines.ts'
import { richChart } from '../core/fhir/testing/rich-chart.ts'
import { chartId, people, practice } from '../core/fhir/testing/rich-people.ts'
import { eligibility } from '../knowledge/eligibility.ts'
import { rulebook } from '../knowledge/rulebook.ts'
import { sources } from '../knowledge/sources.ts'
import { edition, sha256 as digest } from '../server/rulebook.ts'
import { sha256 } from './library.ts'
import { kap } from './testing/ask.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kap-explain-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = '2026-11-22T17:00:00.000Z'

/** A told chart as it would leave the house: with authors, numbers and seals. */
function exported(chart: ReturnType<typeof told>): string {
  const stored: StoredEntry[] = []
  for (const draft of chart.entries) {
    const entry = { ...draft, by: people[0]?.id ?? '', device: draft.device, seq: stored.length + 1, receivedAt: draft.writtenAt }
    stored.push({ ...entry, digest: sealOf({ ...entry, practice, chart: chartId }, stored.at(-1)?.digest ?? GENESIS, sha256) } as StoredEntry)
  }
  return entryLines(stored, { practice, chart: chartId })
}
const explain = (text: string, ...args: string[]) => {
  writeFileSync(path.join(folder, 'entries.ndjson'), text)
  return kap(['explain', folder, '--at', at, ...args])
}
const ruleIn = (out: string, id: string) => out.split('\n\n').find((block) => block.startsWith(`${id} `)) ?? ''

const plain = plainChart('2026-11-20')
const past = plain.says('2026-11-20', 'psychosis', 'past')

describe('kap explain', () => {
  test('every rule once, with its truth, its facts and its source', async () => {
    const { code, out, err } = await explain(exported(past))
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n\n').slice(1).map((block) => block.slice(0, 3))).toEqual(eligibility.map((rule) => rule.id))
    expect(out).toContain(`Chart ${chartId}`)
    expect(out).toContain(`judged at ${at}, rulebook ${edition}`)
    expect(out).toContain('NEEDS_PRESCRIBER_OVERRIDE: ')
    expect(ruleIn(out, 'O01')).toMatch(/^O01 override: MET\. Psychosis in the past[^]*\n {2}fact {4}psychosis: past \(entry [^)]+\)\n {2}lifted {2}[^]*\n {2}source {2}S1 Public page[^]*; P Default of this product[^]* \[P, not verified, review by \d{4}-\d{2}-\d{2}\]$/)
    expect(ruleIn(out, 'B06')).toMatch(/not met\.[^]*fact {4}age: \d+ \(entry [^)]+\)[^]*\[V, verified/)
    expect(ruleIn(out, 'M01')).toMatch(/MET\.[^]*fact {4}signed clearance: missing \(not asked\)/)
  })

  test('what is not known stays open and says why; flags stand in the head; an override says its reason', async () => {
    const { out: empty } = await explain(exported(told().says('2026-11-20', 'tsh', 2)))
    expect(ruleIn(empty, 'H01')).toMatch(/NOT EVALUABLE\.[^]*open {4}systolic pressure: not asked/)
    expect(empty).toContain('Counted as no because nobody recorded them:')
    const { out: high } = await explain(exported(plain.on('2026-11-21', 'vitals.v1', { systolicMmHg: 186, diastolicMmHg: 122 })))
    expect(high).toContain('DEFERRED (URGENT): ')
    const { out: danger } = await explain(exported(plain.on('2026-11-21', 'measure-answered.v1', interview({ q2: true, q3: false, q4: true, q5: false }))))
    expect(danger).toContain('DEFERRED (CRISIS): ')
    const { out: unread } = await explain(exported(plain.on('2026-11-21', 'medication.v1', { name: 'Zzyzx', codes: [], dosage: '', status: 'active' })))
    expect(ruleIn(unread, 'B04')).toMatch(/psychosis: none/)
    expect(unread).toMatch(/(open|fact) {4}.*Zzyzx/)
    const reason = 'Psychiatrist agrees; twelve years well.'
    const signed = past.on('2026-11-20', 'clearance.v1', clearance('2026-11-20', past, { met: [['O01', 'override']], overrides: [{ rule: 'O01', reason }], signature: { ...clearance('2026-11-20', past).signature, person: people[0]?.id ?? '' } }))
    expect(ruleIn((await explain(exported(signed))).out, 'O01')).toContain(`signed  a prescriber went on: ${reason}`)
    const { out: uses } = await explain(exported(plain.says('2026-11-20', 'substanceUse', [{ substance: 'cocaine', status: 'active' }])))
    expect(ruleIn(uses, 'H03')).toMatch(/fact {4}substance use: status active, substance cocaine/)
  })

  test('the moment is now where none is named, and a file may be named itself', async () => {
    const rich = richChart(sha256)
    const name = path.join(folder, 'rich.ndjson')
    writeFileSync(name, entryLines(rich.chart, { practice, chart: chartId }))
    expect((await kap(['explain', name])).out).toContain('judged at 2026-11-21T17:00:00.000Z')
  })

  const whole = exported(past)
  const changed = (line: number, change: (entry: Record<string, unknown>) => unknown) => whole.trim().split('\n').map((text, place) => (place === line - 1 ? JSON.stringify(change(JSON.parse(text) as Record<string, unknown>)) : text)).join('\n')
  test.each<[string, string, string]>([
    ['an empty file', '\n', 'The file holds no entry.'], ['a line cut off', `${whole.slice(0, 40)}`, 'Line 1: this is no entry of a chart.'], ['a key that is gone', changed(2, ({ kind: _gone, ...rest }) => rest), 'Line 2, kind: this is no entry'],
    ['a kind nobody knows', changed(2, (entry) => ({ ...entry, kind: 'miracle.v1' })), 'Line 2, kind: "miracle.v1" is no kind'], ['a body that does not fit', changed(1, (entry) => ({ ...entry, body: {} })), 'Line 1, body.'], ['a body that is none', changed(1, (entry) => ({ ...entry, body: 7 })), 'Line 1, body: this does not fit'],
    ['something that was changed since', changed(2, (entry) => ({ ...entry, at: '2026-01-01T00:00:00.000Z' })), 'not what was sealed'],
  ])('%s is not explained', async (_, text, says) => {
    const { code, out, err } = await explain(text)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(says)
    expect(err).toContain('Nothing was explained')
  })
})

describe('kap rulebook', () => {
  test('one page that needs nothing else, with every row and source, and links that lead somewhere', async () => {
    const { code, out } = await kap(['rulebook'])
    expect(code).toBe(0)
    expect(out).toContain(digest)
    expect(out).not.toMatch(/<script|<img|<link|@import|url\(/)
    const ids = [...out.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
    const linked = [...out.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(linked.filter((id) => !ids.includes(id))).toEqual([])
    expect(ids).toEqual(expect.arrayContaining([...eligibility.map((rule) => `row-${rule.id}`), ...Object.keys(sources).map((key) => `source-${key}`), ...Object.keys(rulebook).filter((key) => key !== 'published').map((key) => `part-${key}`), 'row-dose.IM', 'row-titration.review', 'row-plasma.kamp2020', 'row-reporting.proportion']))
    expect(out).not.toMatch(/\[object|undefined|NaN/)
  })

  test('a row from memory says that nobody verified it, and a verified one says so', async () => {
    const { out } = await kap(['rulebook'])
    const article = (id: string) => out.slice(out.indexOf(`id="row-${id}"`)).split('</article>')[0] ?? ''
    const recalled = eligibility.filter(({ tag }) => tag === 'M')
    expect(recalled.length).toBeGreaterThan(5)
    for (const { id } of recalled) expect(article(id), id).toContain('tag M; <strong>not verified</strong>')
    expect(out).not.toMatch(/tag M(?!; [^<]*<strong>not verified<\/strong>|; <strong>not verified<\/strong>)/)
    expect(article('B06')).toContain('; verified; review by')
    expect(article('BP-S')).toContain('160 mmHg or more, or 40 mmHg or more above the baseline')
    expect(article('PRE-SYS-180')).toContain('180 or more')
  })
})
