import { useEffect } from 'react'
import { playSound, type SoundLevel } from '../../kit/index.ts'
import { useDevice } from '../../sync/index.ts'
import { toAnswer } from './AlertStrip.tsx'
import type { Room } from './room.ts'

/** So often an alarm that nobody answers is heard again. */
const AGAIN_MS: Record<SoundLevel, number> = { call: 12_000, emergency: 6_000 }

/** An orange or red alert is heard until somebody answers it, also in a tab that nobody looks at. A caution stays silent, and so does what was typed from paper. */
export function useAlarm({ session }: Room): void {
  const { clock } = useDevice()
  const alert = session.closed ? undefined : toAnswer(session.alerts.open.filter(({ fromPaper }) => !fromPaper))
  const level: SoundLevel | undefined = !alert || alert.answers.length > 0 || alert.level === 'yellow' ? undefined : alert.level === 'red' ? 'emergency' : 'call'
  const id = alert?.id
  useEffect(() => {
    if (!level) return
    let lastMs = Date.now()
    void playSound(level)
    return clock.onTick(() => {
      if (Date.now() - lastMs < AGAIN_MS[level]) return
      lastMs = Date.now()
      void playSound(level)
    })
  }, [level, id, clock])
}
