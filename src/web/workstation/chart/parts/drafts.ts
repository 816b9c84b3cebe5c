import { useEffect, useState } from 'react'

/** What is being typed, kept while this tab is open and nowhere else: going to look something up in the chart loses nothing. */
const kept = new Map<string, object>()

export interface Draft<Value extends object> {
  readonly value: Value
  readonly set: (change: Partial<Value>) => void
  readonly clear: () => void
}

export function useDraft<Value extends object>(key: string, blank: Value): Draft<Value> {
  const [value, setValue] = useState<Value>(() => (kept.get(key) as Value | undefined) ?? blank)
  const set = (change: Partial<Value>) => setValue((before) => {
    const next = { ...before, ...change }
    if (JSON.stringify(next) === JSON.stringify(blank)) kept.delete(key)
    else kept.set(key, next)
    return next
  })
  const clear = () => {
    kept.delete(key)
    setValue(blank)
  }
  return { value, set, clear }
}

/** Puts something into a form that is not open yet; what is typed in it already stays. */
export function changeDraft<Value extends object>(key: string, blank: Value, change: Partial<Value>) {
  kept.set(key, { ...blank, ...kept.get(key), ...change })
}

/** Whether anything is typed and not saved. */
export const draftsOpen = (): boolean => kept.size > 0
export const forgetDrafts = (): void => kept.clear()

/** Closing the tab would lose what is typed: the browser asks first. */
export function useKeptDrafts() {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => { if (kept.size > 0) event.preventDefault() }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [])
}
