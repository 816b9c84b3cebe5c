import pg from 'pg'
import { given, personId, practices, things, type Asking } from './mirrored-practices.ts'
import { CLOSED, SEES, STAFF, TRIES, type Try } from './row-security-expected.ts'

export interface Suite {
  readonly appUrl: string
  readonly key: string
  readonly asking: readonly Asking[]
}

/**
 * Row security asked directly, as everybody, over every table: who sees which rows, who may write which, and that the
 * functions behind every request do what they are for. Yields what is not as written down; nothing is a pass.
 */
export async function* faults({ appUrl, key, asking }: Suite, about: readonly string[] = Object.keys(SEES)): AsyncGenerator<string> {
  const app = new pg.Client({ connectionString: appUrl })
  await app.connect()
  try {
    const tries = TRIES.filter(({ table }) => about.includes(table))
    for (const who of asking) {
      yield* differences(who, seenBy(about, who), await seen(app, about, who.token))
      yield* differences(who, Object.fromEntries(tries.flatMap((one) => [[own(one), one.may.includes(who.letter) ? 'written' : 'refused'], ...(isBlind(one) ? [] : [[foreign(one), 'refused: 42501']])])), await tried(app, tries, who))
      // Beside the tables of the same person, not after everybody's: what only a function shows is then found early.
      if (about.length === Object.keys(SEES).length) yield* deeds(app, key, who)
    }
  } finally {
    await app.end()
  }
}

const own = ({ sql }: Try) => `in their own practice: ${sql}`
const foreign = ({ sql }: Try) => `in the other practice: ${sql}`
/** A statement that reads no column, so that only the right to write stands before it. */
const isBlind = ({ sql }: Try) => !sql.includes('$P')

function* differences({ side, letter }: Asking, wanted: Record<string, string>, found: Record<string, string>) {
  for (const [what, is] of Object.entries(wanted)) if (found[what] !== is) yield `${side} ${letter} ${what}: ${found[what]} instead of ${is}`
}

function seenBy(about: readonly string[], { side, letter }: Asking): Record<string, string> {
  return Object.fromEntries(about.map((table) => [table, table === 'entry_kind' ? 'all' : Object.entries(SEES[table]!.rows).filter(([, by]) => by.includes(letter)).map(([row]) => `${side} ${row}`).toSorted().join(', ')]))
}

async function seen(app: pg.Client, about: readonly string[], token: string): Promise<Record<string, string>> {
  if (about.length === 0) return {}
  // The table of kinds is of no practice, and everybody's.
  const selects = about.map((table) => table === 'entry_kind' ? `select 'entry_kind', case when count(*) > 0 then array['all'] end from app.entry_kind` : `select '${table}' as what, array_agg(case t.practice_id when '${practices.A}' then 'A ' else 'B ' end || ${SEES[table]!.label}) as rows from app.${table} t`)
  // Names are looked up past nobody: the ids stand for the same people in both practices.
  const names = `with names(person_id, given_name) as (values ${[...namesOf()].map(([id, name]) => `('${id}'::uuid, '${name}')`).join(', ')})`
  const [, , result] = (await app.query(`begin; set local app.token = '${token}'; ${names} select what, rows from (${selects.join(' union all ')}) as each_table(what, rows); rollback`)) as unknown as pg.QueryResult<{ what: string; rows: string[] | null }>[]
  return Object.fromEntries(result!.rows.map(({ what, rows }) => [what, (rows ?? []).toSorted().join(', ')]))
}

async function tried(app: pg.Client, tries: readonly Try[], { side, token }: Asking): Promise<Record<string, string>> {
  if (tries.length === 0) return {}
  const statements = tries.flatMap((one) => [
    { says: own(one), sql: one.sql.replaceAll('$P', `'${practices[side]}'`) },
    ...(isBlind(one) ? [] : [{ says: foreign(one), sql: one.sql.replaceAll('$P', `'${practices[side === 'A' ? 'B' : 'A']}'`) }]),
  ])
  const results = await attempts(app, token, statements.map(({ sql }) => sql))
  return Object.fromEntries(statements.map(({ says, sql }, at) => [says, verdict(results[at]!, sql, says.startsWith('in the other'))]))
}

/** In one's own practice any refusal will do; across practices an insert must fail on row security itself, and an update must find nothing. */
function verdict(result: string, sql: string, isForeign: boolean): string {
  const wrote = /^rows [1-9]/.test(result)
  if (!isForeign) return wrote ? 'written' : 'refused'
  return wrote ? 'written' : result === '42501' || (!sql.startsWith('insert') && result === 'rows 0') ? 'refused: 42501' : `refused: ${result}`
}

/** Each statement in a transaction of its own that is rolled back: how many rows it wrote, or the code it failed with. */
async function attempts(app: pg.Client, token: string, statements: readonly string[]): Promise<string[]> {
  const blocks = statements.map((sql, at) => `
    begin execute $sql$${sql}$sql$; get diagnostics n = row_count; raise exception using errcode = 'ZZ000', message = n::text;
    exception when others then said := said || jsonb_build_object('${at}', case when sqlstate = 'ZZ000' then 'rows ' || sqlerrm else sqlstate end); end;`)
  const results = (await app.query(`begin; set local app.token = '${token}'; do $do$ declare said jsonb := '{}'; n integer; begin ${blocks.join('')} perform set_config('app.said', said::text, true); end $do$; select current_setting('app.said') as said; rollback`)) as unknown as pg.QueryResult<{ said: string }>[]
  const said = JSON.parse(results[3]!.rows[0]!.said) as Record<string, string>
  return statements.map((_, at) => said[at]!)
}

const uuid = (n: number) => `'00000000-0000-4000-8000-0000000009${String(n).padStart(2, '0')}'`
const item = (stream: string, kind: string, more = '', act = false) => `select app.append(jsonb_build_array(jsonb_build_object('place', '1', 'token', current_setting('app.token'), 'stream', '${stream}', 'receivedAt', 'x', 'action', 'x', 'act', ${act}, 'entries',
  jsonb_build_array(jsonb_build_object('id', ${uuid(1)}, 'kind', '${kind}', 'at', 'x', 'writtenAt', 'x', 'device', ${uuid(2)}, 'body', '{"step": 1}'::jsonb, 'p0', '', 'p1', '', 'p2', ''${more})))), true)->'1'->'stored' is not null`

/** What the functions are for, asked as a yes or no, and who gets the yes. `$K` is the server's key. */
const DEEDS: readonly [ask: string, yes: string][] = [
  [`select (app.enter('${things.marasChart}')).there`, 'sTPMDCO'], [`select (app.enter('${things.norasChart}')).there`, 'ntCO'],
  [`select (app.enter('${things.marasChart}')).own`, 's'], [`select cardinality((app.enter(null)).roles) > 0`, 'snTPMDtpmdCOH'],
  [`select app.lock_head('${things.marasChart}') is not null`, 'sTPMDCO'], [`select app.lock_head('${things.notes}') is not null`, 'T'], [`select app.lock_head('${things.journal}') is not null`, 's'],
  [item(things.marasChart, 'session-note.v1'), 'TPM'], [item(things.norasChart, 'session-note.v1'), 't'], [item(things.marasChart, 'message.v1'), 'sTPMDCO'],
  [item(things.notes, 'psychotherapy-note.v1'), 'T'], [item(things.journal, 'journal.v1'), 's'], [item(things.notes, 'session-note.v1'), ''],
  [item(things.norasChart, 'session-started.v1', `, 'session', ${uuid(1)}`, true), 't'], [item(things.norasChart, 'session-started.v1'), ''],
  [item(things.marasChart, 'dose-given.v1', `, 'session', '${things.session}'`), 'TPM'],
  [`select (app.ledger_lock(null)).begun_at = 'x'`, 'TPMDtpmdJ'], [`select jsonb_array_length(app.ledger_append(jsonb_build_array(jsonb_build_object('id', ${uuid(6)}, 'kind', 'place', 'at', 'y', 'receivedAt', 'y', 'by', (select app.me()), 'place', ${uuid(6)}, 'fits', true, 'body', '{}'::jsonb, 'p0', '', 'p1', '', 'p2', '')))) = 1`, 'PDpd'],
  [`select app.mint_device_credential($K, 'a-fresh-token', 10) is not null`, 'snTPMDtpmdCO'],
  [`select exists (select from app.guest($K, '${practices.A}', '${things.guest}'))`, 'any'],
  [`select app.deposit($K, 'a-token-to-bring', ${uuid(7)}, '${things.marasChart}', null, array[${uuid(8)}]::uuid[], 'x', 'x', 'x', decode(repeat('00', 100), 'hex'), 'x', 10, 10000) = 'stored'`, 'any'],
  [`select app.deposit_file($K, 'a-token-to-bring', '${things.marasChart}', repeat('1', 64), 'x', decode(repeat('00', 100), 'hex'), 'x', 10, 10000) = 'stored'`, 'any'],
  [`select app.discard('${things.sealedAct}', 'it was seen', 'x') = 'discarded'`, 'TP'], [`select app.discard('${things.decidedAct}', 'it was seen', 'x') = 'decided'`, 'TP'],
  [`select app.adopt('${things.sealedAct}', '[]', jsonb_build_object('id', ${uuid(9)}, 'kind', 'entries-adopted.v1', 'at', 'x', 'writtenAt', 'x', 'device', ${uuid(2)}, 'body', '{}'::jsonb, 'p0', '', 'p1', '', 'p2', ''), 'x')->'stored' is not null`, 'TP'],
  [`select app.keep_file('${things.marasChart}', 'photo-taken.v1', 'image/jpeg', 'another face', 'x') = 'stored'`, 'TPMCO'], [`select app.keep_file('${things.norasChart}', 'photo-taken.v1', 'image/jpeg', 'another face', 'x') = 'stored'`, 'tCO'], [`select app.keep_file('${things.marasChart}', 'spoken-note.v1', 'audio/webm', 'another voice', 'x') = 'stored'`, 'TPM'],
  [`select app.keep_file('${things.notes}', 'psychotherapy-recording.v1', 'audio/webm', 'another voice', 'x') = 'stored'`, 'T'], [`select app.keep_file('${things.notes}', 'spoken-note.v1', 'audio/webm', 'another voice', 'x') = 'stored'`, ''], [`select app.keep_file('${things.marasChart}', 'photo-taken.v1', 'image/jpeg', 'a face', 'x') = 'again'`, 'TPMCO'],
  [`select app.keep_file('${things.journal}', 'journal-photo.v1', 'image/jpeg', 'her garden', 'x') = 'stored'`, 's'], [`select app.keep_file('${things.marasChart}', 'journal-file-shared.v1', 'image/jpeg', 'her garden', 'x') = 'stored'`, ''],
  [`select app.make_feed($K, ${uuid(10)}, 'Desk', 'a-new-feed', 'x', 9) = 'made'`, 'snTPMDtpmdCO'], [`select app.read_feed($K, 'theas-feed', '2026-11-21T17:00:00.000Z', '2026-11-21')->'visits'->0->>'room' = 'Cedar'`, 'any'],
  [`select jsonb_array_length(app.read_feed($K, 'maras-feed', '2026-11-21T17:00:00.000Z', '2026-11-21')->'visits') = 1`, 'any'], [`select app.read_feed('guess', 'theas-feed', '2026-11-21T17:00:00.000Z', '2026-11-21') is not null`, ''],
  // Taken over by name: the notices of all end, and who was not on the team, or is no more, is on it from now on.
  ...([['onCallNotice', 'p'], ['onCallAgain', 'd']] as const).map(([notice, yes]): [string, string] => [`select app.take_alarm('${things[notice]}', 'x', 'y'); select not exists (select from app.notice where kind = 'on-call' and done_at is null) and exists (select from app.alarm where taken_by = (select app.me())) and (app.enter('${things.marasChart}')).there`, yes]),
  ['select app.sweep_files(0) = 0', 'J'],
  // Whose practice it is not finds nothing in it; what is found is read through row security, but for when somebody is taken.
  [`select exists (select from app.visits_touching('2026-12-01T10:30Z', '2026-12-01T10:40Z') found (id) where id = '${things.visit}')`, 'snTPMDtpmdCOJI'],
  ...[`taken_people(array['${personId('T')}']::uuid[], '2026-12-01T10:30Z', `, `taken_rooms(array['${things.cedar}']::uuid[], '2026-12-01T10:30Z', `, 'busy_touching('].map((found): [string, string] => [`select exists (select from app.${found}'2026-12-01T10:30Z', '2026-12-01T10:40Z'))`, `${STAFF}J`]),
  [`select exists (select from app.taken_people(array['${personId('t')}']::uuid[], '2026-12-02T10:00Z', '2026-12-02T09:59Z', null)) or not exists (select from app.taken_people(array['${personId('t')}']::uuid[], '2026-12-02T09:59Z', '2026-12-02T10:00Z', null))`, ''],
  [`select (app.note('x', 'x', 'done', null, null, '{}')) is not null`, 'snTPMDtpmdCOJIH'],
  ['select exists (select from app.practices($K))', 'any'], [`select exists (select from app.credential_by_email($K, 'thea@a.example'))`, 'any'],
  [`select (app.begin_practice($K, ${uuid(3)}, 'x', 'UTC', true, ${uuid(4)}, 'x', 'x', 'x')) is not null`, 'any'],
  [`select (app.keep_credential($K, '${practices.A}', '00000000-0000-4000-8000-000000000001', 'x@x', '{}')) is not null`, 'any'],
  [`select (app.make_link($K, '${practices.A}', '00000000-0000-4000-8000-000000000001', 'sign-in', 'a-token-in-a-mail', 15)) is not null`, 'any'],
  [`select app.mint_session($K, '${practices.A}', null, 'job', null, ${uuid(5)}, 'a-token-of-a-job', 1, 1) is not null`, 'any'],
  ['select exists (select from app.practices(\'guess\'))', ''],
  ...[`app.make_narrow_link('guess', '${practices.A}', 'morning', '${things.marasChart}', '${things.visit}', '2026-12-01T10:00Z', '${personId('s')}', null, 'a-guessed-link-of-somebody', now(), now() + interval '1 hour')`, `app.make_tablet_link('guess', '${practices.A}', '${things.marasChart}', '${personId('s')}', '{phq-9}', ${uuid(3)}, '${personId('T')}', ${uuid(2)}, 'a-guessed-link-of-a-tablet', now(), now() + interval '5 minutes', now() + interval '1 hour')`, `app.cover_tablet('guess', '${practices.A}', ${uuid(4)}, now(), now())`, `app.use_narrow_link('guess', '${practices.A}', ${uuid(4)}, now())`, `app.enter_by_link('guess', 'x', 'x', now())`]
    .map((asked): [string, string] => [`select ${asked} is not null`, '']),
  // Made, and let in by it in the same statement: as long as its visit stands where it stood, and no longer.
  ...[['2026-12-01T10:00Z', 'any'], ['2026-12-01T10:01Z', '']].map(([starts, yes]): [string, string] => [`select (app.make_narrow_link($K, '${practices.A}', 'morning', '${things.marasChart}', '${things.visit}', '${starts}', '${personId('s')}', null, 'a-link-in-a-message', '2026-11-30T10:00Z', '2026-12-01T10:00Z')) is not null and app.enter_by_link($K, 'a-link-in-a-message', 'a-token-by-a-link', '2026-11-30T12:00Z')`, yes!]),
  ...CLOSED.map((table): [string, string] => [`select exists (select from app.${table})`, '']),
]

async function* deeds(app: pg.Client, key: string, { side, letter, token }: Asking): AsyncGenerator<string> {
  for (const [ask, yes] of DEEDS) {
    if (yes === 'any' && !(letter === 'T' || letter === 'X')) continue
    const answer = await app.query(`begin; set local app.token = '${token}'; ${ask.replaceAll('$K', `'${key}'`)}; rollback`)
      .then((results) => Object.values((results as unknown as pg.QueryResult<Record<string, unknown>>[]).at(-2)!.rows[0]!)[0] === true, async () => { await app.query('rollback'); return false })
    if (answer !== (yes === 'any' || yes.includes(letter))) yield `${side} ${letter} ${ask.slice(0, 400)}: ${String(answer)}`
  }
}

const namesOf = () => new Map((Object.keys(given) as (keyof typeof given)[]).map((letter) => [personId(letter), given[letter]]))
