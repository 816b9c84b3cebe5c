import { useCallback, useEffect, useRef, useState } from 'react'
import { Offline } from '../../sync/client.ts'
import { refusalOf, type Refusal } from './use-act.ts'

/** How long a hand rests before what it wrote is sent, and how soon it is tried again without a connection. */
const REST_MS = 800
const AGAIN_MS = 5_000

export interface Autosave {
  /** Whether everything that was written has reached the server. */
  readonly state: 'saved' | 'saving' | 'waiting' | 'refused'
  readonly savedAt: number | null
  readonly refusal: Refusal | undefined
  /** Sends at once, and tells whether it arrived. */
  readonly saveNow: () => Promise<boolean>
}

/**
 * Keeps what is being written: a moment after each change, and at once when the screen is left. One save is under
 * way at a time, and the newest words are sent again until they arrived, so an older save can never win.
 */
export function useAutosave<Value>(value: Value, save: (value: Value) => Promise<unknown>, when: boolean): Autosave {
  const [shown, setShown] = useState<Omit<Autosave, 'saveNow'>>({ state: 'saved', savedAt: null, refusal: undefined })
  const newest = useRef(value)
  const sent = useRef(value)
  const under = useRef<Promise<boolean> | null>(null)
  const alive = useRef(true)
  const saving = useRef(save)
  useEffect(() => { newest.current = value; saving.current = save })

  const saveNow = useCallback((): Promise<boolean> => {
    if (under.current) return under.current.then((arrived) => (newest.current === sent.current ? arrived : saveNow()))
    if (newest.current === sent.current) return Promise.resolve(true)
    const given = newest.current
    const show = (next: Omit<Autosave, 'saveNow'>) => { if (alive.current) setShown(next) }
    show({ state: 'saving', savedAt: null, refusal: undefined })
    under.current = saving.current(given).then(
      () => { sent.current = given; show({ state: newest.current === given ? 'saved' : 'saving', savedAt: Date.now(), refusal: undefined }); return true },
      (failure: unknown) => { show({ state: failure instanceof Offline ? 'waiting' : 'refused', savedAt: null, refusal: refusalOf(failure) }); return false },
    ).finally(() => { under.current = null })
    return under.current
  }, [])

  useEffect(() => {
    if (!when || newest.current === sent.current) return
    setShown((now) => (now.state === 'saved' ? { ...now, state: 'saving' } : now)) // Not saved yet, although nothing is under way: what waits for a save must not begin and be torn away.
    const timer = setTimeout(() => void saveNow(), REST_MS)
    return () => clearTimeout(timer)
  }, [value, when, saveNow])

  useEffect(() => {
    if (shown.state !== 'waiting') return
    const timer = setTimeout(() => void saveNow(), AGAIN_MS)
    return () => clearTimeout(timer)
  }, [shown, saveNow])

  useEffect(() => {
    alive.current = true
    return () => { alive.current = false; if (newest.current !== sent.current) void saveNow() }
  }, [saveNow])

  return { ...shown, saveNow }
}
