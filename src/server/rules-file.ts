import { readFileSync, statSync } from 'node:fs'
import { digestOf } from './rulebook.ts'

export interface RulesFile {
  /** Where the build put the rulebook that ships, as canonical JSON. Its digest lies beside it, in the form that `sha256sum --check` reads. */
  readonly file: string
  /** The digest that the build wrote into the program. */
  readonly recorded: string
  /** The rows that the program has loaded, as canonical JSON: what it judges by. */
  readonly loaded: string
}

/** However its times and its size look, the file is read again after so long. */
const READ_AGAIN_MS = 60_000

/**
 * Why the rules that ship cannot be leaned on, asked before anything binding. Whoever asks pays for one look at the
 * file’s times and size; only what looks otherwise, or was read long ago, is digested again.
 */
export function watchRules({ file, recorded, loaded }: RulesFile, elapsedMs: () => number = () => performance.now()): () => string | undefined {
  const otherwiseLoaded = digestOf(loaded) === recorded ? undefined : `The rules in this program are not those it was built with. ${MENDED} Then OpenKAP is started again.`
  let seen: { readonly looks: string; readonly until: number; readonly broken: string | undefined } | undefined
  let wasWhole = false
  const judge = (): string | undefined => {
    const text = read(file)
    if (text === undefined) return say('is missing, or cannot be read')
    if (digestOf(text) === recorded) {
      wasWhole = true
      return undefined
    }
    // A newer build may take its place under a running program, which goes on judging by the rows it has loaded.
    if (wasWhole && read(digestFile(file))?.startsWith(digestOf(text))) return undefined
    return say(Buffer.byteLength(text) < Buffer.byteLength(loaded) ? 'is cut short' : 'is not what was built: its digest does not fit')
  }
  return () => {
    if (otherwiseLoaded) return otherwiseLoaded
    const looks = looksOf(file)
    if (seen?.looks !== looks || seen.until <= elapsedMs()) seen = { looks, until: elapsedMs() + READ_AGAIN_MS, broken: judge() }
    return seen.broken
  }
}

export const digestFile = (file: string): string => file.replace(/\.json$/, '.sha256')

const MENDED = 'Whoever keeps the server runs “node tools/build.mjs” in the folder of the program, or puts the file back from a copy.'
const say = (what: string) => `The file of rules that ships with OpenKAP, dist/server/rulebook.json, ${what}. ${MENDED} It is noticed at once; only after an update OpenKAP is started again.`

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function looksOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true })
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`
  } catch {
    return 'missing'
  }
}
