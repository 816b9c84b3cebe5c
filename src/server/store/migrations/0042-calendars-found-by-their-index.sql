-- Times are found by their index. Row security lets no operator look at a row before it has, unless that operator is marked
-- as one that gives nothing away, and the overlap of two spans is not: under it a day of a calendar read every visit of the
-- practice, and three people's times each of their bookings since the first. Here the owner finds. The first function gives
-- identifiers alone, and what is read by them goes through row security; the others answer staff and jobs, and nobody else.
-- Reversible: six functions, a policy, and a column that is told again from the visits.
-- A day holds so many dosing visits of one person: told once, from the visit, whose type never changes.
alter table app.visit_person add column dosing boolean not null default false;
select app.describe('visit_person', '{"dosing":"operational: whether medicine is given at the visit"}');
create function app.tell_dosing() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
begin
  new.dosing := coalesce((select v.type in ('medicine', 'maintenance') from app.visit v where v.practice_id = new.practice_id and v.visit_id = new.visit_id), false);
  return new;
end $$;
create trigger tells_dosing before insert on app.visit_person for each row execute function app.tell_dosing();
alter table app.visit_person disable trigger changes_are_numbered;
update app.visit_person x set dosing = true from app.visit v where v.practice_id = x.practice_id and v.visit_id = x.visit_id and v.type in ('medicine', 'maintenance');
alter table app.visit_person enable trigger changes_are_numbered;

create policy owner_reads on app.busy_time for select to openkap_owner using (true);

create function app.visits_touching(from_moment timestamptz, to_moment timestamptz) returns setof uuid language plpgsql stable security definer set search_path = app, pg_temp rows 100 as $$
declare here uuid := app.practice();
begin
  return query select v.visit_id from app.visit v where v.practice_id = here and v.during && tstzrange(from_moment, to_moment);
end $$;

-- Whoever may not read calendars is refused: no rows would read as a free day.
create function app.practice_of_calendars() returns uuid language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  if app.staff() or app.purpose() = 'job' then return app.practice(); end if;
  raise exception 'calendars are read by staff and by jobs' using errcode = 'insufficient_privilege';
end $$;

-- What is held past its end takes nobody's time; there are few of these, so that they are looked up once and not by each booking.
create function app.taken_people(people uuid[], at_moment timestamptz, until_moment timestamptz) returns table (id uuid, visit uuid, during tstzrange, lane integer, dosing boolean) language plpgsql stable security definer set search_path = app, pg_temp rows 1000 as $$
declare here uuid := app.practice_of_calendars();
begin
  return query select x.person_id, x.visit_id, x.during, x.lane, x.dosing
    from unnest(people) one (person) join app.visit_person x on x.practice_id = here and x.person_id = one.person and x.active and x.during && tstzrange(at_moment, until_moment)
    where not x.visit_id = any(array(select v.visit_id from app.visit v where v.practice_id = here and v.state = 'held' and v.held_until <= at_moment));
end $$;

create function app.taken_rooms(rooms uuid[], at_moment timestamptz, until_moment timestamptz) returns table (id uuid, visit uuid, during tstzrange) language plpgsql stable security definer set search_path = app, pg_temp rows 1000 as $$
declare here uuid := app.practice_of_calendars();
begin
  return query select x.room_id, x.visit_id, x.during
    from unnest(rooms) one (room) join app.visit_room x on x.practice_id = here and x.room_id = one.room and x.active and x.during && tstzrange(at_moment, until_moment)
    where not x.visit_id = any(array(select v.visit_id from app.visit v where v.practice_id = here and v.state = 'held' and v.held_until <= at_moment));
end $$;

create function app.busy_touching(from_moment timestamptz, to_moment timestamptz) returns table (person uuid, during tstzrange) language plpgsql stable security definer set search_path = app, pg_temp rows 1000 as $$
declare here uuid := app.practice_of_calendars();
begin
  return query select b.person_id, b.during from app.busy_time b where b.practice_id = here and b.during && tstzrange(from_moment, to_moment);
end $$;
revoke execute on function app.tell_dosing(), app.visits_touching(timestamptz, timestamptz), app.practice_of_calendars(), app.taken_people(uuid[], timestamptz, timestamptz), app.taken_rooms(uuid[], timestamptz, timestamptz), app.busy_touching(timestamptz, timestamptz) from public;
grant execute on function app.visits_touching(timestamptz, timestamptz), app.taken_people(uuid[], timestamptz, timestamptz), app.taken_rooms(uuid[], timestamptz, timestamptz), app.busy_touching(timestamptz, timestamptz) to openkap_app;
