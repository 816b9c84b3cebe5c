import type { Logger } from 'pino'

/** Runs work again and again with a pause between: never twice at once, and a failure is logged and tried again. `atOnce`: without a pause before the first time. */
export function every(pauseMs: number, name: string, log: Logger, work: () => Promise<unknown>, { atOnce = false } = {}): () => Promise<void> {
  let ended = false
  let wake = () => {}
  const loop = (async () => {
    for (let pause = atOnce ? 0 : pauseMs; !ended; pause = pauseMs) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause)
        wake = () => { clearTimeout(timer); resolve() }
      })
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
