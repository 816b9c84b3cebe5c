// A practice of invented people, laid into an empty database by its administrator, with sign-ins to act with.
import { createHash, randomBytes, randomUUID } from 'node:crypto'

export const device = '00000000-0000-4000-8000-00000000be0c'

/** So many charts, each with a patient, a therapist and a monitor of its own, and a desk for all. */
export async function makePractice(admin, charts) {
  const practice = randomUUID()
  await admin.query('begin')
  await admin.query(`insert into app.practice (practice_id, name, zone) values ($1, 'Bench practice', 'America/Los_Angeles')`, [practice])
  const desk = await person(admin, practice, 'Cora', ['coordinator', 'owner'])
  const rows = []
  for (let at = 0; at < charts; at += 1) {
    const [therapist, monitor, patient] = [await person(admin, practice, `Thea ${at}`, ['therapist']), await person(admin, practice, `Mona ${at}`, ['monitor']), await person(admin, practice, `Mara ${at}`, ['patient'])]
    rows.push({ ...(await chart(admin, practice, patient.person, [[therapist, 'therapist'], [monitor, 'monitor']])), therapist, monitor, patient })
  }
  await admin.query('commit')
  await admin.query('analyze')
  return { practice, desk, charts: rows }
}

async function person(admin, practice, givenName, roles) {
  const id = randomUUID()
  await admin.query(`insert into app.person (practice_id, person_id, given_name, family_name) values ($1, $2, $3, 'Bench')`, [practice, id, givenName])
  for (const role of roles) await admin.query('insert into app.membership (practice_id, person_id, role) values ($1, $2, $3)', [practice, id, role])
  return { person: id, token: await signIn(admin, practice, id) }
}

/** A sign-in of twelve hours, without the ceremony. */
export async function signIn(admin, practice, id) {
  const token = randomBytes(32).toString('base64url')
  await admin.query(`insert into app.sign_in_session (practice_id, session_id, token_sha256, person_id, purpose, device, expires_at, idle_minutes) values ($1, $2, $3, $4, 'person', $5, now() + interval '12 hours', 720)`,
    [practice, randomUUID(), createHash('sha256').update(token).digest(), id, device])
  return token
}

async function chart(admin, practice, patient, team) {
  const id = randomUUID()
  await admin.query(`insert into app.chart (practice_id, chart_id, patient_id, display_name, birth_date, opened_at) values ($1, $2, $3, 'Mara Bench', '1986-03-14', '2026-11-01T09:00:00.000Z')`, [practice, id, patient])
  await admin.query(`insert into app.stream (practice_id, stream_id, chart_id, type) values ($1, $2, $2, 'chart')`, [practice, id])
  for (const [member, role] of team) await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, $4, '2026-11-01T09:00:00.000Z')`, [practice, id, member.person, role])
  const session = randomUUID()
  await admin.query('insert into app.session_claim (practice_id, session_id, chart_id) values ($1, $2, $3)', [practice, session, id])
  return { chart: id, session }
}

export const draft = (kind, body, more = {}) => {
  const at = new Date().toISOString()
  return { id: randomUUID(), kind, at, writtenAt: at, device, body, ...more }
}
export const vitals = (more) => draft('vitals.v1', { systolicMmHg: 118 + (counter % 20), diastolicMmHg: 76, heartRatePerMin: 60 + (counter++ % 30), spo2Percent: 97, onRoomAir: true, position: 'reclined' }, more)
let counter = 0

/** The nine questions of a mood questionnaire, answered without any risk. */
export const questionnaire = () => draft('measure-answered.v1', { instrument: 'phq-9', version: '1', language: 'en', answers: { q1: 1, q2: 1, q3: 2, q4: 1, q5: 0, q6: 1, q7: 1, q8: 0, q9: 0 }, answeredBy: 'patient' })
