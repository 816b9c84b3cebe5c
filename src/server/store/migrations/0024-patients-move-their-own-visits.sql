-- A patient may move or cancel a visit of their own, as far as the practice lets them: the same rows that staff change, and
-- only those of a visit that is theirs alone. Where it may go is judged by the program; that nobody and no room stands in
-- two places is kept by the exclusion constraints as before.
-- A held visit whose end has passed is put away by whoever takes a place next. A patient sees nobody else's holds, so this
-- is one function for everybody; it does nothing but what each of them did before.
-- Adds policies and two functions and changes no row; undone by dropping them.

create function app.own_visits() returns uuid[] language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare own uuid[] := app.own_charts();
begin
  return coalesce((select array_agg(x.visit_id) from app.visit_patient x where x.practice_id = app.practice() and x.chart_id = any(own)
    and not exists (select from app.visit_patient o where o.practice_id = x.practice_id and o.visit_id = x.visit_id and o.chart_id <> x.chart_id)), '{}');
end $$;

create policy own_moved on app.visit for update to openkap_app using (visit_id = any((select app.own_visits())::uuid[]));
create policy own_moved on app.visit_patient for update to openkap_app using (visit_id = any((select app.own_visits())::uuid[]));
create policy own_taken on app.visit_patient for insert to openkap_app with check (visit_id = any((select app.own_visits())::uuid[]) and chart_id = any((select app.own_charts())::uuid[]));
create policy own_moved on app.visit_person for update to openkap_app using (visit_id = any((select app.own_visits())::uuid[]));
create policy own_taken on app.visit_person for insert to openkap_app with check (visit_id = any((select app.own_visits())::uuid[]));
create policy own_moved on app.visit_room for update to openkap_app using (visit_id = any((select app.own_visits())::uuid[]));
create policy own_taken on app.visit_room for insert to openkap_app with check (visit_id = any((select app.own_visits())::uuid[]));

-- Two at once wait for each other, in one order.
create function app.put_away_lapsed(at_moment timestamptz) returns void language plpgsql security definer set search_path = app, pg_temp as $$
declare gone uuid[];
begin
  with lapsed as (select visit_id from app.visit where practice_id = app.practice() and state = 'held' and held_until <= at_moment order by visit_id for update),
    put as (update app.visit v set state = 'cancelled' from lapsed where v.practice_id = app.practice() and v.visit_id = lapsed.visit_id returning v.visit_id)
  select array_agg(visit_id) into gone from put;
  update app.visit_patient set active = false where practice_id = app.practice() and visit_id = any(gone) and active;
  update app.visit_person set active = false where practice_id = app.practice() and visit_id = any(gone) and active;
  update app.visit_room set active = false where practice_id = app.practice() and visit_id = any(gone) and active;
end $$;
revoke execute on function app.own_visits(), app.put_away_lapsed(timestamptz) from public;
grant execute on function app.own_visits(), app.put_away_lapsed(timestamptz) to openkap_app;
