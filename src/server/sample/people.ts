import type { StaffPlanning } from '../../core/contract/running.ts'
import type { Role } from '../../core/access/roles.ts'

/**
 * SAMPLE DATA. Everybody here is invented, and exists only in the sample practice of an embedded database.
 * Ids are fixed, so that a demonstration and the tests can name people.
 */
export const samplePractice = {
  id: '5a3e0000-0000-4000-8000-000000000001', name: 'Harbor Street KAP (sample)', zone: 'America/Los_Angeles',
  settings: {
    place: '214 Harbor Street, Oakland, California', phone: '+1 510 555 0142', letterName: 'Harbor Street Medical Office (sample)', emergencyNumbers: 'Helen Brandt, on call: +1 510 555 0106\nAmara Osei, owner: +1 510 555 0101', email: 'hello@harbor-street.example', organizationNpi: '1234567893', tin: '94-5550142',
    timezoneNote: 'All times are Pacific.', hours: 'Monday to Friday, 8 am to 6 pm', services: ['solo-six', 'group-maintenance'], protocol: 'solo-six',
  },
} as const

const id = (n: number) => `5a3e0000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`
export interface SamplePerson {
  readonly id: string
  readonly givenName: string
  readonly familyName: string
  readonly roles: readonly Role[]
  readonly profile?: {
    readonly credentials: string
    readonly about: string
    readonly npi?: string
    readonly licence?: string
    readonly licensedNurse?: boolean
    readonly conditions?: readonly string[]
    readonly modalities?: readonly string[]
    readonly languages?: readonly string[]
    readonly online?: boolean
    readonly accepting?: boolean
    readonly weekly: readonly { weekday: number; from: string; to: string }[]
    readonly planning?: Partial<StaffPlanning>
  }
}

const inCalifornia = (number: string) => [{ state: 'CA', number, until: null }]
const weekdays = (from: string, to: string, days = [1, 2, 3, 4, 5]) => days.map((weekday) => ({ weekday, from, to }))

export const staffPeople = {
  amara: { id: id(1), givenName: 'Amara', familyName: 'Osei', roles: ['owner'], profile: { credentials: 'MBA', about: 'Owns the practice and keeps its numbers.', weekly: weekdays('09:00', '17:00') } },
  claire: { id: id(2), givenName: 'Claire', familyName: 'Dubois', roles: ['coordinator'], profile: { credentials: '', about: 'Care coordinator: the first voice people hear.', weekly: weekdays('08:30', '17:00') } },
  jonas: { id: id(3), givenName: 'Jonas', familyName: 'Lindqvist', roles: ['therapist'], profile: { credentials: 'PhD, psychologist', licence: 'PSY 00001 (CA)', planning: { licences: inCalifornia('PSY 00001') }, npi: '1245319599', about: 'Works with depression, trauma and grief; body-based and acceptance approaches.', conditions: ['treatment-resistant-depression', 'depression', 'ptsd', 'unresolved-trauma'], modalities: ['act', 'somatic', 'mindfulness'], languages: ['en', 'sv'], online: true, accepting: true, weekly: weekdays('09:00', '18:00') } },
  ruth: { id: id(4), givenName: 'Ruth', familyName: 'Feldman', roles: ['therapist'], profile: { credentials: 'PsyD, psychologist', licence: 'PSY 00002 (CA)', planning: { licences: inCalifornia('PSY 00002') }, npi: '1679576722', about: 'Works with anxiety, obsessive patterns and burnout; cognitive and mindfulness-based.', conditions: ['generalized-anxiety', 'social-anxiety', 'obsessive-compulsive', 'burnout'], modalities: ['cbt', 'mindfulness'], languages: ['en', 'he'], online: true, accepting: true, weekly: weekdays('10:00', '18:00', [1, 2, 3, 4]) } },
  daniel: { id: id(5), givenName: 'Daniel', familyName: 'Okafor', roles: ['therapist'], profile: { credentials: 'LMFT', licence: 'LMFT 00003 (CA)', planning: { licences: inCalifornia('LMFT 00003') }, npi: '1609999994', about: 'Works with life transitions, existential distress and couples.', conditions: ['life-transitions', 'existential-distress', 'depression'], modalities: ['existential', 'act'], languages: ['en', 'es'], online: false, accepting: false, weekly: weekdays('09:00', '15:00', [2, 3, 4]) } },
  helen: { id: id(6), givenName: 'Helen', familyName: 'Brandt', roles: ['prescriber', 'medical-director'], profile: { credentials: 'MD, psychiatrist', licence: 'A 00004 (CA)', planning: { licences: inCalifornia('A 00004') }, npi: '1497758544', about: 'Psychiatrist; clears people medically and directs the practice’s medicine.', weekly: weekdays('08:00', '18:00') } },
  maya: { id: id(7), givenName: 'Maya', familyName: 'Torres', roles: ['monitor'], profile: { credentials: 'RN', licence: 'RN 00005 (CA)', licensedNurse: true, about: 'Nurse; second person in the dosing room.', weekly: weekdays('08:00', '18:00') } },
  sam: { id: id(8), givenName: 'Sam', familyName: 'Whitfield', roles: ['monitor'], profile: { credentials: '', about: 'Second person in the dosing room.', weekly: weekdays('08:00', '18:00') } },
} as const satisfies Record<string, SamplePerson>

/** Who is on call in the sample practice: a therapist and the prescriber by day, the prescriber and another therapist at night, and they in turn at weekends. No hour is left open. */
export const onCallRota = {
  weekly: [
    ...[1, 2, 3, 4, 5].flatMap((weekday) => [
      { weekday, from: '08:00', to: '20:00', first: staffPeople.jonas.id, second: staffPeople.helen.id },
      { weekday, from: '20:00', to: '08:00', first: staffPeople.helen.id, second: staffPeople.ruth.id },
    ]),
    ...[6, 7].map((weekday) => ({ weekday, from: '08:00', to: '08:00', first: staffPeople.ruth.id, second: staffPeople.helen.id })),
  ],
  days: [], everyone: [],
}

export const patientPeople = {
  mara: { id: id(21), givenName: 'Mara', familyName: 'Keller', roles: ['patient'] },
  tomas: { id: id(22), givenName: 'Tomás', familyName: 'Rivera', roles: ['patient'] },
  vera: { id: id(24), givenName: 'Vera', familyName: 'Santos', roles: ['patient'] },
  owen: { id: id(25), givenName: 'Owen', familyName: 'Clarke', roles: ['patient'] },
  ida: { id: id(23), givenName: 'Ida', familyName: 'Nilsson', roles: ['patient'] },
} as const satisfies Record<string, SamplePerson>

export const sampleRooms = [
  { id: '5a3e0000-0000-4000-8000-000000000201', name: 'Cedar', features: ['recliner', 'emergency-kit', 'quiet'], dosing: true },
  { id: '5a3e0000-0000-4000-8000-000000000202', name: 'Willow', features: ['recliner', 'emergency-kit'], dosing: true },
  { id: '5a3e0000-0000-4000-8000-000000000203', name: 'Fern', features: [], dosing: false },
] as const

export const emailOf = (person: SamplePerson) => `${person.givenName}.${person.familyName}@harbor-street.example`.normalize('NFD').replaceAll(/[^\x20-\x7e]/g, '').toLowerCase()
