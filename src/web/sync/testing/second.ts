import { ACT, changeLog, openLog, type Change, type Log, type Records } from '../second-log.ts'
import { diedAfter, goesOn, never, type Process } from './process.ts'
import { memoryFile } from './memory-file.ts'
import type { World } from './world.ts'

/** The second place of one device: the real log, in a file that a dying program tears, and that may be out of reach, hurt or gone. */
export interface Second {
  /** Out of reach: nothing is taken down there, and nobody is told what stands. */
  away: boolean
  /** Answers what stands; nothing while it is out of reach. It goes on from what its last change left, unless that was torn. */
  change(changes: readonly Change[]): Records | undefined
  /** All of the file read anew, as by a page that opens. */
  readAnew(): Records | undefined
  /** By a program, which may end while it writes and leave half a record. Says whether it was taken down. */
  down(process: Process, one: Change): Promise<boolean>
  /** Kept there once, or meant to be, and not there any more: worked out by hand, and not by reading the log. */
  lacks(name: string): boolean
  /** Not there by now, as far as anybody can tell. */
  misses(name: string): boolean
  /** Some bytes of it turn over. Answers the acts that stand again, since the word that they were over was hit. */
  hurt(): readonly string[]
  /** The browser lets go of the file alone. */
  lose(): void
}

/** So long the product waits for a place that does not answer, and not again until it has. */
const PATIENCE_MS = 2_000

export function simSecond({ time, chance, troubleChance }: Pick<World, 'time' | 'chance' | 'troubleChance'>): Second {
  const file = memoryFile()
  const lacking = new Set<string>()
  let log: Log | undefined
  let late = false

  const known = () => (log ??= openLog(file))
  const second: Second = {
    away: false,
    change(changes) {
      if (second.away) {
        for (const { name, value } of changes) if (value !== undefined && !known().stands.has(name)) lacking.add(name)
        return undefined
      }
      late = false
      const from = known()
      log = undefined
      const stands = changeLog(file, changes, from)
      log = from
      for (const { name } of changes) lacking.delete(name)
      return stands
    },
    readAnew() {
      log = undefined
      return second.change([])
    },
    async down(process, one) {
      if (process.dead) return never()
      if (second.away) {
        second.change([one])
        await new Promise<void>((resolve) => { time.after(late ? 0 : PATIENCE_MS, resolve) })
        late = true
        return process.dead ? never() : false
      }
      if (!goesOn(process)) file.tornAfter = chance.below(200)
      try { second.change([one]) } catch { /* Torn. */ }
      file.tornAfter = Infinity
      return process.dead || diedAfter(process) ? never() : true
    },
    lacks: (name) => lacking.has(name),
    misses: (name) => !second.away && !known().stands.has(name),
    hurt() {
      const before = openLog(file).stands
      const at = troubleChance.below(file.bytes.length)
      if (file.bytes.length === 0) return []
      for (const [name, { byteOffset, length }] of before) if (byteOffset <= at && at < byteOffset + length) lacking.add(name)
      file.bytes[at]! ^= 1 + troubleChance.below(255)
      log = undefined
      return [...known().stands.keys()].filter((name) => !before.has(name)).map((name) => name.slice(ACT.length))
    },
    lose() {
      for (const name of known().stands.keys()) lacking.add(name)
      file.bytes = new Uint8Array(0)
      log = undefined
    },
  }
  return second
}
