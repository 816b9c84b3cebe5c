-- Calendars are read from a moment on that may lie ahead: for a few weeks around a visit in the summer nobody reads the spring.
-- What is held past its end is told by now, and not by where reading begins. Reversible: two functions with one moment less.
drop function app.taken_people(uuid[], timestamptz, timestamptz);
drop function app.taken_rooms(uuid[], timestamptz, timestamptz);

create function app.taken_people(people uuid[], at_moment timestamptz, from_moment timestamptz, until_moment timestamptz) returns table (id uuid, visit uuid, during tstzrange, lane integer, dosing boolean) language plpgsql stable security definer set search_path = app, pg_temp rows 1000 as $$
declare here uuid := app.practice_of_calendars();
begin
  return query select x.person_id, x.visit_id, x.during, x.lane, x.dosing
    from unnest(people) one (person) join app.visit_person x on x.practice_id = here and x.person_id = one.person and x.active and x.during && tstzrange(from_moment, until_moment)
    where not x.visit_id = any(array(select v.visit_id from app.visit v where v.practice_id = here and v.state = 'held' and v.held_until <= at_moment));
end $$;

create function app.taken_rooms(rooms uuid[], at_moment timestamptz, from_moment timestamptz, until_moment timestamptz) returns table (id uuid, visit uuid, during tstzrange) language plpgsql stable security definer set search_path = app, pg_temp rows 1000 as $$
declare here uuid := app.practice_of_calendars();
begin
  return query select x.room_id, x.visit_id, x.during
    from unnest(rooms) one (room) join app.visit_room x on x.practice_id = here and x.room_id = one.room and x.active and x.during && tstzrange(from_moment, until_moment)
    where not x.visit_id = any(array(select v.visit_id from app.visit v where v.practice_id = here and v.state = 'held' and v.held_until <= at_moment));
end $$;
revoke execute on function app.taken_people(uuid[], timestamptz, timestamptz, timestamptz), app.taken_rooms(uuid[], timestamptz, timestamptz, timestamptz) from public;
grant execute on function app.taken_people(uuid[], timestamptz, timestamptz, timestamptz), app.taken_rooms(uuid[], timestamptz, timestamptz, timestamptz) to openkap_app;
