-- An answer that speaks of death or self-harm is called to one named person at once, and to others where nobody takes
-- it over. Who is on call stands in a rota that the desk keeps; each version stays, so that it can be told later who
-- was. What was called stands apart from the notices, since these are put away one by one and it stays until it ended.
-- Whoever was called and takes it over joins the care team, because nobody can speak with a person whose chart they cannot read.
-- Reversible: two tables, one function, one policy.
create table app.on_call (
  practice_id uuid not null references app.practice,
  version     integer not null check (version > 0),
  rota        jsonb not null check (jsonb_typeof(rota) = 'object'),
  kept_by     uuid not null,
  kept_at     text not null,
  primary key (practice_id, version),
  foreign key (practice_id, kept_by) references app.person
);
select app.describe('on_call', '{"practice_id":"operational: the practice", "version":"operational: the newest counts", "rota":"operational: hours, named days and people", "kept_by":"operational: who of the desk kept it", "kept_at":"operational: when, UTC"}');

create table app.alarm (
  practice_id uuid not null references app.practice,
  entry_id    uuid not null,
  chart_id    uuid not null,
  opened_at   text not null,
  circle      smallint not null check (circle between 1 and 3),
  due_at      text not null,
  answer_by   text,
  taken_by    uuid,
  taken_at    text,
  ended_at    text,
  primary key (practice_id, entry_id),
  check ((taken_by is null) = (taken_at is null)),
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, taken_by) references app.person
);
create index alarm_waiting on app.alarm (practice_id, answer_by) where answer_by is not null and ended_at is null;
create index alarm_open on app.alarm (practice_id, chart_id) where ended_at is null;
select app.describe('alarm', '{"practice_id":"operational: the practice", "entry_id":"operational: the answers that cannot wait", "chart_id":"operational: on which chart", "opened_at":"operational: when people were first called, UTC", "circle":"operational: how far it was called, 1 to 3", "due_at":"operational: by when somebody has spoken with the person, UTC", "answer_by":"operational: when the next are called, UTC; empty once somebody has spoken with the person", "taken_by":"operational: who has taken it over by name", "taken_at":"operational: when, UTC", "ended_at":"operational: since when the risk it belongs to is closed, UTC"}');
create index notice_on_call on app.notice (practice_id, entry_id) where kind = 'on-call';

do $$
declare one text;
begin
  foreach one in array array['on_call', 'alarm'] loop
    execute format('alter table app.%I enable row level security', one);
    execute format('alter table app.%I force row level security', one);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', one);
  end loop;
end $$;
create policy seen on app.on_call for select to openkap_app using ((select app.staff()) or (select app.purpose()) = 'job');
create policy kept on app.on_call for insert to openkap_app with check ((select app.desk()) and kept_by = (select app.me()));
create policy seen on app.alarm for select to openkap_app using (((select app.staff()) and chart_id = any((select app.my_charts())::uuid[])) or (select app.desk()) or (select app.purpose()) = 'job');
create policy called on app.alarm for insert to openkap_app with check ((select app.purpose()) = 'job' and taken_by is null);
create policy watched on app.alarm for update to openkap_app using ((select app.purpose()) = 'job');
grant select, insert on app.on_call to openkap_app;
grant select, insert, update (circle, answer_by, taken_by, taken_at, ended_at) on app.alarm to openkap_app;
create policy owner_takes on app.alarm for update to openkap_owner using (true);
create policy owner_reads on app.alarm for select to openkap_owner using (true);
create policy owner_reads on app.notice for select to openkap_owner using (true);
create policy owner_ends on app.notice for update to openkap_owner using (true);
create policy owner_joins on app.care_team for insert to openkap_owner with check (true);
create policy owner_rejoins on app.care_team for update to openkap_owner using (true);
create policy job_ends_on_call on app.notice for update to openkap_app using ((select app.purpose()) = 'job' and kind = 'on-call');

-- One who was called says by name that they have taken it over. Only the first counts, and has to write by then that they spoke with the person; the notices of the others end, and a clinician who was not on the team is on it from now on.
create function app.take_alarm(the_notice uuid, at_moment text, contact_by text) returns void language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); told app.notice; mine text;
begin
  if session.purpose is distinct from 'person' then return; end if;
  select * into told from app.notice n where n.practice_id = session.practice_id and n.notice_id = the_notice and n.person_id = session.person_id and n.kind in ('on-call', 'risk', 'unanswered') and n.entry_id is not null;
  if not found then return; end if;
  update app.alarm a set taken_by = session.person_id, taken_at = at_moment, answer_by = greatest(a.due_at, contact_by) where a.practice_id = session.practice_id and a.entry_id = told.entry_id and a.taken_at is null;
  if not found then return; end if;
  update app.notice n set done_at = at_moment where n.practice_id = session.practice_id and n.entry_id = told.entry_id and n.done_at is null and (n.kind = 'on-call' or (n.kind = 'risk' and n.person_id = session.person_id));
  select m.role into mine from app.membership m where m.practice_id = session.practice_id and m.person_id = session.person_id and m.role in ('therapist', 'prescriber', 'medical-director') order by array_position(array['therapist', 'prescriber', 'medical-director'], m.role) limit 1;
  if mine is null or told.kind <> 'on-call' or exists (select from app.care_team t where t.practice_id = session.practice_id and t.chart_id = told.chart_id and t.person_id = session.person_id and t.until is null and t.role in ('therapist', 'prescriber')) then return; end if;
  insert into app.care_team (practice_id, chart_id, person_id, role, since) values (session.practice_id, told.chart_id, session.person_id, mine, at_moment)
    on conflict (practice_id, chart_id, person_id, role) do update set until = null;
end $$;
revoke execute on function app.take_alarm(uuid, text, text) from public;
grant execute on function app.take_alarm(uuid, text, text) to openkap_app;
