import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { GENESIS } from '../core/chart/digest.ts'
import type { StoredEntry } from '../core/chart/entry.ts'
import { sealOf } from '../core/chart/verify.ts'
import type { KnownPatient } from '../core/fhir/import/plan.ts'
import { richChart } from '../core/fhir/testing/rich-chart.ts'
import { chartId, people, practice } from '../core/fhir/testing/rich-people.ts'
import { jpeg } from '../core/files/testing/media.ts'
import type { KeptFile } from '../server/store/files.ts'
import { CannotReach, type ChartPort, type NewChart } from './chart-port.ts'
import type { Surroundings } from './command.ts'
import { commands } from './commands.ts'
import { digestOf, placeFile, placeFolder, practiceFolder, readLines, readText } from './files.ts'
import { adultFromYears, sha256, sha256OfBytes } from './library.ts'
import { run } from './run.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kap-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => path.join(folder, name)
const file = (name: string, text: string) => {
  writeFileSync(at(name), text)
  return at(name)
}
const examples = new URL('../core/fhir/examples/us-core-people.json', import.meta.url)
const people5 = examples.pathname

/** Charts in memory, sealed as the store seals them. */
function memory(start: ReadonlyMap<string, StoredEntry[]> = new Map(), files: ReadonlyMap<string, KeptFile> = new Map()) {
  const streams = new Map(start)
  const known: KnownPatient[] = []
  const opened: NewChart[] = []
  let open = 0
  const charts: ChartPort = {
    practice, device: '0193a000-0000-7000-8000-0000000000e2',
    findPatients: () => Promise.resolve(known), readStream: (chart) => Promise.resolve(streams.get(chart)), charts: () => Promise.resolve([...streams.keys()]),
    readFiles: () => Promise.resolve(files),
    headOf: (chart) => Promise.resolve({ seq: streams.get(chart)?.length ?? 0, digest: streams.get(chart)?.at(-1)?.digest ?? GENESIS }),
    writeImport(chart, entries) {
      const stream = [...(streams.get(chart.chart) ?? [])]
      if (stream.length === 0) opened.push(chart)
      for (const draft of entries) {
        const entry = { ...draft, by: people[0]?.id ?? '', seq: stream.length + 1, receivedAt: draft.writtenAt }
        stream.push({ ...entry, digest: sealOf({ ...entry, practice, chart: chart.chart }, stream.at(-1)?.digest ?? GENESIS, sha256) } as StoredEntry)
      }
      streams.set(chart.chart, stream)
      return Promise.resolve()
    },
    about: () => Promise.resolve({ practice: { id: practice, name: 'Juniper Practice (sample)' }, people, identifiers: [], baseUrl: 'https://juniper.example/fhir', zone: 'America/Denver' }),
    registry: () => Promise.reject(new CannotReach('There is no registry in memory.')),
    close: () => { open -= 1; return Promise.resolve() },
  }
  return { streams, known, opened, charts, isOpen: () => open, openCharts: () => { open += 1; return Promise.resolve(charts) } }
}

async function kap(args: readonly string[], over: Partial<Surroundings> = {}) {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, commands, {
    out: (line) => out.push(line), err: (line) => err.push(line), readText, readLines, digestOf, placeFile, placeFolder, practiceFolder, now: () => '2026-11-21T17:00:00.000Z',
    openCharts: () => Promise.reject(new CannotReach('The database does not answer. Nothing was changed.')), ...over,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test('a person is a child below the age that the rulebook treats from', () => expect(adultFromYears).toBe(18))

describe('asked wrongly, it does nothing and says what is missing', () => {
  test.each<[string, string[], number, string]>([
    ['an unknown command', ['inport', 'x'], 2, 'does not know "inport"'], ['no file', ['import', '--source', 'a'], 2, 'Name one file'], ['no source', ['import', 'x'], 2, '--source'],
    ['two files', ['import', 'a', 'b', '--source', 's'], 2, 'Name one file'], ['a misspelt option', ['import', 'a', '--sauce', 's'], 2, '--sauce'], ['a file that is not there', ['import', '/nowhere/at-all', '--source', 's'], 3, 'could not be read (ENOENT)'],
    ['no folder', ['export', 'c'], 2, '--to'], ['a chart and all', ['export', 'c', '--all', '--to', 'x'], 2, 'one chart, or --all'], ['neither', ['export', '--to', 'x'], 2, 'one chart, or --all'],
    ['nothing to verify', ['verify'], 2, 'Name one file'], ['a head that is none', ['verify', people5, '--head', '12'], 2, '--head is a number'], ['a method of every object', ['toString'], 2, 'does not know'],
    ['charts that cannot be reached', ['import', people5, '--source', 's'], 3, 'does not answer'], ['no charts to export', ['export', 'c', '--to', '/tmp/never'], 3, 'does not answer'], ['help about nothing', ['help', 'toast'], 2, 'does not know'],
  ])('%s', async (_, args, code, says) => {
    const answer = await kap(args)
    expect(answer).toMatchObject({ code, out: '' })
    expect(answer.err).toContain(says)
  })

  test.each([[[]], [['help']], [['--help']], [['import', '--help']], [['help', 'verify']]])('%j gives help', async (args) => {
    expect(await kap(args)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('kap ') })
  })
})

describe('import', () => {
  test('five people come in, each with a chart, and are known again', async () => {
    const store = memory()
    const first = await kap(['import', people5, '--source', 'us-core'], store)
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(store.streams.size).toBe(5)
    expect(store.isOpen()).toBe(0)
    expect(first.out).toContain('Patient/deceased-example, Mary A. Shaw (deceased): 1 brought in')
    expect(first.out).toContain('Patient/child-example, Child Example (under 18)')
    expect(first.out).toContain('May be the same person as Patient/example-targeted-provenance')
    expect(first.out).toContain('left out QuestionnaireResponse/glascow-coma-score')
    expect(store.opened.find((chart) => chart.deceasedOn)).toMatchObject({ givenName: 'Mary A.', familyName: 'Shaw', deceasedOn: '2022-07-22', identity: { birthDate: '1937-10-21', identifiers: [{ value: '55555555' }] } })
    const before = JSON.stringify([...store.streams])
    const again = await kap(['import', people5, '--source', 'us-core'], store)
    expect(again.code).toBe(0)
    expect(again.out).toContain('Patient/deceased-example, Mary A. Shaw (deceased): 1 here already.')
    expect(JSON.stringify([...store.streams])).toBe(before)
    expect((await kap(['verify', '--all'], store)).code).toBe(0)
  })

  test('a broken resource refuses its person, says why, and lets the others in', async () => {
    const store = memory()
    const broken = readFileSync(examples, 'utf8').replace('"birthDate":"1937-10-21"', '"birthDate":"1937"')
    const answer = await kap(['import', file('broken.json', broken), '--source', 'us-core'], store)
    expect(answer.code).toBe(1)
    expect(answer.err).toContain('Patient/deceased-example, Mary A. Shaw: nothing was stored.\n  Patient/deceased-example: the birth date 1937 is not a full day\n  Correct this at its source')
    expect(store.streams.size).toBe(4)
  })

  test('half a file stores nobody', async () => {
    const store = memory()
    const answer = await kap(['import', file('half.json', readFileSync(examples, 'utf8').slice(0, 90_000)), '--source', 'us-core'], store)
    expect([answer.code, store.streams.size]).toEqual([1, 0])
    expect(answer.err).toContain('Nothing was stored.')
  })

  test('charts that do not take one person keep nothing of them, and the others go on', async () => {
    const store = memory()
    const charts = { ...store.charts, writeImport: (chart: NewChart, entries: Parameters<ChartPort['writeImport']>[1]) => (chart.familyName === 'Baxter' ? Promise.reject(new Error('The disk is full.')) : store.charts.writeImport(chart, entries)) }
    const answer = await kap(['import', people5, '--source', 'us-core'], { ...store, openCharts: () => Promise.resolve(charts) })
    expect([answer.code, store.streams.size]).toEqual([1, 4])
    expect(answer.err).toMatch(/Patient\/example, .*: nothing was stored\. The disk is full\. Import the file again/)
  })

  test('somebody who has a chart already is asked about, not merged', async () => {
    const store = memory()
    store.known.push({ chart: 'here-already', names: [], identifiers: [{ system: 'http://hospital.smarthealthit.org', value: '55555555' }] })
    expect((await kap(['import', people5, '--source', 'us-core'], store)).out).toContain('May be the same person as here-already')
    expect(store.streams.size).toBe(5)
  })

  test('a plan touches no chart and needs none', async () => {
    const answer = await kap(['import', people5, '--source', 'us-core', '--plan'])
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toContain('nothing was stored, since only the plan was asked for')
  })

  test('--json accounts for every resource, one a line', async () => {
    const answer = await kap(['import', people5, '--source', 'us-core', '--plan', '--json'])
    const lines = answer.out.split('\n').map((line) => JSON.parse(line) as { resource: string; becomes: string })
    expect(lines).toHaveLength(134)
    expect(new Set(lines.map((line) => line.becomes))).toEqual(new Set(['entries', 'skipped']))
  })
})

describe('export and verify', () => {
  const rich = richChart(sha256)
  const store = () => memory(new Map([[chartId, rich.chart]]))

  test('a chart leaves in three forms, into a folder only its owner reads, and its seals fit', async () => {
    const to = at('mira')
    const answer = await kap(['export', chartId, '--to', to], store())
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(readdirSync(to).toSorted()).toEqual(['chart.html', 'entries.ndjson', 'fhir.json'])
    expect(statSync(to).mode & 0o077).toBe(0)
    expect(statSync(path.join(to, 'chart.html')).mode & 0o077).toBe(0)
    expect(JSON.parse(readFileSync(path.join(to, 'fhir.json'), 'utf8'))).toMatchObject({ resourceType: 'Bundle', type: 'collection' })
    for (const name of readdirSync(to)) expect(readFileSync(path.join(to, name), 'utf8')).not.toContain('PRIVATE')
    expect(await kap(['verify', path.join(to, 'entries.ndjson')])).toMatchObject({ code: 0, out: expect.stringContaining(`${rich.chart.length} entries fit`) })
  })

  test('pictures and sound leave with the chart, are worked out again, and one that was altered or is not there is said', async () => {
    const bytes = Buffer.from(jpeg())
    const picture = { sha256: sha256OfBytes(bytes), type: 'image/jpeg', bytes } as const
    const taken = { id: '0193a000-0000-7000-9000-0000000000f1', kind: 'photo-taken.v1', at: '2026-09-10T14:00:00.000Z', writtenAt: '2026-09-10T14:00:00.000Z', receivedAt: '2026-09-10T14:00:00.000Z', by: people[0]!.id, device: people[0]!.id, seq: 1, body: { file: { sha256: picture.sha256, bytes: bytes.length, type: picture.type }, agreed: 'aloud' } } as const
    const stream = [{ ...taken, digest: sealOf({ ...taken, practice, chart: chartId }, GENESIS, sha256) }] as unknown as StoredEntry[]
    const charts = memory(new Map([[chartId, stream]]), new Map([[picture.sha256, picture]]))
    await kap(['export', chartId, '--to', at('photo')], charts)
    const lying = at(`photo/files/${picture.sha256}.jpg`)
    expect(readFileSync(lying).equals(bytes)).toBe(true)
    expect(readFileSync(at('photo/chart.html'), 'utf8')).toContain(`data:image/jpeg;base64,${bytes.toString('base64')}`)
    expect(JSON.parse(readFileSync(at('photo/fhir.json'), 'utf8')).entry[0].resource.photo).toMatchObject([{ contentType: 'image/jpeg', data: bytes.toString('base64') }])
    expect(await kap(['verify', at('photo/entries.ndjson')])).toMatchObject({ code: 0, out: expect.stringContaining('1 of 1 files that entries name fit.') })
    expect(await kap(['verify', '--all'], charts)).toMatchObject({ code: 0, out: expect.stringContaining('1 of 1 files that entries name fit.') })
    writeFileSync(lying, 'another face')
    expect(await kap(['verify', at('photo/entries.ndjson')])).toMatchObject({ code: 1, err: expect.stringContaining(picture.sha256) })
    rmSync(lying)
    expect(await kap(['verify', at('photo/entries.ndjson')])).toMatchObject({ code: 0, out: expect.stringContaining(`Not here: ${picture.sha256}`) })
    expect(await kap(['verify', '--all'], memory(new Map([[chartId, stream]]), new Map([[picture.sha256, { ...picture, bytes: Buffer.from('another face') }]])))).toMatchObject({ code: 1, err: expect.stringContaining(picture.sha256) })
  })

  test('what leaves comes in elsewhere', async () => {
    await kap(['export', '--all', '--to', at('all')], store())
    const elsewhere = memory()
    expect(await kap(['import', at(`all/${chartId}/fhir.json`), '--source', 'juniper'], elsewhere)).toMatchObject({ code: 0, err: '' })
    expect(elsewhere.streams.size).toBe(1)
  })

  test('a folder that is there is left as it is, and nothing half written stays', async () => {
    file('taken', 'mine')
    expect(await kap(['export', chartId, '--to', at('taken')], store())).toMatchObject({ code: 3, err: expect.stringContaining('was left as it is') })
    expect(readFileSync(at('taken'), 'utf8')).toBe('mine')
    expect((await kap(['export', chartId, '--to', at('taken/below')], store())).code).toBe(3)
    expect(readdirSync(folder).filter((name) => name.includes('.part-'))).toEqual([])
  })

  test('a chart that is not there', async () => {
    expect(await kap(['export', 'nobody', '--to', at('nobody')], store())).toMatchObject({ code: 3, err: expect.stringContaining('There is no chart nobody') })
    expect(await kap(['verify', '--chart', 'nobody'], store())).toMatchObject({ code: 3 })
  })

  test('one letter changed in the file: the first entry that does not fit is named', async () => {
    const lines = readFileSync(at('mira/entries.ndjson'), 'utf8')
    const changed = file('changed.ndjson', lines.replace('"doseUg":35000,"lot"', '"doseUg":36000,"lot"'))
    expect(lines).not.toBe(readFileSync(changed, 'utf8'))
    const place = rich.chart.findIndex((entry) => entry.kind === 'dose-prepared.v1')
    const answer = await kap(['verify', changed])
    expect(answer).toMatchObject({ code: 1, out: '' })
    expect(answer.err).toContain(`Entry ${place + 1} (${rich.chart[place]?.id ?? ''})`)
    expect(answer.err).toContain(`The ${place} entries before it fit`)
  })

  test('newest entries missing show against a head noted elsewhere', async () => {
    const lines = readFileSync(at('mira/entries.ndjson'), 'utf8').trimEnd().split('\n')
    const cut = file('cut.ndjson', lines.slice(0, -1).join('\n'))
    expect((await kap(['verify', cut])).code).toBe(0)
    expect(await kap(['verify', cut, '--head', `${lines.length}:${rich.chart.at(-1)?.digest ?? ''}`])).toMatchObject({ code: 1, err: expect.stringContaining('The stream ends at number') })
  })

  test('a stream in the charts is held against its head', async () => {
    const charts = store()
    charts.streams.set(chartId, rich.chart.slice(0, 5))
    const answer = await kap(['verify', '--chart', chartId], { ...charts, openCharts: () => Promise.resolve({ ...charts.charts, headOf: () => Promise.resolve({ seq: 6, digest: rich.chart[5]?.digest ?? '' }) }) })
    expect(answer.code).toBe(1)
  })

  test.each([['a line cut off', '{"seq":1'], ['a line that is no entry', '{"hello":1}'], ['a line of nothing', 'null']])('%s', async (_, line) => {
    expect(await kap(['verify', file('bad.ndjson', `${readFileSync(at('mira/entries.ndjson'), 'utf8').split('\n')[0] ?? ''}\n${line}`)])).toMatchObject({ code: 1, err: expect.stringContaining('Line 2 is no entry') })
  })

  test('an empty file checked nothing, and does not say that it fits', async () => {
    expect(await kap(['verify', file('empty.ndjson', '\n')])).toMatchObject({ code: 3, out: '' })
  })
})
