import { useSyncExternalStore } from 'react'

/** The portal's addresses. A few lines instead of a library: a phone on a slow line waits for what is loaded first. */
const listeners = new Set<() => void>()
let moved = false

export function go(to: string) {
  if (to !== location.pathname + location.search) history.pushState(null, '', to)
  arrive()
  scrollTo(0, 0)
}

/** Whether the screen was reached by a step inside the portal: then the focus goes along, as it does with a loaded page. */
export const hasMoved = () => moved

export const usePath = () => useSyncExternalStore(subscribe, path, () => '/my')

/** Ordinary links stay ordinary links; those inside the portal change the screen without loading the page again. */
export function followLinks() {
  addEventListener('popstate', arrive)
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    if (link.origin !== location.origin || !isOurs(link.pathname) || link.hash || link.target || link.hasAttribute('download')) return
    event.preventDefault()
    go(link.pathname + link.search)
  })
}

const isOurs = (pathname: string) => pathname === '/my' || pathname.startsWith('/my/')
const path = () => location.pathname.replace(/\/+$/, '') || '/'

function arrive() {
  moved = true
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
