import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'

/**
 * Runs work again and again with a pause between: never twice at once, and a failure is logged and tried again. `atOnce`: without
 * a pause before the first time. `moved`: where a clock can be set, and then does not wait for the pause to end.
 */
export function every(pauseMs: number, name: string, log: Logger, work: () => Promise<unknown>, { atOnce = false, moved }: { readonly atOnce?: boolean; readonly moved?: Clock['moved'] } = {}): () => Promise<void> {
  let [ended, due] = [false, atOnce]
  let wake = () => {}
  moved?.(() => { due = true; wake() })
  const loop = (async () => {
    while (!ended) {
      if (!due) await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs)
        wake = () => { clearTimeout(timer); resolve() }
      })
      due = false
      if (ended) return
      await work().catch((failure: unknown) => log.warn({ job: name, failure: String((failure as Error).message) }, 'a job failed and will be tried again'))
    }
  })()
  return async () => {
    ended = true
    wake()
    await loop
  }
}
