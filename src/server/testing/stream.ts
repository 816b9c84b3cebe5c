import { setTimeout as wait } from 'node:timers/promises'

export interface Event {
  readonly entries: readonly { readonly seq: number; readonly kind: string; readonly id: string; readonly body: Record<string, unknown> }[]
  readonly lastSeq: number
}

/** Listens to a chart's live stream over a real connection, as a browser does. Tests only. */
export async function listen(url: string, chart: string, token: string, after = 0) {
  const abort = new AbortController()
  const response = await fetch(`${url}/api/charts/${chart}/live?after=${after}`, { headers: { cookie: `openkap=${token}` }, signal: abort.signal })
  const events: Event[] = []
  const stream = { status: response.status, events, ended: false, close: () => abort.abort(), entries: () => events.flatMap(({ entries }) => entries) }
  if (response.status === 200) void read(response.body!, events).catch(() => {}).finally(() => { stream.ended = true })
  return stream
}
export type Stream = Awaited<ReturnType<typeof listen>>

async function read(body: ReadableStream<Uint8Array>, events: Event[]) {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end)
      text = text.slice(end + 2)
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (data && !block.includes('event: beat')) events.push(JSON.parse(data) as Event)
    }
  }
}

/** Waits until something holds, and says how long that took. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<number> {
  const began = performance.now()
  while (!(await holds())) {
    if (performance.now() - began > withinMs) throw new Error(`It did not happen within ${withinMs} ms.`)
    await wait(5)
  }
  return performance.now() - began
}
