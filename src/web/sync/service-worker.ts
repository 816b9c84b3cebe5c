/**
 * Keeps the built pages on the device, so that a session room opens without the network. It keeps no data: whatever
 * begins with /api goes to the server or fails, and the charts lie sealed in the browser's database.
 */
declare const __PRECACHE__: { readonly edition: string; readonly portal: readonly string[]; readonly workstation: readonly string[] }

/** The types of a page are loaded as well, so the name is narrowed here. */
const worker = globalThis as unknown as ServiceWorkerGlobalScope

type Surface = 'portal' | 'workstation'
const SHELLS: Record<Surface, string> = { portal: '/my', workstation: '/work' }
const PREFIX = 'openkap '
const NAME = PREFIX + __PRECACHE__.edition
/** A page that does not come within this time is taken from the device. */
const PATIENCE_MS = 3_000

worker.addEventListener('install', (event) => event.waitUntil(keepAgain()))
worker.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => worker.clients.claim())))

/** A page says which surface it is; the other is not downloaded to this device. */
worker.addEventListener('message', (event) => {
  const { keep, loaded } = event.data as { keep?: Surface; loaded?: readonly string[] }
  if (keep && keep in SHELLS) event.waitUntil(keepSurface(keep, loaded ?? []).then(() => event.source?.postMessage({ kept: keep, edition: __PRECACHE__.edition })))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api/') || pathname === '/sw.js') return
  const surface = surfaceOf(pathname)
  if (request.mode === 'navigate' && surface) event.respondWith(page(request, surface))
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

function surfaceOf(pathname: string): Surface | undefined {
  if (/^\/my(\/|$)/.test(pathname)) return 'portal'
  return /^\/(work|sign-in|first-run)(\/|$)/.test(pathname) ? 'workstation' : undefined
}

/** The server's page where it answers, else the kept one: all pages of a surface are one program. */
async function page(request: Request, surface: Surface): Promise<Response> {
  const kept = await caches.match(SHELLS[surface])
  try {
    const answered = await (kept ? Promise.race([fetch(request), tooLong()]) : fetch(request))
    if (answered.status < 500 || !kept) return answered
  } catch (failure) {
    if (!kept) throw failure
  }
  return kept
}

const tooLong = () => new Promise<never>((_, reject) => { setTimeout(() => reject(new Error('no answer')), PATIENCE_MS) })

/** Files with a fingerprint in their name never change. */
async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept) return kept
  const answered = await fetch(request)
  if (answered.ok) await (await caches.open(NAME)).put(request, answered.clone())
  return answered
}

async function keepSurface(surface: Surface, loaded: readonly string[]) {
  const cache = await caches.open(NAME)
  const missing: string[] = []
  for (const address of new Set([...__PRECACHE__[surface], ...loaded.filter((each) => each.startsWith('/assets/'))])) if (!(await cache.match(address))) missing.push(address)
  await cache.addAll(missing)
  await cache.add(new Request(SHELLS[surface], { cache: 'reload' })) // Last: a shell without its files would open an empty page.
}

/** A new edition keeps what the old one kept, before it takes over. */
async function keepAgain() {
  for (const [surface, shell] of Object.entries(SHELLS)) if (await caches.match(shell)) await keepSurface(surface as Surface, [])
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name)
}
