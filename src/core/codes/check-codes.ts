import type { CodeSystem, ReleasedCode, ShippedCode } from './code.ts'

/**
 * `named-otherwise`: the release knows the code under a name that is not ours. `heading`: it exists, and no bill takes
 * it; a rule that matches by prefix may. `not-compared`: no release of its system was given. Nothing is ever "fine":
 * whether a code means what the row says stays for a person to read.
 */
export type CodeVerdict = 'there' | 'heading' | 'named-otherwise' | 'not-an-ingredient' | 'discouraged' | 'deprecated' | 'not-there' | 'not-compared'

export interface CheckedCode extends ShippedCode {
  readonly verdict: CodeVerdict
  readonly official?: string
}

/** Verdicts that somebody has to look at before anybody leans on the code. */
export const faulty: readonly CodeVerdict[] = ['named-otherwise', 'not-an-ingredient', 'deprecated', 'not-there']

/** What a release says about a code, in words; that no release was compared is for whoever asked to say. */
export const verdictWords: Readonly<Record<Exclude<CodeVerdict, 'not-compared'>, string>> = {
  there: 'in the release', heading: 'in the release as a heading, which no bill takes', 'named-otherwise': 'in the release under another name', 'not-an-ingredient': 'in the release, but not an ingredient',
  discouraged: 'in the release, discouraged', deprecated: 'in the release, no longer to be used', 'not-there': 'not in the release',
}

/** Gathers from releases only what was asked for, so that a file of a million lines is never held. */
export function codeChecker(shipped: readonly ShippedCode[]) {
  const compared = new Set<CodeSystem>()
  const wanted = new Set(shipped.map(keyOf))
  const prefixes = new Set(shipped.filter(({ prefix }) => prefix).map(keyOf))
  const begun = new Set<string>()
  const found = new Map<string, ReleasedCode>()
  const names = new Map<string, Set<string>>()
  return {
    began(system: CodeSystem): void {
      compared.add(system)
    },
    saw(released: ReleasedCode): void {
      const key = keyOf(released)
      // A list of codes that can be billed leaves the headings out: what begins like one shows that it is there.
      for (let length = 1; length < released.code.length; length += 1) {
        const beginning = keyOf({ system: released.system, code: released.code.slice(0, length) })
        if (prefixes.has(beginning)) begun.add(beginning)
      }
      if (!wanted.has(key)) return
      const before = found.get(key)
      // RxNorm lists a code once for each of its names: the one that calls it an ingredient is the one that counts.
      if (!before || (before.note === 'not-an-ingredient' && released.note === undefined)) found.set(key, released)
      names.set(key, (names.get(key) ?? new Set()).add(released.name.toLowerCase()))
    },
    verdicts: (): CheckedCode[] => shipped.map((code) => {
      if (!compared.has(code.system)) return { ...code, verdict: 'not-compared' }
      const released = found.get(keyOf(code))
      if (!released) return { ...code, verdict: begun.has(keyOf(code)) ? 'there' : 'not-there' }
      return { ...code, official: released.name, verdict: verdictOf(code, released, names.get(keyOf(code)) ?? new Set()) }
    }),
  }
}

function verdictOf({ named, says, prefix }: ShippedCode, { note }: ReleasedCode, names: ReadonlySet<string>): CodeVerdict {
  if (note === 'heading') return prefix ? 'there' : 'heading'
  if (note) return note
  return named && says !== undefined && !names.has(says.toLowerCase()) ? 'named-otherwise' : 'there'
}

const keyOf = ({ system, code }: { readonly system: CodeSystem; readonly code: string }) => `${system}|${code}`
