import { useSyncExternalStore } from 'react'

/** Whether the window is at least so wide; the width is the one from which the style sheet puts two things beside each other. */
export function useWide(from: string): boolean {
  const query = `(min-width: ${from})`
  return useSyncExternalStore(
    (changed) => { const media = matchMedia(query); media.addEventListener('change', changed); return () => media.removeEventListener('change', changed) },
    () => matchMedia(query).matches, () => true,
  )
}
