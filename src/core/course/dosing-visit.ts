import type { VisitType } from '../chart/kinds/aftercare.ts'

/** A visit at which medicine is planned. */
export const isDosing = ({ type }: { readonly type: VisitType }): boolean => type === 'medicine' || type === 'maintenance'

/** Therapy stands beside a course: it takes time and a room, and nothing of the course counts it, waits for it or is ordered by it. */
export const isOfCourse = ({ type }: { readonly type: VisitType }): boolean => type !== 'therapy'
