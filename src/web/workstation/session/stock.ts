import { useEffect, useSyncExternalStore } from 'react'
import type { EntryOf } from '../../../core/chart/entry.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { formsForRoute } from '../../../core/ledger/container.ts'
import type { SessionNow } from '../../../core/session/session.ts'
import { call } from '../../sync/client.ts'

export type HeldStock = Response<'ledgerOpen'>
export type HeldContainer = HeldStock['containers'][number]

const EVERY_MS = 60_000
const listeners = new Set<() => void>()
const held = new Map<string, { readonly text: string; readonly stock: HeldStock | undefined }>()
const keyOf = (practice: string) => `openkap stock ${practice}`

function read(practice: string): HeldStock | undefined {
  let text = ''
  try { text = window.localStorage.getItem(keyOf(practice)) ?? '' } catch { /* A browser that keeps nothing holds no list. */ }
  const known = held.get(practice)
  if (known?.text === text) return known.stock
  let stock: HeldStock | undefined
  try { stock = text === '' ? undefined : (JSON.parse(text) as HeldStock) } catch { stock = undefined }
  held.set(practice, { text, stock })
  return stock
}

/** What may be drawn from, as this device last heard of it: with or without the network. It names nobody. */
export const useStock = (practice: string): HeldStock | undefined =>
  useSyncExternalStore((changed) => { listeners.add(changed); return () => listeners.delete(changed) }, () => read(practice), () => undefined)

/** Keeps that list on the device while a room is open: it is there when the network goes. */
export function useHoldStock(practice: string): void {
  useEffect(() => {
    const ask = async () => {
      const stock = await call('ledgerOpen').catch(() => undefined)
      if (!stock) return
      try { window.localStorage.setItem(keyOf(practice), JSON.stringify(stock)) } catch { /* Then the lot is typed, as on any other day. */ }
      for (const changed of listeners) changed()
    }
    void ask()
    const timer = setInterval(() => void ask(), EVERY_MS)
    return () => clearInterval(timer)
  }, [practice])
}

/** What this order may be drawn from: the same medicine, in a form that this route takes; what is open already first, then what expires first. */
export function fitting(stock: HeldStock | undefined, { medication, route }: { readonly medication: string; readonly route: string }): readonly HeldContainer[] {
  const forms = formsForRoute(route)
  return (stock?.containers ?? []).filter(({ label }) => label.medicine === medication && forms.includes(label.form))
    .toSorted((a, b) => Number(b.opened) - Number(a.opened) || (a.label.expires < b.label.expires ? -1 : a.label.expires > b.label.expires ? 1 : a.label.number - b.label.number))
}

type Drawn = EntryOf<'medicine-drawn.v1'>
type Wasted = EntryOf<'medicine-wasted.v1'>

/** Something that was drawn or opened in this session and is neither given nor wasted. */
export interface Left {
  readonly drawn: Drawn
  readonly container: string
  readonly quantity: number
  /** Of the draw; otherwise of the single-use container it came from. */
  readonly ofDraw: boolean
}

/** What is left after the doses of a session, as far as this device can know it. Whoever looks at the vial has the last word. */
export function leftovers({ entries, doses }: Pick<SessionNow, 'entries' | 'doses'>, stock: HeldStock | undefined): readonly Left[] {
  const draws = entries.all('medicine-drawn.v1').filter(({ body }) => body.from === 'stock')
  const wasted = entries.all('medicine-wasted.v1')
  const given = new Set(entries.all('dose-given.v1').map(({ body }) => body.prepared))
  const next = (doses.lastStep?.step ?? 0) + 1
  const waiting = entries.all('dose-prepared.v1').findLast(({ body }) => body.step === next)?.id
  const ofDraws = draws.flatMap((drawn): Left[] => {
    const { prepared, quantity = 0, dose = 0, container = '' } = drawn.body
    if (prepared === waiting && !given.has(prepared)) return []
    const quantityLeft = quantity - (given.has(prepared) ? dose : 0) - sum(wasted.filter(({ body }) => body.drawn === drawn.id))
    return quantityLeft > 0 ? [{ drawn, container, quantity: quantityLeft, ofDraw: true }] : []
  })
  const ofContainers = [...new Map(draws.map((drawn) => [drawn.body.container ?? '', drawn])).values()].flatMap((drawn): Left[] => {
    const box = stock?.containers.find(({ id }) => id === drawn.body.container)
    if (!box?.label.singleUse || waiting !== undefined) return []
    const since = draws.filter(({ at, body }) => body.container === box.id && at > (stock?.now ?? ''))
    const quantity = box.onHand - sum(since) - sum(wasted.filter(({ body, at }) => body.container === box.id && body.drawn === undefined && at > (stock?.now ?? '')))
    return quantity > 0 ? [{ drawn, container: box.id, quantity, ofDraw: false }] : []
  })
  return [...ofDraws, ...ofContainers]
}
const sum = (entries: readonly { readonly body: { readonly quantity?: number | undefined } }[]): number => entries.reduce((total, { body }) => total + (body.quantity ?? 0), 0)

/** Wastes of this session that nobody else has signed for yet, and whether this person may. */
export function unwitnessed({ entries }: Pick<SessionNow, 'entries'>, me: string): readonly { readonly wasted: Wasted; readonly mine: boolean }[] {
  return entries.all('medicine-wasted.v1').flatMap((wasted) => {
    const drawn = entries.all('medicine-drawn.v1').filter(({ id, body }) => (wasted.body.drawn === undefined ? body.container === wasted.body.container : id === wasted.body.drawn))
    const gave = entries.all('dose-given.v1').filter(({ body }) => drawn.some((one) => one.body.prepared === body.prepared))
    const doers = new Set([wasted.by, ...drawn.map(({ by }) => by), ...gave.map(({ by }) => by)])
    const signed = entries.all('waste-witnessed.v1').some(({ by, body }) => body.wasted === wasted.id && !doers.has(by))
    return signed ? [] : [{ wasted, mine: doers.has(me) }]
  })
}
