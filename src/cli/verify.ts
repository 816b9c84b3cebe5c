import path from 'node:path'
import { sealedEntrySchema, verifyStream, type Head, type SealedEntry } from '../core/chart/verify.ts'
import { endings, fileNamedBy, type NamedFile } from '../core/files/file-named.ts'
import { given, textOf } from './arguments.ts'
import { CannotUse, WrongUse, withCharts, type Command, type ExitCode, type Surroundings } from './command.ts'
import { sha256, sha256OfBytes } from './library.ts'

export const verifyCommand: Command = {
  usage: 'kap verify ENTRIES.ndjson [--head NUMBER:DIGEST]   |   kap verify --chart CHART   |   kap verify --all',
  says: 'Works out the seal of every entry again, and names the first entry that does not fit: edited, taken out, put in, moved or swapped.\n      A file alone cannot show that its newest entries are missing: --head takes the last number and seal you noted elsewhere.',
  async run(args, surroundings) {
    const options = given(args, { chart: 'text', all: 'flag', head: 'text' })
    const chart = textOf(options, 'chart')
    const [file, ...more] = options.positionals
    if ([file, chart, options.values['all'] || undefined].filter((one) => one !== undefined).length !== 1 || more.length > 0) throw new WrongUse('Name one file, --chart, or --all.')
    if (file !== undefined) return verifyFile(file, await surroundings.readText(file), headOf(textOf(options, 'head')), surroundings)
    return withCharts(surroundings, async (charts) => {
      const chosen = chart === undefined ? await charts.charts() : [chart]
      let worst: ExitCode = 0
      for (const one of chosen) {
        const stream = await charts.readStream(one)
        if (!stream) throw new CannotUse(`There is no chart ${one}. Nothing was checked.`)
        const sealed = stream.map((entry) => ({ ...entry, practice: charts.practice, chart: one }))
        const lying = await charts.readFiles(one, stream)
        if (tell(one, sealed, await charts.headOf(one), surroundings) !== 0) { worst = 1; continue }
        const digestOf = async ({ sha256 }: NamedFile) => { const kept = lying.get(sha256); return kept && sha256OfBytes(kept.bytes) }
        if ((await tellFiles(one, sealed, digestOf, surroundings)) !== 0) worst = 1
      }
      if (chosen.length === 0) surroundings.out('There is no chart yet; nothing was checked.')
      return worst
    })
  },
}

async function verifyFile(name: string, text: string, head: Head | undefined, surroundings: Surroundings): Promise<ExitCode> {
  const streams = new Map<string, SealedEntry[]>()
  for (const [place, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const entry = readLine(line)
    if (!entry) {
      surroundings.err(`Line ${place + 1} is no entry. Nothing after it was checked, and nothing was changed. The file may have been cut off: copy it again from where it was exported.`)
      return 1
    }
    const key = `${entry.practice} ${entry.chart}`
    const stream = streams.get(key)
    if (stream) stream.push(entry)
    else streams.set(key, [entry])
  }
  if (streams.size === 0) throw new CannotUse('The file holds no entry; nothing was checked.')
  if (head && streams.size > 1) throw new WrongUse('--head is for a file of one chart.')
  const beside = ({ sha256, type }: NamedFile) => surroundings.digestOf(path.join(path.dirname(name), 'files', `${sha256}.${endings[type]}`)).catch((failure: unknown) => { if (failure instanceof CannotUse) return undefined; throw failure })
  const answers: ExitCode[] = []
  for (const entries of streams.values()) {
    const chart = entries[0]?.chart ?? ''
    const fits = tell(chart, entries, head, surroundings)
    answers.push(fits === 0 ? await tellFiles(chart, entries, beside, surroundings) : fits)
  }
  return answers.includes(1) ? 1 : 0
}

function readLine(line: string): SealedEntry | undefined {
  try {
    const parsed = sealedEntrySchema.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

function tell(chart: string, entries: readonly SealedEntry[], head: Head | undefined, { out, err }: Surroundings): 0 | 1 {
  const verified = verifyStream(entries, sha256, head)
  if (!verified.ok) {
    const before = verified.refusal.seq - 1
    err(`Chart ${chart}: ${verified.refusal.says} ${before > 0 ? `The ${before === 1 ? 'entry' : `${before} entries`} before it fit.` : 'No entry before it fits either.'} Nothing was changed. Compare with a backup, and keep this copy as it is.`)
    return 1
  }
  const { seq, digest } = verified.value.head
  out(`Chart ${chart}: ${verified.value.entries} entries fit. The last is number ${seq}, sealed ${digest}.${head ? '' : ' Whether newer ones are missing shows only against a head noted elsewhere.'}`)
  return 0
}

/** Whether each file that entries name lies where it should, with the digest it is named by. One that is not there is said; one that is another is a fault. */
async function tellFiles(chart: string, entries: readonly SealedEntry[], digestOf: (named: NamedFile) => Promise<string | undefined>, { out, err }: Surroundings): Promise<0 | 1> {
  const named = entries.flatMap((entry) => fileNamedBy(entry as never) ?? [])
  if (named.length === 0) return 0
  const found = await Promise.all(named.map(async (file) => ({ ...file, found: await digestOf(file) })))
  const missing = found.filter((one) => one.found === undefined)
  const other = found.filter((one) => one.found !== undefined && one.found !== one.sha256)
  if (other.length > 0) err(`Chart ${chart}: ${other.length} of its files ${other.length === 1 ? 'is not what was' : 'are not what were'} sealed: ${other.map(({ sha256 }) => sha256).join(', ')}. Nothing was changed. Compare with a backup, and keep this copy as it is.`)
  out(`Chart ${chart}: ${found.length - missing.length - other.length} of ${found.length} files that entries name fit.${missing.length > 0 ? ` Not here: ${missing.map(({ sha256 }) => sha256).join(', ')}. They never arrived, or were left out of this copy.` : ''}`)
  return other.length > 0 ? 1 : 0
}

function headOf(text: string | undefined): Head | undefined {
  if (text === undefined) return undefined
  const found = /^(\d+):([0-9a-f]{64})$/.exec(text)
  if (!found) throw new WrongUse('--head is a number, a colon and a seal of 64 digits.')
  return { seq: Number(found[1]), digest: found[2] ?? '' }
}
