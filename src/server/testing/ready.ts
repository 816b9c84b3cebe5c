import { randomUUID } from 'node:crypto'
import { plusMinutes, type Instant } from '../../core/shared/time.ts'
import { keepCredential } from '../http/sign-in.ts'
import { patientPeople, samplePractice, staffPeople, type SamplePerson } from '../sample/people.ts'
import { noToAll, version } from '../sample/telling.ts'
import { codeAfter, newCodeSecret } from '../sign-in/one-time-code.ts'
import { seal } from '../sign-in/secrets.ts'
import { device, draft, signedIn } from './practice.ts'
import { sampleShell } from './sample.ts'
import { ask } from './world.ts'

export interface ReadyPerson { readonly says: string; readonly person: string; readonly token: string }
export type Piece = 'identity' | 'screen' | 'vitals' | 'mind' | 'second-person' | 'prepared' | 'confirmed'

/**
 * The sample practice, and copies of a chart of it on which a medicine session may start, as it stood right before one
 * did: to take one thing away from, and see what that stops. Tests only.
 */
export async function readyCharts() {
  const server = await sampleShell()
  const { admin } = server
  const { rows: [before] } = await admin.query<{ chart: string; lastSeq: number; at: Instant; visit: string; order: string }>(`select stream_id as chart, seq - 1 as "lastSeq", at, body->>'visit' as visit, body->>'order' as order from app.entry where kind = 'session-started.v1' order by at limit 1`)
  const { chart: source, lastSeq, at, visit, order } = before!
  const { rows: [born] } = await admin.query<{ patient: string }>('select patient_id as patient from app.chart where chart_id = $1', [source])
  const as = async (says: string, { id }: Pick<SamplePerson, 'id'>): Promise<ReadyPerson> => ({ says, person: id, token: await signedIn(server.shell.database, samplePractice.id, id) })
  const { rows: team } = await admin.query<{ person: string; role: string }>('select person_id as person, role from app.care_team where chart_id = $1', [source])
  const onTeam = (role: string) => ({ id: team.find((one) => one.role === role)!.person })
  const people = {
    therapist: await as('the therapist', onTeam('therapist')), prescriber: await as('the prescriber, who is the medical director', onTeam('prescriber')), monitor: await as('the monitor', onTeam('monitor')), patient: await as('the patient', { id: born!.patient }),
    coordinator: await as('the coordinator', staffPeople.claire), owner: await as('the owner', staffPeople.amara), stranger: await as('a therapist of another team', staffPeople.daniel), otherPatient: await as('another patient', patientPeople.ida),
  }
  server.shell.clock.set?.(at)

  async function copy(): Promise<string> {
    const chart = randomUUID()
    const columns = 'kind, at, written_at, received_at, by_person, device, session_id, amends, body, digest'
    await admin.query(`insert into app.chart (practice_id, chart_id, patient_id, display_name, birth_date, opened_at, protocol) select practice_id, $2, patient_id, display_name, birth_date, opened_at, protocol from app.chart where chart_id = $1`, [source, chart])
    await admin.query(`insert into app.stream (practice_id, stream_id, chart_id, type, last_seq, last_digest) select practice_id, $2::uuid, $2::uuid, 'chart', seq, digest from app.entry where stream_id = $1 and seq = $3`, [source, chart, lastSeq])
    await admin.query(`insert into app.entry (practice_id, stream_id, chart_id, seq, id, ${columns}) select practice_id, $2::uuid, $2::uuid, seq, id, ${columns} from app.entry where stream_id = $1 and seq <= $3`, [source, chart, lastSeq])
    await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) select practice_id, $2, person_id, role, since from app.care_team where chart_id = $1`, [source, chart])
    return chart
  }
  async function code({ person }: ReadyPerson): Promise<string> {
    const secret = newCodeSecret()
    await keepCredential(server.shell, samplePractice.id, person, `${person}@example.org`, { totpSecret: seal(server.shell.secret, secret) })
    return codeAfter(secret, 0)
  }
  /** An entry as a device writes it, so many minutes after the session could start. */
  const entry = (kind: string, body: object, minute = 0, more: object = {}) => draft(kind, body, { at: plusMinutes(at, minute), writtenAt: plusMinutes(at, minute), ...more })
  const write = (who: ReadyPerson, chart: string, entries: readonly object[]) => ask(server, 'append', who.token, { params: { chart }, body: { entries } })
  async function must(who: ReadyPerson, chart: string, entries: readonly object[]) {
    const answer = await write(who, chart, entries)
    if (answer.statusCode !== 201) throw new Error(`${who.says}: ${answer.body}`)
  }
  const start = (who: ReadyPerson, chart: string, more: object = {}) => ask(server, 'startSession', who.token, { params: { chart }, body: { id: randomUUID(), device, visit, order, ...more } })

  /** A session begun and brought to the moment before its dose, fifteen minutes on, with some of it left out. */
  async function room(chart: string, without: readonly Piece[] = []): Promise<Room> {
    const has = (piece: Piece) => !without.includes(piece)
    const session = randomUUID()
    server.shell.clock.set?.(at)
    const started = await start(people.therapist, chart, { id: session })
    if (started.statusCode !== 200) throw new Error(started.body)
    const { therapist, monitor } = people
    const inside = (kind: string, body: object, minute: number, more: object = {}) => entry(kind, body, minute, { session, ...more })
    const checkedIn = (person: string, role: string) => inside('checked-in.v1', { person, name: role, role }, 1)
    const calm = { systolicMmHg: 124, diastolicMmHg: 78, heartRatePerMin: 68, respiratoryRatePerMin: 14, spo2Percent: 98, onRoomAir: true, position: 'seated' }
    const [prepared, confirmed] = [randomUUID(), randomUUID()]
    const { rows: [ordered] } = await admin.query<{ doseUg: number }>(`select (body->>'doseUg')::int as "doseUg" from app.entry where stream_id = $1 and id = $2`, [chart, order])
    const { doseUg } = ordered!
    server.shell.clock.set?.(plusMinutes(at, 15))
    await must(therapist, chart, [checkedIn(therapist.person, 'therapist')])
    await must(monitor, chart, [
      ...(has('second-person') ? [checkedIn(monitor.person, 'monitor')] : []), ...(has('identity') ? [inside('identity-checked.v1', { by: ['name', 'birth-date'] }, 2)] : []),
      ...(has('vitals') ? [inside('vitals.v1', calm, 4), inside('vitals.v1', calm, 10)] : []), ...(has('mind') ? [inside('mental-status.v1', { moaaS: 5, rass: 0, orientation: 4 }, 10)] : []),
      ...(has('prepared') ? [inside('dose-prepared.v1', { step: 1, doseUg, route: 'IM', order, lot: '' }, 13, { id: prepared })] : []),
    ])
    if (has('screen')) await must(therapist, chart, [entry('measure-answered.v1', { instrument: 'c-ssrs', version: version('c-ssrs'), language: 'en', answers: noToAll, answeredBy: 'clinician' }, 3)])
    if (has('prepared') && has('confirmed')) await must(therapist, chart, [inside('dose-confirmed.v1', { prepared, doseUg }, 14, { id: confirmed })])
    const dose = (more: object = {}, outside: object = {}) => inside('dose-given.v1', { step: 1, doseUg, route: 'IM', order, prepared, confirmed, confirmedBy: therapist.person, site: 'left arm', selfAdministered: false, ...more }, 15, outside)
    return { session, doseUg, dose, inside }
  }
  const count = async (chart: string, kind: string) => (await admin.query<{ n: number }>('select count(*)::int as n from app.entry where stream_id = $1 and kind = $2', [chart, kind])).rows[0]!.n
  return { ...server, people, at, visit, order, lastSeq, copy, code, entry, write, must, start, room, count }
}
export type Ready = Awaited<ReturnType<typeof readyCharts>>

export interface Room {
  readonly session: string
  readonly doseUg: number
  dose(more?: object, outside?: object): ReturnType<typeof draft>
  inside(kind: string, body: object, minute: number, more?: object): ReturnType<typeof draft>
}
