import { useEffect, useRef, useState } from 'react'

export interface Camera {
  readonly video: React.RefObject<HTMLVideoElement | null>
  readonly state: 'off' | 'opening' | 'on' | 'refused'
  on(): void
  off(): void
  /** A tablet has one on either side. */
  turn(): void
}

/** The camera of this device, for as long as its picture is on the screen and no longer. */
export function useCamera(): Camera {
  const video = useRef<HTMLVideoElement | null>(null)
  /** Asked anew each time it is opened or turned: who refused it once may allow it then. */
  const [wanted, setWanted] = useState<{ readonly facing: 'environment' | 'user' } | null>(null)
  const [came, setCame] = useState<{ readonly of: object; readonly stream: MediaStream | undefined }>()
  useEffect(() => {
    if (wanted === null) return
    let stream: MediaStream | undefined
    let here = true
    async function open() {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: wanted!.facing }, width: { ideal: 1_280 }, height: { ideal: 960 } }, audio: false })
      } catch { /* Refused, or there is none: said on the screen. */ }
      if (here) setCame({ of: wanted!, stream })
      else stop(stream)
    }
    void open()
    return () => { here = false; stop(stream) }
  }, [wanted])
  const stream = came?.of === wanted ? came?.stream : undefined
  useEffect(() => {
    if (!stream || !video.current) return
    video.current.srcObject = stream
    void video.current.play().catch(() => {})
  }, [stream])
  const state = wanted === null ? 'off' : came?.of !== wanted ? 'opening' : stream ? 'on' : 'refused'
  return { video, state, on: () => setWanted({ facing: 'environment' }), off: () => setWanted(null), turn: () => setWanted((one) => ({ facing: one?.facing === 'environment' ? 'user' : 'environment' })) }
}

const stop = (stream: MediaStream | undefined) => { for (const track of stream?.getTracks() ?? []) track.stop() }
