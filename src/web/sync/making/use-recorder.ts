import { useEffect, useRef, useState } from 'react'
import { SPOKEN_MOST_BYTES, SPOKEN_MOST_MS } from '../../../core/files/limits.ts'
import type { MediaType } from '../../../core/files/file-named.ts'
import { readMedia } from '../../../core/files/media.ts'

/** What somebody spoke, whole. */
export interface Spoken {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: Exclude<MediaType, 'image/jpeg'>
  readonly lengthMs: number
  readonly startedAtMs: number
}

export interface Recorder {
  readonly state: 'idle' | 'asking' | 'recording' | 'refused' | 'unable'
  readonly ms: number
  start(): void
  /** Ends it and hands over what was spoken. */
  keep(): void
  /** Ends it, and nothing of it stays. */
  discard(): void
}

const WAYS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'] as const
/** Speech can be told apart well below this; more only makes it longer on the road. */
const BITS_PER_SECOND = 24_000
const PIECE_MS = 1_000
/** Kept free for the last piece, so that what was spoken is never too large to be kept. */
const ROOM_BYTES = 200_000

interface Running { readonly recorder: MediaRecorder; readonly stream: MediaStream; readonly startedAtMs: number; readonly from: number; readonly pieces: Blob[] }

/**
 * Records the microphone of this device and nothing else of it, until somebody ends it or the bound is reached. What was
 * spoken is handed over also where the screen that asked for it goes away meanwhile: nothing spoken is lost by a tap elsewhere.
 */
export function useRecorder(onSpoken: (spoken: Spoken) => void): Recorder {
  const [state, setState] = useState<Recorder['state']>('idle')
  const [ms, setMs] = useState(0)
  const running = useRef<Running | undefined>(undefined)
  const asked = useRef(0)
  const hand = useRef(onSpoken)
  useEffect(() => { hand.current = onSpoken })

  const end = (kept: boolean) => {
    const one = running.current
    running.current = undefined
    asked.current += 1
    setState('idle')
    setMs(0)
    if (!one) return
    const lengthMs = Math.min(SPOKEN_MOST_MS, Math.max(1, Math.round(performance.now() - one.from)))
    one.recorder.addEventListener('stop', () => {
      for (const track of one.stream.getTracks()) track.stop()
      if (kept) void handOver(one, lengthMs, hand.current).then((whole) => { if (!whole) setState('unable') })
    })
    if (one.recorder.state !== 'inactive') one.recorder.stop()
  }
  const endRef = useRef(end)
  useEffect(() => { endRef.current = end })
  useEffect(() => () => endRef.current(true), [])
  useEffect(() => {
    if (state !== 'recording') return
    const tick = setInterval(() => {
      const one = running.current
      if (!one) return
      const spent = performance.now() - one.from
      setMs(spent)
      if (spent >= SPOKEN_MOST_MS || one.pieces.reduce((sum, { size }) => sum + size, 0) > SPOKEN_MOST_BYTES - ROOM_BYTES) endRef.current(true)
    }, 250)
    return () => clearInterval(tick)
  }, [state])

  async function begin() {
    const mine = (asked.current += 1)
    setState('asking')
    const way = WAYS.find((one) => globalThis.MediaRecorder?.isTypeSupported(one))
    if (!way || !navigator.mediaDevices) { setState('unable'); return }
    let stream: MediaStream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true }, video: false })
    } catch {
      if (mine === asked.current) setState('refused')
      return
    }
    if (mine !== asked.current) { for (const track of stream.getTracks()) track.stop(); return }
    const recorder = new MediaRecorder(stream, { mimeType: way, audioBitsPerSecond: BITS_PER_SECOND })
    const one: Running = { recorder, stream, startedAtMs: Date.now(), from: performance.now(), pieces: [] }
    recorder.addEventListener('dataavailable', ({ data }) => { if (data.size > 0) one.pieces.push(data) })
    // Unplugged, or taken by another program: what was spoken until then is kept.
    stream.getAudioTracks()[0]?.addEventListener('ended', () => { if (running.current === one) endRef.current(true) })
    recorder.start(PIECE_MS)
    running.current = one
    setState('recording')
  }

  return { state, ms, start: () => void begin(), keep: () => end(true), discard: () => end(false) }
}

/** Answers whether it is a whole recording: what the server would not take is not called kept. */
async function handOver({ pieces, startedAtMs }: Running, lengthMs: number, onSpoken: (spoken: Spoken) => void): Promise<boolean> {
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
  const media = readMedia(bytes)
  if (!media.ok || media.value.type === 'image/jpeg' || bytes.length > SPOKEN_MOST_BYTES) return false
  onSpoken({ bytes, type: media.value.type, lengthMs, startedAtMs })
  return true
}
