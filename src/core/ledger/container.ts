import { z } from 'zod'
import { day, freeText, text } from '../chart/kinds/kind.ts'

/** What a container holds is measured in microlitres where it is poured, and counted in pieces where it is not. */
export const forms = ['vial', 'tablet', 'lozenge', 'nasal-device'] as const
export type Form = (typeof forms)[number]
export type Measure = 'ul' | 'piece'
export const measureOf = (form: Form): Measure => (form === 'vial' ? 'ul' : 'piece')

/** What stands on the label and on the delivery note of one vial, bottle or box. Two of a lot are two containers. */
export const containerSchema = z.object({
  medicine: z.enum(['racemic-ketamine', 'esketamine']),
  form: z.enum(forms),
  /** In a millilitre of a vial, or in one piece. */
  strengthUg: z.int().min(1).max(1_000_000),
  lot: text(60),
  expires: day,
  /** Which of its lot: 1, 2, 3 as they stand in the cupboard. */
  number: z.int().min(1).max(10_000),
  /** Whether the label says that it is for one person only. */
  singleUse: z.boolean(),
  source: z.enum(['manufacturer', 'outsourcing-facility', 'opening-count']),
  supplier: freeText(120),
  paper: freeText(80),
})
export type ContainerBody = z.infer<typeof containerSchema>

type Strength = Pick<ContainerBody, 'form' | 'strengthUg'>

/** How much medicine that is, dropping any fraction of a microgram. */
export const amountUg = (quantity: number, { form, strengthUg }: Strength): number => (form === 'vial' ? Math.floor((quantity * strengthUg) / 1_000) : quantity * strengthUg)

/** How much holds a dose, to the nearest microlitre; undefined where no whole number of pieces does. */
export function quantityOf(doseUg: number, { form, strengthUg }: Strength): number | undefined {
  if (form === 'vial') return Math.round((doseUg * 1_000) / strengthUg)
  return doseUg % strengthUg === 0 ? doseUg / strengthUg : undefined
}

const pieces: Record<Exclude<Form, 'vial'>, readonly [string, string]> = { tablet: ['tablet', 'tablets'], lozenge: ['lozenge', 'lozenges'], 'nasal-device': ['device', 'devices'] }

/** 4.20 mL, or 12 lozenges. */
export const showQuantity = (quantity: number, form: Form): string => (form === 'vial' ? `${(quantity / 1_000).toFixed(quantity % 10 === 0 ? 2 : 3)} mL` : `${quantity} ${pieces[form][quantity === 1 ? 0 : 1]}`)

const formNames: Record<Form, string> = { vial: 'vial', tablet: 'bottle', lozenge: 'bottle', 'nasal-device': 'box' }
export const medicineNames: Record<ContainerBody['medicine'], string> = { 'racemic-ketamine': 'racemic ketamine', esketamine: 'esketamine' }
/** Racemic ketamine 50 mg/mL; esketamine 28 mg a piece. */
export const showStrengthOf = ({ form, strengthUg }: Strength): string => `${strengthUg / 1_000} mg${form === 'vial' ? '/mL' : ` a ${pieces[form][0]}`}`
/** Lot A12, vial 3. */
export const showContainer = ({ lot, form, number }: Pick<ContainerBody, 'lot' | 'form' | 'number'>): string => `Lot ${lot}, ${formNames[form]} ${number}`

/** Which forms a route of a dose is drawn from. */
export const formsForRoute = (route: string): readonly Form[] => (route === 'IM' || route === 'IV' ? ['vial'] : route === 'IN-esketamine' ? ['nasal-device'] : ['tablet', 'lozenge'])
