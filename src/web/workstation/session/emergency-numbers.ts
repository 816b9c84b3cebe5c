import { useEffect, useState } from 'react'
import { call } from '../../sync/index.ts'

/** Whom to call, and where this is: kept in the browser's own storage, since no word of it is about a patient and it is needed without a network. */
export interface EmergencyNumbers {
  /** The address to say on the telephone. */
  readonly place: string
  readonly numbers: readonly Callable[]
}
export interface Callable {
  readonly who: string
  readonly phone: string
}

const keptAs = (practice: string) => `openkap.numbers.${practice}`
const none: EmergencyNumbers = { place: '', numbers: [] }

/** The practice's own numbers as this device knows them; `ask` as a room opens with a connection, so that they are here before anybody needs them. */
export function useEmergencyNumbers(practice: string, ask: boolean): EmergencyNumbers {
  const [known, setKnown] = useState(() => remembered(practice))
  useEffect(() => {
    if (!ask) return
    let here = true
    void call('practice').then(({ settings }) => {
      const found = numbersIn(settings)
      try { localStorage.setItem(keptAs(practice), JSON.stringify(found)) } catch { /* Then they are asked for again next time. */ }
      if (here) setKnown(found)
    }).catch(() => {})
    return () => { here = false }
  }, [practice, ask])
  return known
}

function remembered(practice: string): EmergencyNumbers {
  try { return { ...none, ...(JSON.parse(localStorage.getItem(keptAs(practice)) ?? '{}') as Partial<EmergencyNumbers>) } } catch { return none }
}

/** One a line, "who: number". A line without a number that can be dialled is left out, never guessed. */
export function numbersIn(settings: Readonly<Record<string, unknown>>): EmergencyNumbers {
  const text = (key: string) => (typeof settings[key] === 'string' ? settings[key] : '')
  const lines = text('emergencyNumbers').split('\n').flatMap((line): Callable[] => {
    const at = line.lastIndexOf(':')
    const [who, phone] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    return at > 0 && who !== '' && isDialled(phone) ? [{ who, phone }] : []
  })
  const front = text('phone').trim()
  return { place: text('place').trim(), numbers: [...lines, ...(isDialled(front) ? [{ who: 'The practice', phone: front }] : [])] }
}

const isDialled = (phone: string): boolean => /^[+(\d][\d\s().-]*$/.test(phone) && phone.replaceAll(/\D/g, '').length >= 3

/** As a telephone takes it. */
export const telOf = (phone: string): string => `tel:${phone.replaceAll(/[^+\d]/g, '')}`
