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
  readonly state: 'idle' | 'asking' | 'recording' | 'paused' | 'refused' | 'unable'
  readonly ms: number
  /** How loud it is, from 0 to 1, where it was asked for and can be told. */
  readonly level: number | undefined
  start(): void
  pause(): void
  resume(): void
  /** Ends it and hands over what was spoken. */
  keep(): void
  /** Ends it, and nothing of it stays. */
  discard(): void
}

const WAYS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'] as const
/** Speech can be told apart well below this; more only makes it longer on the road. */
const BITS_PER_SECOND = 24_000
const PIECE_MS = 1_000
const TICK_MS = 250
/** Kept free for the last piece, so that what was spoken is never too large to be kept. */
const ROOM_BYTES = 200_000

interface Running {
  readonly recorder: MediaRecorder
  readonly stream: MediaStream
  readonly startedAtMs: number
  readonly pieces: Blob[]
  readonly meter: Meter | undefined
  /** Spoken before the last pause, and since when it goes on; a pause has no since. */
  spentMs: number
  from: number | undefined
}
const spentOn = ({ spentMs, from }: Running) => spentMs + (from === undefined ? 0 : performance.now() - from)

/** How long and how large it may become, and whether its loudness is shown. */
interface Bounds {
  readonly mostMs: number
  readonly mostBytes: number
  readonly meter?: boolean
}
const A_NOTE: Bounds = { mostMs: SPOKEN_MOST_MS, mostBytes: SPOKEN_MOST_BYTES }

/**
 * Records the microphone of this device and nothing else of it, until somebody ends it or the bound is reached. What was
 * spoken is handed over also where the screen that asked for it goes away meanwhile: nothing spoken is lost by a tap elsewhere.
 */
export function useRecorder(onSpoken: (spoken: Spoken) => void, { mostMs, mostBytes, meter = false }: Bounds = A_NOTE): Recorder {
  const [state, setState] = useState<Recorder['state']>('idle')
  const [ms, setMs] = useState(0)
  const [level, setLevel] = useState<number>()
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
    setLevel(undefined)
    if (!one) return
    one.meter?.close()
    const lengthMs = Math.min(mostMs, Math.max(1, Math.round(spentOn(one))))
    one.recorder.addEventListener('stop', () => {
      for (const track of one.stream.getTracks()) track.stop()
      if (kept) void handOver(one, { lengthMs, mostBytes }, hand.current).then((whole) => { if (!whole) setState('unable') })
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
      const spent = spentOn(one)
      setMs(spent)
      setLevel(one.meter?.level())
      if (spent >= mostMs || one.pieces.reduce((sum, { size }) => sum + size, 0) > mostBytes - ROOM_BYTES) endRef.current(true)
    }, TICK_MS)
    return () => clearInterval(tick)
  }, [state, mostMs, mostBytes])

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
    const one: Running = { recorder, stream, startedAtMs: Date.now(), pieces: [], meter: meter ? meterOf(stream) : undefined, spentMs: 0, from: performance.now() }
    recorder.addEventListener('dataavailable', ({ data }) => { if (data.size > 0) one.pieces.push(data) })
    // Unplugged, or taken by another program: what was spoken until then is kept.
    stream.getAudioTracks()[0]?.addEventListener('ended', () => { if (running.current === one) endRef.current(true) })
    recorder.start(PIECE_MS)
    running.current = one
    setState('recording')
  }

  function turn(to: 'paused' | 'recording') {
    const one = running.current
    if (!one || (to === 'paused') === (one.from === undefined)) return
    one.spentMs = spentOn(one)
    one.from = to === 'paused' ? undefined : performance.now()
    one.recorder[to === 'paused' ? 'pause' : 'resume']()
    setLevel(undefined)
    setState(to)
  }

  return { state, ms, level, start: () => void begin(), pause: () => turn('paused'), resume: () => turn('recording'), keep: () => end(true), discard: () => end(false) }
}

interface Meter { level(): number; close(): void }
/** Listens beside the recorder and keeps nothing. Where a browser cannot, there is no meter, and the recording goes on. */
function meterOf(stream: MediaStream): Meter | undefined {
  try {
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    context.createMediaStreamSource(stream).connect(analyser)
    const heard = new Float32Array(analyser.fftSize)
    return {
      level() {
        analyser.getFloatTimeDomainData(heard)
        return Math.min(1, Math.sqrt(heard.reduce((sum, one) => sum + one * one, 0) / heard.length) * LOUD)
      },
      close: () => void context.close().catch(() => {}),
    }
  } catch {
    return undefined
  }
}
/** Speech close by then fills about half of the meter. */
const LOUD = 4

/** Answers whether it is a whole recording: what the server would not take is not called kept. */
async function handOver({ pieces, startedAtMs }: Running, { lengthMs, mostBytes }: { readonly lengthMs: number; readonly mostBytes: number }, onSpoken: (spoken: Spoken) => void): Promise<boolean> {
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
  const media = readMedia(bytes)
  if (!media.ok || media.value.type === 'image/jpeg' || bytes.length > mostBytes) return false
  onSpoken({ bytes, type: media.value.type, lengthMs, startedAtMs })
  return true
}
