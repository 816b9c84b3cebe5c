import type { Entry } from '../chart/entry.ts'
import { canonical } from '../shared/canonical.ts'
import { minutesBetween, type Instant } from '../shared/time.ts'
import type { FactName, GapReason, ListFact, ListItems, ScreeningFacts } from './facts.ts'
import type { Step } from './replay.ts'

/** What a fact said at one moment: a value (of a list its items), or why there is none. */
export interface SaidFact { readonly value?: unknown; readonly missing?: GapReason }

/**
 * `answered`: the first word on it. `changed`: another answer, and the one before still stands in the record beside it.
 * `corrected`: somebody put right what was written. `behind`: an answer that arrived after a later one, and does not count.
 */
export type HowChanged = 'answered' | 'changed' | 'corrected' | 'behind'

export interface FactChange {
  readonly how: HowChanged
  readonly from: SaidFact
  readonly to: SaidFact
  /** When it was written down. */
  readonly at: Instant
  /** Since what it changed was written; nothing for the first word. */
  readonly minutesLater?: number
  readonly by: readonly string[]
  readonly entries: readonly string[]
}

/** How one fact came to be what it is: every change that an entry made, oldest first. What only grew older is none. */
export function factHistory(steps: readonly Step[], fact: FactName): readonly FactChange[] {
  const changes: FactChange[] = []
  for (const { before, after, fresh } of steps) {
    const [from, to] = [saidOf(before, fact), saidOf(after, fact)]
    const made = canonical(from) === canonical(to) ? [] : causesOf(fact, before, after, fresh)
    if (made.length > 0) changes.push(changeOf(changes.at(-1), from, to, made))
    for (const late of behind(fact, after, fresh, to)) changes.push({ ...changeOf(changes.at(-1), to, late.said, [late.entry]), how: 'behind' })
  }
  return changes
}

/** The value that counts, without the entries behind it, so that the same thing said twice is no change. */
export function saidOf(facts: ScreeningFacts, fact: FactName): SaidFact {
  const held = facts[fact]
  if (held.state === 'missing') return { missing: held.why }
  if (!('items' in held)) return { value: held.value }
  // One diagnosis may stand on the list and in the intake: it is one all the same.
  const value = [...new Map(held.items.map((item) => plainItem(item.value)).map((item) => [canonical(item), item])).values()]
  return value.length === 0 && held.gap ? { missing: held.gap.why } : { value }
}

/** An item as somebody wrote it: of a medicine its name, of a diagnosis its code. */
function plainItem(item: ListItems[ListFact]): unknown {
  if (typeof item === 'string') return item
  if ('name' in item) return item.name
  return 'code' in item ? (item.status === 'active' ? item.code : `${item.code}, ${item.status}`) : item
}

/** What came and made the fact what it is: the entries it now stands in, or whatever came when it stands in none of them. */
export function causesOf(fact: FactName, before: ScreeningFacts, after: ScreeningFacts, fresh: readonly Entry[]): readonly Entry[] {
  const behindIt = new Set(entriesOf(after, fact))
  const stands = fresh.filter(({ id }) => behindIt.has(id))
  if (stands.length > 0) return stands
  const stoodIn = new Set<string | undefined>(entriesOf(before, fact))
  const correcting = fresh.filter(({ amends }) => stoodIn.has(amends))
  return correcting.length > 0 ? correcting : fresh
}

export function entriesOf(facts: ScreeningFacts, fact: FactName): readonly string[] {
  const held = facts[fact]
  return 'items' in held ? [...held.entries, ...held.items.flatMap(({ entries }) => entries), ...(held.gap?.entries ?? [])] : held.entries
}

function changeOf(last: FactChange | undefined, from: SaidFact, to: SaidFact, made: readonly Entry[]): FactChange {
  const at = made.at(-1)!.writtenAt
  return {
    how: made.some(({ amends }) => amends !== undefined) ? 'corrected' : last ? 'changed' : 'answered', from, to, at,
    ...(last && { minutesLater: Math.max(0, minutesBetween(last.at, at)) }),
    by: [...new Set(made.map(({ by }) => by))], entries: made.map(({ id }) => id),
  }
}

/** An answer made earlier on a device that was away: the later one goes on counting, and this one is not lost from sight. */
function behind(fact: FactName, after: ScreeningFacts, fresh: readonly Entry[], counts: SaidFact): { readonly entry: Entry; readonly said: SaidFact }[] {
  const inUse = entriesOf(after, fact)
  return fresh.flatMap((entry) => {
    if (entry.kind !== 'fact.v1' || entry.body.fact !== fact || inUse.includes(entry.id)) return []
    const said: SaidFact = entry.body.state === 'answered' ? { value: entry.body.value } : { missing: entry.body.state }
    return canonical(said) === canonical(counts) ? [] : [{ entry, said }]
  })
}
