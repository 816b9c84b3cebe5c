import type { Chart } from '../../chart/chart.ts'
import type { BookedVisit, VisitType } from '../../chart/kinds/aftercare.ts'
import type { Instant } from '../../shared/time.ts'
import { concept, loinc, narrative, own, profile, type Resource } from './resource.ts'
import type { Writer, Writing } from './writing.ts'

/** A visit as far as the chart tells it: booked, moved, held, missed or cancelled. */
interface Visit {
  readonly id: string
  readonly type: VisitType
  readonly status: 'planned' | 'in-progress' | 'finished' | 'cancelled'
  readonly startsAt: Instant
  readonly endsAt?: Instant
  readonly online: boolean
  readonly people: readonly string[]
  readonly why?: string
}

/** Every visit once: a session and the closing of its visit are the same visit, not three. */
export function writeVisits(chart: Chart, writing: Omit<Writing, 'encounter'>): Resource[] {
  return [...visitsOf(chart).values()].map((visit) => ({
    resourceType: 'Encounter', id: visit.id, ...profile('encounter'), status: visit.status,
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', ...(visit.online ? { code: 'VR', display: 'virtual' } : { code: 'AMB', display: 'ambulatory' }) },
    type: [own('visit-type', visit.type, visit.type)], subject: writing.patient,
    participant: visit.people.map((person, place) => ({ type: [concept('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', place === 0 ? 'PPRF' : 'SPRF', place === 0 ? 'primary performer' : 'secondary performer')], individual: writing.person(person) })),
    period: { start: visit.startsAt, end: visit.endsAt }, reasonCode: [{ text: visit.why }],
    serviceProvider: { reference: `Organization/${writing.setting.practice.id}` },
  }))
}

/** Under which id the visit of a medicine session stands. */
export const visitOfSession = (chart: Chart, session: string): string | undefined => {
  const started = chart.latest('session-started.v1', (entry) => entry.id === session)
  return started && (started.body.visit ?? started.id)
}

function visitsOf(chart: Chart): Map<string, Visit> {
  const visits = new Map<string, Visit>()
  const book = (visit: BookedVisit) => visits.set(visit.visit, { id: visit.visit, type: visit.type, status: 'planned', startsAt: visit.startsAt, endsAt: visit.endsAt, online: visit.online, people: visit.people.map((one) => one.person) })
  const change = (id: string, to: Omit<Visit, 'id' | 'online' | 'people'> & Partial<Pick<Visit, 'people'>>) => visits.set(id, { online: false, people: [], ...visits.get(id), ...to, id })
  for (const entry of [...chart.all('visits-booked.v1'), ...chart.all('therapy-continued.v1')]) entry.body.visits.forEach(book)
  for (const entry of chart.all('visit-moved.v1')) book(entry.body.to)
  for (const { body } of chart.all('visit-cancelled.v1')) {
    const known = visits.get(body.visit)
    if (known) visits.set(body.visit, { ...known, status: 'cancelled', why: body.why })
  }
  for (const entry of chart.all('session-started.v1')) {
    const closed = chart.latest('session-closed.v1', (one) => one.session === entry.id)
    change(entry.body.visit ?? entry.id, { type: 'medicine', status: closed ? 'finished' : 'in-progress', startsAt: entry.at, ...(closed && { endsAt: closed.at }), people: entry.body.people.map((one) => one.person) })
  }
  for (const { id, by, body } of chart.all('integration.v1')) change(body.visit ?? id, { type: 'integration', status: 'finished', startsAt: body.startedAt, endsAt: body.endedAt, people: [by] })
  for (const { id, by, body } of chart.all('visit-closed.v1')) {
    const missed = body.outcome === 'missed'
    const people = visits.get(body.visit ?? id)?.people ?? []
    change(body.visit ?? id, { type: body.type, status: missed ? 'cancelled' : 'finished', startsAt: body.startedAt, endsAt: body.endedAt, people: people.length > 0 ? people : [by], ...(missed && { why: 'The patient did not come.' }) })
  }
  return visits
}

export const writeCourse: Writer<'course-chosen.v1'> = ({ id, at, body }, { chart, patient }) => {
  const ended = chart.latest('course-ended.v1', (entry) => entry.at >= at)
  const replaced = chart.latest('course-chosen.v1')?.id !== id
  return [{
    resourceType: 'CarePlan', id, ...profile('careplan'), text: narrative(`Course: ${body.protocol}, edition ${body.edition}.`, body.note ?? '', ended?.body.reason ?? ''),
    status: replaced ? 'revoked' : ended ? 'completed' : 'active', intent: 'plan', category: planCategory, title: `Course: ${body.protocol}`, subject: patient, period: { start: at, end: ended?.at },
  }]
}

export const writeSafetyPlan: Writer<'safety-plan.v1'> = ({ id, at, body }, { chart, patient }) => {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['Warning signs', body.warningSigns], ['What helps', body.coping], ['People and places that distract', body.distraction.map(sayContact)], ['People who help', body.help.map(sayContact)],
    ['Professionals', body.professionals.map(sayContact)], ['Making the surroundings safer', body.environment.map(({ step, who }) => [step, who].filter(Boolean).join(', '))], ['Worth living for', [body.worthLivingFor].filter(Boolean)],
  ]
  const standing = chart.latest('safety-plan.v1')?.id === id
  return [{
    resourceType: 'CarePlan', id, ...profile('careplan'), text: narrative('Safety plan.', ...lines.filter(([, said]) => said.length > 0).map(([title, said]) => `${title}: ${said.join('; ')}`)),
    status: standing ? 'active' : 'revoked', intent: 'plan', category: [...planCategory, own('plan', 'safety-plan', 'Safety plan')], title: 'Safety plan', subject: patient, period: { start: at, end: standing ? undefined : chart.latest('safety-plan.v1')?.at },
    activity: body.coping.map((description) => ({ detail: { status: 'scheduled', description } })),
  }]
}

const planCategory = [concept('http://hl7.org/fhir/us/core/CodeSystem/careplan-category', 'assess-plan')]
const sayContact = ({ who, phone }: { who: string; phone: string }) => [who, phone].filter(Boolean).join(' ')

/** A consent as it was given; one that was taken back later is no longer in force. */
export const writeConsent: Writer<'consent.v1'> = ({ id, at, body }, { chart, patient, setting }) => {
  const withdrawn = chart.latest('consent-withdrawn.v1', (entry) => entry.body.form === body.form && entry.at >= at)
  return [{
    resourceType: 'Consent', id, status: withdrawn ? 'inactive' : 'active', scope: concept('http://terminology.hl7.org/CodeSystem/consentscope', 'treatment', 'Treatment'),
    category: [loinc('59284-0', 'Patient Consent')], patient, dateTime: at, performer: [patient], organization: [{ reference: `Organization/${setting.practice.id}` }],
    policyRule: own('consent-form', body.form, `${body.form}, version ${body.version}`),
  }]
}
