-- Calendars of one's own: addresses that another calendar reads one's visits from, times at which somebody is busy
-- elsewhere, and invitations by mail.
--
-- A feed's address lets whoever holds it read when somebody works, so it is made and looked up only with the server's key,
-- and only its digest is kept. Of another calendar nothing is kept but when its owner is busy; its address is sealed.
-- A person's and a patient's part in a visit is numbered anew whenever it changes, in the transaction that changes it. Who is
-- invited, told of a move or told that a visit is off follows from these numbers and is worked out by a job, so that no
-- booking can be lost on the way and none is told twice.
-- Reversible: five tables, their functions, two triggers and columns; no visit changes its meaning.
create table app.calendar_feed (
  practice_id  uuid not null,
  feed_id      uuid not null,
  person_id    uuid not null,
  label        text not null check (length(label) between 1 and 80),
  token_sha256 bytea not null,
  made_at      text not null, last_read_at text, revoked_at text,
  primary key (practice_id, feed_id),
  foreign key (practice_id, person_id) references app.person
);
create index calendar_feed_token on app.calendar_feed (token_sha256);
select app.describe('calendar_feed', '{"practice_id":"operational: the practice", "feed_id":"operational: the address", "person_id":"operational: whose visits it shows", "label":"operational: what its owner calls it", "token_sha256":"credential: digest of the secret in the address", "made_at":"operational: when, UTC", "last_read_at":"operational: when something last read it, UTC", "revoked_at":"operational: since when it answers nobody, UTC"}');

create table app.outer_calendar (
  practice_id    uuid not null,
  calendar_id    uuid not null,
  person_id      uuid not null,
  label          text not null check (length(label) between 1 and 80),
  sealed_address text,
  added_at       text not null, read_at text, tried_at text, failing_since text, failure text,
  primary key (practice_id, calendar_id),
  unique (practice_id, calendar_id, person_id),
  foreign key (practice_id, person_id) references app.person
);
select app.describe('outer_calendar', '{"practice_id":"operational: the practice", "calendar_id":"operational: the calendar", "person_id":"operational: whose it is", "label":"operational: what its owner calls it", "sealed_address":"credential: where it is read from, sealed with the server''s secret; none for a file", "added_at":"operational: when, UTC", "read_at":"operational: when it was last read to its end, UTC", "tried_at":"operational: when it was last tried, UTC", "failing_since":"operational: since when it could not be read, UTC", "failure":"operational: why not, in words for its owner"}');

create table app.busy_time (
  practice_id uuid not null,
  calendar_id uuid not null,
  person_id   uuid not null,
  during      tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  primary key (practice_id, calendar_id, during),
  foreign key (practice_id, calendar_id, person_id) references app.outer_calendar (practice_id, calendar_id, person_id)
);
create index busy_time_during on app.busy_time using gist (practice_id, during);
select app.describe('busy_time', '{"practice_id":"operational: the practice", "calendar_id":"operational: the calendar it stands in", "person_id":"operational: who is busy", "during":"operational: when, UTC, and nothing else of it"}');

create table app.invitation_wish (
  practice_id uuid not null,
  person_id   uuid not null,
  since       timestamptz not null default now(),
  primary key (practice_id, person_id),
  foreign key (practice_id, person_id) references app.person
);
select app.describe('invitation_wish', '{"practice_id":"operational: the practice", "person_id":"operational: who wants invitations by mail", "since":"operational: from when on"}');

create table app.invitation (
  practice_id uuid not null,
  visit_id    uuid not null,
  person_id   uuid not null,
  sequence    integer not null,
  stands      boolean not null,
  told        text not null,
  told_at     text not null,
  primary key (practice_id, visit_id, person_id),
  foreign key (practice_id, visit_id) references app.visit,
  foreign key (practice_id, person_id) references app.person
);
select app.describe('invitation', '{"practice_id":"operational: the practice", "visit_id":"operational: the visit", "person_id":"operational: who was told", "sequence":"operational: up to which change", "stands":"operational: whether they were told that it stands, or that it is off", "told":"operational: the hours and the place they were told", "told_at":"operational: when, UTC"}');

alter table app.mail add column calendar text, add column calendar_method text check (calendar_method in ('REQUEST', 'CANCEL')), add constraint mail_calendar_with_method check ((calendar is null) = (calendar_method is null));
select app.describe('mail', '{"calendar":"operational: an invitation in iCalendar, without any health fact", "calendar_method":"operational: whether it invites or takes back"}');

alter table app.visit_person add column sequence integer not null default 0, add column changed_at timestamptz not null default now();
alter table app.visit_patient add column sequence integer not null default 0, add column changed_at timestamptz not null default now();
select app.describe('visit_person', '{"sequence":"operational: how often this part in the visit changed", "changed_at":"operational: when it last did"}');
select app.describe('visit_patient', '{"sequence":"operational: how often this part in the visit changed", "changed_at":"operational: when it last did"}');
create function app.number_change() returns trigger language plpgsql set search_path = app, pg_temp as $$
begin
  new.sequence := old.sequence + 1;
  new.changed_at := now();
  return new;
end $$;
create trigger changes_are_numbered before update on app.visit_person for each row execute function app.number_change();
create trigger changes_are_numbered before update on app.visit_patient for each row execute function app.number_change();

do $$
declare each_table text;
begin
  foreach each_table in array array['calendar_feed', 'outer_calendar', 'busy_time', 'invitation_wish', 'invitation'] loop
    execute format('alter table app.%I enable row level security', each_table);
    execute format('alter table app.%I force row level security', each_table);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', each_table);
  end loop;
end $$;

create policy owner_keeps on app.calendar_feed to openkap_owner using (true) with check (true);
create policy mine on app.calendar_feed for select to openkap_app using (person_id = (select app.me()));
create policy revoked on app.calendar_feed for update to openkap_app using (person_id = (select app.me()));
grant select (practice_id, feed_id, person_id, label, made_at, last_read_at, revoked_at), update (revoked_at) on app.calendar_feed to openkap_app;

create policy mine on app.outer_calendar for select to openkap_app using (person_id = (select app.me()) or (select app.purpose()) = 'job');
create policy added on app.outer_calendar for insert to openkap_app with check (person_id = (select app.me()) and (select app.staff()));
create policy kept on app.outer_calendar for update to openkap_app using (person_id = (select app.me()) or (select app.purpose()) = 'job');
create policy removed on app.outer_calendar for delete to openkap_app using (person_id = (select app.me()));
grant select, insert, delete, update (label, read_at, tried_at, failing_since, failure) on app.outer_calendar to openkap_app;

create policy seen on app.busy_time for select to openkap_app using ((select app.staff()) or (select app.purpose()) = 'job');
create policy kept on app.busy_time for insert to openkap_app with check (person_id = (select app.me()) or (select app.purpose()) = 'job');
create policy replaced on app.busy_time for delete to openkap_app using (person_id = (select app.me()) or (select app.purpose()) = 'job');
grant select, insert, delete on app.busy_time to openkap_app;

create policy mine on app.invitation_wish for select to openkap_app using (person_id = (select app.me()) or (select app.purpose()) = 'job');
create policy wished on app.invitation_wish for insert to openkap_app with check (person_id = (select app.me()));
create policy ended on app.invitation_wish for delete to openkap_app using (person_id = (select app.me()));
grant select, insert (practice_id, person_id), delete on app.invitation_wish to openkap_app;

create policy told on app.invitation to openkap_app using ((select app.purpose()) = 'job') with check ((select app.purpose()) = 'job');
grant select, insert, update (sequence, stands, told, told_at) on app.invitation to openkap_app;

-- What a feed shows is read by the function below, which runs as the owner; force makes even the owner need a policy.
create policy owner_keeps on app.visit to openkap_owner using (true) with check (true);
create policy owner_keeps on app.visit_person to openkap_owner using (true) with check (true);
create policy owner_keeps on app.visit_patient to openkap_owner using (true) with check (true);
create policy owner_keeps on app.visit_room to openkap_owner using (true) with check (true);
create policy owner_reads on app.room for select to openkap_owner using (true);

-- A new address of whoever is signed in with this transaction's token; 'full' when so many of theirs answer already.
create function app.make_feed(key text, feed uuid, label text, token text, at text, most integer) returns text language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  perform app.require_key(key);
  if session.purpose is distinct from 'person' then raise exception 'an address is made by somebody who is signed in' using errcode = 'insufficient_privilege'; end if;
  perform from app.person p where p.practice_id = session.practice_id and p.person_id = session.person_id for update;
  if (select count(*) from app.calendar_feed f where f.practice_id = session.practice_id and f.person_id = session.person_id and f.revoked_at is null) >= most then return 'full'; end if;
  insert into app.calendar_feed (practice_id, feed_id, person_id, label, token_sha256, made_at)
  values (session.practice_id, feed, session.person_id, make_feed.label, sha256(convert_to(token, 'UTF8')), at);
  return 'made';
end $$;

-- What the holder of an address may read: when its person has visits, and no more of them than that. Nothing for an address
-- that is wrong, revoked, or of somebody who has left. The first reading of a day is in the audit.
create function app.read_feed(key text, token text, at text, since timestamptz) returns jsonb language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare held app.calendar_feed;
begin
  perform app.require_key(key);
  select f.* into held from app.calendar_feed f join app.person p on p.practice_id = f.practice_id and p.person_id = f.person_id
   where f.token_sha256 = sha256(convert_to(token, 'UTF8')) and f.revoked_at is null and p.active for update of f;
  if held.feed_id is null then return null; end if;
  if held.last_read_at is null or left(held.last_read_at, 10) < left(at, 10) then
    insert into app.audit (practice_id, at, person_id, sign_in, action, outcome, chart_id, subject, detail)
    values (held.practice_id, at, held.person_id, null, 'calendar-feed.read', 'done', null, held.feed_id::text, '{}');
  end if;
  update app.calendar_feed f set last_read_at = at where f.practice_id = held.practice_id and f.feed_id = held.feed_id;
  return (select jsonb_build_object('person', held.person_id, 'places', coalesce((p.settings->>'calendarPlaces') = 'on', false),
      'visits', coalesce((select jsonb_agg(jsonb_build_object('visit', v.visit_id, 'held', v.state = 'held', 'onCall', mine.lane > 0, 'sequence', mine.sequence,
          'startsAt', to_char(lower(mine.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'endsAt', to_char(upper(mine.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'changedAt', to_char(mine.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'room', case when mine.works then (select r.name from app.visit_room x join app.room r on r.practice_id = x.practice_id and r.room_id = x.room_id where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active limit 1) end) order by lower(mine.during), v.visit_id)
        from app.visit v join (
          -- Somebody on call is so for as long as the room is held; what others keep free around a visit is not part of it.
          select x.visit_id, x.lane, x.sequence, x.changed_at, case when x.lane > 0 then x.during else w.during end as during, true as works from app.visit_person x join app.visit w on w.practice_id = x.practice_id and w.visit_id = x.visit_id where x.practice_id = held.practice_id and x.person_id = held.person_id and x.active
          union all
          -- What is only held is the desk's affair until it is booked.
          select x.visit_id, 0, x.sequence, x.changed_at, x.during, false from app.visit_patient x join app.chart c on c.practice_id = x.practice_id and c.chart_id = x.chart_id join app.visit w on w.practice_id = x.practice_id and w.visit_id = x.visit_id and w.state = 'booked'
           where x.practice_id = held.practice_id and c.patient_id = held.person_id and x.active
        ) mine on mine.visit_id = v.visit_id
        where v.practice_id = held.practice_id and (v.state = 'booked' or (v.state = 'held' and v.held_until > at::timestamptz)) and upper(mine.during) > since), '[]'))
    from app.practice p where p.practice_id = held.practice_id);
end $$;

revoke execute on function app.make_feed(text, uuid, text, text, text, integer), app.read_feed(text, text, text, timestamptz), app.number_change() from public;
grant execute on function app.make_feed(text, uuid, text, text, text, integer), app.read_feed(text, text, text, timestamptz) to openkap_app;
