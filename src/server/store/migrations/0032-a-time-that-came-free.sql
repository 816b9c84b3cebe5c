-- A time that came free is offered to people who would come sooner, one after the other or several at once. Whom, in which
-- order, and what became of it stands here, since it is about several charts; what each was offered and said stands on
-- their own chart. Asking goes on by itself, so a job may hold places, let go what it held, and let those who would come
-- join the care team. A narrow link gets one more purpose. An offer is written only on what was read: where the chart has
-- moved on since, nothing is written and it is looked at again.
-- Reversible: two tables, policies and an index more; `append_found` is undone by 0029's own text, the two constraints by those of 0026 and 0031.
create table app.offer_round (
  practice_id uuid not null references app.practice,
  round_id    uuid not null,
  visit_id    uuid not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null check (ends_at > starts_at),
  way         text not null check (way in ('in-turn', 'at-once')),
  hours       integer not null check (hours between 1 and 72),
  made_by     uuid not null,
  made_at     text not null,
  stopped_at  text,
  ended_at    text,
  outcome     text check (outcome in ('taken', 'nobody', 'began', 'stopped', 'gone')),
  primary key (practice_id, round_id),
  foreign key (practice_id, made_by) references app.person,
  check ((ended_at is null) = (outcome is null))
);
-- One time is offered in one way at a time, whoever of the desk is quicker.
create unique index offer_round_open on app.offer_round (practice_id, visit_id, starts_at) where ended_at is null;
select app.describe('offer_round', '{"practice_id":"operational: the practice", "round_id":"operational: one offering of a time", "visit_id":"operational: the visit that left it", "starts_at":"operational: from when it is free, UTC", "ends_at":"operational: until when it is free, UTC", "way":"operational: one after the other, or several at once", "hours":"operational: how long each has to answer", "made_by":"operational: who offers it", "made_at":"operational: when, UTC", "stopped_at":"operational: when it was taken back, UTC", "ended_at":"operational: since when nobody is asked any more, UTC", "outcome":"operational: taken, nobody wanted it, it began, taken back, or used otherwise"}');

create table app.offer_turn (
  practice_id uuid not null,
  round_id    uuid not null,
  turn        integer not null check (turn >= 0),
  chart_id    uuid not null,
  visit_id    uuid not null,
  offer_id    uuid,
  passed      text,
  primary key (practice_id, round_id, turn),
  unique (practice_id, round_id, chart_id),
  foreign key (practice_id, round_id) references app.offer_round,
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, visit_id) references app.visit
);
select app.describe('offer_turn', '{"practice_id":"operational: the practice", "round_id":"operational: of which offering", "turn":"operational: the order in which they are asked", "chart_id":"operational: who is asked", "visit_id":"operational: which visit of theirs would move", "offer_id":"operational: the entry with which they were asked", "passed":"operational: why they were not asked after all"}');

do $$
declare each_table text;
begin
  foreach each_table in array array['offer_round', 'offer_turn'] loop
    execute format('alter table app.%I enable row level security', each_table);
    execute format('alter table app.%I force row level security', each_table);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', each_table);
    execute format('create policy seen on app.%I for select to openkap_app using ((select app.desk()) or (select app.purpose()) = ''job'')', each_table);
    execute format('create policy asked on app.%I for update to openkap_app using ((select app.purpose()) = ''job'')', each_table);
  end loop;
end $$;
create policy made on app.offer_round for insert to openkap_app with check ((select app.desk()) and made_by = (select app.me()));
create policy stopped on app.offer_round for update to openkap_app using ((select app.desk()));
create policy made on app.offer_turn for insert to openkap_app with check ((select app.desk()));
grant select, insert, update (stopped_at, ended_at, outcome) on app.offer_round to openkap_app;
grant select, insert, update (offer_id, passed) on app.offer_turn to openkap_app;

-- A job touches what is held, or was, and nothing that is booked.
create policy job_holds on app.visit for insert to openkap_app with check ((select app.purpose()) = 'job' and state = 'held' and held_by is not null);
create policy job_lets_go on app.visit for update to openkap_app using ((select app.purpose()) = 'job' and held_by is not null) with check (held_by is not null and state <> 'booked');
create function app.ever_held() returns uuid[] language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
begin
  if app.purpose() is distinct from 'job' then return '{}'; end if;
  return coalesce((select array_agg(v.visit_id) from app.visit v where v.practice_id = app.practice() and v.held_by is not null), '{}');
end $$;
revoke execute on function app.ever_held() from public;
grant execute on function app.ever_held() to openkap_app;
create index visit_ever_held on app.visit (practice_id) where held_by is not null;
do $$
declare each_table text; held text := $sql$visit_id = any((select app.ever_held())::uuid[])$sql$;
begin
  foreach each_table in array array['visit_patient', 'visit_person', 'visit_room'] loop
    execute format('create policy job_holds on app.%I for insert to openkap_app with check (%s)', each_table, held);
    execute format('create policy job_lets_go on app.%I for update to openkap_app using (%s)', each_table, held);
  end loop;
end $$;
create policy job_joins on app.care_team for insert to openkap_app with check ((select app.purpose()) = 'job' and until is null);
create policy job_joins_again on app.care_team for update to openkap_app using ((select app.purpose()) = 'job') with check (until is null);

create index entry_of_visits on app.entry (practice_id, stream_id, seq) where kind in ('visits-booked.v1', 'visit-moved.v1', 'visit-cancelled.v1');
create index entry_sooner on app.entry (practice_id, stream_id) where kind = 'sooner-wished.v1';
create index entry_time_offered on app.entry (practice_id, received_at) where kind in ('time-offered.v1', 'time-offer-ended.v1');

alter table app.narrow_link drop constraint narrow_link_purpose_check, drop constraint narrow_link_whose;
alter table app.narrow_link
  add constraint narrow_link_purpose_check check (purpose in ('day-before', 'morning', 'ride', 'moved', 'where', 'offered')),
  add constraint narrow_link_whose check ((purpose = 'ride') = (person_id is null) and (purpose in ('ride', 'moved', 'offered')) = (named is not null));

-- The audit names what was written by what it is.
create or replace function app.append_found(the_chart uuid, found_entry jsonb, judged_to integer, received_at text) returns jsonb language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); head app.stream; one app.entry; number integer; sealed text;
begin
  if session.purpose is distinct from 'job' or not exists (select 1 from app.entry_kind k where k.kind = found_entry->>'kind' and k.stream = 'chart' and k.through = 'act' and k.writers = '{}') then
    raise exception 'only the server writes this, and only what no role may write' using errcode = 'insufficient_privilege';
  end if;
  select * into head from app.stream s where s.practice_id = session.practice_id and s.stream_id = the_chart and s.type = 'chart' for update;
  if not found then raise exception 'there is no such chart' using errcode = 'foreign_key_violation'; end if;
  if found_entry->>'kind' = 'clearance-reopened.v1' and exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind = 'clearance.v1' and e.seq > judged_to) then return null; end if;
  if found_entry->>'kind' = 'therapy-continued.v1' and exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind in ('therapy-series.v1', 'therapy-continued.v1') and e.seq > judged_to) then return null; end if;
  if found_entry->>'kind' = 'time-offered.v1' and head.last_seq > judged_to then return null; end if;
  if found_entry->>'kind' = 'alert-escalated.v1' and exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind = 'alert-escalated.v1' and e.seq > judged_to) then return null; end if;
  if found_entry->>'session' is not null and not exists (select 1 from app.session_claim c where c.practice_id = head.practice_id and c.session_id = (found_entry->>'session')::uuid and c.chart_id = head.chart_id) then
    raise exception 'there is no such session on this chart' using errcode = 'foreign_key_violation';
  end if;
  number := head.last_seq + 1;
  sealed := encode(sha256(convert_to(found_entry->>'p0' || '"' || head.last_digest || '"' || (found_entry->>'p1') || number || (found_entry->>'p2'), 'UTF8')), 'hex');
  one := row(head.practice_id, head.stream_id, number, (found_entry->>'id')::uuid, head.chart_id, found_entry->>'kind', found_entry->>'at', found_entry->>'writtenAt', received_at,
    '00000000-0000-0000-0000-000000000000'::uuid, '00000000-0000-0000-0000-000000000000'::uuid, (found_entry->>'session')::uuid, null, found_entry->'body', sealed);
  head.last_seq := number;
  head.last_digest := sealed;
  perform app.write_judged(array[one], array[head], array[row(head.practice_id, 0, received_at, null, session.session_id, case one.kind when 'alert-escalated.v1' then 'alert.escalated' when 'ride-answered.v1' then 'ride.answered' when 'therapy-continued.v1' then 'therapy.continued' when 'time-offered.v1' then 'time.offered' when 'time-offer-ended.v1' then 'time.offer-ended' else 'clearance.reopened' end, 'done', head.chart_id, null, jsonb_build_object('kind', one.kind, 'lastSeq', number))::app.audit]);
  return jsonb_build_object('seq', number, 'digest', sealed);
end $$;
