import { setImmediate as breathe } from 'node:timers/promises'

/** Long work in steps, with room between them for everybody else whom this server answers. */
export async function inBreaths<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await breathe()
  }
}
