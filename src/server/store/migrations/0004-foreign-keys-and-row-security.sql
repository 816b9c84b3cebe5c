-- Foreign keys that carry the practice on both sides, then row-level security on every table.
--
-- One restrictive policy a table keeps practices apart; permissive ones say who sees what inside a practice.
-- Every policy asks `app.ctx()` inside `(select …)`, so it is answered once a statement and not once a row.
-- The application's role owns nothing, bypasses nothing, and is granted what it needs column by column.
-- Reversible: yes.

alter table app.chart add foreign key (practice_id, patient_id) references app.person (practice_id, person_id);
alter table app.care_team add foreign key (practice_id, chart_id) references app.chart;
alter table app.care_team add foreign key (practice_id, person_id) references app.person;
alter table app.stream add foreign key (practice_id, chart_id) references app.chart;
alter table app.stream add foreign key (practice_id, author_id) references app.person (practice_id, person_id);
alter table app.entry add foreign key (practice_id, stream_id) references app.stream;
alter table app.dose_claim add foreign key (practice_id, chart_id) references app.chart;
alter table app.session_claim add foreign key (practice_id, chart_id) references app.chart;
alter table app.sign_in_session add foreign key (practice_id, person_id) references app.person;
alter table app.sign_in_link add foreign key (practice_id, person_id) references app.person;
alter table app.audit_seal add foreign key (practice_id, audit_id) references app.audit;
alter table app.visit_patient add foreign key (practice_id, visit_id) references app.visit;
alter table app.visit_patient add foreign key (practice_id, chart_id) references app.chart;
alter table app.visit_person add foreign key (practice_id, visit_id) references app.visit;
alter table app.visit_person add foreign key (practice_id, person_id) references app.person;
alter table app.visit_room add foreign key (practice_id, visit_id) references app.visit;
alter table app.visit_room add foreign key (practice_id, room_id) references app.room;
alter table app.inquiry add foreign key (practice_id, chart_id) references app.chart;
alter table app.document add foreign key (practice_id, chart_id) references app.chart;
alter table app.charge add foreign key (practice_id, chart_id) references app.chart;
alter table app.charge add foreign key (practice_id, visit_id) references app.visit;
alter table app.notice add foreign key (practice_id, person_id) references app.person;
alter table app.notice add foreign key (practice_id, chart_id) references app.chart;

-- What policies ask, each answered once a statement. They read past row security, and so say only this much. To
-- somebody half-way through signing in they say nothing.
create function app.team_charts(as_role text) returns uuid[] language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return coalesce((select array_agg(t.chart_id) from app.care_team t where session.purpose = 'person' and t.practice_id = session.practice_id and t.person_id = session.person_id and t.role = as_role and t.until is null), '{}');
end $$;
create function app.own_charts() returns uuid[] language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return coalesce((select array_agg(p.chart_id) from app.chart p where session.purpose = 'person' and p.practice_id = session.practice_id and p.patient_id = session.person_id), '{}');
end $$;
create function app.my_charts() returns uuid[] language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return coalesce((select array_agg(x.chart_id) from (
    select t.chart_id from app.care_team t where session.purpose = 'person' and t.practice_id = session.practice_id and t.person_id = session.person_id and t.until is null
    union select p.chart_id from app.chart p where session.purpose = 'person' and p.practice_id = session.practice_id and p.patient_id = session.person_id) x), '{}');
end $$;
create function app.own_streams() returns uuid[] language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return coalesce((select array_agg(s.stream_id) from app.stream s where session.purpose = 'person' and s.practice_id = session.practice_id and s.author_id = session.person_id), '{}');
end $$;
create function app.kinds_read(as_role text) returns text[] language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  return coalesce((select array_agg(kind) from app.entry_kind where as_role = any(readers) and stream = 'chart'), '{}');
end $$;
create function app.staff() returns boolean language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  return app.has_role('{therapist,prescriber,monitor,coordinator,owner,medical-director}');
end $$;
create function app.desk() returns boolean language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  return app.has_role('{coordinator,owner}');
end $$;

do $$
declare each_table record;
begin
  for each_table in select relname as name, exists(select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'practice_id') as has_practice
      from pg_class c where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') loop
    execute format('alter table app.%I enable row level security', each_table.name);
    execute format('alter table app.%I force row level security', each_table.name);
    if each_table.has_practice then
      execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', each_table.name);
    end if;
  end loop;
end $$;

-- The functions above, and those of sign-in, run as the owner; force makes even the owner need a policy.
create policy owner_reads on app.membership for select to openkap_owner using (true);
create policy owner_reads on app.care_team for select to openkap_owner using (true);
create policy owner_reads on app.chart for select to openkap_owner using (true);
create policy owner_keeps on app.stream to openkap_owner using (true) with check (true);
create policy owner_keeps on app.entry to openkap_owner using (true) with check (true);
create policy owner_keeps on app.session_claim to openkap_owner using (true) with check (true);
create policy owner_writes on app.dose_claim for insert to openkap_owner with check (true);
create policy owner_writes on app.audit for insert to openkap_owner with check (true);
create policy owner_writes on app.outbox for insert to openkap_owner with check (true);
create policy owner_keeps on app.entry_kind to openkap_owner using (true) with check (true);
create policy owner_keeps on app.practice to openkap_owner using (true) with check (true);
create policy owner_keeps on app.person to openkap_owner using (true) with check (true);
create policy owner_begins on app.membership for insert to openkap_owner with check (true);
create policy owner_keeps on app.credential to openkap_owner using (true) with check (true);
create policy owner_keeps on app.sign_in_session to openkap_owner using (true) with check (true);
create policy owner_keeps on app.sign_in_link to openkap_owner using (true) with check (true);

create policy kinds_are_public on app.entry_kind for select to openkap_app using (true);
grant usage on schema app to openkap_app;
grant select on app.entry_kind to openkap_app;

create policy seen on app.practice for select to openkap_app using (true);
create policy owner_sets on app.practice for update to openkap_app using ((select app.has_role('{owner}')));
grant select, update (name, zone, settings) on app.practice to openkap_app;

create policy seen on app.membership for select to openkap_app using (role <> 'patient' or person_id = (select app.me()) or (select app.desk()) or (select app.purpose()) = 'job');
create policy owner_adds on app.membership for insert to openkap_app with check ((select app.has_role('{owner}')) or (role = 'patient' and (select app.desk())));
create policy owner_ends on app.membership for delete to openkap_app using ((select app.has_role('{owner}')));
grant select, insert, delete on app.membership to openkap_app;

create policy seen on app.person for select to openkap_app using (
  person_id = (select app.me()) or (select app.desk()) or (select app.purpose()) = 'job'
  or person_id in (select m.person_id from app.membership m where m.role <> 'patient')
  or person_id in (select c.patient_id from app.chart c where c.chart_id = any((select app.my_charts())::uuid[])));
create policy desk_adds on app.person for insert to openkap_app with check ((select app.desk()));
create policy kept on app.person for update to openkap_app using (person_id = (select app.me()) or (select app.desk()));
grant select, insert, update (given_name, family_name, email, phone, active) on app.person to openkap_app;

create policy seen on app.staff_profile for select to openkap_app using (true);
create policy owner_adds on app.staff_profile for insert to openkap_app with check ((select app.has_role('{owner}')));
create policy kept on app.staff_profile for update to openkap_app using (person_id = (select app.me()) or (select app.desk()));
grant select, insert, update (credentials, npi, licence, licensed_nurse, conditions, modalities, languages, online, in_person, accepting, about, weekly, exceptions, capacity) on app.staff_profile to openkap_app;

create policy seen on app.room for select to openkap_app using (true);
create policy owner_keeps on app.room to openkap_app using ((select app.desk())) with check ((select app.desk()));
grant select, insert, update on app.room to openkap_app;
create policy seen on app.fee for select to openkap_app using ((select app.desk()) or (select app.purpose()) = 'job');
create policy owner_keeps on app.fee to openkap_app using ((select app.has_role('{owner}'))) with check ((select app.has_role('{owner}')));
grant select, insert, update on app.fee to openkap_app;
create policy seen on app.protocol_choice for select to openkap_app using (true);
create policy director_adopts on app.protocol_choice for insert to openkap_app with check ((select app.has_role('{medical-director,owner}')) and adopted_by = (select app.me()));
grant select, insert on app.protocol_choice to openkap_app;

create policy seen on app.chart for select to openkap_app using (chart_id = any((select app.my_charts())::uuid[]) or (select app.desk()) or (select app.purpose()) = 'job');
create policy desk_opens on app.chart for insert to openkap_app with check ((select app.desk()));
create policy kept on app.chart for update to openkap_app using ((select app.desk()) or chart_id = any((select app.team_charts('therapist'))::uuid[]));
grant select, insert, update (patient_id, display_name, birth_date, deceased_on, identifiers, protocol) on app.chart to openkap_app;

create policy seen on app.care_team for select to openkap_app using (chart_id = any((select app.my_charts())::uuid[]) or (select app.desk()) or (select app.purpose()) = 'job');
create policy joined on app.care_team for insert to openkap_app with check ((select app.desk()) or chart_id = any((select app.team_charts('therapist'))::uuid[]));
create policy ended on app.care_team for update to openkap_app using ((select app.desk()) or chart_id = any((select app.team_charts('therapist'))::uuid[]));
grant select, insert, update (until) on app.care_team to openkap_app;

create policy seen on app.stream for select to openkap_app using (
  case when author_id is null then chart_id = any((select app.my_charts())::uuid[]) or (select app.desk()) or (select app.purpose()) = 'job'
       else author_id = (select app.me()) end);
create policy begun on app.stream for insert to openkap_app with check (
  case when author_id is null then (select app.desk())
       when type = 'journal' then author_id = (select app.me()) and chart_id = any((select app.own_charts())::uuid[])
       else author_id = (select app.me()) and chart_id = any((select app.team_charts('therapist'))::uuid[]) end);
grant select, insert on app.stream to openkap_app;

create policy read_by_relation on app.entry for select to openkap_app using (
  (chart_id = any((select app.team_charts('therapist'))::uuid[]) and kind = any((select app.kinds_read('therapist'))::text[]))
  or (chart_id = any((select app.team_charts('prescriber'))::uuid[]) and kind = any((select app.kinds_read('prescriber'))::text[]))
  or (chart_id = any((select app.team_charts('monitor'))::uuid[]) and kind = any((select app.kinds_read('monitor'))::text[]))
  or (chart_id = any((select app.team_charts('medical-director'))::uuid[]) and kind = any((select app.kinds_read('medical-director'))::text[]))
  or (chart_id = any((select app.own_charts())::uuid[]) and kind = any((select app.kinds_read('patient'))::text[]))
  or ((select app.has_role('{coordinator}')) and kind = any((select app.kinds_read('coordinator'))::text[]))
  or ((select app.has_role('{owner}')) and kind = any((select app.kinds_read('owner'))::text[]))
  or stream_id = any((select app.own_streams())::uuid[]));
create policy judged_by_job on app.entry for select to openkap_app using ((select app.purpose()) = 'job' and stream_id = chart_id);
grant select on app.entry to openkap_app;

create policy seen on app.dose_claim for select to openkap_app using (chart_id = any((select app.my_charts())::uuid[]));
grant select on app.dose_claim to openkap_app;
create policy seen on app.session_claim for select to openkap_app using (chart_id = any((select app.my_charts())::uuid[]) or (select app.desk()));
grant select on app.session_claim to openkap_app;

create policy seen on app.audit for select to openkap_app using (chart_id = any((select app.own_charts())::uuid[]) or (select app.has_role('{owner}')) or (select app.purpose()) = 'job');
grant select on app.audit to openkap_app;
create policy sealed on app.audit_seal to openkap_app using ((select app.purpose()) = 'job' or (select app.has_role('{owner}'))) with check ((select app.purpose()) = 'job');
grant select, insert on app.audit_seal to openkap_app;
create policy relayed on app.outbox for select to openkap_app using ((select app.purpose()) = 'job');
create policy cleared on app.outbox for delete to openkap_app using ((select app.purpose()) = 'job');
grant select, delete on app.outbox to openkap_app;

create policy seen on app.visit for select to openkap_app using ((select app.staff()) or (select app.purpose()) = 'job'
  or visit_id in (select v.visit_id from app.visit_patient v where v.chart_id = any((select app.own_charts())::uuid[])));
create policy booked on app.visit for insert to openkap_app with check ((select app.has_role('{coordinator,owner,therapist,prescriber}')));
create policy moved on app.visit for update to openkap_app using ((select app.has_role('{coordinator,owner,therapist,prescriber}')));
grant select, insert, update (during, local_start, zone, state, held_until, online) on app.visit to openkap_app;
create policy seen on app.visit_patient for select to openkap_app using (chart_id = any((select app.my_charts())::uuid[]) or (select app.desk()) or (select app.purpose()) = 'job');
create policy booked on app.visit_patient for insert to openkap_app with check ((select app.desk()) or chart_id = any((select app.team_charts('therapist'))::uuid[]) or chart_id = any((select app.team_charts('prescriber'))::uuid[]));
create policy moved on app.visit_patient for update to openkap_app using ((select app.desk()) or chart_id = any((select app.team_charts('therapist'))::uuid[]) or chart_id = any((select app.team_charts('prescriber'))::uuid[]));
grant select, insert, update (during, active) on app.visit_patient to openkap_app;
create policy seen on app.visit_person for select to openkap_app using ((select app.staff()) or (select app.purpose()) = 'job' or visit_id in (select v.visit_id from app.visit_patient v where v.chart_id = any((select app.own_charts())::uuid[])));
create policy booked on app.visit_person for insert to openkap_app with check ((select app.has_role('{coordinator,owner,therapist,prescriber}')));
create policy moved on app.visit_person for update to openkap_app using ((select app.has_role('{coordinator,owner,therapist,prescriber}')));
grant select, insert, update (during, active) on app.visit_person to openkap_app;
create policy seen on app.visit_room for select to openkap_app using ((select app.staff()) or (select app.purpose()) = 'job' or visit_id in (select v.visit_id from app.visit_patient v where v.chart_id = any((select app.own_charts())::uuid[])));
create policy booked on app.visit_room for insert to openkap_app with check ((select app.has_role('{coordinator,owner,therapist,prescriber}')));
create policy moved on app.visit_room for update to openkap_app using ((select app.has_role('{coordinator,owner,therapist,prescriber}')));
grant select, insert, update (during, active) on app.visit_room to openkap_app;

create policy sent on app.inquiry for insert to openkap_app with check ((select app.purpose()) = 'inquiry' or (select app.desk()));
create policy seen on app.inquiry for select to openkap_app using ((select app.desk()));
create policy worked on app.inquiry for update to openkap_app using ((select app.desk()));
grant select, insert, update (name, email, phone, state, call, preferences, chart_id, closed_why) on app.inquiry to openkap_app;

create policy seen on app.document for select to openkap_app using (
  ((select app.desk()) and readers && '{coordinator,owner}') or (chart_id = any((select app.own_charts())::uuid[]) and 'patient' = any(readers))
  or (chart_id = any((select app.team_charts('therapist'))::uuid[]) and 'therapist' = any(readers))
  or (chart_id = any((select app.team_charts('prescriber'))::uuid[]) and 'prescriber' = any(readers))
  or (chart_id = any((select app.team_charts('monitor'))::uuid[]) and 'monitor' = any(readers)));
create policy kept on app.document for insert to openkap_app with check ((select app.desk()));
grant select, insert on app.document to openkap_app;
create policy seen on app.charge for select to openkap_app using ((select app.desk()) or chart_id = any((select app.own_charts())::uuid[]));
create policy charged on app.charge for insert to openkap_app with check ((select app.desk()) and by_person = (select app.me()));
grant select, insert on app.charge to openkap_app;

create policy posted on app.mail for insert to openkap_app with check ((select app.purpose()) = 'job' or (select app.has_role('{owner}')));
create policy carried on app.mail for select to openkap_app using ((select app.purpose()) = 'job');
create policy sent on app.mail for update to openkap_app using ((select app.purpose()) = 'job');
grant select, insert, update (sent_at, failures) on app.mail to openkap_app;
create policy told on app.notice for insert to openkap_app with check (true);
create policy mine on app.notice for select to openkap_app using (person_id = (select app.me()));
create policy done on app.notice for update to openkap_app using (person_id = (select app.me()));
grant select, insert, update (done_at) on app.notice to openkap_app;
