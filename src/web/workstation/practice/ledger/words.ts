import { amountUg, measureOf, showQuantity, showStrengthOf, type ContainerBody, type Form } from '../../../../core/ledger/container.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { dayStart, localDay } from '../../../../core/shared/local-day.ts'
import { plusMinutes } from '../../../../core/shared/time.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { plainDay, shortDay } from '../../times.ts'

export type LedgerNow = Response<'ledger'>
export type ContainerRow = LedgerNow['containers'][number]
export type DifferenceRow = LedgerNow['differences'][number]

const medicines: Record<ContainerBody['medicine'], string> = { 'racemic-ketamine': 'Racemic ketamine', esketamine: 'Esketamine' }
export const saysWhat = (label: Pick<ContainerBody, 'medicine' | 'form' | 'strengthUg'>): string => `${medicines[label.medicine]} ${showStrengthOf(label)}`
export const formNames: Record<Form, string> = { vial: 'Vial', tablet: 'Bottle of tablets', lozenge: 'Bottle of lozenges', 'nasal-device': 'Box of nasal devices' }
export const containersOf: Record<Form, readonly [string, string]> = { vial: ['vial', 'vials'], tablet: ['bottle', 'bottles'], lozenge: ['bottle', 'bottles'], 'nasal-device': ['box', 'boxes'] }
export const saysMany = (count: number, form: Form): string => `${count} ${containersOf[form][count === 1 ? 0 : 1]}`
export const saysContainer = ({ label }: Pick<ContainerRow, 'label'>): string => `Lot ${label.lot}, ${containersOf[label.form][0]} ${label.number}`
/** 4.20 mL (210 mg). */
export const saysAmount = (quantity: number, label: ContainerBody): string => `${showQuantity(quantity, label.form)} (${showMg(amountUg(quantity, label))})`

/** Millilitres or pieces as they are typed, in the ledger's own units. */
export const unitOf = (form: Form): 'mL' | 'pieces' => (measureOf(form) === 'ul' ? 'mL' : 'pieces')
export const decimalsOf = (form: Form): number => (measureOf(form) === 'ul' ? 2 : 0)
export const quantityTyped = (typed: number, form: Form): number => (measureOf(form) === 'ul' ? Math.round(typed * 1_000) : typed)
export const typedOf = (quantity: number, form: Form): number => (measureOf(form) === 'ul' ? quantity / 1_000 : quantity)

/** The moment of a day as it is written down: now where it is today, and otherwise the middle of that day. */
export const momentOn = (day: string, now: string, zone: string): string => (day === localDay(now, zone) ? now : plusMinutes(dayStart(day, zone), NOON_MIN))
const NOON_MIN = 12 * 60

/** Containers of one label, as they stand together on a shelf. */
export function byLot(containers: readonly ContainerRow[]): { readonly key: string; readonly label: ContainerBody; readonly boxes: readonly ContainerRow[] }[] {
  const lots = new Map<string, ContainerRow[]>()
  for (const one of containers) {
    const { medicine, form, strengthUg, lot, expires } = one.label
    const key = [medicine, form, strengthUg, lot, expires].join('|')
    lots.set(key, [...(lots.get(key) ?? []), one])
  }
  return [...lots].map(([key, boxes]) => ({ key, label: boxes[0]!.label, boxes }))
}

/** One place in a line: where it is, and when everything in it was last counted. */
export const placeSays = ({ name, registration, counted, countBy, closedThrough }: LedgerNow['places'][number], zone: string): string =>
  `${name}${registration ? `, registration ${registration}` : ', no registration number entered'}. ${counted ? `Everything counted on ${shortDay(counted, zone)}` : 'Not counted as a whole yet'}; next by ${plainDay(countBy)}.${closedThrough ? ` Closed through ${shortDay(closedThrough, zone)}.` : ''}`
