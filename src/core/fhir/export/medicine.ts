import type { BodyOf } from '../../chart/kinds.ts'
import { dosesIn } from '../../measures/doses.ts'
import { concept, own, profile, quantity } from './resource.ts'
import { about, type Writer, type Writing } from './writing.ts'

const medicineNames = { 'racemic-ketamine': 'Ketamine (racemic)', esketamine: 'Esketamine' } as const
const routeCodes = { IM: 'IM', SL: 'SL', IV: 'IV', PO: 'PO', 'IN-esketamine': 'NASINHL' } as const
const routeNames = { IM: 'into the muscle', SL: 'under the tongue', IV: 'into the vein', PO: 'by mouth', 'IN-esketamine': 'into the nose' } as const
type Route = keyof typeof routeCodes

const medicine = (medication: BodyOf<'order.v1'>['medication'] | undefined, { setting }: Writing) => {
  const code = medication && setting.medicineCodes?.[medication]
  return { coding: [code], text: medication ? medicineNames[medication] : 'Medicine as ordered' }
}
const route = (given: Route) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration', code: routeCodes[given] }], text: routeNames[given] })
/** A route by its name; undefined for one that has none of the public codes. */
export const routeOf = (name: string) => (Object.hasOwn(routeCodes, name) ? route(name as Route) : undefined)
const mg = (amountUg: number) => quantity(amountUg / 1_000, 'mg', 'mg')

/** An order of this practice, as it stands on the day of the export. */
export const writeOrder: Writer<'order.v1'> = ({ id, at, by, body }, writing) => {
  const stopped = writing.chart.latest('order-stopped.v1', (entry) => entry.body.order === id)
  const over = body.validUntil < writing.setting.now.slice(0, 10)
  return [{
    resourceType: 'MedicationRequest', id, ...profile('medicationrequest'),
    status: stopped ? 'stopped' : over ? 'completed' : 'active', statusReason: stopped && { text: stopped.body.reason }, intent: 'order', reportedBoolean: false,
    medicationCodeableConcept: medicine(body.medication, writing), subject: writing.patient, authoredOn: at, requester: writing.person(by),
    dosageInstruction: [{
      text: [`${body.doseUg / 1_000} mg`, body.boosterUg > 0 && `optional second dose ${body.boosterUg / 1_000} mg`, `at most ${body.maxTotalUg / 1_000} mg`, routeNames[body.route], body.instructions].filter(Boolean).join(', '),
      route: route(body.route), doseAndRate: [{ doseQuantity: mg(body.doseUg) }], maxDosePerAdministration: mg(body.maxTotalUg),
    }],
    dispenseRequest: { validityPeriod: { start: body.validFrom, end: body.validUntil } },
  }]
}

/** A dose that was given. Of two records of one step, the one that people settled on stands and the other is marked as an error; until they have, neither is said to be complete. */
export const writeDose: Writer<'dose-given.v1'> = (entry, writing) => {
  const { body } = entry
  const step = entry.session === undefined ? undefined : dosesIn(writing.chart, entry.session).steps.find((one) => one.step === body.step)
  const ended = body.endedAt ?? writing.chart.latest('dose-ended.v1', (one) => one.body.dose === entry.id)?.at
  const order = writing.chart.latest('order.v1', (one) => one.id === body.order)
  const { subject, encounter } = about(entry, writing)
  return [{
    resourceType: 'MedicationAdministration', id: entry.id, status: step?.conflict ? 'unknown' : step?.stands && step.stands.id !== entry.id ? 'entered-in-error' : 'completed',
    medicationCodeableConcept: medicine(order?.body.medication, writing), subject, context: encounter, ...(ended ? { effectivePeriod: { start: entry.at, end: ended } } : { effectiveDateTime: entry.at }),
    performer: [{ function: performs('performer', 'Performer'), actor: writing.person(entry.by) }, { function: performs('verifier', 'Verifier'), actor: writing.person(body.confirmedBy) }],
    request: order && { reference: `MedicationRequest/${body.order}` },
    dosage: { text: `Step ${body.step}: ${body.doseUg / 1_000} mg ${routeNames[body.route]}${body.site ? `, ${body.site}` : ''}`, route: route(body.route), dose: mg(body.doseUg) },
    note: [{ text: body.selfAdministered ? 'Taken by the patient under observation.' : undefined }],
  }]
}

const performs = (code: string, display: string) => concept('http://terminology.hl7.org/CodeSystem/med-admin-perform-function', code, display)

export const writeSideEffect: Writer<'side-effect.v1'> = (entry, writing) => {
  const { body } = entry
  return [{
    resourceType: 'AdverseEvent', id: entry.id, actuality: 'actual', event: own('side-effect', 'side-effect', `${body.term}, grade ${body.grade}`), ...about(entry, writing),
    date: body.onsetAt, recordedDate: entry.at, recorder: writing.person(entry.by), seriousness: { text: `Grade ${body.grade}` },
  }]
}
