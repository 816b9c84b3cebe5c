import { useRef, useState } from 'react'

interface Told {
  readonly entry: string
  readonly level: number
}

/**
 * What cannot wait until a form is sent goes on the chart when it is answered, and again when a later answer says more of
 * it; each amends the one before, and what is sent in the end amends the last. One at a time, in the order of the presses.
 * A milder answer afterwards takes nothing back.
 */
export function useToldAtOnce({ told }: { readonly told?: Told }, keep: (told: Told) => void) {
  const last = useRef<Told | undefined>(told)
  const under = useRef<Promise<void>>(Promise.resolve())
  const [failed, setFailed] = useState(false)
  const tellNow = async (level: number, write: (amends: string | undefined) => Promise<{ readonly id: string }>) => {
    if (level <= (last.current?.level ?? 0)) return
    setFailed(false)
    try {
      const { id } = await write(last.current?.entry)
      last.current = { entry: id, level }
      keep(last.current)
    } catch {
      setFailed(true)
    }
  }
  return {
    failed,
    tell: (level: number, write: (amends: string | undefined) => Promise<{ readonly id: string }>) => { under.current = under.current.then(() => tellNow(level, write)) },
    /** The entry that the whole form amends, once everything told before is written. */
    entry: async () => { await under.current; return last.current?.entry },
  }
}
