import { useEffect, useState } from 'react'
import type { Running } from '../../../core/session/running.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { call, useDevice } from '../../sync/index.ts'

const AGAIN_MS = 10_000

export interface RunningElsewhere {
  readonly running: readonly Running[]
  /** When the server said so; what is due is counted on by this device, but what was done there since is not known. */
  readonly asOf: Instant
}

/** The other sessions that run with this person on their teams. Nothing of their charts is kept on this device for it. */
export function useRunning(session: string, on: boolean): RunningElsewhere | undefined {
  const { clock, simulated } = useDevice()
  const [found, setFound] = useState<RunningElsewhere>()
  const asks = on && !simulated
  useEffect(() => {
    if (!asks) return
    let here = true
    let lastMs = clock.deviceMs()
    const ask = () => void call('runningSessions').then(({ now, running }) => { if (here) setFound({ running: running.filter((one) => one.session !== session), asOf: now }) }).catch(() => {})
    const stop = clock.onTick(() => {
      if (clock.deviceMs() - lastMs < AGAIN_MS) return
      lastMs = clock.deviceMs()
      ask()
    })
    ask()
    return () => { here = false; stop() }
  }, [asks, session, clock])
  return asks ? found : undefined
}
