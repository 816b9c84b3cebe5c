/**
 * A device's own clock that a story can move, as its battery would keep it: with the network gone it goes on all the same.
 * Put into every page before its first script; kept in the browser's storage, so that it outlasts the page.
 */
export const ownClock = `(() => {
  const real = Date.now.bind(Date)
  const moved = () => { try { return Number(localStorage.getItem('story.clock-ms')) || 0 } catch { return 0 } }
  const now = () => real() + moved()
  globalThis.Date = new Proxy(Date, {
    get: (date, key) => (key === 'now' ? now : Reflect.get(date, key)),
    construct: (date, given) => (given.length > 0 ? Reflect.construct(date, given) : new date(now())),
  })
})()`

/** Sets it to a moment, as of a moment of the machine's own clock that several devices may share. */
export const setOwnClock = (to: string, asOfMs = Date.now()): string => `localStorage.setItem('story.clock-ms', String(${Date.parse(to)} - ${asOfMs}))`

/** Lets its clock go on to a moment, with a hand at it every ten minutes, so that it does not lock itself. */
export const spendTime = (from: string, to: string, asOfMs = Date.now()): string => {
  const hops = Math.max(1, Math.ceil((Date.parse(to) - Date.parse(from)) / 600_000))
  const moments = Array.from({ length: hops }, (_, hop) => new Date(Date.parse(from) + ((Date.parse(to) - Date.parse(from)) * (hop + 1)) / hops).toISOString())
  return moments.map((moment) => `${setOwnClock(moment, asOfMs)}; document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }))`).join('; ')
}

const inRoom = (read: string, otherwise: string) => `(() => {
  const main = document.querySelector('main.r-room')
  if (!main) return ${otherwise}
  let at = main[Object.keys(main).find((key) => key.startsWith('__reactFiber'))]
  while (at && !at.memoizedProps?.value?.room) at = at.return
  const { room } = at.memoizedProps.value
  return ${read}
})()`

/** The session as this device holds it, read where its screen is drawn from: every entry, to the last letter. */
export const heldHere = inRoom('JSON.stringify(room.chart.entries)', "'[]'")

/** When anything at all last came to this device from the server. */
export const heardHere = inRoom('String(room.used.lastHeardAt)', "''")

/** The log as it is read on this device: when, which entry, what. */
export const logHere = `JSON.stringify([...document.querySelectorAll('.r-log li[data-entry]')].map((line) => [line.querySelector('time').dateTime, line.dataset.entry, line.dataset.kept, line.querySelector('.r-line__says').firstChild.textContent]))`

/** From now on the page notes by itself, on its own clock, when it first showed what somebody has to hear of. */
export const noteMoments = `(() => {
  const noted = (globalThis.noted = {})
  const shown = {
    away: () => document.querySelector('.r-connection')?.textContent.includes('no connection since'),
    overdue: () => document.querySelector('[aria-label="Reading overdue by"]'),
    call: () => /^(CALL|EMERGENCY)/.test(document.title),
  }
  const look = () => { for (const [name, isShown] of Object.entries(shown)) if (!(name in noted) && isShown()) noted[name] = Date.now() }
  new MutationObserver(look).observe(document.documentElement, { childList: true, characterData: true, attributes: true, subtree: true })
  look()
})()`

/** What has not reached the server from here, and why, as far as this device was told. */
export const unsentHere = inRoom('JSON.stringify({ connection: room.used.connection, waiting: room.used.waiting.length, problems: room.used.problems.map(({ problem }) => problem) })', "''")
