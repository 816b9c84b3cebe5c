import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import { ask, bookedVisit, byAct, device, draft, fingerprint, inquiryOf, world, type Asked, type World } from '../testing/world.ts'

/** Somebody with every right on their own chart puts what belongs to others into every field that takes an id. */
let all: World
let theirs: Record<'entry' | 'session' | 'visit' | 'document' | 'note' | 'notice' | 'signIn' | 'inquiry', string>
beforeAll(async () => {
  all = await world()
  const { shell, admin, home, away, otherChart } = all
  const entry = await byAct(shell, home.tomas, otherChart, 'session-note.v1', { text: 'theirs' })
  const session = await byAct(shell, home.tomas, otherChart, 'session-started.v1', { protocol: 'solo-six' })
  const visit = await bookedVisit(all, otherChart, home.tomas)
  const [document, notice] = [randomUUID(), randomUUID()]
  await admin.query(`insert into app.document (practice_id, document_id, chart_id, title, media_type, bytes, sha256, created_at, readers) values ($1, $2, $3, 'Theirs', 'application/pdf', 'x', 'x', 'x', '{patient,coordinator,owner,therapist}')`, [home.practice, document, otherChart])
  await admin.query(`insert into app.notice (practice_id, notice_id, person_id, kind, says, created_at) values ($1, $2, $3, 'risk', 'theirs', 'x')`, [home.practice, notice, home.tomas.person])
  await ask(all, 'keepNote', home.tomas.token, { params: { chart: otherChart }, body: { entries: [draft('psychotherapy-note.v1', { text: 'theirs' })] } })
  const one = async (sql: string, values: unknown[]) => (await admin.query<{ id: string }>(sql, values)).rows[0]!.id
  theirs = {
    entry, session, visit, document, notice,
    note: await one(`select e.id from app.entry e where e.kind = 'psychotherapy-note.v1' and e.practice_id = $1`, [home.practice]),
    signIn: await one('select session_id as id from app.sign_in_session where practice_id = $1 and person_id = $2', [home.practice, home.tomas.person]),
    inquiry: await inquiryOf(all, away.owner),
  }
})
afterAll(() => all.close())

const id = randomUUID
const vitals = (more: object) => ({ entries: [draft('vitals.v1', { heartRatePerMin: 70 }, more)] })
const visitOf = (visit: string) => ({ visit, type: 'preparation', number: 1, startsAt: '2026-12-05T17:00:00.000Z', endsAt: '2026-12-05T18:00:00.000Z', localStart: '2026-12-05T09:00', zone: 'America/Los_Angeles', people: [], online: true })
const slot = { startsAt: '2026-12-02T17:00:00.000Z', endsAt: '2026-12-02T18:00:00.000Z', localStart: '2026-12-02T09:00', zone: 'America/Los_Angeles', online: true }
const call = { startedAt: '2026-11-21T17:00:00.000Z', endedAt: null, answers: {}, outcome: 'goes-on', note: '' }
type Home = World['home']
const SWAPS: [says: string, route: RouteName, who: (home: Home) => { token: string }, request: (all: World) => Asked, status: readonly number[]][] = [
  ['an entry in another patient’s session', 'append', ({ mona }) => mona, () => ({ body: vitals({ session: theirs.session }) }), [422]],
  ['an entry in the session of nobody', 'append', ({ mona }) => mona, () => ({ body: vitals({ session: id() }) }), [422]],
  ['a correction of another patient’s entry', 'append', ({ mona }) => mona, () => ({ body: vitals({ amends: theirs.entry }) }), [422]],
  ['a correction of somebody else’s private note', 'keepNote', ({ thea }) => thea, () => ({ body: { entries: [draft('psychotherapy-note.v1', { text: 'x' }, { amends: theirs.note })] } }), [422]],
  ['a dose in another patient’s session', 'append', ({ mona }) => mona, () => ({ body: { entries: [draft('dose-given.v1', { step: 1, doseUg: 1, route: 'IM', order: id(), prepared: id(), confirmed: id(), confirmedBy: id(), site: '', selfAdministered: false }, { session: theirs.session })] } }), [409, 422]],
  ['letting somebody sign in another patient’s session', 'enrolGuest', ({ thea }) => thea, ({ home: { pia } }) => ({ params: { session: theirs.session }, body: { person: pia.person, pin: '2468', publicKey: `${'A'.repeat(87)}=` } }), [422]],
  ['joining another patient’s session', 'joinSession', ({ thea }) => thea, () => ({ params: { session: theirs.session } }), [422]],
  ['starting a session for another patient’s visit and order', 'startSession', ({ thea }) => thea, () => ({ body: { id: id(), device, visit: theirs.visit, order: theirs.entry } }), [409, 422]],
  ['another patient’s document', 'document', ({ mara }) => mara, () => ({ params: { document: theirs.document } }), [404]],
  ['another patient’s document, by the desk', 'document', ({ cora }) => cora, () => ({ params: { document: theirs.document } }), [404]],
  ['cancelling another patient’s visit', 'cancelVisit', ({ cora }) => cora, () => ({ params: { visit: theirs.visit }, body: { id: id(), device, why: 'mistaken' } }), [404]],
  ['cancelling another patient’s visit among others', 'cancelVisits', ({ cora }) => cora, () => ({ body: { id: id(), device, visits: [theirs.visit], why: 'mistaken', message: 'mistaken' } }), [404]],
  ['moving another patient’s visit', 'move', ({ cora }) => cora, () => ({ body: { device, moves: [{ id: id(), to: visitOf(theirs.visit), why: 'x' }] } }), [404, 409]],
  ['asking about another patient’s visit', 'askMoves', ({ cora }) => cora, () => ({ body: { id: id(), device, moves: [{ to: visitOf(theirs.visit), why: 'x' }] } }), [404, 409, 422]],
  ['a proposal to move another patient’s visit', 'proposeMove', ({ cora }) => cora, () => ({ params: { visit: theirs.visit }, body: { to: { localStart: '2026-12-08T09:00', zone: 'America/Los_Angeles' }, wishes: { earliest: '2026-12-01' } } }), [404, 409]],
  ['where another patient’s visit could go', 'places', ({ cora }) => cora, () => ({ params: { visit: theirs.visit }, query: { from: '2026-12-08', to: '2026-12-08' } }), [404, 409]],
  ['booking under another patient’s visit', 'book', ({ cora }) => cora, () => ({ body: { id: id(), device, visits: [visitOf(theirs.visit)] } }), [404, 409, 422]],
  ['a bill for another patient’s visit', 'issueSuperbill', ({ cora }) => cora, () => ({ body: { id: id(), device, visit: theirs.visit } }), [422]],
  ['somebody of another practice on the team', 'joinTeam', ({ thea }) => thea, ({ away }) => ({ body: { person: away.therapist.person, role: 'therapist' } }), [404]],
  ['a role on the team that the person does not hold', 'joinTeam', ({ cora }) => cora, ({ home }) => ({ body: { person: home.cora.person, role: 'prescriber' } }), [404]],
  ['a patient on another patient’s team', 'joinTeam', ({ thea }) => thea, ({ home }) => ({ body: { person: home.nora.person, role: 'therapist' } }), [404]],
  ['somebody else’s notice', 'noticeDone', ({ thea }) => thea, () => ({ params: { id: theirs.notice } }), [404]],
  ['somebody else’s sign-in', 'endSession', ({ thea }) => thea, () => ({ params: { id: theirs.signIn } }), [404]],
  ['an inquiry to another practice: the call', 'logCall', ({ cora }) => cora, () => ({ params: { id: theirs.inquiry }, body: call }), [404]],
  ['an inquiry to another practice: the shortlist', 'shortlist', ({ cora }) => cora, () => ({ params: { id: theirs.inquiry } }), [404]],
  ['an inquiry to another practice: the match', 'match', ({ cora }) => cora, ({ home }) => ({ params: { id: theirs.inquiry }, body: { therapist: home.thea.person, slot, givenName: 'A', familyName: 'B', birthDate: '1990-01-01', email: 'a@example.org', device } }), [404]],
  ['an inquiry to another practice: closing it', 'closeInquiry', ({ cora }) => cora, () => ({ params: { id: theirs.inquiry }, body: { why: 'mistaken' } }), [404]],
  ['an invitation for somebody of another practice', 'inviteStaff', ({ owner }) => owner, ({ away }) => ({ params: { person: away.therapist.person } }), [404]],
]

test.each(SWAPS)('%s: refused, and nothing changed', async (_, route, who, request, status) => {
  const before = await fingerprint(all.admin)
  const asked = request(all)
  const answer = await ask(all, route, who(all.home).token, { ...asked, params: { chart: all.home.chart, ...asked.params } })
  expect(status, answer.body).toContain(answer.statusCode)
  expect(await fingerprint(all.admin)).toEqual(before)
})

test('an inquiry of one’s own, matched with a therapist of another practice', async () => {
  const own = await inquiryOf(all, all.home.owner)
  await ask(all, 'logCall', all.home.cora.token, { params: { id: own }, body: { ...call, endedAt: call.startedAt } })
  const before = await fingerprint(all.admin)
  const answer = await ask(all, 'match', all.home.cora.token, { params: { id: own }, body: { therapist: all.away.therapist.person, slot, givenName: 'A', familyName: 'B', birthDate: '1990-01-01', email: 'a@example.org', device } })
  expect(answer.statusCode, answer.body).toBe(404)
  expect(await fingerprint(all.admin)).toEqual(before)
})

test('ids that another practice uses make rows of one’s own, and leave theirs alone', async () => {
  const { home, away, admin } = all
  const room = randomUUID()
  expect((await ask(all, 'keepRoom', away.owner.token, { body: { id: room, name: 'Theirs', features: [], dosing: true, planning: {} } })).statusCode).toBe(200)
  const rowsOf = async () => (await admin.query(`select (select jsonb_agg(r order by r) from app.room r where practice_id = $1) as rooms, (select jsonb_agg(p order by p) from app.person p where practice_id = $1) as people, (select jsonb_agg(m order by m) from app.membership m where practice_id = $1) as roles`, [away.practice])).rows
  const before = await rowsOf()
  const staffRow = { person: away.therapist.person, givenName: 'Not', familyName: 'Theirs', email: null, roles: ['owner'], active: false, credentials: '', npi: null, licence: null, licensedNurse: false, conditions: [], modalities: [], languages: [], online: false, inPerson: true, accepting: false, about: '', capacity: 1, weekly: [], exceptions: [], planning: {} }
  expect((await ask(all, 'keepRoom', home.owner.token, { body: { id: room, name: 'Ours', features: [], dosing: false, planning: {} } })).statusCode).toBe(200)
  expect((await ask(all, 'keepStaff', home.owner.token, { body: staffRow })).statusCode).toBe(200)
  expect(await rowsOf()).toEqual(before)
  expect((await ask(all, 'me', away.therapist.token)).statusCode).toBe(200)
})

test('an entry that another patient’s chart already has by that id is an entry of its own here', async () => {
  const { home, otherChart } = all
  const read = async () => (await ask(all, 'entries', home.tomas.token, { params: { chart: otherChart } })).body
  const before = await read()
  const answer = await ask(all, 'append', home.thea.token, { params: { chart: home.chart }, body: { entries: [draft('session-note.v1', { text: 'mine' }, { id: theirs.entry })] } })
  expect([answer.statusCode, answer.json().stored[0].again]).toEqual([201, undefined])
  expect(await read()).toBe(before)
})
