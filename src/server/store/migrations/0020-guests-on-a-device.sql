-- Somebody who types their PIN once on another person's device, while the server is there to judge it, may sign there for
-- one medicine session, with or without the network. The device makes a pair of keys and keeps the half that signs, which
-- that PIN opens; the server keeps the other half, and takes an entry in that person's name only where it fits.
-- Reversible: one table, its functions and a trigger; no entry is touched. `revoke_sessions` is undone by 0005's own text.
create table app.device_guest (
  practice_id uuid not null,
  guest_id    uuid not null,
  chart_id    uuid not null,
  session_id  uuid not null,
  person_id   uuid not null,
  device      uuid not null,
  lent_by     uuid not null check (lent_by <> person_id),
  public_key  text not null check (public_key ~ '^[A-Za-z0-9+/]{87}=$'),
  made_at     text not null,
  until       text not null,
  ended_at    timestamptz,
  primary key (practice_id, guest_id),
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, person_id) references app.person,
  foreign key (practice_id, lent_by) references app.person (practice_id, person_id)
);
create index device_guest_person on app.device_guest (practice_id, person_id) where ended_at is null;
select app.describe('device_guest', '{"practice_id":"operational: the practice", "guest_id":"operational: the guest", "chart_id":"operational: the chart", "session_id":"clinical: the medicine session it is for", "person_id":"operational: who may sign there", "device":"operational: the device", "lent_by":"operational: whose device it is", "public_key":"credential: the half of a key that proves what the other half signed", "made_at":"operational: when, UTC", "until":"operational: until when they may sign there, UTC", "ended_at":"operational: when it was ended before"}');
alter table app.device_guest enable row level security;
alter table app.device_guest force row level security;
create policy one_practice on app.device_guest as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy owner_keeps on app.device_guest to openkap_owner using (true) with check (true);

-- A try of their PIN, in their own name: it is their PIN, on whosever device it was typed.
create function app.note_guest(key text, practice uuid, person uuid, said_at text, outcome text, chart uuid, on_device uuid) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  insert into app.audit (practice_id, at, person_id, sign_in, action, outcome, chart_id, subject, detail)
  values (practice, said_at, person, null, 'guest.pin', outcome, chart, on_device::text, '{}');
end $$;

-- A new guest of the device of whoever is signed in with this transaction's token. One who was there before makes room.
create function app.enrol_guest(key text, guest uuid, chart uuid, session uuid, person uuid, public_key text, said_at text, ends_at text) returns void language plpgsql security definer set search_path = app, pg_temp as $$
declare lender app.sign_in_session := app.ctx();
begin
  perform app.require_key(key);
  if lender.purpose is distinct from 'person' then raise exception 'a device is lent by somebody signed in on it' using errcode = 'insufficient_privilege'; end if;
  update app.device_guest g set ended_at = now() where g.practice_id = lender.practice_id and g.person_id = person and g.session_id = session and g.device = lender.device and g.ended_at is null;
  insert into app.device_guest (practice_id, guest_id, chart_id, session_id, person_id, device, lent_by, public_key, made_at, until)
  values (lender.practice_id, guest, chart, session, person, lender.device, lender.person_id, public_key, said_at, ends_at);
end $$;

create function app.guest(key text, practice uuid, guest uuid) returns setof app.device_guest language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  return query select * from app.device_guest g where g.practice_id = practice and g.guest_id = guest;
end $$;

-- Those who may still sign on the device of whoever asks.
create function app.guests_here(key text, session uuid) returns setof app.device_guest language plpgsql stable security definer set search_path = app, pg_temp as $$
declare lender app.sign_in_session := app.ctx();
begin
  perform app.require_key(key);
  return query select g.* from app.device_guest g join app.person p using (practice_id, person_id)
   where g.practice_id = lender.practice_id and g.lent_by = lender.person_id and g.device = lender.device and g.session_id = session and g.ended_at is null and p.active;
end $$;

create function app.end_guest(key text, guest uuid) returns boolean language plpgsql security definer set search_path = app, pg_temp as $$
declare lender app.sign_in_session := app.ctx();
begin
  perform app.require_key(key);
  update app.device_guest g set ended_at = now() where g.practice_id = lender.practice_id and g.guest_id = guest and g.lent_by = lender.person_id and g.ended_at is null;
  return found;
end $$;

-- Lets a guest in for the one act that the caller has proven to be theirs, with a token that never leaves the server, as
-- long as nothing has ended it: from here on all is judged as if they had sent it themselves.
create function app.enter_as_guest(key text, practice uuid, guest uuid, token text) returns boolean language plpgsql security definer set search_path = app, pg_temp as $$
declare held app.device_guest;
begin
  perform app.require_key(key);
  select * into held from app.device_guest g where g.practice_id = practice and g.guest_id = guest and g.ended_at is null for update;
  if held.guest_id is null or not exists (select 1 from app.person p where p.practice_id = held.practice_id and p.person_id = held.person_id and p.active) then return false; end if;
  perform app.mint_session(key, held.practice_id, held.person_id, 'person', null, held.device, token, 1, 1);
  return true;
end $$;

-- Whoever may sign in nowhere any more signs nowhere as a guest.
create or replace function app.revoke_sessions(key text, practice uuid, person uuid, only_session uuid) returns integer language plpgsql security definer set search_path = app, pg_temp as $$
declare ended integer;
begin
  perform app.require_key(key);
  if only_session is null then
    update app.device_guest g set ended_at = now() where g.practice_id = practice and g.person_id = person and g.ended_at is null;
  end if;
  update app.sign_in_session s set revoked_at = now() where s.practice_id = practice and s.person_id = person and s.revoked_at is null and (only_session is null or s.session_id = only_session);
  get diagnostics ended = row_count;
  return ended;
end $$;

-- A new PIN ends what the old one opens.
create function app.end_guests_of_old_pin() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
begin
  update app.device_guest g set ended_at = now() where g.practice_id = new.practice_id and g.person_id = new.person_id and g.ended_at is null;
  return new;
end $$;
create trigger a_new_pin_ends_guests after update of pin_hash on app.credential for each row when (old.pin_hash is distinct from new.pin_hash) execute function app.end_guests_of_old_pin();

revoke execute on function app.note_guest(text, uuid, uuid, text, text, uuid, uuid), app.enrol_guest(text, uuid, uuid, uuid, uuid, text, text, text), app.guest(text, uuid, uuid), app.guests_here(text, uuid), app.end_guest(text, uuid), app.enter_as_guest(text, uuid, uuid, text), app.end_guests_of_old_pin() from public;
grant execute on function app.note_guest(text, uuid, uuid, text, text, uuid, uuid), app.enrol_guest(text, uuid, uuid, uuid, uuid, text, text, text), app.guest(text, uuid, uuid), app.guests_here(text, uuid), app.end_guest(text, uuid), app.enter_as_guest(text, uuid, uuid, text) to openkap_app;
