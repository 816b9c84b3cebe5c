import { useEffect, useState } from 'react'
import type { Response as Answer } from '../../core/contract/contract.ts'
import { call } from './client.ts'
import { clock } from './clock.ts'
import { readEvents, SILENCE_MS } from './live-stream.ts'

export type Told = Answer<'notices'>['notices'][number]

/** Asked again so often even if nothing nudges: a nudge that was lost must not hide a call for help. */
const AGAIN_MS = 20_000
const RETRY_MS = 3_000

/** What was said to the person signed in and not seen to, kept up to date while a page is open. Empty until the first answer. */
export function useTold(on: boolean): { readonly told: readonly Told[]; readonly seenTo: (id: string) => Promise<Answer<'noticeDone'>> } {
  const [told, setTold] = useState<readonly Told[]>([])
  const [asks, setAsks] = useState(0)
  useEffect(() => {
    if (!on) return
    let here = true
    const ask = () => void call('notices').then(({ notices }) => { if (here) setTold(notices) }).catch(() => {})
    const stop = listen(ask)
    let lastMs = clock.deviceMs()
    const stopTicks = clock.onTick(() => {
      if (clock.deviceMs() - lastMs < AGAIN_MS) return
      lastMs = clock.deviceMs()
      ask()
    })
    ask()
    return () => { here = false; stop(); stopTicks() }
  }, [on, asks])
  return { told, seenTo: async (id) => { const answer = await call('noticeDone', { params: { id }, body: {} }); setAsks((count) => count + 1); return answer } }
}

/** Hears nudges for as long as the page is open, and comes back by itself. */
function listen(hear: () => void): () => void {
  let ended = false
  let running: AbortController | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  async function connect() {
    const mine = new AbortController()
    running = mine
    let silence: ReturnType<typeof setTimeout> | undefined
    const alive = () => { clearTimeout(silence); silence = setTimeout(() => mine.abort(), SILENCE_MS) }
    try {
      alive()
      const response = await fetch('/api/told/live', { signal: mine.signal, credentials: 'same-origin', cache: 'no-store', headers: { accept: 'text/event-stream' } })
      if (response.ok && response.body) await readEvents(response.body, ({ event }) => { alive(); if (event === 'told') hear() })
    } catch { /* Away: what is asked every so often says so on its own pages. */ }
    clearTimeout(silence)
    mine.abort()
    if (!ended) retry = setTimeout(() => void connect(), RETRY_MS)
  }
  void connect()
  return () => { ended = true; clearTimeout(retry); running?.abort() }
}
