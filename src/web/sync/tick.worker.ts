/** Keeps time for the page: a worker's timer goes on while the tab is hidden. */
const TICK_MS = 250
setInterval(() => postMessage(null), TICK_MS)
export {}
