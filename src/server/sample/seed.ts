import type { FastifyInstance } from 'fastify'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { plusDays, plusMinutes, type Instant } from '../../core/shared/time.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { sampleFees } from '../../knowledge/fees.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { edition } from '../rulebook.ts'
import type { Shell } from '../http/shell.ts'
import { receive } from '../store/inquiries.ts'
import { joinTeam, openChart } from '../store/charts.ts'
import { medicineSession } from './medicine.ts'
import { onCallRota, patientPeople, samplePractice, staffPeople as staff, type SamplePerson } from './people.ts'
import { makePractice, tokenFor } from './practice.ts'
import { tellStock } from './stock.ts'
import { answersFor, noToAll, telling, uuidOf, type Telling } from './telling.ts'
import { baseline, clear, consents, intake, integration, measured, medicalFacts, order, preparation, review, safetyPlan, type Course } from './visits.ts'

const ZONE = samplePractice.zone

/**
 * Fills an empty database with the sample practice: its people, and five invented lives at five places of the
 * course, among them one who responds, one who is well again, one whom it did not help, and one who relapsed. Nothing is put in by the back door: every entry passes the gates a real one passes, on a clock that is
 * set to when it is said to have happened.
 */
export async function seedSample(app: FastifyInstance, shell: Shell): Promise<void> {
  const today = shell.clock.now()
  shell.clock.set?.(plusDays(today, -120))
  await makePractice(shell, sampleFees, [protocols['solo-six'], protocols['group-maintenance']], edition)
  const tell = telling(app, shell)
  await tomas(tell, shell, today)
  await vera(tell, shell, today)
  await owen(tell, shell, today)
  await mara(tell, shell, today)
  await ida(tell, shell, today)
  await newInquiries(shell, today)
  await tell.ask(staff.claire, 'keepOnCall', { body: { on: 0, rota: onCallRota } })
  await tellStock(tell, shell, today)
  await seenTo(shell, today)
  shell.clock.set?.(today)
}

/** Finished his course some weeks ago: a response that was lost again, and a second score that bears it out. */
async function tomas(tell: Telling, shell: Shell, today: Instant) {
  const start = mondayBefore(plusDays(today, -92))
  const course = await begin(tell, shell, patientPeople.tomas, staff.ruth, '1979-08-02', start)
  const before = { phq9: 19, gad7: 14, pcl5: 30 }
  const visits = await untilCleared(course, start, before, { weightKg: 82, heightCm: 178, sex: 'M' })
  const scores = [undefined, 17, undefined, 13, undefined, 9]
  await treat(course, visits, today, { doseMg: 41, weightKg: 82, before, scores })
  const last = visits.find(({ type, number }) => type === 'medicine' && number === 6)!.endsAt
  for (const [days, phq9, gad7] of [[7, 6, 5], [28, 12, 9]] as const) await followUp(course, plusDays(last, days), phq9, gad7)
  await answered(course, plusDays(last, 36), 13, 10)
}

/** Finished as well, and has stayed well since. */
async function vera(tell: Telling, shell: Shell, today: Instant) {
  const start = mondayBefore(plusDays(today, -92))
  const course = await begin(tell, shell, patientPeople.vera, staff.jonas, '1990-05-21', start)
  const before = { phq9: 17, gad7: 11, pcl5: 20 }
  const visits = await untilCleared(course, start, before, { weightKg: 61, heightCm: 165, sex: 'F' })
  await treat(course, visits, today, { doseMg: 30, weightKg: 61, before, scores: [undefined, 11, undefined, 6, undefined, 4] })
  const last = visits.find(({ type, number }) => type === 'medicine' && number === 6)!.endsAt
  for (const [days, phq9, gad7] of [[7, 3, 3], [28, 3, 2]] as const) await followUp(course, plusDays(last, days), phq9, gad7)
}

/** Two sessions changed nothing; he and his therapist ended the course, and what was still booked was cancelled. */
async function owen(tell: Telling, shell: Shell, today: Instant) {
  const start = mondayBefore(plusDays(today, -58))
  const course = await begin(tell, shell, patientPeople.owen, staff.ruth, '1971-11-08', start)
  const before = { phq9: 16, gad7: 12, pcl5: 26 }
  const visits = await untilCleared(course, start, before, { weightKg: 90, heightCm: 183, sex: 'M' })
  await treat(course, visits, today, { doseMg: 45, weightKg: 90, before, sessions: 2, scores: [undefined, 16] })
  const second = visits.find(({ type, number }) => type === 'integration' && number === 2)!.endsAt
  const ended = plusMinutes(second, 120)
  tell.at(ended)
  await tell.write(course.therapist, course.chart, [tell.draft('course-ended.v1', { reason: 'No change after two sessions, and the sessions were hard on him. Talking goes on without medicine.' }, ended)])
  for (const { visit, startsAt } of visits) if (startsAt > ended) await tell.ask(staff.claire, 'cancelVisit', { params: { chart: course.chart, visit }, body: { id: tell.id(), device: tell.device, why: 'The course has ended.' } })
  await answered(course, plusDays(second, 6), 15, 12)
}

/** In the middle: what was booked before today has been held, the rest is still to come. */
async function mara(tell: Telling, shell: Shell, today: Instant) {
  const start = mondayBefore(plusDays(today, -32))
  const course = await begin(tell, shell, patientPeople.mara, staff.jonas, '1986-03-14', start)
  await tell.write(staff.claire, course.chart, [tell.draft('sits-in.v1', { state: 'CA', via: 'call' }, start)])
  await tell.ask(staff.jonas, 'keepVideoAddress', { body: { person: staff.jonas.id, address: 'https://video.harbor-street.example/jonas' } })
  const before = { phq9: 18, gad7: 12, pcl5: 24 }
  const visits = await untilCleared(course, start, before, { weightKg: 68, heightCm: 169, sex: 'F' }, notJustNow(today))
  await treat(course, visits, today, { doseMg: 34, weightKg: 68, before, scores: [undefined, 9] })
  // She would come sooner to a later visit, so that somebody waits when a time comes free.
  const later = visits.find(({ type, number }) => type === 'follow-up' && number === 2)!
  tell.at(plusDays(today, -1))
  const wish = { from: plusDays(today, 7).slice(0, 10), to: later.localStart.slice(0, 10), weekdays: [], otherWay: false, noticeHours: 24 }
  await tell.ask(course.patient, 'wishSooner', { params: { chart: course.chart, visit: later.visit }, body: { id: uuidOf('sample wish to come sooner'), device: tell.device, wish } })
}

/** Intake is written and the prescriber has been asked; some of what the rules ask for is missing. */
async function ida(tell: Telling, shell: Shell, today: Instant) {
  const start = plusDays(today, -6)
  const course = await begin(tell, shell, patientPeople.ida, staff.jonas, '1994-11-30', start)
  const [visit] = await booked(course, start, ({ type }) => type === 'intake')
  await intake(course, visit!, { presenting: 'Low for most of two years; two medicines without much change. Sleep poor, little pleasure.', goals: ['Sleep through', 'Take up the violin again'] })
  tell.at(plusDays(today, -5))
  const at = plusDays(today, -5)
  await tell.write(course.patient, course.chart, [measured(course, 'phq-9', answersFor('phq-9', 16, { q9: 0 }), at), measured(course, 'gad-7', answersFor('gad-7', 9), at)])
  await tell.write(course.therapist, course.chart, [
    tell.draft('fact.v1', { fact: 'sexAtBirth', state: 'answered', value: 'F' }, at), tell.draft('fact.v1', { fact: 'psychosis', state: 'answered', value: 'none' }, at), tell.draft('fact.v1', { fact: 'mania', state: 'answered', value: 'none' }, at),
    tell.draft('medication.v1', { name: 'lamotrigine', codes: [], dosage: '100 mg', status: 'active' }, at), measured(course, 'c-ssrs', noToAll, at, 'clinician'),
  ])
}

/** What was said to somebody more than a week ago has been seen to. */
async function seenTo(shell: Shell, today: Instant) {
  for (const person of Object.values(staff)) {
    await shell.database.inContext(await tokenFor(shell, person), { durable: true }, ({ client }) => client.query('update app.notice set done_at = created_at where practice_id = $1 and created_at < $2', [samplePractice.id, plusDays(today, -7)]))
  }
}

async function newInquiries(shell: Shell, today: Instant) {
  const rows = [
    { name: 'Noor Haddad (sample)', email: 'noor@example.org', phone: '+1 510 555 0101', message: 'Depression that has not moved with two medicines. A friend told me about this.', preferences: { conditions: ['depression'], modality: 'in-person', days: [2, 4], partOfDay: ['morning'] }, precheck: null, daysAgo: 5.2 },
    { name: 'Peter Lang (sample)', email: 'peter@example.org', phone: null, message: 'Panic and social anxiety. I could come after work.', preferences: { conditions: ['social-anxiety'], modality: 'online', partOfDay: ['evening'] }, precheck: null, daysAgo: 1.4 },
    { name: 'Grace Kim (sample)', email: 'grace@example.org', phone: '+1 510 555 0103', message: 'Grief after my mother died, and I cannot get back to work.', preferences: { conditions: [], language: 'en' }, precheck: null, daysAgo: 0.2 },
  ]
  await shell.database.inContext(await tokenFor(shell, staff.claire), { durable: true }, async (context) => {
    for (const { daysAgo, ...inquiry } of rows) await receive(context, inquiry, plusMinutes(today, -Math.round(daysAgo * 1440)))
  })
}

async function begin(tell: Telling, shell: Shell, patient: SamplePerson, therapist: SamplePerson, birthDate: string, at: Instant): Promise<Course> {
  const chart = uuidOf(`sample chart ${patient.id}`)
  tell.at(at)
  await shell.database.inContext(await tokenFor(shell, staff.claire), { durable: true }, async (context) => {
    await openChart(context, { chart, name: `${patient.givenName} ${patient.familyName}`, birthDate, patient: patient.id }, at)
    await joinTeam(context, chart, therapist.id, 'therapist', at)
  })
  await tell.write(staff.claire, chart, [tell.draft('demographics.v1', { givenName: patient.givenName, familyName: patient.familyName, birthDate, phone: '+1 510 555 0160', address: '12 Sample Lane, Oakland, California', language: 'en', emergencyContact: { name: 'Lena Keller', phone: '+1 510 555 0178', relationship: 'sister' } }, at)])
  await tell.ask(staff.claire, 'chooseProtocol', { params: { chart }, body: { id: tell.id(), protocol: 'solo-six', device: tell.device } })
  return { tell, chart, patient, therapist }
}

/** Plans with the real planner and books what it proposes; only the intake, when the rest is to wait. */
async function booked({ tell, chart }: Course, at: Instant, wanted: (visit: BookedVisit) => boolean = () => true, wishes: object = {}): Promise<BookedVisit[]> {
  tell.at(at)
  const { proposals, impossible } = await tell.ask(staff.claire, 'plan', { params: { chart }, body: { earliest: localDay(plusDays(at, 1), ZONE), ...wishes } })
  const visits = (proposals[0]?.visits ?? []).filter(wanted)
  if (visits.length === 0) throw new Error(`The sample course could not be planned: ${JSON.stringify(impossible)}`)
  await tell.ask(staff.claire, 'book', { params: { chart }, body: { id: tell.id(), device: tell.device, visits } })
  return visits
}

type Scores = Parameters<typeof baseline>[2]

async function untilCleared(course: Course, start: Instant, scores: Scores, body: { weightKg: number; heightCm: number; sex: 'M' | 'F' }, wishes: object = {}): Promise<BookedVisit[]> {
  const visits = await booked(course, start, undefined, wishes)
  const first = (type: string) => visits.find((visit) => visit.type === type)!
  await intake(course, first('intake'), { presenting: 'Depression since youth, back since spring; three medicines with partial relief.', goals: ['Feel mornings again', 'Work half days'] })
  const afterIntake = plusMinutes(first('intake').endsAt, 30)
  course.tell.at(afterIntake)
  await medicalFacts(course, afterIntake, body)
  const seen = first('medical-clearance') ?? first('preparation')
  await baseline(course, plusMinutes(seen.startsAt, -120), scores)
  await clear(course, plusMinutes(seen.startsAt, 40), localDay(plusDays(seen.startsAt, 80), ZONE))
  await course.tell.ask(staff.claire, 'giveEstimate', { params: { chart: course.chart }, body: { id: course.tell.id(), device: course.tell.device } })
  return visits
}

async function treat(course: Course, visits: readonly BookedVisit[], today: Instant, row: { doseMg: number; weightKg: number; before: Scores; scores: readonly (number | undefined)[]; sessions?: number }) {
  const { tell } = course
  const preparations = visits.filter(({ type }) => type === 'preparation')
  const contents = [['intentions', 'what to expect'], ['safety plan', 'harm reduction'], ['grounding tools']]
  for (const [at, visit] of preparations.entries()) await preparation(course, visit, contents[at] ?? [])
  const ready = plusMinutes(preparations.at(-1)!.endsAt, 60)
  await consents(course, ready)
  await safetyPlan(course, plusMinutes(ready, 10), localDay(plusDays(ready, 80), ZONE))
  const medicines = visits.filter(({ type }) => type === 'medicine')
  const ordered = await order(course, plusMinutes(ready, 60), { doseMg: row.doseMg, weightKg: row.weightKg, from: localDay(ready, ZONE), until: localDay(plusDays(ready, 60), ZONE) })
  // The score that change is counted from has to be a fresh one.
  await baseline(course, plusMinutes(ready, 90), row.before)
  const held = medicines.slice(0, row.sessions).filter(({ endsAt }) => endsAt < today)
  // A review lies between two sessions: where the next one is still to come, so may the review be.
  const isOver = row.sessions !== undefined || held.length === medicines.length
  const reviewed: readonly number[] = protocols['solo-six'].reviewAfterMedicine
  for (const [at, visit] of held.entries()) {
    const total = row.scores[at]
    const session = await medicineSession(course, visit, { order: ordered, doseMg: row.doseMg, peak: { systolic: 138 + at, diastolic: 86 }, nausea: at % 2 === 1, note: 'Still, tears once, then slow breathing.', ...(total === undefined ? {} : { phq: { instrument: 'phq-9', total } }) })
    const next = visits.find(({ type, startsAt }) => type === 'integration' && startsAt > visit.endsAt)
    if (!next || next.endsAt >= today) continue
    await integration(course, session, next, 'A corridor of doors, some of them lighter than expected. The body remembered rest.')
    if ((isOver || at + 1 < held.length) && reviewed.includes(at + 1)) await review(course, plusMinutes(next.endsAt, 45), at + 1)
  }
  tell.at(ready)
}

async function followUp(course: Course, at: Instant, phq9: number, gad7: number) {
  const { tell, chart, therapist } = course
  await answered(course, at, phq9, gad7)
  // Written when it is over, as it would be: nothing in a chart lies ahead of its own clock.
  tell.at(plusMinutes(at, 60))
  await tell.write(therapist, chart, [tell.draft('visit-closed.v1', { type: 'follow-up', startedAt: plusMinutes(at, 10), endedAt: plusMinutes(at, 55), outcome: 'completed', covered: [], modalities: ['cbt'], summary: 'Follow-up held.', carePlan: '' }, plusMinutes(at, 58))])
}

async function answered(course: Course, at: Instant, phq9: number, gad7: number) {
  course.tell.at(at)
  await course.tell.write(course.patient, course.chart, [measured(course, 'phq-9', answersFor('phq-9', phq9, { q9: 0 }), at), measured(course, 'gad-7', answersFor('gad-7', gad7), at)])
}

/**
 * Neither on the day the sample is told nor on the one before it: else the patient in the middle of her course has just had a
 * session, and nobody could have integrated it yet. On some weekdays the soonest plan would have it so.
 */
const notJustNow = (today: Instant): object => ({ days: { medicine: [1, 2, 3, 4, 5].filter((day) => ![weekdayOf(today), weekdayOf(plusDays(today, -1))].includes(day)) }, hard: true })
const weekdayOf = (at: Instant) => daysSinceMonday(at) + 1

/** The Monday morning of a moment's week, so that the sample always begins on a working day. */
function mondayBefore(at: Instant): Instant {
  return plusDays(`${localDay(at, ZONE)}T16:00:00.000Z`, -daysSinceMonday(at))
}
const daysSinceMonday = (at: Instant) => (new Date(`${localDay(at, ZONE)}T16:00:00.000Z`).getUTCDay() + 6) % 7
