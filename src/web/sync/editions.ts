import { useEffect, useSyncExternalStore } from 'react'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { call } from './client.ts'

/** The rulebook as this program ships it: what a practice works by until it adopts an edition of its own. */
export const shipped: Rulebook = rulebook

/** Names of a practice's own editions say so, as the server writes them. */
const OWN = / · here (\d+)$/
const numberIn = (name: string): number => Number(OWN.exec(name)?.[1] ?? 0)

/** What this device knows of the practice's editions. */
export interface Editions {
  /** Undefined until the server has been asked once on this device. */
  readonly inForce: string | undefined
  /** Why the server cannot vouch for the edition in force. */
  readonly broken: string | null
  /** The book of an edition; undefined where this device does not hold it whole. */
  readonly book: (name: string) => Rulebook | undefined
}

export interface EditionParts {
  readonly ask: () => Promise<{ readonly name: string; readonly sha256?: string; readonly broken: string | null }>
  readonly fetchBook: (number: number) => Promise<{ readonly name: string; readonly sha256: string; readonly book: string }>
  /** Undefined where the page is not secure: then nothing can be compared, and nothing is kept. */
  readonly digest: ((text: string) => Promise<string>) | undefined
  readonly memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined
  readonly practice: string
}

interface Remembered { readonly inForce: string; readonly broken: string | null; readonly held: readonly { readonly name: string; readonly sha256: string }[] }

/** Sessions that are under way may stand on older editions; so many are kept beside the newest. */
const KEPT = 6

/**
 * The editions this device holds, for judging with or without the network. A book counts only while its digest fits,
 * when it is fetched and again when it is taken out of what was kept: a truncated or altered one is as good as none.
 */
export function holdEditions({ ask, fetchBook, digest, memory, practice }: EditionParts) {
  const key = `openkap editions ${practice}`
  const keyOf = (name: string) => `openkap edition ${practice} ${name}`
  const listeners = new Set<() => void>()
  const books = new Map<string, Rulebook>()
  const wanted = new Set<string>()
  let known: Remembered | undefined = read()
  let shown: Editions | undefined
  const change = () => { shown = undefined; for (const listener of listeners) listener() }

  function read(): Remembered | undefined {
    try { return (JSON.parse(memory?.getItem(key) ?? 'null') as Remembered | null) ?? undefined } catch { return undefined }
  }
  const remember = (next: Remembered) => {
    for (const { name } of (known?.held ?? []).filter((one) => !next.held.some((held) => held.name === one.name))) memory?.removeItem(keyOf(name))
    known = next
    try { memory?.setItem(key, JSON.stringify(next)) } catch { /* Then it is asked for again. */ }
  }

  /** Out of what was kept, if its digest still fits. */
  async function open(name: string): Promise<boolean> {
    if (books.has(name) || numberIn(name) === 0) return true
    const held = known?.held.find((one) => one.name === name)
    const text = held && memory?.getItem(keyOf(name))
    if (!held || !text || !digest || (await digest(text)) !== held.sha256) return false
    books.set(name, JSON.parse(text) as Rulebook)
    change()
    return true
  }

  async function hold(name: string): Promise<void> {
    if (await open(name)) return
    const fetched = await fetchBook(numberIn(name))
    if (fetched.name !== name || (digest && (await digest(fetched.book)) !== fetched.sha256)) return
    books.set(name, JSON.parse(fetched.book) as Rulebook)
    if (digest && memory) {
      const held = [...(known?.held ?? []).filter((one) => one.name !== name), { name, sha256: fetched.sha256 }].slice(-KEPT)
      try {
        memory.setItem(keyOf(name), fetched.book)
        remember({ inForce: known?.inForce ?? name, broken: known?.broken ?? null, held })
      } catch { /* No room: it stands as long as the page does. */ }
    }
    change()
  }
  const need = (name: string) => {
    if (numberIn(name) === 0 || wanted.has(name)) return
    wanted.add(name)
    void hold(name).catch(() => {}).finally(() => wanted.delete(name))
  }

  return {
    need,
    /** Asks which edition is in force now. Without the network what was heard last stands. */
    async refresh(): Promise<void> {
      if (known) need(known.inForce)
      const { name, sha256, broken } = await ask()
      if (typeof name !== 'string') return
      // A newer program has put the same changes to newer rows: the book under this name is another one now.
      if (sha256 !== undefined && known?.held.some((one) => one.name === name && one.sha256 !== sha256)) {
        books.delete(name)
        remember({ ...known, held: known.held.filter((one) => one.name !== name) })
      }
      if (known?.inForce !== name || known.broken !== broken) {
        remember({ inForce: name, broken, held: known?.held ?? [] })
        change()
      }
      if (!broken) need(name)
    },
    snapshot: (): Editions => (shown ??= { inForce: known?.inForce, broken: known?.broken ?? null, book: (name) => (numberIn(name) === 0 ? shipped : books.get(name)) }),
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
  }
}
export type HeldEditions = ReturnType<typeof holdEditions>

const held = new Map<string, HeldEditions>()
const EVERY_MS = 60_000

function editionsOf(practice: string): HeldEditions {
  const before = held.get(practice)
  if (before) return before
  const editions = holdEditions({
    practice, ask: () => call('editions'), fetchBook: (number) => call('editionBook', { params: { number: String(number) } }), memory: kept(),
    digest: globalThis.crypto?.subtle ? async (text) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))].map((byte) => byte.toString(16).padStart(2, '0')).join('') : undefined,
  })
  held.set(practice, editions)
  return editions
}
const kept = () => { try { return globalThis.localStorage } catch { return undefined } }

/** Drawn by a screen that judges: asks when it opens, when the network or the tab comes back, and every minute. */
export function useEditions(practice: string): Editions {
  const editions = editionsOf(practice)
  useEffect(() => {
    const ask = () => void editions.refresh().catch(() => {})
    ask()
    const again = setInterval(ask, EVERY_MS)
    addEventListener('online', ask)
    return () => { clearInterval(again); removeEventListener('online', ask) }
  }, [editions])
  return useSyncExternalStore(editions.onChange, editions.snapshot)
}

export interface RulesNow {
  readonly book: Rulebook
  readonly edition: string | undefined
  /** Why nothing may be done by these rules here: the device does not hold them whole, or nobody can vouch for them. */
  readonly missing: string | undefined
  /** The edition that is in force now, where it is another one. */
  readonly newer: string | undefined
}

/** The practice's rules in force. Until this device has heard of any, those that ship. */
export function useRulesInForce(practice: string): RulesNow {
  const editions = useEditions(practice)
  return rulesNamed(editions, editions.inForce ?? '')
}

/** The rules a session started with, whatever is in force now. */
export function useRulesOf(practice: string, edition: string | undefined): RulesNow {
  const editions = useEditions(practice)
  useEffect(() => { if (edition) editionsOf(practice).need(edition) }, [practice, edition, editions])
  const rules = rulesNamed(editions, edition ?? '')
  return edition !== undefined && editions.inForce !== undefined && editions.inForce !== edition && (numberIn(edition) > 0 || numberIn(editions.inForce) > 0) ? { ...rules, newer: editions.inForce } : rules
}

export function rulesNamed(editions: Editions, name: string): RulesNow {
  const book = editions.book(name)
  const broken = editions.broken !== null && numberIn(name) > 0 && name === editions.inForce ? editions.broken : undefined
  const missing = broken ?? (book ? undefined : 'This device does not hold the practice’s edition of the rulebook whole. It is fetched as soon as there is a connection.')
  return { book: book ?? shipped, edition: name || undefined, missing, newer: undefined }
}
