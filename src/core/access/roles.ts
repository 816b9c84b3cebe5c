/**
 * What a person may be in a practice. One person may hold several: a solo psychologist is therapist,
 * coordinator and owner at once. A nurse who monitors is a monitor with a licence and a standing order.
 */
export const roles = ['patient', 'therapist', 'prescriber', 'monitor', 'coordinator', 'owner', 'medical-director'] as const
export type Role = (typeof roles)[number]

export const roleNames: Record<Role, string> = {
  patient: 'patient',
  therapist: 'therapist',
  prescriber: 'prescriber',
  monitor: 'monitor',
  coordinator: 'care coordinator',
  owner: 'owner',
  'medical-director': 'medical director',
}
