import { useSyncExternalStore } from 'react'
import type { BodyOf } from '../../../core/chart/kinds.ts'
import type { Instant } from '../../../core/shared/time.ts'

export type SafetyPlanBody = BodyOf<'safety-plan.v1'>

/** The safety plan as it lies on this device, readable without the network and without signing in. */
export interface KeptPlan {
  readonly person: string
  readonly writtenAt: Instant
  readonly plan: SafetyPlanBody
  readonly practice?: { readonly name: string; readonly phone: string; readonly hours: string } | undefined
}

const PLAN = 'openkap.safety-plan'
/** Holds the id of the person who does not want a copy here. */
const REFUSED = 'openkap.safety-plan-refused'
const listeners = new Set<() => void>()
/** Between a sign-out and the next sign-in nothing is kept again, whatever still draws. */
let leaving = false
let read: { text: string | null; plan: KeptPlan | undefined } = { text: null, plan: undefined }

export function keptPlan(): KeptPlan | undefined {
  const text = get(PLAN)
  if (text !== read.text) read = { text, plan: parse(text) }
  return read.plan
}

export const useKeptPlan = () => useSyncExternalStore(subscribe, keptPlan, () => undefined)

/** Keeps the newest plan, unless this person took it off this device. Another person's copy goes in any case. */
export function keepPlan(kept: KeptPlan) {
  if (leaving || get(REFUSED) === kept.person) return
  set(PLAN, JSON.stringify(kept))
}

export const isKeptFor = (person: string) => keptPlan()?.person === person

/** Takes the copy off this device; `person` says that no new one is wanted here. */
export function dropPlan(person?: string) {
  set(PLAN, null)
  if (person !== undefined) set(REFUSED, person)
}

/** She signs out: the copy goes with everything else that was read here. */
export function forgetPlan() {
  leaving = true
  dropPlan()
}

export function arrive() {
  leaving = false
}

export const allowPlan = () => set(REFUSED, null)

function subscribe(listener: () => void) {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

function parse(text: string | null): KeptPlan | undefined {
  try { return text === null ? undefined : JSON.parse(text) as KeptPlan } catch { return undefined }
}

function get(key: string): string | null {
  try { return localStorage.getItem(key) } catch { return null }
}

function set(key: string, value: string | null) {
  try {
    if (get(key) === value) return
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch { /* A browser that keeps nothing: the screen asks `isKeptFor` and does not claim it. */ }
  for (const listener of listeners) listener()
}
