import { askedOf, itemsOf, needsHelp, openOf, setValue, valueOf } from './form.ts'
import { keep, kept } from './show-steps.ts'

interface Showing {
  readonly openAt: (item: HTMLElement) => void
  readonly changed: () => void
}

interface KeptHere {
  readonly entry: string
  readonly given: Readonly<Record<string, string>>
  /** When it was sent by a press, and not yet taken. */
  readonly sentAt?: string
  readonly gaps?: boolean
}

const SAVE_MS = 400
const RETRY_MS = [2_000, 5_000, 10_000, 20_000]

/**
 * Keeps every answer on this device at once and on the server soon after, and sends the form when there is a connection:
 * it goes under the same name however often it is tried, so that it is stored once. What an answer says that cannot wait goes at once.
 */
export function keepAnswers(form: HTMLFormElement, { openAt, changed }: Showing): void {
  const place = `questions ${location.pathname} ${named(form, 'instrument').value}`
  const status = form.querySelector<HTMLElement>('[data-status]')!
  const stillOpen = form.querySelector<HTMLElement>('[data-open]')!
  const before = readKept(place)
  if (before) named(form, 'entry').value = before.entry
  for (const item of itemsOf(form)) if (before?.given[item.dataset['item']!] && valueOf(item) === '') setValue(item, before.given[item.dataset['item']!]!)
  changed()
  unsent(form, !navigator.onLine)

  const given = () => Object.fromEntries(askedOf(form).flatMap((item) => (valueOf(item) === '' ? [] : [[item.dataset['item']!, valueOf(item)]])))
  const keepHere = (more: Pick<KeptHere, 'sentAt' | 'gaps'> = {}) => keep(place, JSON.stringify({ entry: named(form, 'entry').value, given: given(), ...more } satisfies KeptHere))
  const saving = sayAsYouGo(form, given, (said) => { status.textContent = said })
  const sending = sendUntilTaken(form, given, {
    taken: (to) => { keep(place, undefined); location.replace(to) },
    waits: () => { status.textContent = 'There is no connection. Your answers are kept on this device and are sent as soon as there is one: leave this page open, or open the link again later.'; unsent(form, true) },
    ended: () => { status.textContent = 'This link does not work any more, so your answers have not arrived. They are still on this device: open the newest message from us, or call.' },
    refused: () => { status.textContent = 'The form could not be taken. Your answers are still here: try again, or call us.' },
  })

  form.addEventListener('input', () => { changed(); keepHere(); saving(needsHelp(form)) })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
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

/** So far, to the server: one at a time, the newest in the end. */
function sayAsYouGo(form: HTMLFormElement, given: () => Record<string, string>, say: (said: string) => void): (atOnce: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let under: Promise<void> = Promise.resolve()
  const post = async () => {
    const told = needsHelp(form)
    try {
      const { ok } = await fetch(`${location.pathname}/begun`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ instrument: named(form, 'instrument').value, ...given() }), keepalive: true })
      unsent(form, told && !ok)
      say(ok ? 'Your answers so far are kept. You can go on later, here or on another device.' : '')
    } catch {
      unsent(form, true)
      say('There is no connection. Your answers so far are kept on this device.')
      if (told) addEventListener('online', () => { under = under.then(post) }, { once: true })
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
