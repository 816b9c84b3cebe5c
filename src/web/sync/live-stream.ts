import type { StoredEntry } from '../../core/chart/entry.ts'
import type { Instant } from '../../core/shared/time.ts'
import { Refused } from './client.ts'

/** Longer than three heartbeats: whoever is silent for so long is gone, whatever the network says. A screen that is drawn each second says so within 35. */
export const SILENCE_MS = 33_000
const RECONNECT_MS = [250, 1_000, 2_000, 4_000, 8_000]

export interface LiveParts {
  readonly chart: string
  /** The number after which to go on. */
  readonly after: () => number
  readonly hear: (entries: readonly StoredEntry[], lastSeq: number) => void
  /** Anything at all arrived; the server's time with it, where it said so. `whole` once nothing of what stood when the stream began is still on its way. */
  readonly alive: (serverNow: Instant | undefined, whole: boolean) => void
  readonly lost: () => void
  /** The server will not show this chart, or not to this person any more. */
  readonly refused: (why: Refused) => void
  readonly open: (chart: string, after: number, signal: AbortSignal) => Promise<Response>
  readonly later: (act: () => void, afterMs: number) => () => void
}

export interface Live {
  /** Try now; also asked on every tick of the clock, so that silence is noticed in a hidden tab. */
  wake(): void
  close(): void
}

export const openLive: LiveParts['open'] = (chart, after, signal) =>
  fetch(`/api/charts/${encodeURIComponent(chart)}/live?after=${after}`, { signal, credentials: 'same-origin', cache: 'no-store', headers: { accept: 'text/event-stream' } })

/** Listens to a chart for as long as it is open, and comes back by itself, going on after the last number heard. */
export function listen(parts: LiveParts): Live {
  let closed = false
  let tries = 0
  let running: AbortController | undefined
  let cancelRetry = () => {}
  let cancelSilence = () => {}

  const hearSomething = () => {
    cancelSilence()
    cancelSilence = parts.later(() => running?.abort(), SILENCE_MS)
  }

  async function connect() {
    cancelRetry()
    if (closed || running) return
    const mine = new AbortController()
    running = mine
    let upTo = 0
    hearSomething()
    try {
      const response = await parts.open(parts.chart, parts.after(), mine.signal)
      if (!response.ok) throw await refusalOf(response)
      if (response.body) await readEvents(response.body, ({ data }) => {
        if (closed) return // It was on its way already: nobody counts it as heard, so it is asked for again.
        tries = 0
        hearSomething()
        const said = JSON.parse(data) as { entries?: StoredEntry[]; lastSeq?: number; upTo?: number; now?: Instant }
        upTo = said.upTo ?? upTo
        parts.alive(said.now, Math.max(parts.after(), said.lastSeq ?? 0) >= upTo)
        if (said.entries && said.lastSeq !== undefined) parts.hear(said.entries, said.lastSeq)
      })
    } catch (failure) {
      if (failure instanceof Refused && !closed) parts.refused(failure)
    }
    mine.abort() // However it ended, nothing of it may go on.
    cancelSilence()
    running = undefined
    if (closed) return
    parts.lost()
    cancelRetry = parts.later(() => void connect(), RECONNECT_MS[Math.min(tries, RECONNECT_MS.length - 1)]!)
    tries += 1
  }

  void connect()
  return {
    wake() { tries = 0; void connect() },
    close() { closed = true; cancelRetry(); cancelSilence(); running?.abort() },
  }
}

async function refusalOf(response: Response): Promise<Refused | Error> {
  const said = (await response.json().catch(() => ({}))) as { code?: string; say?: string }
  return said.code && said.say ? new Refused(response.status, said.code, said.say) : new Error(String(response.status))
}

/** Server-sent events, as they come in pieces of any size. */
export async function readEvents(body: ReadableStream<Uint8Array>, hear: (event: { readonly event: string; readonly data: string }) => void): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    rest += decoder.decode(value, { stream: true })
    const blocks = rest.split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const lines = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/.exec(line))
      const data = lines.flatMap((line) => (line?.[1] === 'data' ? [line[2] ?? ''] : [])).join('\n')
      if (data) hear({ event: lines.find((line) => line?.[1] === 'event')?.[2] ?? 'message', data })
    }
  }
}
