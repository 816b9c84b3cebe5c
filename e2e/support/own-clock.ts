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

/** Sets it to a moment. */
export const setOwnClock = (to: string): string => `localStorage.setItem('story.clock-ms', String(${Date.parse(to)} - ${Date.now()}))`

/** Lets its clock go on to a moment, with a hand at it every ten minutes, so that it does not lock itself. */
export const spendTime = (from: string, to: string): string => {
  const hops = Math.max(1, Math.ceil((Date.parse(to) - Date.parse(from)) / 600_000))
  const moments = Array.from({ length: hops }, (_, hop) => new Date(Date.parse(from) + ((Date.parse(to) - Date.parse(from)) * (hop + 1)) / hops).toISOString())
  return moments.map((moment) => `${setOwnClock(moment)}; document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }))`).join('; ')
}

/** The session as this device holds it, read where its screen is drawn from: every entry, to the last letter. */
export const heldHere = `(() => {
  const room = document.querySelector('main.r-room')
  if (!room) return '[]'
  let at = room[Object.keys(room).find((key) => key.startsWith('__reactFiber'))]
  while (at && !at.memoizedProps?.value?.room) at = at.return
  return JSON.stringify(at.memoizedProps.value.room.chart.entries)
})()`

/** The log as it is read on this device: when, which entry, what. */
export const logHere = `JSON.stringify([...document.querySelectorAll('.r-log li[data-entry]')].map((line) => [line.querySelector('time').dateTime, line.dataset.entry, line.dataset.kept, line.querySelector('.r-line__says').firstChild.textContent]))`

/** From now on the page notes by itself when it first said aloud that somebody is called. */
export const noteTheCall = `(() => {
  globalThis.calledAtMs = undefined
  const look = () => { if (/^(CALL|EMERGENCY)/.test(document.title)) globalThis.calledAtMs ??= Date.now() }
  new MutationObserver(look).observe(document.querySelector('title'), { childList: true, characterData: true, subtree: true })
  look()
})()`
