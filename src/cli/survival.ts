import { logRank } from '../core/outcomes/log-rank.ts'
import { survival, type Followed } from '../core/outcomes/survival.ts'
import { ok, refuse, type Result } from '../core/shared/result.ts'
import { reporting } from '../knowledge/outcomes.ts'
import { given } from './arguments.ts'
import { WrongUse, type Command } from './command.ts'
import { readCsv, type CsvRow } from './csv.ts'

export const survivalCommand: Command = {
  usage: 'kap survival [TIMES.csv]',
  says: 'Draws up Kaplan–Meier curves from a file with the columns time, event (1 it happened, 0 it was not seen to) and perhaps group, as JSON: Greenwood errors, 95 % limits on the log scale, medians, and the log-rank test of the groups.',
  async run(args, surroundings) {
    const [file = '-', ...more] = given(args, {}).positionals
    if (more.length > 0) throw new WrongUse('Name one file, or none for standard input.')
    const read = readTimes(await surroundings.readText(file))
    if (!read.ok) {
      const { line, key, message } = read.refusal
      surroundings.err(`Line ${line}${key === undefined ? '' : `, ${key}`}: ${message}. Nothing was counted: put it right and ask again.`)
      return 1
    }
    surroundings.out(JSON.stringify(curvesOf(read.value)))
    return 0
  },
}

interface Told extends Followed { readonly group: string | null }
interface Fault { readonly line: number; readonly key?: string; readonly message: string }

const curvesOf = (people: readonly Told[]) => {
  const groups = [...new Set(people.map(({ group }) => group))].toSorted(inOrder).map((group) => ({ group, people: people.filter((one) => one.group === group) }))
  return {
    groups: groups.map(({ group, people: some }) => ({ group, ...survival(some, reporting.survival.criticalValue) })),
    logRank: groups.length > 1 ? logRank(groups.map(({ people: some }) => some)) : null,
  }
}

/** 2 before 10; words by their letters. */
const collator = new Intl.Collator('en', { numeric: true })
const inOrder = (a: string | null, b: string | null): number => collator.compare(String(a), String(b))
const isTime = (text: string) => /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))

function readTimes(text: string): Result<readonly Told[], Fault> {
  const read = readCsv(text)
  if (!read.ok) return read
  const [head, ...rows] = read.value
  if (!head) return refuse({ line: 1, message: 'the file is empty; it begins with the names of its columns, time and event' })
  const names = head.cells.map((name) => name.trim().toLowerCase())
  const fault = headFault(names, head.line)
  if (fault) return refuse(fault)
  if (rows.length === 0) return refuse({ line: head.line, message: 'nobody stands below the names of the columns' })
  const people: Told[] = []
  for (const row of rows) {
    const told = readRow(row, names)
    if (!told.ok) return told
    people.push(told.value)
  }
  return ok(people)
}

function headFault(names: readonly string[], line: number): Fault | undefined {
  const stranger = names.find((name, at) => !['time', 'event', 'group'].includes(name) || names.indexOf(name) !== at)
  if (stranger !== undefined) return { line, key: stranger || 'a column without a name', message: 'the columns are time, event and perhaps group, each once' }
  const missing = ['time', 'event'].find((name) => !names.includes(name))
  return missing === undefined ? undefined : { line, key: missing, message: 'this column is not there' }
}

function readRow({ line, cells }: CsvRow, names: readonly string[]): Result<Told, Fault> {
  if (cells.length !== names.length) return refuse({ line, message: `${cells.length} cells where there are ${names.length} columns` })
  const cell = (name: string) => (cells[names.indexOf(name)] as string).trim()
  if (!isTime(cell('time'))) return refuse({ line, key: 'time', message: `"${cell('time')}" is no time from 0 on` })
  if (cell('event') !== '0' && cell('event') !== '1') return refuse({ line, key: 'event', message: `"${cell('event')}" is neither 0 nor 1` })
  if (names.includes('group') && cell('group') === '') return refuse({ line, key: 'group', message: 'the group is not told' })
  return ok({ time: Number(cell('time')), event: cell('event') === '1' ? 1 : 0, group: names.includes('group') ? cell('group') : null })
}
