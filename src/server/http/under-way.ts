import type { FastifyInstance, FastifyReply } from 'fastify'

/** Nobody who stops a server waits longer for one slow answer; what it had written by then stands, and a device sends again what it heard nothing of. */
const LAST_MS = 5_000

/**
 * Knows what is being answered, of every route that is registered after it. Answers how to let all of it come to its end:
 * a server that closes refuses what comes and finishes what is under way, before its connections and its database go.
 */
export function underWay(app: FastifyInstance, lastMs = LAST_MS): () => Promise<void> {
  const answers = new Set<Promise<unknown>>()
  app.addHook('onRoute', (route) => {
    const { handler } = route
    route.handler = function (request, reply) {
      const answer: unknown = handler.call(this, request, reply)
      if (!(answer instanceof Promise)) return answer
      const whole = Promise.allSettled([answer, gone(reply)]).finally(() => answers.delete(whole))
      answers.add(whole)
      return answer
    }
  })
  return async () => {
    let timer: NodeJS.Timeout | undefined
    await Promise.race([Promise.all(answers), new Promise((resolve) => { timer = setTimeout(resolve, lastMs) })])
    clearTimeout(timer)
  }
}

/** The last byte was handed on, or there is nobody left to hand it to. */
const gone = ({ raw }: FastifyReply) => new Promise<void>((resolve) => {
  if (raw.destroyed) resolve()
  else for (const event of ['finish', 'close']) raw.once(event, () => resolve())
})
