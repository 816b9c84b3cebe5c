-- What must not be forgotten about somebody is told by name once: that nobody knows how they are, that a response is lost,
-- that an integration is overdue, that repeated doses ask for a look. Which of it was told, until when somebody acts, and
-- that it went on to whoever answers for the practice, is written down, so that two servers tell it once. Every chart is
-- looked through after each entry that can change it, and once every night without one.
-- Reversible: two tables and a policy; no entry is touched.
create table app.care_told (
  practice_id uuid not null,
  chart_id    uuid not null,
  task        text not null,
  says        text not null,
  told_at     text not null,
  passed_at   text,
  ended_at    text,
  primary key (practice_id, chart_id, task),
  foreign key (practice_id, chart_id) references app.chart
);
select app.describe('care_told', '{"practice_id":"operational: the practice", "chart_id":"clinical: about whom", "task":"clinical: which step of the course, and since when", "says":"clinical: what was told", "told_at":"operational: when, UTC", "passed_at":"operational: when it went on to whoever answers for the practice, UTC", "ended_at":"operational: when there was nothing left to do, UTC"}');
alter table app.care_told enable row level security;
alter table app.care_told force row level security;
create policy one_practice on app.care_told as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy server_alone on app.care_told to openkap_app using ((select app.purpose()) = 'job') with check ((select app.purpose()) = 'job');
grant select, insert, update on app.care_told to openkap_app;

-- Up to which entry a chart was looked through, and when to look again without a new one.
create table app.care_looked (
  practice_id uuid not null,
  chart_id    uuid not null,
  up_to       integer not null,
  look_at     timestamptz,
  primary key (practice_id, chart_id),
  foreign key (practice_id, chart_id) references app.chart
);
select app.describe('care_looked', '{"practice_id":"operational: the practice", "chart_id":"operational: which chart", "up_to":"operational: the newest entry it was looked through with", "look_at":"operational: when to look again, UTC"}');
alter table app.care_looked enable row level security;
alter table app.care_looked force row level security;
create policy one_practice on app.care_looked as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy server_alone on app.care_looked to openkap_app using ((select app.purpose()) = 'job') with check ((select app.purpose()) = 'job');
grant select, insert, update on app.care_looked to openkap_app;

-- Whoever was told is told no more once it is done.
create policy job_ends_care on app.notice for update to openkap_app using ((select app.purpose()) = 'job' and kind = 'care');
