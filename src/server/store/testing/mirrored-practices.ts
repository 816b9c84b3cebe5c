import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { entryKinds, kinds } from '../../../core/chart/kinds.ts'
import { enrolServer } from '../enrol.ts'

/**
 * Two practices with the same people, charts, rooms and visits under the same ids: whatever is not kept apart by the
 * practice itself is then seen twice. Every table holds at least one row for each. Tests only.
 */
export const practices = { A: 'aaaaaaaa-0000-4000-8000-000000000000', B: 'bbbbbbbb-0000-4000-8000-000000000000' } as const
export type Side = keyof typeof practices
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** By letter: capitals stand on Mara's care team or at the desk, small letters do not. */
const people = {
  s: ['Mara', 'patient'], n: ['Nora', 'patient'], T: ['Thea', 'therapist'], P: ['Pia', 'prescriber'], M: ['Mona', 'monitor'], D: ['Dina', 'medical-director'],
  t: ['Tomas', 'therapist'], p: ['Pavel', 'prescriber'], m: ['Milo', 'monitor'], d: ['Dirk', 'medical-director'], C: ['Cora', 'coordinator'], O: ['Olga', 'owner'],
} as const
type Person = keyof typeof people
export const personId = (letter: Person) => id(Object.keys(people).indexOf(letter) + 1)
export const given = Object.fromEntries(Object.entries(people).map(([letter, [name]]) => [letter, name])) as Record<Person, string>

export const things = { marasChart: id(100), norasChart: id(101), notes: id(102), journal: id(103), cedar: id(104), willow: id(105), visit: id(106), unlinked: id(107), session: id(108), fee: id(109), inquiry: id(110), mail: id(111), notice: id(112), charge: id(113), note: id(114), page: id(115), emptyChart: id(116), inquiryNotice: id(117), callNotice: id(118), proposal: id(119), declined: id(120), sealedAct: id(121), decidedAct: id(122), guest: id(123), feed: id(124), outer: id(125), marasFeed: id(126), untold: id(127), run: id(128), group: id(129), held: id(130), round: id(131), askingNotice: id(132), careNotice: id(133), onCallNotice: id(134), onCallAgain: id(135) }
/** What Dina has proposed on the first edition. */
export const loosened = [{ way: 'looser', reason: 'agreed by the clinicians' }]
const proposed = JSON.stringify({ on: 1, by: personId('D'), reason: 'why', changes: [], moves: loosened, shippedSha256: '0'.repeat(64), bookSha256: createHash('sha256').update('x').digest('hex') })

/** J a job, I a stranger's inquiry, H somebody half-way through signing in, Z an ended sign-in, X no token at all. */
export const letters = [...(Object.keys(people) as Person[]), 'J', 'I', 'H', 'Z', 'X'] as const
export type Letter = (typeof letters)[number]
export interface Asking {
  readonly side: Side
  readonly letter: Letter
  readonly token: string
}

export async function mirroredPractices(adminUrl: string): Promise<{ key: string; asking: Asking[] }> {
  const { key } = await enrolServer(adminUrl)
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  // One entry of each kind and nothing around it: what an entry has to bear is tried elsewhere.
  await admin.query('alter table app.entry disable trigger entries_bear_what_they_say')
  const asking: Asking[] = []
  for (const side of ['A', 'B'] as const) {
    const put = inserter(admin, practices[side])
    await persons(admin, put, side)
    await charts(put)
    await everythingElse(put)
    for (const letter of letters) asking.push({ side, letter, token: await signedIn(admin, side, letter) })
  }
  await admin.query('alter table app.entry enable trigger entries_bear_what_they_say')
  await admin.end()
  return { key, asking }
}

type Put = (table: string, row: Record<string, unknown>) => Promise<unknown>
const inserter = (admin: pg.Client, practice: string): Put => (table, row) => {
  const all = { practice_id: practice, ...row }
  return admin.query(`insert into app.${table} (${Object.keys(all).join(', ')}) values (${Object.keys(all).map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(all))
}

async function persons(admin: pg.Client, put: Put, side: Side) {
  await admin.query(`insert into app.practice (practice_id, name, zone, sample) values ($1, $2, 'UTC', true)`, [practices[side], `Practice ${side}`])
  for (const [letter, [name, role]] of Object.entries(people) as [Person, readonly [string, string]][]) {
    await put('person', { person_id: personId(letter), given_name: name, family_name: 'Sample', email: `${name}@${side}.example` })
    await put('membership', { person_id: personId(letter), role })
    await put('credential', { person_id: personId(letter), email: `${name}@${side}.example`, totp_confirmed: true })
  }
  await put('staff_profile', { person_id: personId('T') })
  for (const [room, name] of [[things.cedar, 'Cedar'], [things.willow, 'Willow']]) await put('room', { room_id: room, name })
  await put('fee', { fee_id: things.fee, visit_type: 'intake', charge_cents: 100 })
  await put('rulebook_edition', { number: 1, name: 'first', shipped_sha256: '0'.repeat(64), changes: '[]', moves: '[{"way":"tighter"}]', book: 'x', book_sha256: createHash('sha256').update('x').digest('hex'), reason: '', adopted_by: personId('D'), adopted_at: 'x' })
  for (const [proposal, content] of [[things.proposal, proposed], [things.declined, '{}']]) await put('edition_proposal', { proposal_id: proposal, content, content_sha256: createHash('sha256').update(content!).digest('hex'), proposed_by: personId('D'), proposed_at: 'x' })
  await put('edition_answer', { proposal_id: things.declined, answer: 'declined', reason: 'x', answered_by: personId('T'), answered_at: 'x' })
  await put('form_choice', { choice_id: things.proposal, instrument: 'audit', version: '1', kind: 'condition', statement: 'x', made_by: personId('D'), made_at: 'x' })
  await put('protocol_choice', { protocol: 'solo-six', adopted_by: personId('D'), adopted_at: 'x', edition: 'x' })
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
const onCharts = entryKinds.filter((one) => kinds[one].stream === 'chart')

async function charts(put: Put) {
  for (const [chart, name, patient] of [[things.marasChart, 'Mara', personId('s')], [things.norasChart, 'Nora', personId('n')], [things.emptyChart, 'Empty', null]] as const) {
    await put('chart', { chart_id: chart, patient_id: patient, display_name: name, opened_at: 'x' })
    if (name !== 'Empty') await put('stream', { stream_id: chart, chart_id: chart, type: 'chart', last_seq: onCharts.length })
  }
  for (const letter of ['T', 'P', 'M', 'D'] as const) await put('care_team', { chart_id: things.marasChart, person_id: personId(letter), role: people[letter][1], since: 'x' })
  await put('care_team', { chart_id: things.marasChart, person_id: personId('d'), role: 'medical-director', since: 'x', until: 'x' })
  await put('care_team', { chart_id: things.norasChart, person_id: personId('t'), role: 'therapist', since: 'x' })
  await put('stream', { stream_id: things.notes, chart_id: things.marasChart, type: 'notes', author_id: personId('T'), last_seq: 1 })
  await put('stream', { stream_id: things.journal, chart_id: things.marasChart, type: 'journal', author_id: personId('s'), last_seq: 1 })
  const entry = (stream: string, chart: string, seq: number, kind: string, by: Person, body = '{}') => put('entry', { stream_id: stream, chart_id: chart, seq, id: randomUUID(), kind, at: 'x', written_at: 'x', received_at: 'x', by_person: personId(by), device: id(1), body, digest: '0'.repeat(64) })
  for (const [at, kind] of onCharts.entries()) {
    await (kind === 'journal-file-shared.v1' ? entry(things.marasChart, things.marasChart, at + 1, kind, 's', JSON.stringify({ file: { sha256: digestOf('a page she shows') } })) : entry(things.marasChart, things.marasChart, at + 1, kind, 'T'))
    await entry(things.norasChart, things.norasChart, at + 1, kind, 't')
  }
  await entry(things.notes, things.marasChart, 1, 'psychotherapy-note.v1', 'T')
  await entry(things.journal, things.marasChart, 1, 'journal.v1', 's')
}

async function everythingElse(put: Put) {
  const { marasChart, visit, unlinked, session } = things
  await put('session_claim', { session_id: session, chart_id: marasChart })
  await put('dose_claim', { session_id: session, step: 1, entry_id: id(1), chart_id: marasChart })
  for (const [stream, kind, text] of [[marasChart, 'photo-taken.v1', 'a face'], [marasChart, 'spoken-note.v1', 'a voice'], [things.notes, 'psychotherapy-recording.v1', 'to oneself'], [things.journal, 'journal-photo.v1', 'hers alone'], [things.journal, 'journal-voice.v1', 'a page she shows']] as const) await put('file', { stream_id: stream, sha256: digestOf(text), chart_id: marasChart, kind, media_type: kind.includes('photo') ? 'image/jpeg' : 'audio/webm', bytes: Buffer.from(text), put_by: personId(stream === things.journal ? 's' : 'T'), put_at: 'x' })
  await put('audit', { at: 'x', action: 'on the chart', outcome: 'done', chart_id: marasChart })
  await put('audit', { at: 'x', action: 'on nothing', outcome: 'done' })
  await put('followed', { chart_id: marasChart, up_to: 1 })
  await put('ledger', { begun_at: 'x' })
  await put('ledger_line', { seq: 1, id: id(300), kind: 'place', at: 'x', received_at: 'x', by_person: personId('P'), place_id: id(300), fits: true, body: '{"name":"Cupboard"}', digest: '0'.repeat(64) })
  const sha256 = (text: string) => createHash('sha256').update(text).digest()
  await put('device_credential', { credential_id: id(301), token_sha256: sha256('a-token-to-bring'), person_id: personId('T'), device: id(302), expires_at: '2999-01-01' })
  await put('device_guest', { guest_id: things.guest, chart_id: marasChart, session_id: session, person_id: personId('P'), device: id(302), lent_by: personId('T'), public_key: `${'A'.repeat(87)}=`, made_at: 'x', until: 'x' })
  for (const act of [things.sealedAct, things.decidedAct]) await put('quarantine', { act_id: act, chart_id: marasChart, person_id: personId('T'), device: id(302), entries: [id(303)], first_at: 'x', last_at: 'x', key_id: 'x', sealed: Buffer.alloc(100), received_at: 'x' })
  await put('quarantine_file', { chart_id: marasChart, person_id: personId('T'), device: id(302), sha256: '0'.repeat(64), key_id: 'x', sealed: Buffer.alloc(100), received_at: 'x' })
  await put('quarantine_decision', { act_id: things.decidedAct, chart_id: marasChart, decision: 'discarded', by_person: personId('P'), at: 'x', reason: 'it was seen' })
  for (const [one, from, type] of [[visit, '2026-12-01', 'intake'], [unlinked, '2026-12-02', 'therapy']]) await put('visit', { visit_id: one, type, during: `[${from}T10:00Z, ${from}T11:00Z)`, local_start: 'x', zone: 'UTC' })
  const during = '[2026-12-01T10:00Z, 2026-12-01T11:00Z)'
  await put('visit_patient', { visit_id: visit, chart_id: marasChart, during })
  await put('visit_person', { visit_id: visit, person_id: personId('T'), role: 'therapist', during })
  await put('visit_room', { visit_id: visit, room_id: things.cedar, during })
  await put('care_group', { group_id: things.group, name: 'Tuesday', kind: 'group', open: true, made_at: 'x' })
  await put('care_group_member', { group_id: things.group, chart_id: marasChart, since: 'x' })
  await put('care_group_leader', { group_id: things.group, person_id: personId('T') })
  for (const [place, of] of [{}, { person_id: personId('T') }, { person_id: personId('P') }, { visit_id: visit }].entries()) await put('video_address', { video_id: id(310 + place), ...of, address: 'https://meet.example.org', kept_by: personId('C'), kept_at: 'x' })
  const kept = '[2026-12-03T10:00Z, 2026-12-03T11:00Z)'
  await put('visit', { visit_id: things.held, type: 'intake', during: kept, local_start: 'x', zone: 'UTC', state: 'held', held_until: '2026-12-02T10:00Z', held_by: personId('C') })
  await put('visit_patient', { visit_id: things.held, chart_id: things.norasChart, during: kept })
  await put('visit_person', { visit_id: things.held, person_id: personId('t'), role: 'therapist', during: kept })
  await put('visit_room', { visit_id: things.held, room_id: things.cedar, during: kept })
  await put('offer_round', { round_id: things.round, visit_id: unlinked, starts_at: '2026-12-03T10:00Z', ends_at: '2026-12-03T11:00Z', way: 'in-turn', hours: 24, made_by: personId('C'), made_at: 'x' })
  await put('offer_turn', { round_id: things.round, turn: 0, chart_id: marasChart, visit_id: visit })
  await put('freed_put_away', { visit_id: unlinked, starts_at: '2026-12-03T10:00Z', ends_at: '2026-12-03T11:00Z', why: 'Inventory', by_person: personId('C'), at: 'x' })
  await put('on_call', { version: 1, rota: '{}', kept_by: personId('C'), kept_at: 'x' })
  await put('alarm', { entry_id: id(260), chart_id: marasChart, opened_at: 'x', circle: 1, due_at: 'x', answer_by: 'x' })
  await put('calendar_feed', { feed_id: things.feed, person_id: personId('T'), label: 'Phone', token_sha256: sha256('theas-feed'), made_at: 'x' })
  await put('calendar_feed', { feed_id: things.marasFeed, person_id: personId('s'), label: 'Hers', token_sha256: sha256('maras-feed'), made_at: 'x' })
  await put('outer_calendar', { calendar_id: things.outer, person_id: personId('T'), label: 'Home', added_at: 'x' })
  await put('busy_time', { calendar_id: things.outer, person_id: personId('T'), during })
  await put('invitation_wish', { person_id: personId('T') })
  await put('invitation', { visit_id: visit, person_id: personId('T'), sequence: 0, stands: true, told: 'x', told_at: 'x' })
  await put('inquiry', { inquiry_id: things.inquiry, received_at: 'x', name: 'Ina' })
  await put('inquiry', { inquiry_id: things.untold, received_at: 'x', name: 'Ilse' })
  await put('first_visit_told', { inquiry_id: things.inquiry, level: 1, told_at: 'x' })
  for (const [at, reader] of ['patient', 'coordinator', 'owner', 'therapist', 'prescriber', 'monitor'].entries()) await put('document', { document_id: id(200 + at), chart_id: marasChart, title: reader, media_type: 'x', bytes: 'x', sha256: 'x', created_at: 'x', readers: [reader] })
  await put('charge', { charge_id: things.charge, chart_id: marasChart, superbill_number: 'x', code: 'x', descriptor: 'x', modifier: '', place_of_service: '11', units: 1, amount_cents: 1, at: 'x', by_person: personId('C') })
  await put('mail', { mail_id: things.mail, recipient: 'x', subject: 'x', body: 'x', created_at: 'x' })
  await put('reminder', { visit_id: visit, chart_id: marasChart, starts_at: '2026-12-01T10:00Z', step: 'week', outcome: 'sent', made_at: 'x' })
  await put('asking', { chart_id: marasChart, ask: 'phq-9 course any', step: 'first', outcome: 'sent', made_at: 'x' })
  await put('asked_to', { chart_id: marasChart, up_to: 1 })
  await put('care_told', { chart_id: marasChart, task: 'no-answer x', says: 'x', told_at: 'x' })
  await put('care_looked', { chart_id: marasChart, up_to: 1 })
  await put('outcome_chart', { chart_id: marasChart, up_to: 1, rules: 'x' })
  await put('outcome_course', { chart_id: marasChart, number: 1, cell: 'x', route: 'IM', first_dose: '2026-12-01', last_dose: '2026-12-01', settles_on: '2027-01-06', sessions: 1, maintained: false, kept: 'unknown' })
  await put('outcome_measure', { chart_id: marasChart, number: 1, instrument: 'phq-9', cell: 'x', settles_on: '2027-01-06', says: '--------', follow_ups: '{}' })
  await put('outcome_event', { chart_id: marasChart, number: 1, term: 'nausea', cell: 'x', grade: 1 })
  await put('outcome_practice', { day: '2026-12-01' })
  await put('registry_key', { key: 'x', made_at: '2026-12-01T10:00Z' })
  await put('outcome_tally', { what: 'course', cell: 'x', says: 'x', people: 1 })
  await put('outcome_score', { chart_id: marasChart, entry_id: id(330), instrument: 'phq-9', at: '2026-12-01T10:00Z', total: 9 })
  await put('begun_answer', { chart_id: marasChart, instrument: 'phq-9', version: '1', given: '{}', begun_at: 'x', changed_at: 'x' })
  await put('planning_run', { run_id: things.run, begun_by: personId('C'), begun_at: 'x', state: 'done', ended_at: 'x' })
  await put('planned_together', { run_id: things.run, chart_id: marasChart, waited_days: 1, wishes: '{}' })
  await put('narrow_link', { link_id: id(304), token_sha256: randomBytes(32), purpose: 'morning', chart_id: marasChart, visit_id: visit, starts_at: '2026-12-01T10:00Z', person_id: personId('s'), made_at: '2026-11-30T10:00Z', expires_at: '2026-12-01T10:00Z' })
  await put('notice', { notice_id: things.notice, person_id: personId('T'), kind: 'x', says: 'x', created_at: 'x' })
  await put('notice', { notice_id: things.callNotice, person_id: personId('P'), kind: 'alert', says: 'x', created_at: 'x' })
  await put('notice', { notice_id: things.onCallNotice, person_id: personId('p'), kind: 'on-call', chart_id: marasChart, entry_id: id(260), says: 'x', created_at: 'x' })
  await put('notice', { notice_id: things.onCallAgain, person_id: personId('d'), kind: 'on-call', chart_id: marasChart, entry_id: id(260), says: 'again', created_at: 'x' })
  await put('notice', { notice_id: things.careNotice, person_id: personId('M'), kind: 'care', says: 'x', created_at: 'x' })
  await put('notice', { notice_id: things.askingNotice, person_id: personId('M'), kind: 'unanswered-questions', says: 'x', created_at: 'x' })
  await put('notice', { notice_id: things.inquiryNotice, person_id: personId('T'), inquiry_id: things.inquiry, kind: 'x', says: 'x', created_at: 'x' })
}

async function signedIn(admin: pg.Client, side: Side, letter: Letter): Promise<string> {
  if (letter === 'X') return ''
  const token = randomBytes(32).toString('base64url')
  const purpose = { J: 'job', I: 'inquiry', H: 'second-factor' }[letter as string] ?? 'person'
  const person = letter in people ? personId(letter as Person) : letter === 'H' || letter === 'Z' ? personId('T') : null
  await admin.query(`insert into app.sign_in_session (practice_id, session_id, token_sha256, person_id, purpose, device, expires_at, revoked_at) values ($1, $2, $3, $4, $5, $6, now() + interval '1 hour', case when $7 then now() end)`,
    [practices[side], randomUUID(), createHash('sha256').update(token).digest(), person, purpose, id(1), letter === 'Z'])
  return token
}
