-- Several patients in one visit: which of them belong together, who leads them, and that a room never holds more of them
-- than it has places for. A group has a name that says nothing of anybody in it; who is in it is read by the desk and by
-- those who lead it, and by no patient. Each chart carries an entry of its own beside these rows.
-- A patient who does not come leaves a visit that others keep: one function for everybody, because whoever leaves cannot
-- see who stays.
-- Adds tables, functions and a trigger and changes no row; undone by dropping them.

create table app.care_group (
  practice_id uuid not null references app.practice,
  group_id    uuid not null,
  name        text not null check (length(name) between 1 and 120),
  kind        text not null check (kind in ('couple', 'group', 'workshop')),
  open        boolean not null,
  made_at     text not null,
  ended_at    text,
  primary key (practice_id, group_id)
);
select app.describe('care_group', '{"practice_id":"operational: the practice", "group_id":"operational: the group", "name":"operational: a name that says nothing of anybody in it", "kind":"operational: couple, group or workshop", "open":"operational: whether somebody may still join", "made_at":"operational: when, UTC", "ended_at":"operational: when it ended, UTC"}');

create table app.care_group_member (
  practice_id uuid not null,
  group_id    uuid not null,
  chart_id    uuid not null,
  since       text not null,
  until       text,
  primary key (practice_id, group_id, chart_id),
  foreign key (practice_id, group_id) references app.care_group,
  foreign key (practice_id, chart_id) references app.chart
);
create index care_group_member_chart on app.care_group_member (practice_id, chart_id) where until is null;
select app.describe('care_group_member', '{"practice_id":"operational: the practice", "group_id":"operational: the group", "chart_id":"clinical: who is in it", "since":"operational: since when, UTC", "until":"operational: until when, UTC"}');

create table app.care_group_leader (
  practice_id uuid not null,
  group_id    uuid not null,
  person_id   uuid not null,
  until       text,
  primary key (practice_id, group_id, person_id),
  foreign key (practice_id, group_id) references app.care_group,
  foreign key (practice_id, person_id) references app.person
);
select app.describe('care_group_leader', '{"practice_id":"operational: the practice", "group_id":"operational: the group", "person_id":"operational: who leads it", "until":"operational: until when, UTC"}');

alter table app.visit add column group_id uuid, add foreign key (practice_id, group_id) references app.care_group;
select app.describe('visit', '{"group_id":"operational: which group has it together"}');

create policy owner_reads on app.care_group_leader for select to openkap_owner using (true);
create function app.my_groups() returns uuid[] language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return coalesce((select array_agg(l.group_id) from app.care_group_leader l where session.purpose = 'person' and l.practice_id = session.practice_id and l.person_id = session.person_id and l.until is null), '{}');
end $$;

do $$ declare one text; begin
  foreach one in array array['care_group', 'care_group_member', 'care_group_leader'] loop
    execute format('alter table app.%I enable row level security', one);
    execute format('alter table app.%I force row level security', one);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', one);
    execute format('create policy seen on app.%I for select to openkap_app using ((select app.desk()) or (select app.purpose()) = ''job'' or group_id = any((select app.my_groups())::uuid[]))', one);
    execute format('create policy made on app.%I for insert to openkap_app with check ((select app.desk()))', one);
    execute format('create policy kept on app.%I for update to openkap_app using ((select app.desk()))', one);
  end loop;
end $$;
grant select, insert, update (open, ended_at) on app.care_group to openkap_app;
grant select, insert, update (since, until) on app.care_group_member to openkap_app;
grant select, insert, update (until) on app.care_group_leader to openkap_app;

-- Judged when the transaction commits, after whoever else changes the same visit: of two for the last place one gets it.
create function app.within_capacity() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
declare there integer; places integer;
begin
  perform from app.visit v where v.practice_id = new.practice_id and v.visit_id = new.visit_id for no key update;
  select count(*) into there from app.visit_patient p where p.practice_id = new.practice_id and p.visit_id = new.visit_id and p.active;
  select min(coalesce((r.planning->>'capacity')::int, 1)) into places from app.visit_room x join app.room r on r.practice_id = x.practice_id and r.room_id = x.room_id where x.practice_id = new.practice_id and x.visit_id = new.visit_id and x.active;
  if there > 1 and there > places then
    raise exception 'this room has places for % patients', places using errcode = 'check_violation', constraint = 'visit_within_capacity';
  end if;
  return null;
end $$;
create constraint trigger within_capacity after insert or update on app.visit_patient deferrable initially deferred for each row when (new.active) execute function app.within_capacity();

-- One patient leaves a visit: what became of it. The last to leave gives back its people and its room.
create function app.leave_visit(visit uuid, chart uuid) returns text language plpgsql security definer set search_path = app, pg_temp as $$
declare practice uuid := app.practice();
begin
  if not (app.desk() or chart = any(app.own_charts()) or chart = any(app.team_charts('therapist')) or chart = any(app.team_charts('prescriber'))) then return null; end if;
  perform from app.visit v where v.practice_id = practice and v.visit_id = visit for no key update;
  update app.visit_patient p set active = false where p.practice_id = practice and p.visit_id = visit and p.chart_id = chart and p.active;
  if not found then return null; end if;
  if exists (select from app.visit_patient p where p.practice_id = practice and p.visit_id = visit and p.active) then return 'left'; end if;
  update app.visit v set state = 'cancelled' where v.practice_id = practice and v.visit_id = visit;
  update app.visit_person p set active = false where p.practice_id = practice and p.visit_id = visit and p.active;
  update app.visit_room r set active = false where r.practice_id = practice and r.visit_id = visit and r.active;
  return 'cancelled';
end $$;
revoke execute on function app.my_groups(), app.within_capacity(), app.leave_visit(uuid, uuid) from public;
grant execute on function app.my_groups(), app.leave_visit(uuid, uuid) to openkap_app;
