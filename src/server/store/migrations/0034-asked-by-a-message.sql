-- Questionnaires are asked for by a message with a link that opens them and nothing else: it works until everything is
-- answered or closed, and on any device. What was answered and not sent yet lies apart from the chart, for the server
-- alone: nobody who works here reads what somebody has not sent. What was sent, and what nobody answered in its time, is
-- written down once for each questionnaire and each time it is asked.
-- Reversible: three tables, and two columns that may be empty; no entry is touched. The functions are undone by 0023's own text.
alter table app.narrow_link alter column visit_id drop not null, alter column starts_at drop not null;
alter table app.narrow_link drop constraint narrow_link_purpose_check;
alter table app.narrow_link
  add constraint narrow_link_purpose_check check (purpose in ('day-before', 'morning', 'ride', 'moved', 'where', 'offered', 'questions')),
  add constraint narrow_link_about check ((purpose = 'questions') = (visit_id is null) and (purpose = 'questions') = (starts_at is null));
create index narrow_link_questions on app.narrow_link (practice_id, chart_id) where ended_at is null and visit_id is null;

-- A link to questions holds as long as it is not too old; one about a visit as long as that stands where it stood.
create or replace function app.holds(l app.narrow_link, said_at timestamptz) returns boolean language sql stable security definer set search_path = app, pg_temp as $$
  select l.ended_at is null and said_at < l.expires_at
     and (l.visit_id is null or exists (select 1 from app.visit v join app.visit_patient x using (practice_id, visit_id)
                  where v.practice_id = l.practice_id and v.visit_id = l.visit_id and v.state = 'booked' and lower(v.during) = l.starts_at and x.chart_id = l.chart_id and x.active))
     and exists (select 1 from app.chart c where c.practice_id = l.practice_id and c.chart_id = l.chart_id and c.deceased_on is null)
     and (l.person_id is null or exists (select 1 from app.person p join app.chart c on c.practice_id = p.practice_id and c.patient_id = p.person_id
                                          where p.practice_id = l.practice_id and p.person_id = l.person_id and p.active and c.chart_id = l.chart_id)) $$;

-- A new link for the same thing ends the one before it.
create or replace function app.make_narrow_link(key text, practice uuid, for_purpose text, chart uuid, visit uuid, starts timestamptz, person uuid, escort uuid, token text, said_at timestamptz, ends timestamptz) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  update app.narrow_link l set ended_at = said_at where l.practice_id = practice and l.visit_id is not distinct from visit and l.chart_id = chart and l.purpose = for_purpose and l.ended_at is null;
  insert into app.narrow_link (practice_id, link_id, token_sha256, purpose, chart_id, visit_id, starts_at, person_id, named, made_at, expires_at)
  values (practice, gen_random_uuid(), sha256(convert_to(token, 'UTF8')), for_purpose, chart, visit, starts, person, escort, said_at, ends);
end $$;

create table app.begun_answer (
  practice_id uuid not null,
  chart_id    uuid not null,
  instrument  text not null,
  version     text not null,
  given       jsonb not null check (jsonb_typeof(given) = 'object'),
  begun_at    text not null,
  changed_at  text not null,
  -- The entry that stands on the chart already, because an answer could not wait.
  told_entry  uuid,
  primary key (practice_id, chart_id, instrument),
  foreign key (practice_id, chart_id) references app.chart
);
select app.describe('begun_answer', '{"practice_id":"operational: the practice", "chart_id":"operational: whose", "instrument":"operational: which questionnaire", "version":"operational: in which version", "given":"clinical: what was answered so far and not sent yet", "begun_at":"operational: when the first answer was given, UTC", "changed_at":"operational: when the newest was, UTC", "told_entry":"operational: the entry that stands on the chart already, because an answer could not wait"}');
alter table app.begun_answer enable row level security;
alter table app.begun_answer force row level security;
create policy one_practice on app.begun_answer as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy server_alone on app.begun_answer to openkap_app using ((select app.purpose()) = 'job') with check ((select app.purpose()) = 'job');
grant select, insert, update, delete on app.begun_answer to openkap_app;

create table app.asking (
  practice_id uuid not null,
  chart_id    uuid not null,
  ask         text not null,
  step        text not null,
  outcome     text not null check (outcome in ('seen', 'sent', 'unreachable', 'not-wanted', 'told')),
  mail_id     uuid,
  made_at     text not null,
  primary key (practice_id, chart_id, ask, step),
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, mail_id) references app.mail
);
select app.describe('asking', '{"practice_id":"operational: the practice", "chart_id":"operational: whose", "ask":"operational: which questionnaire, around what, and from which day on", "step":"operational: that it is open, which message, or that nobody answered", "outcome":"operational: what became of it", "mail_id":"operational: the message in the outbox", "made_at":"operational: when, UTC"}');
alter table app.asking enable row level security;
alter table app.asking force row level security;
create policy one_practice on app.asking as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy server_alone on app.asking to openkap_app using ((select app.purpose()) = 'job') with check ((select app.purpose()) = 'job');
grant select, insert on app.asking to openkap_app;

-- Up to which entry a chart was looked through for what is open, and when to look again without a new one.
create table app.asked_to (
  practice_id uuid not null,
  chart_id    uuid not null,
  up_to       integer not null,
  look_at     timestamptz,
  primary key (practice_id, chart_id),
  foreign key (practice_id, chart_id) references app.chart
);
select app.describe('asked_to', '{"practice_id":"operational: the practice", "chart_id":"operational: which chart", "up_to":"operational: the newest entry it was looked through with", "look_at":"operational: when to look again, UTC"}');
alter table app.asked_to enable row level security;
alter table app.asked_to force row level security;
create policy one_practice on app.asked_to as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy server_alone on app.asked_to to openkap_app using ((select app.purpose()) = 'job') with check ((select app.purpose()) = 'job');
grant select, insert, update on app.asked_to to openkap_app;

-- Whoever is told that an answer is missing is told that it came.
create policy job_ends_asking on app.notice for update to openkap_app using ((select app.purpose()) = 'job' and kind = 'unanswered-questions');
