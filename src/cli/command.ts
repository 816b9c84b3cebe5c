import type { ChartPort } from './chart-port.ts'

/** What a command may touch: tests hand in their own. */
export interface Surroundings {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** The text of a file, or of standard input where the name is `-`. */
  readonly readText: (name: string) => Promise<string>
  /** The same, some lines at a time, however long it goes on. */
  readonly readLines: (name: string) => AsyncIterable<readonly string[]>
  /** Puts a folder with these files in place, whole or not at all; refuses one that is there. What is too long to be held is written by a function into the folder it is told; then an empty one may be there. */
  readonly placeFolder: (name: string, files: Readonly<Record<string, string | Uint8Array>> | ((folder: string) => Promise<void>)) => Promise<void>
  /** The same for one file. */
  readonly placeFile: (name: string, content: string) => Promise<void>
  /** The SHA-256 of a file as it lies there. */
  readonly digestOf: (name: string) => Promise<string>
  /** The folder the server keeps this practice's data in; refused where there is no practice. Needs no database, so the server may run. */
  readonly practiceFolder: () => string
  readonly now: () => string
  readonly openCharts: () => Promise<ChartPort>
}

/** 0 done; 1 something was refused or does not fit; 2 not asked rightly; 3 a file or the charts could not be reached. */
export type ExitCode = 0 | 1 | 2 | 3

export interface Command {
  readonly usage: string
  readonly says: string
  readonly run: (args: readonly string[], surroundings: Surroundings) => Promise<ExitCode>
}

/** The command was not asked rightly; the message says what is missing. */
export class WrongUse extends Error {
  override name = 'WrongUse'
}

/** A file that could not be read or written; the message says which and what was kept. */
export class CannotUse extends Error {
  override name = 'CannotUse'
}

/** Asks the charts for something and closes them again, whatever comes of it. */
export async function withCharts<T>({ openCharts }: Surroundings, work: (charts: ChartPort) => Promise<T>): Promise<T> {
  const charts = await openCharts()
  try {
    return await work(charts)
  } finally {
    await charts.close()
  }
}
