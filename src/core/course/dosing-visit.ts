import type { VisitType } from '../chart/kinds/aftercare.ts'

/** A visit at which medicine is planned. */
export const isDosing = ({ type }: { readonly type: VisitType }): boolean => type === 'medicine' || type === 'maintenance'
