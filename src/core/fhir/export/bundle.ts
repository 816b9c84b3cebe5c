import { readChart, type Chart } from '../../chart/chart.ts'
import type { Entry, EntryOf } from '../../chart/entry.ts'
import { kindRow, type EntryKind } from '../../chart/kinds.ts'
import { US_CORE } from '../codes.ts'
import { visitOfSession, writeConsent, writeCourse, writeSafetyPlan, writeVisits } from './course.ts'
import { photoOf, writeSpokenNote } from './files.ts'
import { writeAllergy, writeCondition, writeFact, writeHeight, writeListReviewed, writeMedication, writeObservation, writePregnancyTest, writeWeight } from './history.ts'
import { writeAnswers, writeMentalStatus, writeRating, writeVitals } from './measurements.ts'
import { writeDose, writeOrder, writeSideEffect } from './medicine.ts'
import { writeOrigin } from './origin.ts'
import { clean, profile, type Resource } from './resource.ts'
import type { ExportSetting, Writer, Writing } from './writing.ts'

export interface FhirBundle {
  readonly resourceType: 'Bundle'
  readonly type: 'collection'
  readonly timestamp: string
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[]
}

/** `together`: read with others into one resource. `not in FHIR`: in the readable chart and the entry lines. `private`: in no export. */
type Way<Kind extends EntryKind> = Writer<Kind> | 'together' | 'not in FHIR' | 'private'

/** What becomes of every kind of entry. A new kind does not compile until somebody has decided. */
export const ways: { readonly [Kind in EntryKind]: Way<Kind> } = {
  'demographics.v1': 'together', 'condition.v1': writeCondition, 'medication.v1': writeMedication, 'allergy.v1': writeAllergy, 'list-reviewed.v1': writeListReviewed,
  'weight.v1': writeWeight, 'height.v1': writeHeight, 'pregnancy-test.v1': writePregnancyTest, 'observation.v1': writeObservation, 'fact.v1': writeFact,
  'vitals.v1': writeVitals, 'mental-status.v1': writeMentalStatus, 'rating.v1': writeRating, 'measure-answered.v1': writeAnswers,
  'order.v1': writeOrder, 'order-stopped.v1': 'together', 'dose-given.v1': writeDose, 'dose-ended.v1': 'together', 'dose-conflict-resolved.v1': 'together', 'side-effect.v1': writeSideEffect,
  'visits-booked.v1': 'together', 'visit-moved.v1': 'together', 'visit-cancelled.v1': 'together', 'move-asked.v1': 'not in FHIR', 'move-answered.v1': 'not in FHIR', 'change-told.v1': 'not in FHIR', 'change-answered.v1': 'not in FHIR', 'change-settled.v1': 'not in FHIR', 'sooner-wished.v1': 'not in FHIR', 'sooner-withdrawn.v1': 'not in FHIR', 'time-offered.v1': 'not in FHIR', 'time-offer-answered.v1': 'not in FHIR', 'time-offer-ended.v1': 'not in FHIR', 'cancellation-told.v1': 'not in FHIR', 'late-fee-decided.v1': 'not in FHIR', 'therapy-series.v1': 'not in FHIR', 'therapy-continued.v1': 'together', 'visit-closed.v1': 'together', 'tablet-handed.v1': 'not in FHIR', 'group-joined.v1': 'not in FHIR', 'group-left.v1': 'not in FHIR', 'group-passage.v1': 'not in FHIR', 'session-started.v1': 'together', 'session-closed.v1': 'together', 'integration.v1': 'together',
  'course-chosen.v1': writeCourse, 'course-ended.v1': 'together', 'safety-plan.v1': writeSafetyPlan, 'consent.v1': writeConsent, 'consent-withdrawn.v1': 'together',
  'inquiry-received.v1': 'not in FHIR', 'call-logged.v1': 'not in FHIR', 'match-chosen.v1': 'not in FHIR', 'intake.v1': 'not in FHIR', 'medical-history.v1': 'not in FHIR', 'imported.v1': 'not in FHIR', 'entries-adopted.v1': 'not in FHIR',
  'referral.v1': 'not in FHIR', 'sits-in.v1': 'not in FHIR', 'whereabouts.v1': 'not in FHIR', 'licence-decided.v1': 'not in FHIR', 'clearance.v1': 'not in FHIR', 'clearance-reopened.v1': 'not in FHIR', 'misuse-sign.v1': 'not in FHIR', 'misuse-reviewed.v1': 'not in FHIR', 'intention.v1': 'not in FHIR', 'agreements.v1': 'not in FHIR', 'escort-named.v1': 'not in FHIR', 'day-answers.v1': 'not in FHIR', 'ride-answered.v1': 'not in FHIR', 'question-asked.v1': 'not in FHIR', 'question-answered.v1': 'not in FHIR',
  'vitals-missed.v1': 'not in FHIR', 'checked-in.v1': 'not in FHIR', 'checked-out.v1': 'not in FHIR', 'hand-over.v1': 'not in FHIR', 'hand-over-taken.v1': 'not in FHIR', 'identity-checked.v1': 'not in FHIR', 'room-checked.v1': 'not in FHIR', 'prescriber-reachable.v1': 'not in FHIR', 'escort-arrived.v1': 'not in FHIR', 'dose-prepared.v1': 'not in FHIR', 'gate-passed.v1': 'not in FHIR', 'dose-confirmed.v1': 'not in FHIR',
  'symptom.v1': 'not in FHIR', 'comfort.v1': 'not in FHIR', 'signal.v1': 'not in FHIR', 'music.v1': 'not in FHIR', 'session-note.v1': 'not in FHIR', 'alert-answered.v1': 'not in FHIR', 'alert-escalated.v1': 'not in FHIR', 'rescue-given.v1': 'not in FHIR', 'medicine-drawn.v1': 'not in FHIR', 'medicine-wasted.v1': 'not in FHIR', 'waste-witnessed.v1': 'not in FHIR', 'emergency-step.v1': 'not in FHIR',
  'discharge-assessed.v1': 'not in FHIR', 'discharge-signed.v1': 'not in FHIR', 'session-narrative.v1': 'not in FHIR', 'session-transcribed.v1': 'not in FHIR', 'transcription-checked.v1': 'not in FHIR', 'late-reviewed.v1': 'not in FHIR', 'risk-contact.v1': 'not in FHIR', 'commitment-kept.v1': 'not in FHIR', 'journal-shared.v1': 'not in FHIR', 'journal-file-shared.v1': 'not in FHIR', 'journal-taken-back.v1': 'not in FHIR', 'afterwards.v1': 'not in FHIR', 'message.v1': 'not in FHIR',
  'dose-decided.v1': 'not in FHIR', 'maintenance-decided.v1': 'not in FHIR', 'proposal-decided.v1': 'not in FHIR', 'exposure-reviewed.v1': 'not in FHIR', 'silence-contact.v1': 'not in FHIR', 'life-event.v1': 'not in FHIR', 'estimate-given.v1': 'not in FHIR', 'superbill-issued.v1': 'not in FHIR',
  'photo-taken.v1': 'together', 'photo-taken-back.v1': 'together', 'photo-compared.v1': 'not in FHIR', 'spoken-note.v1': writeSpokenNote, 'spoken-note-written.v1': 'together',
  'journal.v1': 'private', 'journal-photo.v1': 'private', 'journal-voice.v1': 'private', 'psychotherapy-note.v1': 'private', 'psychotherapy-recording.v1': 'private', 'psychotherapy-recording-written.v1': 'private',
}

/** The entries that may leave with a chart: the private journal and psychotherapy notes are other streams and never do. */
export const ofTheChart = (entries: readonly Entry[]): Entry[] => entries.filter((entry) => kindRow(entry.kind).stream === 'chart')

/**
 * A chart as a FHIR R4 collection: what stands, not what was corrected. Every reference points into the bundle.
 * What FHIR has no plain place for is in the readable chart and in the entry lines, which leave with it.
 */
export function exportBundle(entries: readonly Entry[], setting: ExportSetting): FhirBundle {
  const chart = readChart(ofTheChart(entries))
  const patient = { reference: `Patient/${setting.chart}` }
  const known = new Map(setting.people.map((person) => [person.id, person]))
  const person = (id: string) => {
    const found = known.get(id)
    if (found?.role === 'patient') return patient
    return found ? { reference: `Practitioner/${id}`, display: found.name } : { display: 'Somebody no longer listed here' }
  }
  const encounter = (session: string | undefined) => {
    const visit = session === undefined ? undefined : visitOfSession(chart, session)
    return visit === undefined ? undefined : { reference: `Encounter/${visit}` }
  }
  const writing: Writing = { setting, chart, patient, person, encounter }
  const resources = [
    writePatient(chart, setting), writeOrganization(setting), ...setting.people.filter((one) => one.role !== 'patient').map(writePractitioner),
    ...writeVisits(chart, writing), ...chart.entries.flatMap((entry) => { const written = write(entry, writing); return [...written, ...writeOrigin(entry, written, writing)] }),
  ].map((resource) => clean(resource) as Resource)
  return { resourceType: 'Bundle', type: 'collection', timestamp: setting.now, entry: resources.map((resource) => ({ fullUrl: `${setting.baseUrl}/${resource.resourceType}/${resource.id}`, resource })) }
}

function write(entry: Entry, writing: Writing): readonly Resource[] {
  const way = ways[entry.kind] as Way<EntryKind>
  return typeof way === 'function' ? (way as (entry: EntryOf<EntryKind>, writing: Writing) => readonly Resource[])(entry, writing) : []
}

function writePatient(chart: Chart, setting: ExportSetting): Resource {
  const body = chart.latest('demographics.v1')?.body
  const sex = chart.latest('fact.v1', (entry) => entry.body.fact === 'sexAtBirth')?.body
  const absent = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] }
  const birthSex = sex?.state === 'declined' ? 'ASKU' : sex?.state === 'not-known' ? 'UNK' : sex?.fact === 'sexAtBirth' && sex.state === 'answered' ? (sex.value === 'other' ? 'OTH' : sex.value) : undefined
  const numbers = setting.identifiers.length > 0 ? setting.identifiers : [{ system: `${setting.baseUrl}/chart`, value: setting.chart }]
  return {
    resourceType: 'Patient', id: setting.chart, ...profile('patient'), extension: [birthSex && { url: `${US_CORE}/us-core-birthsex`, valueCode: birthSex }],
    identifier: numbers, name: body ? [{ use: 'official', family: body.familyName, given: [body.givenName] }, body.preferredName ? { use: 'nickname', given: [body.preferredName] } : undefined] : [absent],
    telecom: [body?.phone && { system: 'phone', value: body.phone }, body?.email && { system: 'email', value: body.email }], gender: body?.gender ?? 'unknown', birthDate: body?.birthDate, deceasedDateTime: body?.deceasedOn,
    photo: photoOf(chart, setting), address: [body?.address && { text: body.address }], communication: [body?.language && { language: { coding: [{ system: 'urn:ietf:bcp:47', code: body.language }] }, preferred: true }],
    contact: [body?.emergencyContact && { relationship: [{ text: body.emergencyContact.relationship ?? 'Emergency contact' }], name: { text: body.emergencyContact.name }, telecom: [{ system: 'phone', value: body.emergencyContact.phone }] }],
    managingOrganization: { reference: `Organization/${setting.practice.id}` },
  }
}

const writeOrganization = ({ practice }: ExportSetting): Resource => ({ resourceType: 'Organization', id: practice.id, active: true, name: practice.name, telecom: [practice.phone && { system: 'phone', value: practice.phone }] })

const writePractitioner = ({ id, name, npi }: ExportSetting['people'][number]): Resource => ({
  resourceType: 'Practitioner', id, identifier: [npi && { system: 'http://hl7.org/fhir/sid/us-npi', value: npi }], name: [{ text: name, family: name.trim().split(/\s+/).at(-1) }],
})

