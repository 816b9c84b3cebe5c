import { useCallback, useState } from 'react'

const PREFIX = 'openkap.draft.'

/**
 * What somebody is in the middle of writing. Kept in this tab, through a reload and a lost connection, until it is
 * sent or the tab is closed: a half-written answer on a shared phone should not outlive the moment.
 */
export function useDraft<Value>(name: string, empty: Value): readonly [Value, (next: Value | ((before: Value) => Value)) => void, () => void] {
  const [value, setValue] = useState<Value>(() => kept<Value>(name) ?? empty)
  const set = useCallback((next: Value | ((before: Value) => Value)) => setValue((before) => {
    const after = typeof next === 'function' ? (next as (before: Value) => Value)(before) : next
    keep(name, after)
    return after
  }), [name])
  const clear = useCallback(() => keep(name, undefined), [name])
  return [value, set, clear]
}

/** Whether something was begun and not sent. */
export const hasDraft = (name: string) => kept(name) !== undefined

export function dropDrafts() {
  try { for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key) } catch { /* A browser that keeps nothing has nothing to drop. */ }
}

function kept<Value>(name: string): Value | undefined {
  try {
    const text = sessionStorage.getItem(PREFIX + name)
    return text === null ? undefined : JSON.parse(text) as Value
  } catch {
    return undefined
  }
}

function keep(name: string, value: unknown) {
  try {
    if (value === undefined) sessionStorage.removeItem(PREFIX + name)
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(value))
  } catch { /* Then it lives as long as the screen does. */ }
}
