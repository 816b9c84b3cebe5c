-- Whoever was let in on somebody else's device sees where, and takes that back from their own: until now only the lender could.
-- Two functions more; undone by dropping them.
create function app.own_guests(key text, at_moment text) returns table (guest uuid, lender text, made_at text, until text) language plpgsql stable security definer set search_path = app, pg_temp as $$
declare me app.sign_in_session := app.ctx();
begin
  perform app.require_key(key);
  return query select g.guest_id, trim(p.given_name || ' ' || p.family_name), g.made_at, g.until from app.device_guest g join app.person p on p.practice_id = g.practice_id and p.person_id = g.lent_by
   where g.practice_id = me.practice_id and g.person_id = me.person_id and g.ended_at is null and g.until > at_moment order by g.made_at, g.guest_id;
end $$;

create function app.end_own_guest(key text, guest uuid) returns boolean language plpgsql security definer set search_path = app, pg_temp as $$
declare me app.sign_in_session := app.ctx();
begin
  perform app.require_key(key);
  update app.device_guest g set ended_at = now() where g.practice_id = me.practice_id and g.guest_id = guest and g.person_id = me.person_id and g.ended_at is null;
  return found;
end $$;

revoke execute on function app.own_guests(text, text), app.end_own_guest(text, uuid) from public;
grant execute on function app.own_guests(text, text), app.end_own_guest(text, uuid) to openkap_app;
