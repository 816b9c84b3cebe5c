import { mayRead, type Standing } from '../../../core/access/policy.ts'
import { entryKinds, kinds } from '../../../core/chart/kinds.ts'
import { given, loosened, personId, things, type Letter } from './mirrored-practices.ts'

/** Who sees which row of which table, written down for people. A row that is not named here is seen by nobody. */
export const STAFF = 'TPMDtpmdCO'
const ALL = `sn${STAFF}JI`
const ON_MARA = 'sTPMDCOJ'
const ON_NORA = 'ntCOJ'

export interface Table {
  /** How a row is called, as SQL. */
  readonly label: string
  readonly rows: Readonly<Record<string, string>>
}
const ofHeld = `case visit_id when '${things.held}' then 'held' else 'it' end`
const perPerson = (of: (letter: string) => string) => Object.fromEntries(Object.entries(given).map(([letter, name]) => [name, of(letter)]))

export const SEES: Readonly<Record<string, Table>> = {
  practice: { label: `'it'`, rows: { it: ALL } },
  person: { label: 'given_name', rows: { ...perPerson(() => ALL), Mara: ON_MARA, Nora: ON_NORA } },
  membership: { label: `(select given_name from names n where n.person_id = t.person_id)`, rows: { ...perPerson(() => ALL), Mara: 'sCOJ', Nora: 'nCOJ' } },
  staff_profile: { label: `'it'`, rows: { it: ALL } },
  room: { label: 'name', rows: { Cedar: ALL, Willow: ALL } },
  fee: { label: `'it'`, rows: { it: 'COJ' } },
  protocol_choice: { label: 'protocol', rows: { 'solo-six': ALL } },
  form_choice: { label: 'kind', rows: { condition: `sn${STAFF}J` } },
  rulebook_edition: { label: 'name', rows: { first: ALL } },
  edition_proposal: { label: `case proposal_id when '${things.proposal}' then 'waiting' else 'declined' end`, rows: { waiting: STAFF, declined: STAFF } },
  edition_answer: { label: 'answer', rows: { declined: STAFF } },
  chart: { label: 'display_name', rows: { Mara: ON_MARA, Nora: ON_NORA, Empty: 'COJ' } },
  care_team: { label: `(select given_name from names n where n.person_id = t.person_id)`, rows: { Thea: ON_MARA, Pia: ON_MARA, Mona: ON_MARA, Dina: ON_MARA, Dirk: ON_MARA, Tomas: ON_NORA } },
  stream: { label: `case stream_id when '${things.marasChart}' then 'Mara' when '${things.norasChart}' then 'Nora' else type end`, rows: { Mara: ON_MARA, Nora: ON_NORA, notes: 'T', journal: 's' } },
  entry: { label: `case stream_id when '${things.marasChart}' then 'Mara ' when '${things.norasChart}' then 'Nora ' else '' end || kind`, rows: entries() },
  file: { label: `case stream_id when '${things.notes}' then 'of notes' else kind end`, rows: { 'photo-taken.v1': 'sTPMDCOJ', 'spoken-note.v1': 'TPMDJ', 'of notes': 'T', 'journal-photo.v1': 's', 'journal-voice.v1': 'sTPMDJ' } },
  entry_kind: { label: 'kind', rows: {} },
  dose_claim: { label: `'it'`, rows: { it: 'sTPMD' } },
  session_claim: { label: `'it'`, rows: { it: 'sTPMDCOJ' } },
  audit: { label: 'action', rows: { 'on the chart': 'sOJ', 'on nothing': 'OJ' } },
  audit_seal: { label: 'seq::text', rows: {} },
  ledger: { label: `'it'`, rows: { it: 'TPMDtpmdOJ' } },
  ledger_line: { label: 'kind', rows: { place: 'TPMDtpmdOJ' } },
  quarantine: { label: `case act_id when '${things.sealedAct}' then 'waiting' else 'decided' end`, rows: { waiting: 'TPMD', decided: 'TPMD' } },
  quarantine_file: { label: `'sealed'`, rows: { sealed: 'TP' } },
  quarantine_decision: { label: 'decision', rows: { discarded: 'TPMD' } },
  followed: { label: `'Mara'`, rows: { Mara: ON_MARA } },
  visit: { label: `case visit_id when '${things.visit}' then 'Mara' when '${things.held}' then 'held' else 'nobody' end`, rows: { Mara: `s${STAFF}J`, nobody: `${STAFF}J`, held: `n${STAFF}J` } },
  visit_patient: { label: ofHeld, rows: { it: ON_MARA, held: ON_NORA } },
  visit_person: { label: ofHeld, rows: { it: `s${STAFF}J`, held: `n${STAFF}J` } },
  visit_room: { label: ofHeld, rows: { it: `s${STAFF}J`, held: `n${STAFF}J` } },
  offer_round: { label: 'way', rows: { 'in-turn': 'COJ' } },
  offer_turn: { label: `'it'`, rows: { it: 'COJ' } },
  freed_put_away: { label: 'why', rows: { Inventory: 'COJ' } },
  on_call: { label: `'it'`, rows: { it: `${STAFF}J` } },
  alarm: { label: `'it'`, rows: { it: 'TPMDCOJ' } },
  care_group: { label: 'name', rows: { Tuesday: 'TCOJ' } },
  care_group_member: { label: `'it'`, rows: { it: 'TCOJ' } },
  care_group_leader: { label: `'it'`, rows: { it: 'TCOJ' } },
  calendar_feed: { label: 'label', rows: { Phone: 'T', Hers: 's' } },
  outer_calendar: { label: 'label', rows: { Home: 'TJ' } },
  busy_time: { label: `'it'`, rows: { it: `${STAFF}J` } },
  video_address: { label: `case when visit_id is not null then 'her visit' when person_id is null then 'practice' when person_id = '${personId('T')}' then 'Thea' else 'Pia' end`, rows: { practice: 'COJ', Thea: 'TCOJ', Pia: 'PCOJ', 'her visit': 'TCOJ' } },
  invitation_wish: { label: `'it'`, rows: { it: 'TJ' } },
  invitation: { label: `'it'`, rows: { it: 'J' } },
  inquiry: { label: 'name', rows: { Ina: 'COJ', Ilse: 'COJ' } },
  first_visit_told: { label: `'it'`, rows: { it: 'J' } },
  planning_run: { label: `'it'`, rows: { it: 'COJ' } },
  planned_together: { label: `'it'`, rows: { it: 'COJ' } },
  document: { label: 'title', rows: { patient: 's', coordinator: 'CO', owner: 'CO', therapist: 'T', prescriber: 'P', monitor: 'M' } },
  charge: { label: `'it'`, rows: { it: 'sCO' } },
  mail: { label: `'it'`, rows: { it: 'J' } },
  reminder: { label: 'step', rows: { week: ON_MARA } },
  asking: { label: 'step', rows: { first: 'J' } },
  asked_to: { label: `'it'`, rows: { it: 'J' } },
  outcome_chart: { label: `'it'`, rows: { it: 'J' } }, outcome_course: { label: `'it'`, rows: { it: 'J' } }, outcome_measure: { label: 'instrument', rows: { 'phq-9': 'J' } }, outcome_event: { label: 'term', rows: { nausea: 'J' } }, outcome_score: { label: 'instrument', rows: { 'phq-9': 'J' } }, outcome_practice: { label: `'it'`, rows: { it: 'J' } }, outcome_tally: { label: 'what', rows: { course: 'J' } }, registry_key: { label: 'key', rows: { x: 'J' } },
  begun_answer: { label: 'instrument', rows: { 'phq-9': 'J' } },
  care_told: { label: `'it'`, rows: { it: 'J' } },
  care_looked: { label: `'it'`, rows: { it: 'J' } },
  notice: { label: `case when kind = 'alert' then 'a call' when kind = 'on-call' then case says when 'again' then 'on call again' else 'on call' end when kind = 'unanswered-questions' then 'unanswered' when kind = 'care' then 'care' when inquiry_id is null then 'her own' else 'of an inquiry' end`, rows: { 'a call': 'PJ', 'on call': 'pJ', 'on call again': 'dJ', unanswered: 'MJ', care: 'MJ', 'her own': 'TJ', 'of an inquiry': 'TCOJ' } },
}
/** Tables on which the application has no right at all. */
export const CLOSED = ['credential', 'sign_in_session', 'sign_in_link', 'device_credential', 'device_guest', 'narrow_link', 'server_key']

/** What the table of kinds lets each read: the database has to say the same. */
function entries(): Record<string, string> {
  const on = (chart: 'Mara' | 'Nora'): Partial<Record<Letter, Standing[]>> => chart === 'Mara'
    ? { s: [{ relation: 'own', roles: ['patient'] }], T: [{ relation: 'team', roles: ['therapist'] }], P: [{ relation: 'team', roles: ['prescriber'] }], M: [{ relation: 'team', roles: ['monitor'] }], D: [{ relation: 'team', roles: ['medical-director'] }], C: [{ relation: 'practice', roles: ['coordinator'] }], O: [{ relation: 'practice', roles: ['owner'] }] }
    : { n: [{ relation: 'own', roles: ['patient'] }], t: [{ relation: 'team', roles: ['therapist'] }], C: [{ relation: 'practice', roles: ['coordinator'] }], O: [{ relation: 'practice', roles: ['owner'] }] }
  const rows: Record<string, string> = { 'psychotherapy-note.v1': 'T', 'journal.v1': 's' }
  for (const chart of ['Mara', 'Nora'] as const) {
    for (const kind of entryKinds.filter((one) => kinds[one].stream === 'chart')) rows[`${chart} ${kind}`] = `${Object.entries(on(chart)).filter(([, standings]) => mayRead(kind, standings)).map(([letter]) => letter).join('')}J`
  }
  return rows
}

/**
 * What somebody tries to write, and who may. `$P` is the practice written to: first one's own, then the other one,
 * where everybody has to be refused. Without it, the statement is tried once, on whatever it reaches. Everything is
 * rolled back.
 */
export interface Try {
  readonly table: string
  readonly sql: string
  readonly may: string
}
const { marasChart, norasChart, emptyChart, visit, unlinked, held } = things
const during = `'[2027-01-01T10:00Z, 2027-01-01T11:00Z)'`
const MARA_DESK = 'TCO'
const BOOKING = 'TPtpCO'
const edition = (by: string, way: string) => `insert into app.rulebook_edition (practice_id, number, name, shipped_sha256, changes, moves, book, book_sha256, reason, adopted_by, adopted_at)
  values ($P, 2, 'second', '${'0'.repeat(64)}', '[]', '[{"way":"${way}","reason":"agreed by the clinicians"}]', 'x', encode(sha256('x'), 'hex'), 'why', ${by}, 'x')`
/** Dina's proposal, signed second by `by`. */
const second = (by: string, why = 'I have looked at each row.', proposal: string = things.proposal) => `insert into app.rulebook_edition (practice_id, number, name, shipped_sha256, changes, moves, book, book_sha256, reason, adopted_by, adopted_at, proposal_id, countersigned_by, countersigned_why)
  values ($P, 2, 'second', '${'0'.repeat(64)}', '[]', '${JSON.stringify(loosened)}', 'x', encode(sha256('x'), 'hex'), 'why', '${personId('D')}', 'x', '${proposal}', ${by}, '${why}')`
const proposal = (by: string) => `insert into app.edition_proposal (practice_id, proposal_id, content, content_sha256, proposed_by, proposed_at) values ($P, gen_random_uuid(), '{}', encode(sha256('{}'), 'hex'), ${by}, 'x')`
const answer = (by: string, says: string, about: string = things.proposal) => `insert into app.edition_answer (practice_id, proposal_id, answer, reason, answered_by, answered_at) values ($P, '${about}', '${says}', 'x', ${by}, 'x')`
const accepted = (by: string) => `insert into app.form_choice (practice_id, choice_id, instrument, version, kind, statement, made_by, made_at) values ($P, gen_random_uuid(), 'audit', '1', 'condition', 'x', ${by}, 'x')`
export const TRIES: readonly Try[] = [
  { table: 'practice', sql: `update app.practice set name = 'x' where practice_id = $P`, may: 'O' },
  { table: 'person', sql: `insert into app.person (practice_id, person_id, given_name, family_name) values ($P, gen_random_uuid(), 'New', 'One')`, may: 'CO' },
  { table: 'person', sql: `update app.person set phone = 'x' where practice_id = $P and person_id = '${personId('s')}'`, may: 'sCO' },
  { table: 'membership', sql: `insert into app.membership (practice_id, person_id, role) values ($P, '${personId('T')}', 'coordinator')`, may: 'O' },
  { table: 'membership', sql: `insert into app.membership (practice_id, person_id, role) values ($P, '${personId('T')}', 'patient')`, may: 'CO' },
  { table: 'membership', sql: `delete from app.membership where practice_id = $P and person_id = '${personId('m')}'`, may: 'O' },
  { table: 'staff_profile', sql: `insert into app.staff_profile (practice_id, person_id) values ($P, '${personId('M')}')`, may: 'O' },
  { table: 'staff_profile', sql: `update app.staff_profile set about = 'x' where practice_id = $P`, may: 'TCO' },
  { table: 'room', sql: `insert into app.room (practice_id, room_id, name) values ($P, gen_random_uuid(), 'x')`, may: 'CO' },
  { table: 'room', sql: `update app.room set name = 'x' where practice_id = $P`, may: 'CO' },
  { table: 'fee', sql: `insert into app.fee (practice_id, fee_id, visit_type, charge_cents) values ($P, gen_random_uuid(), 'x', 1)`, may: 'O' },
  { table: 'fee', sql: `update app.fee set charge_cents = 2 where practice_id = $P`, may: 'O' },
  { table: 'protocol_choice', sql: `insert into app.protocol_choice (practice_id, protocol, adopted_by, adopted_at, edition) values ($P, 'x', (select app.me()), 'x', 'x')`, may: 'DdO' },
  { table: 'protocol_choice', sql: `insert into app.protocol_choice (practice_id, protocol, adopted_by, adopted_at, edition) values ($P, 'x', '${personId('P')}', 'x', 'x')`, may: '' },
  { table: 'form_choice', sql: accepted('(select app.me())'), may: 'Dd' }, { table: 'form_choice', sql: accepted(`'${personId('d')}'`), may: 'd' },
  { table: 'rulebook_edition', sql: edition(`'${personId('P')}'`, 'tighter'), may: 'P' },
  { table: 'rulebook_edition', sql: edition('(select app.me())', 'tighter'), may: 'PDpd' },
  { table: 'rulebook_edition', sql: edition('(select app.me())', 'looser'), may: '' },
  { table: 'rulebook_edition', sql: second('(select app.me())'), may: 'TPtpd' }, { table: 'rulebook_edition', sql: second(`'${personId('T')}'`), may: 'T' }, { table: 'rulebook_edition', sql: second('(select app.me())', 'Fine.'), may: '' },
  { table: 'rulebook_edition', sql: second('(select app.me())', undefined, things.declined), may: '' },
  { table: 'edition_proposal', sql: proposal('(select app.me())'), may: 'Dd' }, { table: 'edition_proposal', sql: proposal(`'${personId('d')}'`), may: 'd' },
  { table: 'edition_answer', sql: answer('(select app.me())', 'signed'), may: '' }, { table: 'edition_answer', sql: answer('(select app.me())', 'declined'), may: 'TPtpd' }, { table: 'edition_answer', sql: answer('(select app.me())', 'withdrawn'), may: 'D' },
  { table: 'edition_answer', sql: answer(`'${personId('T')}'`, 'declined'), may: 'T' }, { table: 'edition_answer', sql: answer('(select app.me())', 'declined', things.declined), may: '' },
  { table: 'chart', sql: `insert into app.chart (practice_id, chart_id, display_name, opened_at) values ($P, gen_random_uuid(), 'x', 'x')`, may: 'CO' },
  { table: 'chart', sql: `update app.chart set protocol = 'x' where practice_id = $P and chart_id = '${marasChart}'`, may: MARA_DESK },
  { table: 'care_team', sql: `insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($P, '${marasChart}', '${personId('p')}', 'prescriber', 'x')`, may: `${MARA_DESK}J` },
  { table: 'care_team', sql: `insert into app.care_team (practice_id, chart_id, person_id, role, since, until) values ($P, '${marasChart}', '${personId('p')}', 'prescriber', 'x', 'x')`, may: MARA_DESK },
  { table: 'care_team', sql: `update app.care_team set until = null where practice_id = $P and chart_id = '${marasChart}'`, may: `${MARA_DESK}J` },
  { table: 'care_team', sql: `update app.care_team set until = 'x' where practice_id = $P and chart_id = '${marasChart}'`, may: MARA_DESK },
  { table: 'stream', sql: `insert into app.stream (practice_id, stream_id, chart_id, type) values ($P, '${emptyChart}', '${emptyChart}', 'chart')`, may: 'CO' },
  { table: 'stream', sql: `insert into app.stream (practice_id, stream_id, chart_id, type, author_id) values ($P, gen_random_uuid(), '${norasChart}', 'notes', (select app.me()))`, may: 't' },
  { table: 'stream', sql: `insert into app.stream (practice_id, stream_id, chart_id, type, author_id) values ($P, gen_random_uuid(), '${norasChart}', 'journal', (select app.me()))`, may: 'n' },
  { table: 'stream', sql: `insert into app.stream (practice_id, stream_id, chart_id, type, author_id) values ($P, gen_random_uuid(), '${norasChart}', 'notes', '${personId('p')}')`, may: '' },
  { table: 'entry', sql: `insert into app.entry select * from app.entry where practice_id = $P limit 0`, may: '' },
  { table: 'file', sql: `insert into app.file (practice_id, stream_id, sha256, chart_id, kind, media_type, bytes, put_by, put_at) values ($P, '${marasChart}', encode(sha256('x'), 'hex'), '${marasChart}', 'photo-taken.v1', 'image/jpeg', 'x', (select app.me()), 'x')`, may: '' },
  { table: 'file', sql: `delete from app.file where practice_id = $P`, may: '' }, { table: 'file', sql: `update app.file set brought_at = now() where practice_id = $P`, may: '' },
  { table: 'quarantine_file', sql: `insert into app.quarantine_file (practice_id, chart_id, person_id, device, sha256, key_id, sealed, received_at) values ($P, '${marasChart}', (select app.me()), gen_random_uuid(), repeat('1', 64), 'x', decode(repeat('00', 100), 'hex'), 'x')`, may: '' },
  { table: 'audit_seal', sql: `insert into app.audit_seal (practice_id, seq, audit_id, digest) select $P, 1, min(audit_id), 'x' from app.audit where practice_id = $P`, may: 'J' },
  { table: 'followed', sql: `insert into app.followed (practice_id, chart_id, up_to) values ($P, '${norasChart}', 1)`, may: 'J' },
  { table: 'followed', sql: `update app.followed set up_to = 0 where practice_id = $P`, may: 'J' },
  { table: 'visit', sql: `insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($P, gen_random_uuid(), 'x', ${during}, 'x', 'x')`, may: BOOKING },
  // A job books therapy, and no other visit.
  { table: 'visit', sql: `insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($P, gen_random_uuid(), 'therapy', ${during}, 'x', 'x')`, may: `${BOOKING}J` },
  { table: 'visit', sql: `update app.visit set zone = 'x' where practice_id = $P and visit_id = '${visit}'`, may: `s${BOOKING}` },
  { table: 'visit', sql: `update app.visit set zone = 'x' where practice_id = $P and visit_id = '${unlinked}'`, may: BOOKING },
  { table: 'visit_patient', sql: `insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($P, '${unlinked}', '${marasChart}', ${during})`, may: 'TPCOJ' },
  { table: 'visit_patient', sql: `update app.visit_patient set active = false where practice_id = $P and visit_id = '${visit}'`, may: 'sTPCO' },
  { table: 'visit_patient', sql: `insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($P, '${visit}', '${marasChart}', ${during}) on conflict (practice_id, visit_id, chart_id) do update set active = true`, may: 'sTPCO' },
  { table: 'visit_patient', sql: `insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($P, '${visit}', '${norasChart}', ${during})`, may: 'tCO' },
  { table: 'visit_person', sql: `insert into app.visit_person (practice_id, visit_id, person_id, role, during) values ($P, '${unlinked}', '${personId('M')}', 'monitor', ${during})`, may: `${BOOKING}J` },
  { table: 'visit_person', sql: `update app.visit_person set active = false where practice_id = $P and visit_id = '${visit}'`, may: `s${BOOKING}` },
  { table: 'visit_person', sql: `insert into app.visit_person (practice_id, visit_id, person_id, role, during) values ($P, '${visit}', '${personId('M')}', 'monitor', ${during})`, may: `s${BOOKING}` },
  { table: 'visit_room', sql: `insert into app.visit_room (practice_id, visit_id, room_id, during) values ($P, '${unlinked}', '${things.willow}', ${during})`, may: `${BOOKING}J` },
  { table: 'visit_room', sql: `update app.visit_room set active = false where practice_id = $P and visit_id = '${visit}'`, may: `s${BOOKING}` },
  { table: 'visit_room', sql: `insert into app.visit_room (practice_id, visit_id, room_id, during) values ($P, '${visit}', '${things.willow}', ${during})`, may: `s${BOOKING}` },
  { table: 'care_group', sql: `insert into app.care_group (practice_id, group_id, name, kind, open, made_at) values ($P, gen_random_uuid(), 'x', 'group', true, 'x')`, may: 'CO' },
  { table: 'care_group', sql: 'update app.care_group set open = false where practice_id = $P', may: 'CO' }, { table: 'care_group', sql: 'update app.care_group set open = false', may: 'CO' },
  { table: 'care_group_member', sql: `insert into app.care_group_member (practice_id, group_id, chart_id, since) values ($P, '${things.group}', '${norasChart}', 'x')`, may: 'CO' },
  { table: 'care_group_member', sql: `update app.care_group_member set until = 'x' where practice_id = $P`, may: 'CO' }, { table: 'care_group_member', sql: `update app.care_group_member set until = 'x'`, may: 'CO' },
  { table: 'care_group_leader', sql: `insert into app.care_group_leader (practice_id, group_id, person_id) values ($P, '${things.group}', '${personId('P')}')`, may: 'CO' },
  { table: 'care_group_leader', sql: `update app.care_group_leader set until = 'x' where practice_id = $P`, may: 'CO' }, { table: 'care_group_leader', sql: `update app.care_group_leader set until = 'x'`, may: 'CO' },
  // What is held may be held and let go by a job; it books nothing.
  { table: 'visit', sql: heldVisit('held'), may: `${BOOKING}J` }, { table: 'visit', sql: heldVisit('booked'), may: BOOKING },
  { table: 'visit', sql: `update app.visit set state = 'cancelled' where practice_id = $P and visit_id = '${held}'`, may: `n${BOOKING}J` }, { table: 'visit', sql: `update app.visit set state = 'booked', held_until = null where practice_id = $P and visit_id = '${held}'`, may: `n${BOOKING}` },
  { table: 'visit_patient', sql: `insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($P, '${held}', '${marasChart}', ${during})`, may: 'TPCOJ' }, { table: 'visit_patient', sql: `update app.visit_patient set active = false where practice_id = $P and visit_id = '${held}'`, may: 'ntCOJ' },
  { table: 'visit_person', sql: `insert into app.visit_person (practice_id, visit_id, person_id, role, during) values ($P, '${held}', '${personId('M')}', 'monitor', ${during})`, may: `n${BOOKING}J` }, { table: 'visit_person', sql: `update app.visit_person set active = false where practice_id = $P and visit_id = '${held}'`, may: `n${BOOKING}J` },
  { table: 'visit_room', sql: `insert into app.visit_room (practice_id, visit_id, room_id, during) values ($P, '${held}', '${things.willow}', ${during})`, may: `n${BOOKING}J` }, { table: 'visit_room', sql: `update app.visit_room set active = false where practice_id = $P and visit_id = '${held}'`, may: `n${BOOKING}J` },
  { table: 'offer_round', sql: offerRound('(select app.me())'), may: 'CO' }, { table: 'offer_round', sql: offerRound(`'${personId('T')}'`), may: '' },
  { table: 'offer_round', sql: `update app.offer_round set stopped_at = 'x' where practice_id = $P`, may: 'COJ' }, { table: 'offer_round', sql: `update app.offer_round set stopped_at = 'x'`, may: 'COJ' },
  { table: 'offer_turn', sql: `insert into app.offer_turn (practice_id, round_id, turn, chart_id, visit_id) values ($P, '${things.round}', 1, '${norasChart}', '${unlinked}')`, may: 'CO' },
  { table: 'offer_turn', sql: `update app.offer_turn set passed = 'x' where practice_id = $P`, may: 'J' }, { table: 'offer_turn', sql: `update app.offer_turn set passed = 'x'`, may: 'J' },
  { table: 'freed_put_away', sql: freedPutAway('(select app.me())'), may: 'CO' }, { table: 'freed_put_away', sql: freedPutAway(`'${personId('T')}'`), may: '' },
  { table: 'freed_put_away', sql: `update app.freed_put_away set ended_at = 'x' where practice_id = $P`, may: 'CO' }, { table: 'freed_put_away', sql: `update app.freed_put_away set ended_at = 'x'`, may: 'CO' },
  { table: 'on_call', sql: onCall('(select app.me())'), may: 'CO' }, { table: 'on_call', sql: onCall(`'${personId('T')}'`), may: '' },
  { table: 'alarm', sql: `insert into app.alarm (practice_id, entry_id, chart_id, opened_at, circle, due_at, answer_by) values ($P, gen_random_uuid(), '${marasChart}', 'x', 1, 'x', 'x')`, may: 'J' },
  { table: 'alarm', sql: `insert into app.alarm (practice_id, entry_id, chart_id, opened_at, circle, due_at, taken_by, taken_at) values ($P, gen_random_uuid(), '${marasChart}', 'x', 1, 'x', '${personId('T')}', 'x')`, may: '' },
  { table: 'alarm', sql: `update app.alarm set ended_at = 'x' where practice_id = $P`, may: 'J' }, { table: 'alarm', sql: `update app.alarm set ended_at = 'x'`, may: 'J' },
  { table: 'calendar_feed', sql: `insert into app.calendar_feed (practice_id, feed_id, person_id, label, token_sha256, made_at) values ($P, gen_random_uuid(), (select app.me()), 'x', 'x', 'x')`, may: '' },
  { table: 'calendar_feed', sql: `update app.calendar_feed set revoked_at = 'x' where practice_id = $P`, may: 'sT' }, { table: 'calendar_feed', sql: `update app.calendar_feed set revoked_at = 'x'`, may: 'sT' },
  { table: 'outer_calendar', sql: outerCalendar('(select app.me())'), may: STAFF }, { table: 'outer_calendar', sql: outerCalendar(`'${personId('P')}'`), may: 'P' },
  { table: 'outer_calendar', sql: `update app.outer_calendar set label = 'x' where practice_id = $P`, may: 'TJ' }, { table: 'outer_calendar', sql: `update app.outer_calendar set label = 'x'`, may: 'TJ' },
  { table: 'outer_calendar', sql: `with gone as (delete from app.busy_time where practice_id = $P) delete from app.outer_calendar where practice_id = $P`, may: 'T' },
  { table: 'busy_time', sql: `insert into app.busy_time (practice_id, calendar_id, person_id, during) values ($P, '${things.outer}', '${personId('T')}', ${during})`, may: 'TJ' },
  { table: 'busy_time', sql: `insert into app.busy_time (practice_id, calendar_id, person_id, during) values ($P, '${things.outer}', '${personId('P')}', ${during})`, may: '' },
  { table: 'busy_time', sql: 'delete from app.busy_time where practice_id = $P', may: 'TJ' }, { table: 'busy_time', sql: 'delete from app.busy_time', may: 'TJ' },
  { table: 'invitation_wish', sql: `insert into app.invitation_wish (practice_id, person_id) values ($P, '${personId('P')}')`, may: 'P' }, { table: 'invitation_wish', sql: 'delete from app.invitation_wish where practice_id = $P', may: 'T' }, { table: 'invitation_wish', sql: 'delete from app.invitation_wish', may: 'T' },
  { table: 'invitation', sql: `insert into app.invitation (practice_id, visit_id, person_id, sequence, stands, told, told_at) values ($P, '${visit}', '${personId('P')}', 0, true, 'x', 'x')`, may: 'J' }, { table: 'invitation', sql: `update app.invitation set told = 'x' where practice_id = $P`, may: 'J' },
  { table: 'inquiry', sql: `insert into app.inquiry (practice_id, inquiry_id, received_at, name) values ($P, gen_random_uuid(), 'x', 'x')`, may: 'ICO' },
  { table: 'inquiry', sql: `update app.inquiry set state = 'closed' where practice_id = $P`, may: 'CO' },
  { table: 'planning_run', sql: `insert into app.planning_run (practice_id, run_id, begun_by, begun_at) values ($P, gen_random_uuid(), '${personId('C')}', 'x')`, may: 'CO' }, { table: 'planning_run', sql: `update app.planning_run set share = 1 where practice_id = $P`, may: 'COJ' }, { table: 'planning_run', sql: `delete from app.planning_run where practice_id = $P`, may: 'COJ' },
  { table: 'planning_run', sql: 'update app.planning_run set share = 1', may: 'COJ' }, { table: 'planning_run', sql: 'delete from app.planning_run', may: 'COJ' }, { table: 'planned_together', sql: `update app.planned_together set answer = '{}'`, may: 'COJ' },
  { table: 'planned_together', sql: `insert into app.planned_together (practice_id, run_id, chart_id, waited_days, wishes) values ($P, '${things.run}', '${norasChart}', 1, '{}')`, may: 'CO' }, { table: 'planned_together', sql: `update app.planned_together set answer = '{}' where practice_id = $P`, may: 'COJ' },
  { table: 'first_visit_told', sql: `insert into app.first_visit_told (practice_id, inquiry_id, level, told_at) values ($P, '${things.untold}', 1, 'x')`, may: 'J' }, { table: 'first_visit_told', sql: `update app.first_visit_told set level = 2 where practice_id = $P`, may: 'J' },
  { table: 'document', sql: `insert into app.document (practice_id, document_id, chart_id, title, media_type, bytes, sha256, created_at, readers) values ($P, gen_random_uuid(), '${marasChart}', 'x', 'x', 'x', 'x', 'x', '{}')`, may: 'CO' },
  { table: 'charge', sql: charge('(select app.me())'), may: 'CO' }, { table: 'charge', sql: charge(`'${personId('T')}'`), may: '' },
  { table: 'mail', sql: `insert into app.mail (practice_id, mail_id, recipient, subject, body, created_at) values ($P, gen_random_uuid(), 'x', 'x', 'x', 'x')`, may: 'JO' },
  { table: 'video_address', sql: `insert into app.video_address (practice_id, video_id, person_id, kept_by, kept_at) values ($P, gen_random_uuid(), '${personId('M')}', (select app.me()), 'x')`, may: 'MCO' },
  { table: 'video_address', sql: `insert into app.video_address (practice_id, video_id, person_id, kept_by, kept_at) values ($P, gen_random_uuid(), '${personId('M')}', '${personId('D')}', 'x')`, may: '' },
  { table: 'video_address', sql: `insert into app.video_address (practice_id, video_id, person_id, kept_by, kept_at) values ($P, gen_random_uuid(), (select app.me()), (select app.me()), 'x')`, may: 'MDtpmdCO' },
  { table: 'video_address', sql: `update app.video_address set address = null, kept_by = (select app.me()) where practice_id = $P`, may: 'TPCO' }, { table: 'video_address', sql: `update app.video_address set kept_by = '${personId('D')}'`, may: '' },
  { table: 'reminder', sql: `insert into app.reminder (practice_id, visit_id, chart_id, starts_at, step, outcome, made_at) values ($P, '${visit}', '${marasChart}', now(), 'morning', 'sent', 'x')`, may: 'J' },
  { table: 'reminder', sql: `update app.reminder set outcome = 'failed' where practice_id = $P`, may: 'J' },
  { table: 'person', sql: `update app.person set reminded_by = 'none' where practice_id = $P and person_id = '${personId('s')}'`, may: 'sCO' },
  { table: 'mail', sql: `update app.mail set sent_at = 'x' where practice_id = $P`, may: 'J' },
  { table: 'notice', sql: `insert into app.notice (practice_id, notice_id, person_id, kind, says, created_at) values ($P, gen_random_uuid(), '${personId('P')}', 'x', 'x', 'x')`, may: ALL },
  { table: 'notice', sql: `update app.notice set done_at = 'x' where practice_id = $P and kind = 'x'`, may: 'T' }, { table: 'notice', sql: `update app.notice set done_at = 'x' where practice_id = $P and kind = 'alert'`, may: 'PJ' },
  { table: 'notice', sql: `update app.notice set done_at = 'x' where practice_id = $P and kind = 'on-call'`, may: 'pdJ' },
  { table: 'notice', sql: `update app.notice set done_at = 'x' where practice_id = $P and kind = 'unanswered-questions'`, may: 'MJ' },
  { table: 'notice', sql: `update app.notice set done_at = 'x' where practice_id = $P and kind = 'care'`, may: 'MJ' },
  { table: 'care_told', sql: `insert into app.care_told (practice_id, chart_id, task, says, told_at) values ($P, '${marasChart}', 'y', 'x', 'x')`, may: 'J' }, { table: 'care_told', sql: `update app.care_told set ended_at = 'x' where practice_id = $P`, may: 'J' },
  { table: 'care_looked', sql: `insert into app.care_looked (practice_id, chart_id, up_to) values ($P, '${norasChart}', 0)`, may: 'J' }, { table: 'care_looked', sql: 'update app.care_looked set up_to = 0', may: 'J' },
  { table: 'asking', sql: `insert into app.asking (practice_id, chart_id, ask, step, outcome, made_at) values ($P, '${marasChart}', 'x', 'again', 'sent', 'x')`, may: 'J' },
  { table: 'asked_to', sql: `insert into app.asked_to (practice_id, chart_id, up_to) values ($P, '${norasChart}', 0)`, may: 'J' }, { table: 'asked_to', sql: 'update app.asked_to set up_to = 0', may: 'J' },
  { table: 'outcome_chart', sql: `insert into app.outcome_chart (practice_id, chart_id, up_to, rules) values ($P, '${norasChart}', 0, 'x')`, may: 'J' }, { table: 'outcome_chart', sql: 'update app.outcome_chart set up_to = 0', may: 'J' }, { table: 'outcome_score', sql: 'delete from app.outcome_score', may: 'J' }, { table: 'outcome_practice', sql: 'update app.outcome_practice set day = null', may: 'J' }, { table: 'outcome_tally', sql: 'delete from app.outcome_tally', may: 'J' }, { table: 'outcome_tally', sql: `insert into app.outcome_tally (practice_id, what, cell, says, people) values ($P, 'event', 'x', 'x', 1)`, may: 'J' },
  // One stands already, and it is never replaced.
  { table: 'registry_key', sql: `insert into app.registry_key (practice_id, key, made_at) values ($P, 'y', '2026-12-01T10:00Z')`, may: '' },
  { table: 'outcome_course', sql: 'update app.outcome_course set sessions = 2', may: 'J' }, { table: 'outcome_measure', sql: 'delete from app.outcome_measure', may: 'J' }, { table: 'outcome_event', sql: 'delete from app.outcome_event', may: 'J' },
  { table: 'begun_answer', sql: `insert into app.begun_answer (practice_id, chart_id, instrument, version, given, begun_at, changed_at) values ($P, '${marasChart}', 'x', 'x', '{}', 'x', 'x')`, may: 'J' },
  { table: 'begun_answer', sql: `update app.begun_answer set changed_at = 'x' where practice_id = $P`, may: 'J' }, { table: 'begun_answer', sql: 'delete from app.begun_answer', may: 'J' },
  { table: 'notice', sql: `update app.notice set done_at = 'x'`, may: 'TPMJpd' }, { table: 'followed', sql: 'update app.followed set up_to = 0', may: 'J' },
  { table: 'inquiry', sql: `update app.inquiry set state = 'closed'`, may: 'CO' }, { table: 'first_visit_told', sql: 'update app.first_visit_told set level = 2', may: 'J' }, { table: 'mail', sql: `update app.mail set sent_at = 'x'`, may: 'J' },
]
function heldVisit(state: 'held' | 'booked') {
  return `insert into app.visit (practice_id, visit_id, type, during, local_start, zone, state, held_until, held_by) values ($P, gen_random_uuid(), 'x', ${during}, 'x', 'x', '${state}', ${state === 'held' ? `'2026-12-31T10:00Z'` : 'null'}, '${personId('C')}')`
}
function freedPutAway(by: string) {
  return `insert into app.freed_put_away (practice_id, visit_id, starts_at, ends_at, why, by_person, at) values ($P, '${unlinked}', '2026-12-04T10:00Z', '2026-12-04T11:00Z', '', ${by}, 'x')`
}
function offerRound(by: string) {
  return `insert into app.offer_round (practice_id, round_id, visit_id, starts_at, ends_at, way, hours, made_by, made_at) values ($P, gen_random_uuid(), gen_random_uuid(), now(), now() + interval '1 hour', 'in-turn', 24, ${by}, 'x')`
}
function outerCalendar(of: string) {
  return `insert into app.outer_calendar (practice_id, calendar_id, person_id, label, added_at) values ($P, gen_random_uuid(), ${of}, 'x', 'x')`
}
function charge(by: string) {
  return `insert into app.charge (practice_id, charge_id, chart_id, superbill_number, code, descriptor, modifier, place_of_service, units, amount_cents, at, by_person) values ($P, gen_random_uuid(), '${marasChart}', 'x', 'x', 'x', '', '11', 1, 1, 'x', ${by})`
}
function onCall(by: string) { return `insert into app.on_call (practice_id, version, rota, kept_by, kept_at) values ($P, 2, '{}', ${by}, 'x')` }
