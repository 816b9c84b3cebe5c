import { coverWhenLeft } from './cover.ts'
import { askedOf, itemsOf, needsHelp, openOf, setValue, valueOf } from './form.ts'
import { keep, kept } from './show-steps.ts'

interface Showing {
  readonly openAt: (item: HTMLElement) => void
  readonly changed: () => void
  readonly goOn: () => void
}

interface KeptHere {
  readonly entry: string
  readonly given: Readonly<Record<string, string>>
  /** When it was sent by a press, and not yet taken. */
  readonly sentAt?: string
  readonly gaps?: boolean
}

const SAYS = {
  own: {
    waits: 'There is no connection. Your answers are kept on this device and are sent as soon as there is one: leave this page open, or open the link again later.',
    ended: 'This link does not work any more, so your answers have not arrived. They are still on this device: open the newest message from us, or call.',
    refused: 'The form could not be taken. Your answers are still here: try again, or call us.',
  },
  tablet: {
    waits: 'There is no connection. Your answers are kept on this tablet and are sent as soon as there is one. Tell somebody here, and leave this page open.',
    ended: 'The time for this form is over, so your answers have not arrived. They are still on this tablet: give it back, and somebody here hands it over again.',
    refused: 'The form could not be taken. Your answers are still here: tell somebody here.',
  },
} as const
const SAVE_MS = 400
const RETRY_MS = [2_000, 5_000, 10_000, 20_000]

/**
 * Keeps every answer on this device at once and on the server soon after, and sends the form when there is a connection:
 * it goes under the same name however often it is tried, so that it is stored once. What an answer says that cannot wait goes at once.
 */
export function keepAnswers(form: HTMLFormElement, { openAt, changed, goOn }: Showing): void {
  const { place: onTablet, cover: coverMin } = form.dataset
  const place = `questions ${onTablet ?? location.pathname} ${named(form, 'instrument').value}`
  const status = form.querySelector<HTMLElement>('[data-status]')!
  const stillOpen = form.querySelector<HTMLElement>('[data-open]')!
  const before = readKept(place)
  if (before) named(form, 'entry').value = before.entry
  for (const item of itemsOf(form)) if (before?.given[item.dataset['item']!] && valueOf(item) === '') setValue(item, before.given[item.dataset['item']!]!)
  changed()
  if (before || form.querySelector('[data-begun]')) goOn()
  unsent(form, !navigator.onLine)

  const given = () => Object.fromEntries(askedOf(form).flatMap((item) => (valueOf(item) === '' ? [] : [[item.dataset['item']!, valueOf(item)]])))
  const keepHere = (more: Pick<KeptHere, 'sentAt' | 'gaps'> = {}) => keep(place, JSON.stringify({ entry: named(form, 'entry').value, given: given(), ...more } satisfies KeptHere))
  const says = SAYS[onTablet ? 'tablet' : 'own']
  let covered = false
  // Nothing of it stays on the practice's tablet once it has arrived.
  const arrived = (sent: string) => { if (onTablet && !readKept(place)?.sentAt && JSON.stringify(given()) === sent) keep(place, undefined) }
  const saving = sayAsYouGo(form, given, arrived, (said) => { status.textContent = said })
  const sending = sendUntilTaken(form, given, {
    taken: (to) => { keep(place, undefined); if (!covered) location.replace(to) },
    waits: () => { status.textContent = says.waits; unsent(form, true) },
    ended: () => { status.textContent = says.ended },
    refused: () => { status.textContent = says.refused },
  })

  form.addEventListener('input', () => { changed(); keepHere(); saving(needsHelp(form)) })
  const putDown = coverMin === undefined ? undefined : coverWhenLeft(form, {
    afterMin: Number(coverMin), touched: () => saving(false),
    putDown: async () => { covered = true; const to = await putBack(form, given()); if (to) arrived(JSON.stringify(given())); else saving(true); return to },
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if ((event.submitter as HTMLButtonElement | null)?.name === 'back') return putDown?.()
    const gaps = (event.submitter as HTMLButtonElement | null)?.name === 'gaps'
    const open = openOf(form)
    if (open.length > 0 && !gaps) {
      stillOpen.hidden = false
      openAt(open[0]!)
      return
    }
    const sentAt = new Date().toISOString()
    keepHere({ sentAt, gaps })
    status.textContent = 'Sending.'
    sending({ sentAt, gaps })
  })
  if (before?.sentAt) sending({ sentAt: before.sentAt, gaps: before.gaps ?? false })
}

const named = (form: HTMLFormElement, name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement
const unsent = (form: HTMLFormElement, is: boolean): void => { for (const line of form.querySelectorAll<HTMLElement>('[data-unsent]')) line.hidden = !is }

function readKept(place: string): KeptHere | undefined {
  try {
    const read = JSON.parse(kept(place) ?? 'null') as KeptHere | null
    return read && typeof read.entry === 'string' && typeof read.given === 'object' ? read : undefined
  } catch {
    return undefined
  }
}

/** Stops here: what stands on the page goes to the server with it. Where to go on, or nothing without a connection. */
async function putBack(form: HTMLFormElement, given: Readonly<Record<string, string>>): Promise<string | undefined> {
  const body = new URLSearchParams({ back: 'yes', instrument: named(form, 'instrument').value, ...given })
  return fetch(location.pathname, { method: 'POST', body, keepalive: true }).then(({ ok, url }) => (ok ? url : undefined), () => undefined)
}

/** So far, to the server: one at a time, the newest in the end. */
function sayAsYouGo(form: HTMLFormElement, given: () => Record<string, string>, arrived: (sent: string) => void, say: (said: string) => void): (atOnce: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let under: Promise<void> = Promise.resolve()
  const post = async () => {
    const [told, sent] = [needsHelp(form), given()]
    try {
      const { ok } = await fetch(`${location.pathname}/begun`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ instrument: named(form, 'instrument').value, ...sent }), keepalive: true })
      if (ok) arrived(JSON.stringify(sent))
      unsent(form, told && !ok)
      say(ok ? (form.dataset['cover'] ? 'Your answers so far are kept.' : 'Your answers so far are kept. You can go on later, here or on another device.') : '')
    } catch {
      unsent(form, true)
      say('There is no connection. Your answers so far are kept on this device.')
      if (told || form.dataset['cover']) addEventListener('online', () => { under = under.then(post) }, { once: true })
    }
  }
  return (atOnce) => {
    clearTimeout(timer)
    timer = setTimeout(() => { under = under.then(post) }, atOnce ? 0 : SAVE_MS)
  }
}

interface Outcome {
  readonly taken: (to: string) => void
  readonly waits: () => void
  readonly ended: () => void
  readonly refused: () => void
}

function sendUntilTaken(form: HTMLFormElement, given: () => Record<string, string>, { taken, waits, ended, refused }: Outcome): (what: Required<Pick<KeptHere, 'sentAt' | 'gaps'>>) => void {
  let tries = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  let under = false
  const send = async (what: Required<Pick<KeptHere, 'sentAt' | 'gaps'>>): Promise<void> => {
    if (under) return
    under = true
    clearTimeout(waiting)
    const again = () => { waits(); waiting = setTimeout(() => { void send(what) }, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]); tries += 1 }
    try {
      const body = new URLSearchParams({ instrument: named(form, 'instrument').value, entry: named(form, 'entry').value, answeredAt: what.sentAt, ...(what.gaps ? { gaps: 'yes' } : {}), ...given() })
      const answer = await fetch(location.pathname, { method: 'POST', body })
      if (answer.ok) taken(answer.url)
      else if (answer.status === 404) ended()
      else if (answer.status === 429 || answer.status >= 500) again()
      else refused()
    } catch {
      again()
    } finally {
      under = false
    }
  }
  return (what) => {
    addEventListener('online', () => { void send(what) })
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void send(what) })
    void send(what)
  }
}
