import { dropDrafts } from './draft.ts'

/** Somewhere that tells nobody anything. Without a connection, an empty page. */
const ELSEWHERE = 'https://www.weather.gov/'
const LEFT = 'openkap.left'

/**
 * Away from here at once: the screen is emptied before anything is loaded, what was half-written in this tab is dropped,
 * and this page is no longer what the browser goes back to. What was saved is kept, and nobody is signed out.
 */
export function leave() {
  document.documentElement.style.display = 'none'
  document.title = ''
  dropDrafts()
  try { sessionStorage.setItem(LEFT, 'yes') } catch { /* Then going back shows the page again. */ }
  location.replace(navigator.onLine ? ELSEWHERE : 'about:blank')
}

/** Whoever goes back in a tab that somebody left in haste is sent away again. Opening the address anew comes in. */
export function stayAway(): boolean {
  window.addEventListener('pageshow', ({ persisted }) => { if (persisted && hasLeft()) leave() })
  const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (hasLeft() && how?.type === 'back_forward') { leave(); return true }
  try { sessionStorage.removeItem(LEFT) } catch { /* Nothing was kept. */ }
  return false
}

function hasLeft(): boolean {
  try { return sessionStorage.getItem(LEFT) !== null } catch { return false }
}
