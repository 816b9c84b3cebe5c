import { askedOf, bringsHelp, hideUnasked, itemsOf, valueOf } from './form.ts'

export interface Steps {
  /** Brings a question into sight, and the focus to it. */
  readonly show: (item: HTMLElement) => void
  readonly refresh: () => void
  /** Where one question is shown at a time: the first that has no answer yet, here or before. */
  readonly goOn: () => void
}

const VIEW = 'questions view'
/** Long enough to see what was chosen. */
const SEEN_MS = 220

/** One question at a time, or all on one page, as the person likes; a telephone begins with one. */
export function showSteps(form: HTMLFormElement): Steps {
  const [steps, views] = [form.querySelector<HTMLElement>('[data-steps]')!, form.querySelector<HTMLElement>('[data-views]')!]
  const [back, next, send, view] = ['back', 'next', 'send', 'view'].map((name) => form.querySelector<HTMLButtonElement>(`[data-${name}]`)!) as [HTMLButtonElement, HTMLButtonElement, HTMLButtonElement, HTMLButtonElement]
  // The practice's tablet goes from hand to hand: it remembers nobody's way.
  const isTablet = form.dataset['cover'] !== undefined
  let one = isTablet || (kept(VIEW) ?? (matchMedia('(max-width: 40rem)').matches ? 'one' : 'all')) === 'one'
  let current = 0
  let waiting: ReturnType<typeof setTimeout> | undefined

  const draw = () => {
    hideUnasked(form)
    const asked = askedOf(form)
    current = Math.min(current, asked.length - 1)
    form.classList.toggle('asking--one', one)
    for (const item of itemsOf(form)) item.toggleAttribute('data-current', item === asked[current])
    const last = current === asked.length - 1
    steps.hidden = !one
    back.hidden = current === 0
    form.closest('.asking')?.classList.toggle('asking--later', one && current > 0)
    next.hidden = last
    send.hidden = one && !last
    views.hidden = asked.length < 2
    view.textContent = one ? 'Show all questions on one page' : 'Show one question at a time'
  }
  const go = (to: number) => {
    clearTimeout(waiting)
    current = Math.max(0, to)
    draw()
    focus(askedOf(form)[current])
  }
  back.addEventListener('click', () => go(current - 1))
  next.addEventListener('click', () => go(current + 1))
  view.addEventListener('click', () => { one = !one; if (!isTablet) keep(VIEW, one ? 'one' : 'all'); current = Math.max(0, askedOf(form).findIndex((item) => valueOf(item) === '')); draw(); focus(askedOf(form)[current]) })
  // Arrow keys choose as well, and pass over what nobody meant: only a press goes on by itself. A question that brings help up stays.
  form.addEventListener('click', ({ target, detail }) => {
    const label = target instanceof Element ? target.closest('label') : null
    const item = label?.querySelector('input[type=radio]') ? label.closest<HTMLElement>('[data-item]') : null
    if (!one || detail === 0 || !item || askedOf(form).at(-1) === item) return
    clearTimeout(waiting)
    waiting = setTimeout(() => { if (valueOf(item) !== '' && !bringsHelp(item)) go(askedOf(form).indexOf(item) + 1) }, SEEN_MS)
  })
  form.addEventListener('keydown', (event) => {
    if (!one || event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || next.hidden) return
    event.preventDefault()
    go(current + 1)
  })
  draw()
  return { show: (item) => (one ? go(askedOf(form).indexOf(item)) : focus(item)), refresh: draw, goOn: () => { const asked = askedOf(form); const first = asked.findIndex((item) => valueOf(item) === '' && item.dataset['begun'] === undefined); current = first < 0 ? asked.length - 1 : first; draw() } }
}

function focus(item: HTMLElement | undefined): void {
  item?.scrollIntoView({ block: 'nearest' })
  ;(item?.querySelector<HTMLElement>('input:checked') ?? item?.querySelector<HTMLElement>('input') ?? item)?.focus({ preventScroll: true })
}

export const kept = (name: string): string | null => { try { return localStorage.getItem(name) } catch { return null } }
export function keep(name: string, value: string | undefined): boolean {
  try {
    if (value === undefined) localStorage.removeItem(name); else localStorage.setItem(name, value)
    return true
  } catch {
    return false
  }
}
