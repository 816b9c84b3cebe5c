-- Sign-in. Credentials, sessions and links are reached through these functions alone.
--
-- Each that could let somebody in asks for the server's key, which lives in the running server and not in the
-- database (only its digest does): SQL smuggled into a query cannot mint itself a session.
-- Reversible: yes.

create table app.server_key (
  key_sha256 bytea primary key,
  made_at    timestamptz not null default now()
);
select app.describe('server_key', '{"key_sha256":"credential: digest of a server''s key", "made_at":"operational: when that server started"}');
alter table app.server_key enable row level security;
alter table app.server_key force row level security;
create policy owner_keeps on app.server_key to openkap_owner using (true) with check (true);

create function app.require_key(key text) returns void language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  if not exists (select 1 from app.server_key where key_sha256 = sha256(convert_to(key, 'UTF8'))) then
    raise exception 'this needs the server''s key' using errcode = 'insufficient_privilege';
  end if;
end $$;

create function app.practices(key text) returns setof app.practice language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  return query select * from app.practice order by name;
end $$;

create function app.begin_practice(key text, practice uuid, name text, zone text, sample boolean, owner uuid, given_name text, family_name text, email text) returns void
language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  perform pg_advisory_xact_lock(7202);
  if not sample and exists (select 1 from app.practice) then
    raise exception 'a practice exists already' using errcode = 'unique_violation';
  end if;
  insert into app.practice (practice_id, name, zone, sample) values (practice, name, zone, sample);
  insert into app.person (practice_id, person_id, given_name, family_name, email) values (practice, owner, given_name, family_name, email);
  insert into app.membership (practice_id, person_id, role) values (practice, owner, 'owner');
end $$;

create function app.credential_by_email(key text, address text) returns table (practice_id uuid, person_id uuid, password_hash text, totp_secret text, totp_confirmed boolean, totp_last_step bigint, locked_until timestamptz, active boolean, roles text[])
language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  return query select c.practice_id, c.person_id, c.password_hash, c.totp_secret, c.totp_confirmed, c.totp_last_step, c.locked_until, p.active,
      array(select m.role from app.membership m where m.practice_id = c.practice_id and m.person_id = c.person_id)
    from app.credential c join app.person p using (practice_id, person_id) where lower(c.email) = lower(address);
end $$;

create function app.credential_of(key text, practice uuid, person uuid) returns app.credential language plpgsql stable security definer set search_path = app, pg_temp as $$
declare found_row app.credential;
begin
  perform app.require_key(key);
  select * into found_row from app.credential c where c.practice_id = practice and c.person_id = person;
  return found_row;
end $$;

create function app.keep_credential(key text, practice uuid, person uuid, address text, fields jsonb) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  insert into app.credential as c (practice_id, person_id, email, password_hash, totp_secret, totp_confirmed, pin_hash)
  values (practice, person, address, fields->>'passwordHash', fields->>'totpSecret', coalesce((fields->>'totpConfirmed')::boolean, false), fields->>'pinHash')
  on conflict (practice_id, person_id) do update set
    email = coalesce(excluded.email, c.email),
    password_hash = coalesce(excluded.password_hash, c.password_hash),
    totp_secret = coalesce(excluded.totp_secret, c.totp_secret),
    -- A new secret has used none of its time steps yet.
    totp_last_step = case when fields ? 'totpSecret' then 0 else c.totp_last_step end,
    totp_confirmed = case when fields ? 'totpConfirmed' then excluded.totp_confirmed else c.totp_confirmed end,
    pin_hash = coalesce(excluded.pin_hash, c.pin_hash),
    pin_failures = case when fields ? 'pinHash' then 0 else c.pin_failures end;
end $$;

-- Five tries, then the door stays closed for two minutes, and longer each time after that. A try is counted before it is
-- judged ('begun': answers whether it may be), so that fifty at once are still five. 'right' gives the try back;
-- only 'passed', a whole sign-in or signature, forgets the wrong ones: a right password does not buy more codes.
create function app.count_attempt(key text, practice uuid, person uuid, stage text) returns boolean language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  if stage = 'begun' then
    update app.credential c set failures = c.failures + 1,
      locked_until = case when c.failures + 1 >= 5 then now() + make_interval(mins => least(60, power(2, c.failures - 3)::integer)) end
     where c.practice_id = practice and c.person_id = person and (c.locked_until is null or c.locked_until <= now());
  elsif stage = 'right' then
    update app.credential c set failures = greatest(c.failures - 1, 0), locked_until = null where c.practice_id = practice and c.person_id = person;
  else
    update app.credential c set failures = 0, locked_until = null where c.practice_id = practice and c.person_id = person;
  end if;
  return found;
end $$;

-- Takes a time step for a one-time code, once: a code that was seen does not work a second time.
create function app.take_totp_step(key text, practice uuid, person uuid, step bigint) returns boolean language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  update app.credential c set totp_last_step = step, totp_confirmed = true where c.practice_id = practice and c.person_id = person and c.totp_last_step < step;
  return found;
end $$;

create function app.count_pin(key text, practice uuid, person uuid, passed boolean) returns integer language plpgsql security definer set search_path = app, pg_temp as $$
declare failed integer;
begin
  perform app.require_key(key);
  update app.credential c set pin_failures = case when passed then 0 else c.pin_failures + 1 end where c.practice_id = practice and c.person_id = person returning c.pin_failures into failed;
  return failed;
end $$;

create function app.mint_session(key text, practice uuid, person uuid, for_purpose text, about uuid, on_device uuid, token text, valid_minutes integer, idle integer) returns uuid
language plpgsql security definer set search_path = app, pg_temp as $$
declare made uuid := gen_random_uuid();
begin
  perform app.require_key(key);
  insert into app.sign_in_session (practice_id, session_id, token_sha256, person_id, purpose, subject, device, expires_at, idle_minutes)
  values (practice, made, sha256(convert_to(token, 'UTF8')), person, for_purpose, about, on_device, now() + make_interval(mins => valid_minutes), idle);
  return made;
end $$;

-- Whoever holds the token may look at its own session, keep it awake, and end it.
create function app.touch(token text) returns boolean language plpgsql security definer set search_path = app, pg_temp as $$
begin
  update app.sign_in_session s set last_seen_at = now()
   where s.token_sha256 = sha256(convert_to(token, 'UTF8')) and app.awake(s) and s.last_seen_at < now() - interval '20 seconds';
  return found;
end $$;
-- Whether a token still lets somebody in: revoked, expired and idle ones do not.
create function app.is_live(token text) returns boolean language sql stable security definer set search_path = app, pg_temp as $$
  select exists (select 1 from app.sign_in_session s where s.token_sha256 = sha256(convert_to(token, 'UTF8')) and app.awake(s)) $$;
-- A person's session stays as a record of when it ended; a narrow one leaves nothing.
create function app.end_session(token text) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  delete from app.sign_in_session s where s.token_sha256 = sha256(convert_to(token, 'UTF8')) and s.purpose in ('job', 'inquiry');
  if not found then update app.sign_in_session s set revoked_at = now() where s.token_sha256 = sha256(convert_to(token, 'UTF8')) and s.revoked_at is null; end if;
end $$;
create function app.hold_session_open(token text, minutes integer) returns void language sql security definer set search_path = app, pg_temp as $$
  update app.sign_in_session set in_session_until = now() + make_interval(mins => least(minutes, 600)), expires_at = greatest(expires_at, now() + make_interval(mins => least(minutes, 600)))
   where token_sha256 = sha256(convert_to(token, 'UTF8')) and revoked_at is null and purpose = 'person' $$;

create function app.sessions_of(key text, practice uuid, person uuid) returns table (session_id uuid, device uuid, created_at timestamptz, last_seen_at timestamptz) language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  return query select s.session_id, s.device, s.created_at, s.last_seen_at from app.sign_in_session s
    where s.practice_id = practice and s.person_id = person and s.purpose = 'person' and s.revoked_at is null and s.expires_at > now() order by s.last_seen_at desc;
end $$;
create function app.revoke_sessions(key text, practice uuid, person uuid, only_session uuid) returns integer language plpgsql security definer set search_path = app, pg_temp as $$
declare ended integer;
begin
  perform app.require_key(key);
  update app.sign_in_session s set revoked_at = now() where s.practice_id = practice and s.person_id = person and s.revoked_at is null and (only_session is null or s.session_id = only_session);
  get diagnostics ended = row_count;
  return ended;
end $$;

create function app.make_link(key text, practice uuid, person uuid, for_purpose text, token text, valid_minutes integer) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  insert into app.sign_in_link (practice_id, link_id, token_sha256, person_id, purpose, expires_at)
  values (practice, gen_random_uuid(), sha256(convert_to(token, 'UTF8')), person, for_purpose, now() + make_interval(mins => valid_minutes));
end $$;
create function app.redeem_link(key text, token text, for_purpose text) returns table (practice_id uuid, person_id uuid) language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  return query update app.sign_in_link l set used_at = now()
    where l.token_sha256 = sha256(convert_to(token, 'UTF8')) and l.purpose = for_purpose and l.used_at is null and l.expires_at > now()
    returning l.practice_id, l.person_id;
end $$;

revoke execute on all functions in schema app from public;
grant execute on all functions in schema app to openkap_app;
revoke execute on function app.describe(text, jsonb) from openkap_app;
