import { isEntryKind, kindRow } from '../core/chart/kinds.ts'
import { readChart } from '../core/chart/chart.ts'
import type { StoredEntry } from '../core/chart/entry.ts'
import { sealedEntrySchema, verifyStream, type SealedEntry } from '../core/chart/verify.ts'
import { ok, refuse, type Result } from '../core/shared/result.ts'
import { given, textOf } from './arguments.ts'
import { WrongUse, type Command } from './command.ts'
import { explainChart } from './explain-words.ts'
import { sha256 } from './library.ts'

export const explainCommand: Command = {
  usage: 'kap explain ENTRIES.ndjson|FOLDER [--at INSTANT]',
  says: 'Screens an exported chart and says every rule: met, not met or not evaluable, the facts it rests on with their entries, and where the rule comes from.\n      --at  the moment to judge at, such as 2026-11-22T17:00:00.000Z; otherwise now',
  async run(args, surroundings) {
    const options = given(args, { at: 'text' })
    const [file, ...more] = options.positionals
    const at = textOf(options, 'at') ?? surroundings.now()
    if (file === undefined || more.length > 0) throw new WrongUse('Name one exported chart.')
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(at) || Number.isNaN(Date.parse(at))) throw new WrongUse('--at is a moment such as 2026-11-22T17:00:00.000Z.')
    const name = file === '-' || file.endsWith('.ndjson') ? file : `${file}/entries.ndjson`
    const read = readEntries(await surroundings.readText(name))
    if (!read.ok) {
      surroundings.err(`${read.refusal} Nothing was explained, and nothing was changed.`)
      return 1
    }
    const { chart, entries } = read.value
    surroundings.out(explainChart(chart, readChart(entries), at))
    return 0
  },
}

/** One whole chart whose seals fit: what was changed on the way here is not explained as if it had been written. */
function readEntries(text: string): Result<{ readonly chart: string; readonly entries: readonly StoredEntry[] }, string> {
  const sealed: SealedEntry[] = []
  for (const [place, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const entry = readEntry(line)
    if (!entry.ok) return refuse(`Line ${place + 1}${entry.refusal}`)
    sealed.push(entry.value)
  }
  const [first] = sealed
  if (!first) return refuse('The file holds no entry.')
  const verified = verifyStream(sealed, sha256)
  if (!verified.ok) return refuse(`${verified.refusal.says} Compare with a backup.`)
  return ok({ chart: first.chart, entries: sealed as unknown as StoredEntry[] })
}

function readEntry(line: string): Result<SealedEntry, string> {
  const parsed = sealedEntrySchema.safeParse(parse(line))
  if (!parsed.success) return refuse(`${keyOf(parsed.error.issues[0]?.path)}: this is no entry of a chart.`)
  const { kind, body } = parsed.data
  if (!isEntryKind(kind)) return refuse(`, kind: "${kind}" is no kind that this edition knows.`)
  const fits = kindRow(kind).body.safeParse(body)
  return fits.success ? ok(parsed.data) : refuse(`${keyOf(['body', ...(fits.error.issues[0]?.path ?? [])])}: this does not fit ${kind}.`)
}

const keyOf = (path: readonly PropertyKey[] | undefined) => (path && path.length > 0 ? `, ${path.map(String).join('.')}` : '')

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
