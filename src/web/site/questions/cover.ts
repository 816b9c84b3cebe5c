interface Covering {
  /** Minutes without a touch. */
  readonly afterMin: number
  /** Brings what is on the page to the server, and says that the tablet was put down. Where to go on, or nothing without a connection. */
  readonly putDown: () => Promise<string | undefined>
  /** Somebody is still there, though nothing was answered. */
  readonly touched: () => void
}

/** A touch is said to the server so often at most. */
const SAID_MS = 60_000
const TOUCHES = ['pointerdown', 'keydown', 'scroll'] as const

/**
 * On the practice's tablet: left alone, or given back, the page shows nothing of whoever answered. The questions are
 * taken off it at once, with the connection or without; whoever works here hands it over again. Answers how to put it down.
 */
export function coverWhenLeft(form: HTMLFormElement, { afterMin, putDown, touched }: Covering): () => void {
  let [lastMs, saidMs] = [Date.now(), Date.now()]
  let timer: ReturnType<typeof setTimeout> | undefined
  const main = form.closest('main')!
  const covered = form.closest('.asking')!.querySelector<HTMLTemplateElement>('template[data-covered]')!.content

  const touch = () => {
    lastMs = Date.now()
    if (lastMs - saidMs < SAID_MS) return
    saidMs = lastMs
    touched()
  }
  const cover = () => {
    clearTimeout(timer)
    for (const kind of TOUCHES) removeEventListener(kind, touch, true)
    document.removeEventListener('visibilitychange', look)
    main.replaceChildren(covered.cloneNode(true))
    main.querySelector('h1')?.focus()
    void putDown().then((to) => { if (to) location.replace(to) })
  }
  // A tablet that slept has not counted: the time is looked at when it wakes.
  function look() {
    clearTimeout(timer)
    const leftMs = lastMs + afterMin * 60_000 - Date.now()
    if (leftMs <= 0) cover()
    else timer = setTimeout(look, leftMs)
  }
  for (const kind of TOUCHES) addEventListener(kind, touch, { capture: true, passive: true })
  document.addEventListener('visibilitychange', look)
  addEventListener('pageshow', (event) => { if ((event as PageTransitionEvent).persisted) location.reload() })
  look()
  return cover
}
