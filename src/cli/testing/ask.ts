import { CannotReach } from '../chart-port.ts'
import type { Surroundings } from '../command.ts'
import { commands } from '../commands.ts'
import { digestOf, placeFile, placeFolder, readLines, readText } from '../files.ts'
import { run } from '../run.ts'

/** Asks kap as somebody at a keyboard would; `input` is what is piped into it, in pieces as a pipe hands them on. */
export async function kap(args: readonly string[], input = '', over: Partial<Surroundings> = {}) {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, commands, {
    out: (line) => out.push(line), err: (line) => err.push(line), now: () => '2026-11-21T17:00:00.000Z', placeFile, placeFolder, digestOf, practiceFolder: () => { throw new CannotReach('There is no practice here. Nothing was changed.') },
    readText: (name) => (name === '-' ? Promise.resolve(input) : readText(name)), readLines: (name) => (name === '-' ? piped(input) : readLines(name)),
    openCharts: () => Promise.reject(new CannotReach('The database does not answer. Nothing was changed.')), ...over,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

export const answersOf = (out: string): Record<string, unknown>[] => out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>)

async function* piped(text: string) {
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 2) yield await Promise.resolve(lines.slice(at, at + 2))
}
