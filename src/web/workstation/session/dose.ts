import type { EntryOf } from '../../../core/chart/entry.ts'
import { doseFromVolumeUg } from '../../../core/dosing/limits.ts'
import type { SessionNow } from '../../../core/session/session.ts'

export type Prepared = EntryOf<'dose-prepared.v1'>
export type Confirmed = EntryOf<'dose-confirmed.v1'>

/** How far the next dose has come: nobody has drawn it up, somebody has, a second person has confirmed it. */
export type DoseStage =
  | { readonly stage: 'conflict'; readonly step: number }
  | { readonly stage: 'prepare'; readonly step: number }
  | { readonly stage: 'confirm'; readonly step: number; readonly prepared: Prepared }
  | { readonly stage: 'give'; readonly step: number; readonly prepared: Prepared; readonly confirmed: Confirmed }

/** Derived from the record alone, so that both devices stand at the same stage and a reload changes nothing. */
export function doseStage({ doses, entries }: Pick<SessionNow, 'doses' | 'entries'>): DoseStage {
  const [conflict] = doses.conflicts
  if (conflict !== undefined) return { stage: 'conflict', step: conflict }
  const step = (doses.lastStep?.step ?? 0) + 1
  const prepared = entries.all('dose-prepared.v1').findLast(({ body }) => body.step === step)
  if (!prepared) return { stage: 'prepare', step }
  const confirmed = entries.all('dose-confirmed.v1').findLast(({ body, by }) => body.prepared === prepared.id && by !== prepared.by && body.doseUg === prepared.body.doseUg)
  return confirmed ? { stage: 'give', step, prepared, confirmed } : { stage: 'confirm', step, prepared }
}

export type ReadBack = { readonly ok: true } | { readonly ok: false; readonly says: string }

/** The second person reads the amount from the syringe or the tablet; the two have to say the same without being told. */
export function readBack(doseUg: number, saidMg: number | null): ReadBack {
  if (saidMg === null) return { ok: false, says: 'Read the amount from the syringe, the tablet or the device, and type it.' }
  if (Math.round(saidMg * 1_000) === doseUg) return { ok: true }
  return { ok: false, says: 'This is not the amount that was prepared. Nothing was confirmed. Look together at what was drawn up, and prepare it again if it is wrong.' }
}

/** The volume that holds this dose, in hundredths of a millilitre as a syringe shows them. */
export const volumeUl = (doseUg: number, strengthUgPerMl: number): number => Math.round((doseUg * 100) / strengthUgPerMl) * 10
export const showMl = (ul: number): string => `${(ul / 1_000).toFixed(2)} mL`
export const showStrength = (ugPerMl: number): string => `${ugPerMl / 1_000} mg/mL`

/** Whether a rounded volume still is this dose, by the same line on the syringe that the gates allow. */
export const volumeIs = (doseUg: number, ul: number, strengthUgPerMl: number): boolean => Math.abs(doseFromVolumeUg(ul, strengthUgPerMl) - doseUg) <= strengthUgPerMl / 1_000

/** On these routes the person takes the medicine, watched; on the others somebody gives it. */
export const takenByPerson = (route: string): boolean => route === 'SL' || route === 'PO' || route === 'IN-esketamine'
