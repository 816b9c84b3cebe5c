-- The chart: facts about one patient, written once, in the order the server received them.
--
-- A chart has streams: its own, one of psychotherapy notes per author, and the patient's private journal.
-- `seq` counts 1, 2, 3 within a stream, without gaps, so a device asks "what came after 41?" and can miss
-- nothing. Times stand as text in UTC milliseconds, since digests are computed over that text.
-- Reversible: no. Clinical facts are never dropped by a migration.

create table app.chart (
  practice_id  uuid not null references app.practice,
  chart_id     uuid not null,
  patient_id   uuid,
  display_name text not null, birth_date date, deceased_on date,
  identifiers  text[] not null default '{}',
  opened_at    text not null,
  protocol     text,
  primary key (practice_id, chart_id)
);
create index chart_patient on app.chart (practice_id, patient_id);
create index chart_identifiers on app.chart using gin (identifiers);
select app.describe('chart', '{"practice_id":"operational: the practice", "chart_id":"operational: the chart", "patient_id":"operational: the patient''s account, once there is one", "display_name":"identity: name on the spine", "birth_date":"identity: birth date on the spine", "deceased_on":"identity: day of death, where known", "identifiers":"identity: numbers given elsewhere, as system|value", "opened_at":"operational: when it was opened, UTC", "protocol":"clinical: protocol chosen"}');

create table app.care_team (
  practice_id uuid not null,
  chart_id    uuid not null,
  person_id   uuid not null,
  role        text not null check (role in ('therapist', 'prescriber', 'monitor', 'coordinator', 'medical-director')),
  since       text not null,
  until       text,
  primary key (practice_id, chart_id, person_id, role)
);
create index care_team_person on app.care_team (practice_id, person_id) include (chart_id, role) where until is null;
select app.describe('care_team', '{"practice_id":"operational: the practice", "chart_id":"operational: the chart", "person_id":"operational: who treats", "role":"operational: as what", "since":"operational: from when, UTC", "until":"operational: to when, UTC; empty while it holds"}');

create table app.stream (
  practice_id uuid not null,
  stream_id   uuid not null,
  chart_id    uuid not null,
  type        text not null check (type in ('chart', 'notes', 'journal')),
  author_id   uuid,
  last_seq    integer not null default 0 check (last_seq >= 0),
  last_digest text not null default repeat('0', 64),
  primary key (practice_id, stream_id),
  check ((type = 'chart') = (stream_id = chart_id)),
  check ((type = 'chart') = (author_id is null))
);
create unique index stream_author on app.stream (practice_id, chart_id, type, author_id) nulls not distinct;
select app.describe('stream', '{"practice_id":"operational: the practice", "stream_id":"operational: the stream; the chart''s own has the chart''s id", "chart_id":"operational: the chart", "type":"operational: chart, notes or journal", "author_id":"operational: the only person who reads a hidden stream", "last_seq":"operational: number of the newest entry", "last_digest":"operational: digest of the newest entry"}');

create table app.entry (
  practice_id uuid not null,
  stream_id   uuid not null,
  seq         integer not null check (seq >= 1),
  id          uuid not null,
  chart_id    uuid not null,
  kind        text not null check (kind ~ '^[a-z-]+\.v[0-9]+$'),
  at          text not null, written_at text not null, received_at text not null,
  by_person   uuid not null,
  device      uuid not null,
  session_id  uuid,
  amends      uuid,
  body        jsonb not null,
  digest      text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (practice_id, stream_id, seq)
);
create unique index entry_id on app.entry (practice_id, stream_id, id);
create index entry_clearance on app.entry (practice_id, stream_id) where kind = 'clearance.v1';
select app.describe('entry', '{"practice_id":"operational: the practice", "stream_id":"operational: the stream", "seq":"operational: number within the stream", "id":"operational: made on the device", "chart_id":"operational: the chart", "kind":"operational: what kind of fact", "at":"clinical: when it happened, UTC", "written_at":"operational: when it was written, device clock, UTC", "received_at":"operational: when the server took it, UTC", "by_person":"operational: its author", "device":"operational: the device", "session_id":"clinical: the medicine session", "amends":"operational: the entry it corrects", "body":"clinical: what it says", "digest":"operational: SHA-256 chained to the entry before"}');

-- The table of kinds as rows, written by the program at start from `core/chart/kinds.ts`.
create table app.entry_kind (
  kind    text primary key,
  stream  text not null, through text not null,
  readers text[] not null, writers text[] not null
);
select app.describe('entry_kind', '{"kind":"public: name of the kind", "stream":"public: which stream holds it", "through":"public: by the append route, or only by an act of its own", "readers":"public: roles that may read", "writers":"public: roles that may write"}');

-- A dose step belongs to the entry that came first; a second one is stored all the same and opens a conflict.
create table app.dose_claim (
  practice_id uuid not null,
  session_id  uuid not null,
  step        integer not null,
  entry_id    uuid not null,
  chart_id    uuid not null,
  primary key (practice_id, session_id, step)
);
select app.describe('dose_claim', '{"practice_id":"operational: the practice", "session_id":"clinical: the medicine session", "step":"clinical: the dose step", "entry_id":"operational: the entry that took it", "chart_id":"operational: the chart"}');

create table app.session_claim (
  practice_id uuid not null,
  session_id  uuid not null,
  chart_id    uuid not null,
  closed      boolean not null default false,
  primary key (practice_id, session_id)
);
create unique index one_open_session_a_chart on app.session_claim (practice_id, chart_id) where not closed;
select app.describe('session_claim', '{"practice_id":"operational: the practice", "session_id":"clinical: the medicine session", "chart_id":"operational: the chart", "closed":"clinical: whether it was closed"}');

create table app.audit (
  practice_id uuid not null,
  audit_id    bigint not null generated always as identity,
  at          text not null,
  person_id   uuid, sign_in uuid,
  action      text not null,
  outcome     text not null check (outcome in ('done', 'refused')),
  chart_id    uuid, subject text,
  detail      jsonb not null default '{}',
  primary key (practice_id, audit_id)
);
create index audit_chart on app.audit (practice_id, chart_id, at);
select app.describe('audit', '{"practice_id":"operational: the practice", "audit_id":"operational: the row, in the order they began to be written", "at":"operational: when, UTC", "person_id":"operational: who", "sign_in":"operational: in which sign-in", "action":"operational: what", "outcome":"operational: done or refused", "chart_id":"operational: on which chart", "subject":"operational: on what else", "detail":"operational: counts, kinds and codes, never names, answers or notes"}');

-- The chain over the audit rows, added after their transaction by the sealer.
create table app.audit_seal (
  practice_id uuid not null,
  seq         bigint not null,
  audit_id    bigint not null,
  digest      text not null,
  primary key (practice_id, seq)
);
create unique index audit_sealed_once on app.audit_seal (practice_id, audit_id);
select app.describe('audit_seal', '{"practice_id":"operational: the practice", "seq":"operational: place in the chain", "audit_id":"operational: the row sealed", "digest":"operational: SHA-256 chained to the row before"}');

-- What other nodes have yet to hear of. Written with the entries, published after the commit.
create table app.outbox (
  practice_id uuid not null,
  outbox_id   bigint not null generated always as identity,
  stream_id   uuid not null,
  last_seq    integer not null,
  primary key (practice_id, outbox_id)
);
select app.describe('outbox', '{"practice_id":"operational: the practice", "outbox_id":"operational: the row", "stream_id":"operational: the stream that grew", "last_seq":"operational: to which number"}');

create function app.refuse_rewriting() returns trigger language plpgsql set search_path = app, pg_temp as $$
begin
  raise exception '% is written once: append a row that corrects the first', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger entries_are_written_once before update or delete or truncate on app.entry for each statement execute function app.refuse_rewriting();
create trigger audit_is_written_once before update or delete or truncate on app.audit for each statement execute function app.refuse_rewriting();
create trigger seals_are_written_once before update or delete or truncate on app.audit_seal for each statement execute function app.refuse_rewriting();
