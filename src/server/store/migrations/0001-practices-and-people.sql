-- Practices, the people in them, what they may be, and how they sign in.
--
-- Every table's key starts with the practice. Row-level security reads the practice from a session token that
-- is looked up inside the database (`app.ctx`), so that a setting anyone can change never decides what is seen.
-- Reversible: yes, while empty.

create extension if not exists btree_gist;

-- Gives every column its comment: "privacy class: what it holds".
-- Classes: identity, contact, clinical, psychotherapy, credential, money, operational, public.
create function app.describe(described text, columns jsonb) returns void language plpgsql set search_path = app, pg_temp as $$
declare entry record;
begin
  for entry in select key, value #>> '{}' as says from jsonb_each(columns) loop
    execute format('comment on column app.%I.%I is %L', described, entry.key, entry.says);
  end loop;
end $$;

create table app.practice (
  practice_id uuid primary key,
  name        text not null check (length(name) between 1 and 200),
  zone        text not null,
  sample      boolean not null default false,
  settings    jsonb not null default '{}'
);
select app.describe('practice', '{"practice_id":"operational: the practice", "name":"public: its name", "zone":"public: IANA time zone in which it books", "sample":"operational: whether everybody in it is invented", "settings":"operational: address, phone, numbers printed on bills, protocols offered"}');

create table app.person (
  practice_id uuid not null references app.practice,
  person_id   uuid not null,
  given_name  text not null, family_name text not null,
  email       text, phone text,
  active      boolean not null default true,
  primary key (practice_id, person_id)
);
select app.describe('person', '{"practice_id":"operational: the practice", "person_id":"operational: the person", "given_name":"identity: given name", "family_name":"identity: family name", "email":"contact: address for mail and sign-in", "phone":"contact: telephone", "active":"operational: whether the person may still sign in"}');

create table app.membership (
  practice_id uuid not null,
  person_id   uuid not null,
  role        text not null check (role in ('patient', 'therapist', 'prescriber', 'monitor', 'coordinator', 'owner', 'medical-director')),
  primary key (practice_id, person_id, role),
  foreign key (practice_id, person_id) references app.person
);
select app.describe('membership', '{"practice_id":"operational: the practice", "person_id":"operational: the person", "role":"operational: what the person is here"}');

create table app.staff_profile (
  practice_id uuid not null,
  person_id   uuid not null,
  credentials text not null default '', npi text, licence text, licensed_nurse boolean not null default false,
  conditions  text[] not null default '{}', modalities text[] not null default '{}', languages text[] not null default '{}',
  online      boolean not null default false, in_person boolean not null default true,
  accepting   boolean not null default true, about text not null default '',
  weekly      jsonb not null default '[]', exceptions jsonb not null default '[]', capacity integer not null default 12 check (capacity >= 0),
  primary key (practice_id, person_id),
  foreign key (practice_id, person_id) references app.person
);
select app.describe('staff_profile', '{"practice_id":"operational: the practice", "person_id":"operational: the person", "credentials":"public: letters after the name", "npi":"public: national provider identifier", "licence":"public: licence and state", "licensed_nurse":"public: whether a monitor may act under standing orders", "conditions":"public: conditions treated", "modalities":"public: ways of working", "languages":"public: languages", "online":"public: works online", "in_person":"public: works in person", "accepting":"operational: takes new patients", "about":"public: a few words for patients", "weekly":"operational: weekly hours in local time", "exceptions":"operational: leave and extra hours", "capacity":"operational: how many patients in a course at once"}');

create table app.room (
  practice_id uuid not null references app.practice,
  room_id     uuid not null,
  name        text not null, features text[] not null default '{}', dosing boolean not null default false, active boolean not null default true,
  primary key (practice_id, room_id)
);
select app.describe('room', '{"practice_id":"operational: the practice", "room_id":"operational: the room", "name":"public: its name", "features":"operational: recliner, kit and so on", "dosing":"operational: whether a dose may be given here", "active":"operational: still in use"}');

create table app.fee (
  practice_id uuid not null references app.practice,
  fee_id      uuid not null,
  visit_type  text not null, code text not null default '', descriptor text not null default '', modifier text not null default '', place_of_service text not null default '11',
  units_per_visit integer not null default 1 check (units_per_visit > 0), charge_cents bigint not null check (charge_cents >= 0), demonstration boolean not null default false,
  primary key (practice_id, fee_id)
);
select app.describe('fee', '{"practice_id":"operational: the practice", "fee_id":"operational: the line", "visit_type":"money: which visit it is charged for", "code":"money: billing code, typed by the practice", "descriptor":"money: the practice''s own words", "modifier":"money: modifier", "place_of_service":"money: place of service", "units_per_visit":"money: units a visit", "charge_cents":"money: charge a unit in cents", "demonstration":"money: an invented line of the sample practice"}');

create table app.protocol_choice (
  practice_id uuid not null references app.practice,
  protocol    text not null,
  adopted_by  uuid not null, adopted_at text not null, edition text not null,
  primary key (practice_id, protocol),
  foreign key (practice_id, adopted_by) references app.person (practice_id, person_id)
);
select app.describe('protocol_choice', '{"practice_id":"operational: the practice", "protocol":"public: protocol row in use", "adopted_by":"operational: who adopted it", "adopted_at":"operational: when, UTC", "edition":"operational: edition of the rulebook adopted"}');

create table app.credential (
  practice_id   uuid not null,
  person_id     uuid not null,
  email         text not null,
  password_hash text, totp_secret text, totp_confirmed boolean not null default false, totp_last_step bigint not null default 0,
  pin_hash      text, pin_failures integer not null default 0,
  failures      integer not null default 0, locked_until timestamptz,
  primary key (practice_id, person_id),
  foreign key (practice_id, person_id) references app.person
);
create unique index credential_email on app.credential (lower(email));
select app.describe('credential', '{"practice_id":"operational: the practice", "person_id":"operational: the person", "email":"contact: address used to sign in", "password_hash":"credential: Argon2id hash", "totp_secret":"credential: one-time-code secret, encrypted with the server key", "totp_confirmed":"credential: whether a code was ever shown", "totp_last_step":"credential: last time step used, so that no code works twice", "pin_hash":"credential: Argon2id hash of the session-room PIN", "pin_failures":"credential: wrong PINs since the last right one", "failures":"credential: wrong attempts since the last right one", "locked_until":"credential: no attempt is looked at before"}');

create table app.sign_in_session (
  practice_id  uuid not null,
  session_id   uuid not null,
  token_sha256 bytea not null unique,
  person_id    uuid,
  purpose      text not null check (purpose in ('person', 'second-factor', 'inquiry', 'job', 'link')),
  subject      uuid,
  device       uuid not null,
  created_at   timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  idle_minutes integer not null default 15,
  -- While a medicine session runs on this device the idle limit waits until then.
  in_session_until timestamptz,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  primary key (practice_id, session_id)
);
select app.describe('sign_in_session', '{"practice_id":"operational: the practice", "session_id":"operational: the sign-in", "token_sha256":"credential: digest of the token the browser holds", "person_id":"operational: who signed in", "purpose":"operational: what it may be used for", "subject":"operational: the one thing a narrow session is about", "device":"operational: the device", "created_at":"operational: when it began", "last_seen_at":"operational: last act of the person", "idle_minutes":"operational: idle limit", "in_session_until":"operational: idle limit suspended until", "expires_at":"operational: absolute end", "revoked_at":"operational: when it was ended"}');

create table app.sign_in_link (
  practice_id  uuid not null,
  link_id      uuid not null,
  token_sha256 bytea not null unique,
  person_id    uuid not null,
  purpose      text not null check (purpose in ('sign-in', 'set-password')),
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  used_at      timestamptz,
  primary key (practice_id, link_id)
);
select app.describe('sign_in_link', '{"practice_id":"operational: the practice", "link_id":"operational: the link", "token_sha256":"credential: digest of the token in the mail", "person_id":"operational: whom it lets in", "purpose":"operational: what it is for", "created_at":"operational: when it was made", "expires_at":"operational: until when it works", "used_at":"operational: when it was used, once"}');

-- Whether a session still lets somebody in: not ended, not past its end, and not idle, unless a medicine session runs.
create function app.awake(s app.sign_in_session) returns boolean language sql stable as $$
  select s.revoked_at is null and s.expires_at > now() and (s.last_seen_at > now() - make_interval(mins => s.idle_minutes) or s.in_session_until > now()) $$;

-- Who is asking: the live session behind the token of this transaction, or a row of nulls. In PL/pgSQL, which keeps
-- its plans from call to call: policies ask this several times a statement.
create function app.ctx() returns app.sign_in_session language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session;
begin
  select * into session from app.sign_in_session s
   where s.token_sha256 = sha256(convert_to(current_setting('app.token', true), 'UTF8')) and app.awake(s);
  return session;
end $$;
-- Somebody half-way through signing in is of no practice yet, is nobody, and has no role.
create function app.practice() returns uuid language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return case when session.purpose <> 'second-factor' then session.practice_id end;
end $$;
create function app.me() returns uuid language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return case when session.purpose = 'person' then session.person_id end;
end $$;
create function app.purpose() returns text language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  return (app.ctx()).purpose;
end $$;
create function app.has_role(wanted text[]) returns boolean language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return session.purpose = 'person' and exists (select 1 from app.membership m where m.practice_id = session.practice_id and m.person_id = session.person_id and m.role = any(wanted));
end $$;
