-- What was written on a device whose access has ended, and could not be sent before it did. It is kept here as the device
-- sealed it, to a key that only the running server can use, until a clinician of that chart's team takes it over by name
-- or sets it aside with a reason. Nothing of it is on the chart before, and nothing of it is ever deleted.
-- A device brings it with a credential it was given while its person was signed in: good for this and nothing else.
-- Reversible: three tables and their functions; no entry is touched.
create table app.device_credential (
  practice_id   uuid not null,
  credential_id uuid not null,
  token_sha256  bytea not null,
  person_id     uuid not null,
  device        uuid not null,
  made_at       timestamptz not null default now(),
  expires_at    timestamptz not null,
  acts          integer not null default 0,
  bytes         integer not null default 0,
  primary key (practice_id, credential_id),
  foreign key (practice_id, person_id) references app.person
);
create index device_credential_token on app.device_credential (token_sha256);
create index device_credential_person on app.device_credential (practice_id, person_id);
select app.describe('device_credential', '{"practice_id":"operational: the practice", "credential_id":"operational: the credential", "token_sha256":"credential: digest of the token the device holds, good for bringing sealed entries and for nothing else", "person_id":"operational: who was signed in", "device":"operational: the device", "made_at":"operational: when it was given", "expires_at":"operational: until when it works", "acts":"operational: how much was brought with it", "bytes":"operational: how many bytes that were"}');

create table app.quarantine (
  practice_id uuid not null,
  act_id      uuid not null,
  chart_id    uuid not null,
  session_id  uuid,
  person_id   uuid not null,
  device      uuid not null,
  entries     uuid[] not null check (cardinality(entries) between 1 and 500),
  first_at    text not null, last_at text not null,
  key_id      text not null,
  sealed      bytea not null check (octet_length(sealed) between 90 and 262144),
  received_at text not null,
  primary key (practice_id, act_id),
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, person_id) references app.person
);
create index quarantine_chart on app.quarantine (practice_id, chart_id);
select app.describe('quarantine', '{"practice_id":"operational: the practice", "act_id":"operational: what was done in one go, named by the device", "chart_id":"operational: the chart it is about", "session_id":"clinical: the medicine session it says it belongs to", "person_id":"operational: whose credential brought it", "device":"operational: the device", "entries":"operational: the ids of its entries, made on the device", "first_at":"operational: when it was first written, by the device''s clock, UTC", "last_at":"operational: when it was last written, by the device''s clock, UTC", "key_id":"operational: which of the server''s keys it was sealed to", "sealed":"clinical: the entries, sealed", "received_at":"operational: when the server took it, UTC"}');

create table app.quarantine_decision (
  practice_id uuid not null,
  act_id      uuid not null,
  chart_id    uuid not null,
  decision    text not null check (decision in ('adopted', 'discarded')),
  by_person   uuid not null,
  at          text not null,
  reason      text not null default '' check (decision = 'adopted' or length(trim(reason)) >= 3),
  primary key (practice_id, act_id),
  foreign key (practice_id, act_id) references app.quarantine,
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, by_person) references app.person (practice_id, person_id)
);
select app.describe('quarantine_decision', '{"practice_id":"operational: the practice", "act_id":"operational: what was decided about", "chart_id":"operational: the chart", "decision":"operational: adopted or discarded", "by_person":"operational: who decided", "at":"operational: when, UTC", "reason":"clinical: why it was set aside"}');

create trigger quarantine_is_written_once before update or delete or truncate on app.quarantine for each statement execute function app.refuse_rewriting();
create trigger decisions_are_written_once before update or delete or truncate on app.quarantine_decision for each statement execute function app.refuse_rewriting();

do $$
declare each_table text;
begin
  foreach each_table in array '{device_credential,quarantine,quarantine_decision}'::text[] loop
    execute format('alter table app.%I enable row level security', each_table);
    execute format('alter table app.%I force row level security', each_table);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', each_table);
    execute format('create policy owner_keeps on app.%I to openkap_owner using (true) with check (true)', each_table);
  end loop;
end $$;

-- Whoever treats sees that something is there; who may open it and decide is judged by the route and, again, below.
create policy seen on app.quarantine for select to openkap_app using (
  chart_id = any((select app.team_charts('therapist'))::uuid[]) or chart_id = any((select app.team_charts('prescriber'))::uuid[])
  or chart_id = any((select app.team_charts('monitor'))::uuid[]) or chart_id = any((select app.team_charts('medical-director'))::uuid[]));
grant select on app.quarantine to openkap_app;
create policy seen on app.quarantine_decision for select to openkap_app using (
  chart_id = any((select app.team_charts('therapist'))::uuid[]) or chart_id = any((select app.team_charts('prescriber'))::uuid[])
  or chart_id = any((select app.team_charts('monitor'))::uuid[]) or chart_id = any((select app.team_charts('medical-director'))::uuid[]));
grant select on app.quarantine_decision to openkap_app;

-- A new credential for whoever is signed in with this transaction's token. What has expired is swept away with it.
create function app.mint_device_credential(key text, token text, valid_minutes integer) returns timestamptz language plpgsql security definer set search_path = app, pg_temp as $$
declare session app.sign_in_session := app.ctx(); until timestamptz := now() + make_interval(mins => valid_minutes);
begin
  perform app.require_key(key);
  if session.purpose is distinct from 'person' then raise exception 'a credential is given to somebody signed in' using errcode = 'insufficient_privilege'; end if;
  delete from app.device_credential c where c.practice_id = session.practice_id and c.person_id = session.person_id and c.expires_at < now();
  insert into app.device_credential (practice_id, credential_id, token_sha256, person_id, device, expires_at)
  values (session.practice_id, gen_random_uuid(), sha256(convert_to(token, 'UTF8')), session.person_id, session.device, until);
  return until;
end $$;

-- Takes one sealed act. 'stored', 'again' where it was here already, or why not: the credential is unknown or too old
-- ('needed'), its person still has access from that device ('not-ended'), the chart was never theirs ('unseen'), the same
-- name holds something else ('rewritten'), or this credential has brought all it may ('full').
create function app.deposit(key text, token text, act uuid, chart uuid, session uuid, ids uuid[], written_from text, written_to text, sealed_to text, sealed bytea, received_at text, most_acts integer, most_bytes integer) returns text
language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare held app.device_credential; known app.quarantine; stands boolean;
begin
  perform app.require_key(key);
  select * into held from app.device_credential c where c.token_sha256 = sha256(convert_to(token, 'UTF8')) and c.expires_at > now() for update;
  if held.credential_id is null then return 'needed'; end if;
  select * into known from app.quarantine q where q.practice_id = held.practice_id and q.act_id = act;
  if known.act_id is not null then
    return case when known.person_id = held.person_id and known.chart_id = chart and known.sealed = deposit.sealed then 'again' else 'rewritten' end;
  end if;
  stands := exists (select 1 from app.care_team t where t.practice_id = held.practice_id and t.chart_id = chart and t.person_id = held.person_id and t.until is null)
         or exists (select 1 from app.membership m where m.practice_id = held.practice_id and m.person_id = held.person_id and m.role in ('coordinator', 'owner'));
  if not exists (select 1 from app.chart c where c.practice_id = held.practice_id and c.chart_id = chart)
     or not (stands or exists (select 1 from app.care_team t where t.practice_id = held.practice_id and t.chart_id = chart and t.person_id = held.person_id)) then return 'unseen'; end if;
  if stands and exists (select 1 from app.sign_in_session s where s.practice_id = held.practice_id and s.person_id = held.person_id and s.device = held.device and s.purpose = 'person' and app.awake(s)) then return 'not-ended'; end if;
  if held.acts >= most_acts or held.bytes + octet_length(sealed) > most_bytes then return 'full'; end if;
  insert into app.quarantine (practice_id, act_id, chart_id, session_id, person_id, device, entries, first_at, last_at, key_id, sealed, received_at)
  values (held.practice_id, act, chart, session, held.person_id, held.device, ids, written_from, written_to, sealed_to, sealed, received_at);
  update app.device_credential c set acts = c.acts + 1, bytes = c.bytes + octet_length(sealed) where c.practice_id = held.practice_id and c.credential_id = held.credential_id;
  insert into app.audit (practice_id, at, person_id, sign_in, action, outcome, chart_id, subject, detail)
  values (held.practice_id, received_at, held.person_id, null, 'quarantine.deposited', 'done', chart, act::text, jsonb_build_object('entries', cardinality(ids)));
  return 'stored';
end $$;

-- Takes a sealed act over onto the chart: its entries in the name of whoever wrote them, with the device and the times they
-- carry, and beside them, in the same step, the entry in which somebody else says that they adopt them. What is on the chart
-- already is left as it is. Answers `stored`, as an append does, with the adoption last; or `code` and the `entry` it is about.
create function app.adopt(act uuid, drafts jsonb, adoption jsonb, received_at text) returns jsonb language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare
  session app.sign_in_session := app.ctx(); held app.quarantine; head app.stream; fact record; one app.entry; fresh app.entry[] := '{}';
  mine text[]; theirs text[]; number integer; digest_before text; stored jsonb := '[]'; known app.entry;
begin
  select * into held from app.quarantine q where q.practice_id = session.practice_id and q.act_id = act;
  mine := array(select t.role from app.care_team t where t.practice_id = held.practice_id and t.chart_id = held.chart_id and t.person_id = session.person_id and t.until is null);
  if session.purpose is distinct from 'person' or held.act_id is null or not mine && '{therapist,prescriber}' then
    raise exception 'a therapist or a prescriber of the team adopts' using errcode = 'insufficient_privilege';
  end if;
  theirs := array(select t.role from app.care_team t where t.practice_id = held.practice_id and t.chart_id = held.chart_id and t.person_id = held.person_id)
         || array(select m.role from app.membership m where m.practice_id = held.practice_id and m.person_id = held.person_id and m.role in ('coordinator', 'owner'));
  select * into head from app.stream s where s.practice_id = held.practice_id and s.stream_id = held.chart_id and s.type = 'chart' for update;
  if exists (select 1 from app.quarantine_decision d where d.practice_id = held.practice_id and d.act_id = act) then return jsonb_build_object('code', 'quarantine.decided'); end if;
  number := head.last_seq; digest_before := head.last_digest;
  for fact in
    select e.*, k.kind as known_kind, k.stream, k.through, k.writers, k.readers from jsonb_array_elements(drafts || adoption) with ordinality v(draft, nth)
     cross join lateral jsonb_to_record(v.draft) as e(id uuid, kind text, at text, "writtenAt" text, device uuid, session uuid, amends uuid, body jsonb, p0 text, p1 text, p2 text)
      left join app.entry_kind k on k.kind = e.kind order by v.nth
  loop
    if fact.id is distinct from (adoption->>'id')::uuid then
      if fact.known_kind is null or fact.stream <> 'chart' or fact.through <> 'entries' or not fact.writers && theirs or not fact.readers && mine
         or fact.device <> held.device or fact.id <> all(held.entries) then return jsonb_build_object('code', 'entry.forbidden', 'entry', fact.id); end if;
      select * into known from app.entry e where e.practice_id = held.practice_id and e.stream_id = held.chart_id and e.id = fact.id;
      if known.id is not null then
        if not (known.kind = fact.kind and known.at = fact.at and known.by_person = held.person_id and known.body = fact.body and known.amends is not distinct from fact.amends and known.session_id is not distinct from fact.session) then
          return jsonb_build_object('code', 'entry.rewritten', 'entry', fact.id); end if;
        stored := stored || jsonb_build_array(jsonb_build_array(known.seq, known.digest, known.received_at));
        continue;
      end if;
      if fact.amends is not null and not exists (select 1 from app.entry e where e.practice_id = held.practice_id and e.stream_id = held.chart_id and e.id = fact.amends) and not exists (select 1 from unnest(fresh) f where f.id = fact.amends) then
        return jsonb_build_object('code', 'entry.amends-unknown', 'entry', fact.id); end if;
    elsif fact.kind <> 'entries-adopted.v1' or fact.known_kind is null then return jsonb_build_object('code', 'entry.forbidden', 'entry', fact.id);
    end if;
    if fact.session is not null and not exists (select 1 from app.session_claim c where c.practice_id = held.practice_id and c.session_id = fact.session and c.chart_id = held.chart_id) then
      return jsonb_build_object('code', 'session.unknown', 'entry', fact.id); end if;
    number := number + 1;
    digest_before := encode(sha256(convert_to(fact.p0 || '"' || digest_before || '"' || fact.p1 || number || fact.p2, 'UTF8')), 'hex');
    one := row(held.practice_id, held.chart_id, number, fact.id, held.chart_id, fact.kind, fact.at, fact."writtenAt", received_at,
      case when fact.id = (adoption->>'id')::uuid then session.person_id else held.person_id end, fact.device, fact.session, fact.amends, fact.body, digest_before);
    fresh := fresh || one;
    stored := stored || jsonb_build_array(jsonb_build_array(number, digest_before));
  end loop;
  perform app.claim(f) from unnest(fresh) f where f.kind in ('dose-given.v1', 'session-closed.v1');
  head.last_seq := number; head.last_digest := digest_before;
  perform app.write_judged(fresh, array[head], '{}');
  insert into app.quarantine_decision (practice_id, act_id, chart_id, decision, by_person, at) values (held.practice_id, act, held.chart_id, 'adopted', session.person_id, received_at);
  return jsonb_build_object('stored', stored);
end $$;

-- Sets a sealed act aside: it stays where it is, with who decided so and why. Answers 'discarded', or 'decided' where somebody was quicker.
create function app.discard(act uuid, why text, decided_at text) returns text language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); held app.quarantine;
begin
  select * into held from app.quarantine q where q.practice_id = session.practice_id and q.act_id = act;
  if session.purpose is distinct from 'person' or held.act_id is null or not exists (select 1 from app.care_team t where t.practice_id = held.practice_id and t.chart_id = held.chart_id and t.person_id = session.person_id and t.until is null and t.role in ('therapist', 'prescriber')) then
    raise exception 'a therapist or a prescriber of the team decides' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from app.stream s where s.practice_id = held.practice_id and s.stream_id = held.chart_id for update;
  insert into app.quarantine_decision (practice_id, act_id, chart_id, decision, by_person, at, reason) values (held.practice_id, act, held.chart_id, 'discarded', session.person_id, decided_at, why) on conflict do nothing;
  return case when found then 'discarded' else 'decided' end;
end $$;

revoke execute on function app.mint_device_credential(text, text, integer), app.deposit(text, text, uuid, uuid, uuid, uuid[], text, text, text, bytea, text, integer, integer), app.adopt(uuid, jsonb, jsonb, text), app.discard(uuid, text, text) from public;
grant execute on function app.mint_device_credential(text, text, integer), app.deposit(text, text, uuid, uuid, uuid, uuid[], text, text, text, bytea, text, integer, integer), app.adopt(uuid, jsonb, jsonb, text), app.discard(uuid, text, text) to openkap_app;
