export const itemsOf = (form: HTMLFormElement): HTMLElement[] => [...form.querySelectorAll<HTMLElement>('[data-item]')]

const inputsOf = (item: HTMLElement): HTMLInputElement[] => [...item.querySelectorAll('input')]

/** What is chosen or typed for one question, as it is sent; empty where nothing is. */
export const valueOf = (item: HTMLElement): string => inputsOf(item).find((input) => (input.type === 'radio' ? input.checked : input.value.trim() !== ''))?.value.trim() ?? ''

export function setValue(item: HTMLElement, value: string): void {
  for (const input of inputsOf(item)) if (input.type === 'radio') input.checked = input.value === value; else input.value = value
}

/** Questions that the answers so far leave out are neither shown nor sent. */
export function hideUnasked(form: HTMLFormElement): void {
  for (const item of itemsOf(form)) {
    const [gate, is] = (item.dataset['when'] ?? '').split(' ')
    const open = gate && form.querySelector<HTMLElement>(`[data-item="${gate}"]`)
    item.hidden = Boolean(gate) && (!open || numberOf(valueOf(open)) !== Number(is))
  }
}
const numberOf = (value: string): number => (value === 'true' ? 1 : value === 'false' ? 0 : value === '' ? NaN : Number(value))

export const askedOf = (form: HTMLFormElement): HTMLElement[] => itemsOf(form).filter((item) => !item.hidden)

/** Needed, asked, and without an answer here or before. */
export const openOf = (form: HTMLFormElement): HTMLElement[] => askedOf(form).filter((item) => item.dataset['needed'] !== undefined && valueOf(item) === '')

/** Whether what is answered here speaks of death or self-harm. */
export const bringsHelp = (item: HTMLElement): boolean => item.dataset['help'] !== undefined && numberOf(valueOf(item)) >= Number(item.dataset['help'])

export const needsHelp = (form: HTMLFormElement): boolean => askedOf(form).some(bringsHelp)
