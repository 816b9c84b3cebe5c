import { useSyncExternalStore } from 'react'

/** How urgent a sound is: three pulses for a call, ten for an emergency, as monitors do. */
export type SoundLevel = 'call' | 'emergency'
/** Whether this page can be heard: nobody has tried, it played, or the browser keeps it silent. */
export type SoundState = 'untried' | 'ready' | 'silent'

const PULSES: Record<SoundLevel, readonly number[]> = { call: [0, 0.25, 0.5], emergency: [0, 0.2, 0.4, 0.7, 0.9, 1.4, 1.6, 1.8, 2.1, 2.3] }
const PITCH_HZ: Record<SoundLevel, number> = { call: 523, emergency: 660 }
const PULSE_S = 0.14
/** A browser that wants a touch first never answers: then it is silent. */
const PATIENCE_MS = 1_000

let context: AudioContext | undefined
let state: SoundState = 'untried'
const listeners = new Set<() => void>()
const set = (next: SoundState) => { if (next !== state) { state = next; for (const listener of listeners) listener() } }

/** Plays it once; false where nothing can be heard of it. A browser plays only in a page that somebody has touched. */
export async function playSound(level: SoundLevel): Promise<boolean> {
  try {
    context ??= new AudioContext()
    context.onstatechange = () => set(context?.state === 'running' ? 'ready' : 'silent')
    await Promise.race([context.resume(), new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS) })])
    if (context.state !== 'running') throw new Error('silent')
    for (const after of PULSES[level]) pulse(context, context.currentTime + after, PITCH_HZ[level])
    set('ready')
    return true
  } catch {
    set('silent')
    return false
  }
}

/** One soft-edged tone: a hard edge clicks. */
function pulse(audio: AudioContext, at: number, pitchHz: number) {
  const tone = audio.createOscillator()
  const loud = audio.createGain()
  tone.frequency.value = pitchHz
  loud.gain.setValueAtTime(0, at)
  loud.gain.linearRampToValueAtTime(0.5, at + 0.02)
  loud.gain.setValueAtTime(0.5, at + PULSE_S - 0.03)
  loud.gain.linearRampToValueAtTime(0, at + PULSE_S)
  tone.connect(loud).connect(audio.destination)
  tone.start(at)
  tone.stop(at + PULSE_S)
}

const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener) } }
export const useSoundState = (): SoundState => useSyncExternalStore(subscribe, () => state)
