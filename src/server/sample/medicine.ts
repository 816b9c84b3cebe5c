import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { ANYTHING_ELSE } from '../../core/session/day-medicines.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import { staffPeople as staff } from './people.ts'
import { sampleLot, sampleStrengthUg, vialFor } from './stock.ts'
import { answersFor, minutesAfter, noToAll } from './telling.ts'
import { measured, type Course } from './visits.ts'

/** What differs from one sample session to the next. */
export interface Told {
  readonly order: string
  readonly doseMg: number
  readonly peak: { readonly systolic: number; readonly diastolic: number }
  readonly phq?: { readonly instrument: 'phq-9' | 'phq-2'; readonly total: number }
  readonly nausea: boolean
  readonly note: string
  /** Stops after the dose, for a session that is still running. */
  readonly unfinished?: boolean
}

/** Longer than any sample session takes. */
const ANSWERS_MIN = 300
const KIT_LASTS_MIN = 120 * 1_440

/** One medicine session with two people, from the questions of the morning to the hand-over at the door. Answers its id. */
export async function medicineSession(course: Course, visit: BookedVisit, told: Told): Promise<string> {
  const { tell, chart, therapist, patient } = course
  const after = minutesAfter(visit.startsAt)
  const monitor = visit.people.some(({ person }) => person === staff.sam.id) ? staff.sam : staff.maya
  tell.at(after(-17))
  await tell.write(monitor, chart, [
    tell.draft('fact.v1', { fact: 'lastFoodAt', state: 'answered', value: after(-600) }, after(-20)), tell.draft('fact.v1', { fact: 'lastFluidAt', state: 'answered', value: after(-200) }, after(-20)),
    tell.draft('fact.v1', { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: false }, after(-20)),
    tell.draft('fact.v1', { fact: 'medicinesOnTheDay', state: 'answered', value: [{ medicine: ANYTHING_ELSE, taken: 'no', since: after(-3 * 1_440) }] }, after(-20)), measured(course, 'c-ssrs', noToAll, after(-19), 'clinician'),
    tell.draft('escort-named.v1', { name: 'Lena Keller', phone: '+1 510 555 0178', relationship: 'sister', adult: true, visit: visit.visit }, after(-18)),
    tell.draft('room-checked.v1', { ...(visit.room ? { room: visit.room } : {}), items: monitoring.gates.kit.items.map(({ id }) => ({ item: id, present: true })), earliestExpiry: after(KIT_LASTS_MIN).slice(0, 10) }, after(-18)),
    tell.draft('prescriber-reachable.v1', { person: staff.helen.id, name: `${staff.helen.givenName} ${staff.helen.familyName}`, by: 'on-site', answersWithinSec: monitoring.gates.prescriber.answersWithinSec, until: after(ANSWERS_MIN) }, after(-18)),
  ])
  if (told.phq) await tell.write(patient, chart, [measured(course, told.phq.instrument, answersFor(told.phq.instrument, told.phq.total, told.phq.instrument === 'phq-9' ? { q9: 0 } : {}), after(-18))])
  tell.at(after(0))
  const session = tell.id()
  await tell.ask(therapist, 'startSession', { params: { chart }, body: { id: session, device: tell.device, visit: visit.visit, order: told.order } })
  await before(course, session, monitor, after)
  await dose(course, session, monitor, told, after)
  if (told.unfinished) return session
  await during(course, session, monitor, told, after)
  await leaving(course, session, monitor, told, after)
  return session
}

type After = ReturnType<typeof minutesAfter>
type Monitor = typeof staff.maya | typeof staff.sam

async function before({ tell, chart, therapist }: Course, session: string, monitor: Monitor, after: After) {
  const calm = { systolicMmHg: 124, diastolicMmHg: 78, heartRatePerMin: 68, respiratoryRatePerMin: 14, spo2Percent: 98, onRoomAir: true, position: 'seated' } as const
  tell.at(after(12))
  await tell.write(therapist, chart, [tell.draft('checked-in.v1', { person: therapist.id, name: `${therapist.givenName} ${therapist.familyName}`, role: 'therapist' }, after(1), { session })])
  await tell.write(monitor, chart, [
    tell.draft('checked-in.v1', { person: monitor.id, name: `${monitor.givenName} ${monitor.familyName}`, role: 'monitor' }, after(1), { session }), tell.draft('identity-checked.v1', { by: ['name', 'birth-date'] }, after(2), { session }),
    tell.draft('vitals.v1', calm, after(4), { session }), tell.draft('vitals.v1', { ...calm, systolicMmHg: 122 }, after(10), { session }),
    tell.draft('mental-status.v1', { moaaS: 5, rass: 0, orientation: 4 }, after(10), { session }),
  ])
}

async function dose({ tell, chart, therapist, patient }: Course, session: string, monitor: Monitor, { order, doseMg }: Told, after: After) {
  const doseUg = doseMg * 1000
  tell.at(after(15))
  const [prepared, confirmed, drawn] = [tell.id(), tell.id(), tell.id()]
  const container = vialFor(patient)
  const volume = (doseUg * 1_000) / sampleStrengthUg
  // Some fill the needle first: what is left then is wasted before two pairs of eyes.
  const over = doseMg % 2 === 0 ? 0 : NEEDLE_UL
  await tell.write(monitor, chart, [tell.draft('dose-prepared.v1', { step: 1, doseUg, route: 'IM', order, lot: sampleLot }, after(13), { session, id: prepared }),
    tell.draft('medicine-drawn.v1', { prepared, from: 'stock', container, lot: sampleLot, measure: 'ul', quantity: volume + over, dose: volume }, after(13), { session, id: drawn })])
  await tell.write(therapist, chart, [tell.draft('dose-confirmed.v1', { prepared, doseUg }, after(14), { session, id: confirmed })])
  await tell.write(monitor, chart, [tell.draft('dose-given.v1', { step: 1, doseUg, route: 'IM', order, prepared, confirmed, confirmedBy: therapist.id, site: 'left deltoid', selfAdministered: false }, after(15), { session })])
  if (over === 0) return
  const wasted = tell.id()
  await tell.write(monitor, chart, [tell.draft('medicine-wasted.v1', { container, drawn, measure: 'ul', quantity: over, how: 'into absorbent, in the locked bin' }, after(15), { session, id: wasted })])
  await tell.write(therapist, chart, [tell.draft('waste-witnessed.v1', { wasted, signature: { person: therapist.id, name: `${therapist.givenName} ${therapist.familyName}`, meaning: 'confirmation', method: 'pin', signedAt: after(15) } }, after(15), { session })])
}

const NEEDLE_UL = 80

async function during({ tell, chart, therapist }: Course, session: string, monitor: Monitor, { peak, nausea, note }: Told, after: After) {
  const rise = (share: number, from: number, to: number) => Math.round(from + share * (to - from))
  const awake = (share: number) => ({ moaaS: share > 0.8 ? 4 : 5, rass: share > 0.8 ? -1 : 0, orientation: 4 })
  const readings = ([[0, 0.05], [10, 0.5], [20, 0.9], [30, 1], [45, 0.8], [60, 0.5], [90, 0.2]] as const).flatMap(([minutes, share]) => [
    tell.draft('mental-status.v1', awake(share), after(15 + minutes + 1), { session }), tell.draft('vitals.v1', { systolicMmHg: rise(share, 124, peak.systolic), diastolicMmHg: rise(share, 78, peak.diastolic), heartRatePerMin: rise(share, 68, 92), respiratoryRatePerMin: 14, spo2Percent: share > 0.8 ? 97 : 98, onRoomAir: true, plannedFor: after(15 + minutes) }, after(15 + minutes + 1), { session }),
  ])
  tell.at(after(108))
  await tell.write(monitor, chart, [
    ...readings,
    ...(nausea ? [tell.draft('side-effect.v1', { term: 'nausea', grade: 1, onsetAt: after(70), endedAt: after(95), action: 'water, head raised', attributed: true }, after(95), { session })] : []),
  ])
  await tell.write(therapist, chart, [
    tell.draft('music.v1', { what: 'second piece, piano' }, after(22), { session }), tell.draft('session-note.v1', { text: note }, after(44), { session }),
    tell.draft('comfort.v1', { measure: 'long-breath', note: '' }, after(52), { session }), tell.draft('rating.v1', { scale: 'intensity', value: 6 }, after(80), { session }),
  ])
}

async function leaving(course: Course, session: string, monitor: Monitor, { note: _note }: Told, after: After) {
  const { tell, chart, therapist } = course
  const at = (minutes: number) => after(15 + minutes)
  tell.at(at(132))
  const assessed = tell.id()
  await tell.write(monitor, chart, [
    tell.draft('vitals.v1', { systolicMmHg: 126, diastolicMmHg: 79, heartRatePerMin: 70, respiratoryRatePerMin: 14, spo2Percent: 98, onRoomAir: true, plannedFor: at(120) }, at(121), { session }), tell.draft('mental-status.v1', { moaaS: 5, rass: 0, orientation: 4 }, at(121), { session }),
    { ...measured(course, 'c-ssrs', noToAll, at(124), 'clinician'), session }, tell.draft('escort-arrived.v1', { name: 'Lena Keller', idNoted: 'driver’s licence seen', kind: 'adult' }, at(126), { session }),
    tell.draft('discharge-assessed.v1', { orientation: 4, moaaS: 5, rass: 0, gait: 'steady', dissociation: 'none-above-baseline', aldrete: { activity: 2, respiration: 2, circulation: 2, consciousness: 2, saturation: 2 }, padss: { vitals: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 }, noDrivingSigned: true, instructionsGiven: true, roomAir: true }, at(128), { session, id: assessed }),
  ])
  const sign = (who: { id: string; givenName: string; familyName: string }, role: 'monitor' | 'rn' | 'prescriber', minutes: number) =>
    tell.draft('discharge-signed.v1', { assessed, role, signature: { person: who.id, name: `${who.givenName} ${who.familyName}`, meaning: 'approval', method: 'pin', signedAt: at(minutes) } }, at(minutes), { session })
  await tell.write(monitor, chart, [sign(monitor, 'monitor', 129)])
  await tell.write(staff.helen, chart, [sign(staff.helen, 'prescriber', 130)])
  await tell.write(therapist, chart, [tell.draft('session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, at(131), { session })])
}
