/**
 * Asks the browser to keep this surface for times without the network. Resolves with true once everything is kept,
 * and with false where that cannot be done (no service worker, or no connection yet).
 */
export async function keepOffline(surface: 'portal' | 'workstation'): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  try {
    await navigator.serviceWorker.register('/sw.js', { scope: '/' })
    const { active } = await navigator.serviceWorker.ready
    if (!active) return false
    const answer = new Promise<boolean>((resolve) => {
      navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ kept?: string }>) => { if (data.kept === surface) resolve(true) })
      setTimeout(() => resolve(false), 60_000)
    })
    active.postMessage({ keep: surface, loaded: performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname) })
    return await answer
  } catch {
    return false
  }
}
