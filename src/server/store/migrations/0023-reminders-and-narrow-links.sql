-- Reminders of visits, each sent once for the hour at which its visit stands, and links that let somebody do one narrow
-- thing without signing in: answer a check before a visit, or say that they bring somebody home. Such a link is found by
-- functions that ask for the server's key alone; it holds as long as its visit stands where it stood, is used once, and
-- opens nothing else. What the adult at the other end says is written by the server, in nobody's name.
-- Reversible: two tables, two columns and functions; no entry is touched. `append_found` is undone by 0012's own text.
create table app.narrow_link (
  practice_id  uuid not null,
  link_id      uuid not null,
  token_sha256 bytea not null unique,
  purpose      text not null check (purpose in ('day-before', 'morning', 'ride')),
  chart_id     uuid not null,
  visit_id     uuid not null,
  -- When the visit began by the calendar as the link was made: a visit that has moved ends it.
  starts_at    timestamptz not null,
  person_id    uuid,
  named        uuid,
  made_at      timestamptz not null,
  expires_at   timestamptz not null check (expires_at > made_at),
  ended_at     timestamptz,
  primary key (practice_id, link_id),
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, visit_id) references app.visit,
  foreign key (practice_id, person_id) references app.person,
  -- The adult who brings somebody home is nobody here; everybody else is a person.
  check ((purpose = 'ride') = (person_id is null) and (purpose = 'ride') = (named is not null))
);
create index narrow_link_visit on app.narrow_link (practice_id, visit_id) where ended_at is null;
select app.describe('narrow_link', '{"practice_id":"operational: the practice", "link_id":"operational: the link", "token_sha256":"credential: digest of the token in the message", "purpose":"operational: the one thing it is for", "chart_id":"operational: about which chart", "visit_id":"operational: about which visit", "starts_at":"operational: when that visit began as it was made, UTC", "person_id":"operational: who may answer, where they are a person here", "named":"operational: the entry that named the adult it went to", "made_at":"operational: when it was made, UTC", "expires_at":"operational: until when it works, UTC", "ended_at":"operational: when it was used or ended, UTC"}');
alter table app.narrow_link enable row level security;
alter table app.narrow_link force row level security;
create policy one_practice on app.narrow_link as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy owner_keeps on app.narrow_link to openkap_owner using (true) with check (true);

-- One way to say that a link still holds: not used, not too old, and its visit booked at the hour it was made for.
create function app.holds(l app.narrow_link, said_at timestamptz) returns boolean language sql stable security definer set search_path = app, pg_temp as $$
  select l.ended_at is null and said_at < l.expires_at
     and exists (select 1 from app.visit v join app.visit_patient x using (practice_id, visit_id)
                  where v.practice_id = l.practice_id and v.visit_id = l.visit_id and v.state = 'booked' and lower(v.during) = l.starts_at and x.chart_id = l.chart_id and x.active)
     and exists (select 1 from app.chart c where c.practice_id = l.practice_id and c.chart_id = l.chart_id and c.deceased_on is null)
     and (l.person_id is null or exists (select 1 from app.person p join app.chart c on c.practice_id = p.practice_id and c.patient_id = p.person_id
                                          where p.practice_id = l.practice_id and p.person_id = l.person_id and p.active and c.chart_id = l.chart_id)) $$;

-- A new link for the same thing ends the one before it.
create function app.make_narrow_link(key text, practice uuid, for_purpose text, chart uuid, visit uuid, starts timestamptz, person uuid, escort uuid, token text, said_at timestamptz, ends timestamptz) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  update app.narrow_link l set ended_at = said_at where l.practice_id = practice and l.visit_id = visit and l.chart_id = chart and l.purpose = for_purpose and l.ended_at is null;
  insert into app.narrow_link (practice_id, link_id, token_sha256, purpose, chart_id, visit_id, starts_at, person_id, named, made_at, expires_at)
  values (practice, gen_random_uuid(), sha256(convert_to(token, 'UTF8')), for_purpose, chart, visit, starts, person, escort, said_at, ends);
end $$;

-- What a link that holds is about; nothing for one that is unknown, used, too old, or whose visit has moved.
create function app.narrow_link(key text, token text, said_at timestamptz) returns setof app.narrow_link language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  return query select l.* from app.narrow_link l where l.token_sha256 = sha256(convert_to(token, 'UTF8')) and app.holds(l, said_at);
end $$;

-- Uses a link, once: whoever comes second finds that it has ended.
create function app.use_narrow_link(key text, practice uuid, link uuid, said_at timestamptz) returns boolean language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  update app.narrow_link l set ended_at = said_at where l.practice_id = practice and l.link_id = link and app.holds(l, said_at);
  return found;
end $$;

-- Lets in the person whose link holds, for the one act that follows, with a token that never leaves the server.
create function app.enter_by_link(key text, link_token text, token text, said_at timestamptz) returns boolean language plpgsql security definer set search_path = app, pg_temp as $$
declare held app.narrow_link;
begin
  perform app.require_key(key);
  select * into held from app.narrow_link l where l.token_sha256 = sha256(convert_to(link_token, 'UTF8')) and l.person_id is not null and app.holds(l, said_at);
  if held.link_id is null then return false; end if;
  perform app.mint_session(key, held.practice_id, held.person_id, 'person', null, gen_random_uuid(), token, 1, 1);
  return true;
end $$;
revoke execute on function app.holds(app.narrow_link, timestamptz), app.make_narrow_link(text, uuid, text, uuid, uuid, timestamptz, uuid, uuid, text, timestamptz, timestamptz), app.narrow_link(text, text, timestamptz), app.use_narrow_link(text, uuid, uuid, timestamptz), app.enter_by_link(text, text, text, timestamptz) from public;
grant execute on function app.make_narrow_link(text, uuid, text, uuid, uuid, timestamptz, uuid, uuid, text, timestamptz, timestamptz), app.narrow_link(text, text, timestamptz), app.use_narrow_link(text, uuid, uuid, timestamptz), app.enter_by_link(text, text, text, timestamptz) to openkap_app;

-- How somebody wants to be reminded; nothing where they have not said.
alter table app.person add column reminded_by text check (reminded_by in ('mail', 'text', 'none'));
select app.describe('person', '{"reminded_by":"contact: by mail, by text message, or not at all"}');
grant update (reminded_by) on app.person to openkap_app;

-- Text messages wait in the outbox as mail does.
alter table app.mail add column channel text not null default 'mail' check (channel in ('mail', 'text'));
select app.describe('mail', '{"channel":"operational: mail or text message"}');

-- What was sent, or could not be: once for each step of a visit at one hour. A visit that has moved begins anew.
create table app.reminder (
  practice_id uuid not null,
  visit_id    uuid not null,
  starts_at   timestamptz not null,
  step        text not null,
  chart_id    uuid not null,
  outcome     text not null check (outcome in ('sent', 'failed', 'unreachable', 'not-wanted', 'not-needed', 'told')),
  mail_id     uuid,
  made_at     text not null,
  primary key (practice_id, visit_id, chart_id, starts_at, step),
  foreign key (practice_id, visit_id) references app.visit,
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, mail_id) references app.mail
);
select app.describe('reminder', '{"practice_id":"operational: the practice", "visit_id":"operational: of which visit", "starts_at":"operational: the hour at which that visit stood, UTC", "step":"operational: which reminder", "chart_id":"operational: whose", "outcome":"operational: sent, or why not", "mail_id":"operational: the message in the outbox", "made_at":"operational: when, UTC"}');
alter table app.reminder enable row level security;
alter table app.reminder force row level security;
create policy one_practice on app.reminder as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy seen on app.reminder for select to openkap_app using (chart_id = any((select app.my_charts())::uuid[]) or (select app.desk()) or (select app.purpose()) = 'job');
create policy made on app.reminder for insert to openkap_app with check ((select app.purpose()) = 'job');
create policy judged on app.reminder for update to openkap_app using ((select app.purpose()) = 'job');
grant select, insert, update (outcome, mail_id) on app.reminder to openkap_app;

-- The audit names what was written by what it is.
create or replace function app.append_found(the_chart uuid, found_entry jsonb, judged_to integer, received_at text) returns jsonb language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); head app.stream; one app.entry; number integer; sealed text;
begin
  if session.purpose is distinct from 'job' or not exists (select 1 from app.entry_kind k where k.kind = found_entry->>'kind' and k.stream = 'chart' and k.through = 'act' and k.writers = '{}') then
    raise exception 'only the server writes this, and only what no role may write' using errcode = 'insufficient_privilege';
  end if;
  select * into head from app.stream s where s.practice_id = session.practice_id and s.stream_id = the_chart and s.type = 'chart' for update;
  if not found then raise exception 'there is no such chart' using errcode = 'foreign_key_violation'; end if;
  if found_entry->>'kind' = 'clearance-reopened.v1' and exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind = 'clearance.v1' and e.seq > judged_to) then return null; end if;
  if found_entry->>'kind' = 'alert-escalated.v1' and exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind = 'alert-escalated.v1' and e.seq > judged_to) then return null; end if;
  if found_entry->>'session' is not null and not exists (select 1 from app.session_claim c where c.practice_id = head.practice_id and c.session_id = (found_entry->>'session')::uuid and c.chart_id = head.chart_id) then
    raise exception 'there is no such session on this chart' using errcode = 'foreign_key_violation';
  end if;
  number := head.last_seq + 1;
  sealed := encode(sha256(convert_to(found_entry->>'p0' || '"' || head.last_digest || '"' || (found_entry->>'p1') || number || (found_entry->>'p2'), 'UTF8')), 'hex');
  one := row(head.practice_id, head.stream_id, number, (found_entry->>'id')::uuid, head.chart_id, found_entry->>'kind', found_entry->>'at', found_entry->>'writtenAt', received_at,
    '00000000-0000-0000-0000-000000000000'::uuid, '00000000-0000-0000-0000-000000000000'::uuid, (found_entry->>'session')::uuid, null, found_entry->'body', sealed);
  head.last_seq := number;
  head.last_digest := sealed;
  perform app.write_judged(array[one], array[head], array[row(head.practice_id, 0, received_at, null, session.session_id, case one.kind when 'alert-escalated.v1' then 'alert.escalated' when 'ride-answered.v1' then 'ride.answered' else 'clearance.reopened' end, 'done', head.chart_id, null, jsonb_build_object('kind', one.kind, 'lastSeq', number))::app.audit]);
  return jsonb_build_object('seq', number, 'digest', sealed);
end $$;
