-- The bytes of files that a device whose access has ended could not bring: a picture, a spoken note. They come sealed, as
-- the entry that names them does, with the same credential, and lie here until a clinician has taken that entry over. Only
-- then are they opened, by the running server, and only what has the digest that the entry names goes beside the chart.
-- What was set aside with its entry stays sealed. Nothing of it is ever deleted.
-- Reversible: one table, two columns and two functions; no entry and no file is touched. Dropping the table loses the bytes.
create table app.quarantine_file (
  practice_id uuid not null,
  chart_id    uuid not null,
  person_id   uuid not null,
  device      uuid not null,
  sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  key_id      text not null,
  sealed      bytea not null check (octet_length(sealed) between 94 and 4000093),
  received_at text not null,
  primary key (practice_id, chart_id, person_id, device, sha256),
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, person_id) references app.person
);
-- What is sealed cannot be packed.
alter table app.quarantine_file alter column sealed set storage external;
select app.describe('quarantine_file', '{"practice_id":"operational: the practice", "chart_id":"operational: the chart whose entry names it", "person_id":"operational: whose credential brought it", "device":"operational: the device", "sha256":"operational: the digest it was brought as; whether the bytes are it is seen when they are opened", "key_id":"operational: which of the server''s keys it was sealed to", "sealed":"clinical: a picture of the patient, or what somebody spoke, sealed", "received_at":"operational: when the server took it, UTC"}');
alter table app.device_credential add column files integer not null default 0, add column file_bytes integer not null default 0;
select app.describe('device_credential', '{"files":"operational: how many files were brought with it", "file_bytes":"operational: how many bytes those were"}');

create trigger quarantine_files_are_written_once before update or delete or truncate on app.quarantine_file for each statement execute function app.refuse_rewriting();
alter table app.quarantine_file enable row level security;
alter table app.quarantine_file force row level security;
create policy one_practice on app.quarantine_file as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy owner_keeps on app.quarantine_file to openkap_owner using (true) with check (true);
-- Whoever may decide about what names it; sealed, for them as well.
create policy seen on app.quarantine_file for select to openkap_app using (
  chart_id = any((select app.team_charts('therapist'))::uuid[]) or chart_id = any((select app.team_charts('prescriber'))::uuid[]));
grant select on app.quarantine_file to openkap_app;

-- Takes one sealed file, by the rules of sealed acts: 'stored', 'again' where it was here already, or why not ('needed',
-- 'unseen', 'not-ended', 'rewritten', 'full').
create function app.deposit_file(key text, token text, chart uuid, digest text, sealed_to text, sealed bytea, received_at text, most_files integer, most_bytes integer) returns text
language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare held app.device_credential; known app.quarantine_file; was_there boolean; stands boolean;
begin
  perform app.require_key(key);
  select * into held from app.device_credential c where c.token_sha256 = sha256(convert_to(token, 'UTF8')) and c.expires_at > now() for update;
  if held.credential_id is null then return 'needed'; end if;
  select * into known from app.quarantine_file f where f.practice_id = held.practice_id and f.chart_id = chart and f.person_id = held.person_id and f.device = held.device and f.sha256 = digest;
  if known.sha256 is not null then return case when known.sealed = deposit_file.sealed then 'again' else 'rewritten' end; end if;
  was_there := exists (select 1 from app.care_team t where t.practice_id = held.practice_id and t.chart_id = chart and t.person_id = held.person_id);
  stands := exists (select 1 from app.care_team t where t.practice_id = held.practice_id and t.chart_id = chart and t.person_id = held.person_id and t.until is null)
         or exists (select 1 from app.membership m where m.practice_id = held.practice_id and m.person_id = held.person_id and m.role in ('coordinator', 'owner'));
  if not exists (select 1 from app.chart c where c.practice_id = held.practice_id and c.chart_id = chart) or not (stands or was_there) then return 'unseen'; end if;
  if stands and exists (select 1 from app.sign_in_session s where s.practice_id = held.practice_id and s.person_id = held.person_id and s.device = held.device and s.purpose = 'person' and app.awake(s)) then return 'not-ended'; end if;
  if held.files >= most_files or held.file_bytes + octet_length(sealed) > most_bytes then return 'full'; end if;
  insert into app.quarantine_file (practice_id, chart_id, person_id, device, sha256, key_id, sealed, received_at)
  values (held.practice_id, chart, held.person_id, held.device, digest, sealed_to, sealed, received_at);
  update app.device_credential c set files = c.files + 1, file_bytes = c.file_bytes + octet_length(sealed) where c.practice_id = held.practice_id and c.credential_id = held.credential_id;
  insert into app.audit (practice_id, at, person_id, sign_in, action, outcome, chart_id, subject, detail)
  values (held.practice_id, received_at, held.person_id, null, 'quarantine.file-deposited', 'done', chart, digest, jsonb_build_object('bytes', octet_length(sealed)));
  return 'stored';
end $$;

-- Puts opened bytes beside the chart whose adopted entry names them, in the name of whoever brought them. The database sees
-- for itself that whoever asks has adopted that entry, that it came from there, and that the bytes are what it names.
create function app.adopt_file(act uuid, entry uuid, type text, content bytea, at text) returns void language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); held app.quarantine; fact app.entry; digest text := encode(sha256(content), 'hex');
begin
  select q.* into held from app.quarantine q join app.quarantine_decision d on d.practice_id = q.practice_id and d.act_id = q.act_id
   where q.practice_id = session.practice_id and q.act_id = act and d.decision = 'adopted' and d.by_person = session.person_id;
  select * into fact from app.entry e where e.practice_id = held.practice_id and e.stream_id = held.chart_id and e.id = adopt_file.entry and e.id = any(held.entries) and e.by_person = held.person_id;
  if session.purpose is distinct from 'person' or fact.id is null then raise exception 'bytes come with an entry that was adopted' using errcode = 'insufficient_privilege'; end if;
  if not exists (select 1 from app.quarantine_file f where f.practice_id = held.practice_id and f.chart_id = held.chart_id and f.person_id = held.person_id and f.device = held.device and f.sha256 = digest)
     or fact.body->'file'->>'sha256' is distinct from digest or (fact.body->'file'->>'bytes')::integer is distinct from octet_length(content) or fact.body->'file'->>'type' is distinct from type then
    raise exception 'these bytes are not what the entry names' using errcode = 'integrity_constraint_violation';
  end if;
  insert into app.file (practice_id, stream_id, sha256, chart_id, kind, media_type, bytes, put_by, put_at)
  values (held.practice_id, held.chart_id, digest, held.chart_id, fact.kind, type, content, held.person_id, at) on conflict do nothing;
end $$;

revoke execute on function app.deposit_file(text, text, uuid, text, text, bytea, text, integer, integer), app.adopt_file(uuid, uuid, text, bytea, text) from public;
grant execute on function app.deposit_file(text, text, uuid, text, text, bytea, text, integer, integer), app.adopt_file(uuid, uuid, text, bytea, text) to openkap_app;
