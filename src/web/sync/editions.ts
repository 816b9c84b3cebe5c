import { useEffect, useSyncExternalStore } from 'react'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { canonical } from '../../core/shared/canonical.ts'
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
  /** Why nobody can lean on the rules that ship, which every edition is made from: their file on the server is not whole. */
  readonly shippedBroken: string | null
  /** What this device loaded of the rules that ship is not what the server has. */
  readonly others: boolean
  /** The book of an edition; undefined where this device does not hold it whole. */
  readonly book: (name: string) => Rulebook | undefined
}

export interface EditionParts {
  readonly ask: () => Promise<{ readonly name: string; readonly sha256?: string; readonly broken: string | null; readonly shipped?: { readonly sha256: string; readonly broken: string | null } }>
  readonly fetchBook: (number: number) => Promise<{ readonly name: string; readonly sha256: string; readonly book: string }>
  /** Undefined where the page is not secure: then nothing can be compared, and nothing is kept. */
  readonly digest: ((text: string) => Promise<string>) | undefined
  readonly memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined
  readonly practice: string
  /** The digest of the rules this device has loaded; undefined where nothing can be compared. */
  readonly loaded: () => Promise<string | undefined>
}

interface Remembered {
  readonly inForce: string
  readonly broken: string | null
  readonly shippedBroken?: string | null
  readonly held: readonly { readonly name: string; readonly sha256: string }[]
  /** The digest of loaded rules that the server said were not its own: it stands without the network, and ends with the program that held them. */
  readonly refused?: string | undefined
}

/** Sessions that are under way may stand on older editions; so many are kept beside the newest. */
const KEPT = 6

/**
 * The editions this device holds, for judging with or without the network. A book counts only while its digest fits,
 * when it is fetched and again when it is taken out of what was kept: a truncated or altered one is as good as none.
 */
export function holdEditions({ ask, fetchBook, digest, memory, practice, loaded }: EditionParts) {
  const key = `openkap editions ${practice}`
  const keyOf = (name: string) => `openkap edition ${practice} ${name}`
  const listeners = new Set<() => void>()
  const books = new Map<string, Rulebook>()
  const wanted = new Set<string>()
  let known: Remembered | undefined = read()
  let shown: Editions | undefined
  let mine: string | undefined
  void loaded().then((sha256) => { mine = sha256; if (known?.refused !== undefined) change() }, () => {})
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
        remember({ ...known, inForce: known?.inForce ?? name, broken: known?.broken ?? null, held })
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
      const { name, sha256, broken, shipped: theirs } = await ask()
      if (typeof name !== 'string') return
      mine ??= await loaded().catch(() => undefined)
      const refused = theirs && mine !== undefined && theirs.sha256 !== mine ? mine : undefined
      // A newer program has put the same changes to newer rows: the book under this name is another one now.
      if (sha256 !== undefined && known?.held.some((one) => one.name === name && one.sha256 !== sha256)) {
        books.delete(name)
        remember({ ...known, held: known.held.filter((one) => one.name !== name) })
      }
      const shippedBroken = theirs?.broken ?? null
      if (known?.inForce !== name || known.broken !== broken || known.refused !== refused || (known.shippedBroken ?? null) !== shippedBroken) {
        remember({ inForce: name, broken, shippedBroken, held: known?.held ?? [], refused })
        change()
      }
      if (!broken) need(name)
    },
    snapshot: (): Editions => (shown ??= { inForce: known?.inForce, broken: known?.broken ?? null, shippedBroken: known?.shippedBroken ?? null, others: mine !== undefined && known?.refused === mine, book: (name) => (numberIn(name) === 0 ? shipped : books.get(name)) }),
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
    practice, ask: () => call('editions'), fetchBook: (number) => call('editionBook', { params: { number: String(number) } }), memory: kept(), digest, loaded: digestOfShipped,
  })
  held.set(practice, editions)
  return editions
}
const digest = globalThis.crypto?.subtle ? async (text: string) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))].map((byte) => byte.toString(16).padStart(2, '0')).join('') : undefined
let shippedDigest: Promise<string> | undefined
/** Of the rows themselves, as this page loaded them: once, since they do not change while it stands. */
const digestOfShipped = async (): Promise<string | undefined> => (shippedDigest ??= digest?.(canonical(shipped)))
const kept = () => { try { return globalThis.localStorage } catch { return undefined } }

/** For whoever has just signed an edition on this device: it judges by that one from now on, not from the next time it asks. */
export const refreshEditions = (practice: string): Promise<void> => editionsOf(practice).refresh().catch(() => {})

/** Before it is known who is signed in, nobody's editions are asked for. */
const notAsked: Editions = { inForce: undefined, broken: null, shippedBroken: null, others: false, book: (name) => (numberIn(name) === 0 ? shipped : undefined) }
const unasked: Pick<HeldEditions, 'refresh' | 'onChange' | 'snapshot'> = { refresh: async () => {}, onChange: () => () => {}, snapshot: () => notAsked }

/** Drawn by a screen that judges: asks when it opens, when the network or the tab comes back, and every minute. */
export function useEditions(practice: string | undefined): Editions {
  const editions = practice === undefined ? unasked : editionsOf(practice)
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
export function useRulesInForce(practice: string | undefined): RulesNow {
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

const OTHERS = 'This page holds other rules than the practice’s server, from before an update or altered on the way. Load the page again while there is a connection; if it still says so, tell whoever keeps the server.'
const ABSENT = 'This device does not hold the practice’s edition of the rulebook whole. It is fetched as soon as there is a connection.'

export function rulesNamed(editions: Editions, name: string): RulesNow {
  const book = editions.book(name)
  const broken = editions.shippedBroken ?? (editions.broken !== null && numberIn(name) > 0 && name === editions.inForce ? editions.broken : undefined)
  const missing = broken ?? (editions.others ? OTHERS : book ? undefined : ABSENT)
  return { book: book ?? shipped, edition: name || undefined, missing, newer: undefined }
}
