-- What the figures of a practice rest on: one row for each course of each patient, told from the entries of the chart, with
-- its questionnaires, its side effects, and every complete score. Figures of a hundred thousand patients are counted from
-- these rows; no chart is read for them. The server alone reads and writes them: people are answered in figures, and no
-- figure is about fewer than ten. Each row can be told again from its chart at any time, and comes out the same.
-- Reversible: five tables and a sequence; no entry is touched.
create sequence app.outcome_revision;
grant usage on sequence app.outcome_revision to openkap_app;

-- Up to which entry, and by which rules, a chart was counted.
create table app.outcome_chart (
  practice_id  uuid not null,
  chart_id     uuid not null,
  up_to        integer not null,
  rules        text not null,
  revision     bigint not null default nextval('app.outcome_revision'),
  asked_year   text,
  reached_days integer[] not null default '{}',
  primary key (practice_id, chart_id),
  foreign key (practice_id, chart_id) references app.chart
);
create index outcome_chart_revision on app.outcome_chart (practice_id, revision);
select app.describe('outcome_chart', '{"practice_id":"operational: the practice", "chart_id":"operational: which chart", "up_to":"operational: the newest entry it was counted with", "rules":"operational: the digest of the rules it was counted by", "revision":"operational: grows with every chart that is counted", "asked_year":"operational: the year of the inquiry it came from; empty where it came from none", "reached_days":"clinical: days from the inquiry to each step that was reached, in the order of the steps"}');

create table app.outcome_course (
  practice_id      uuid not null,
  chart_id         uuid not null,
  number           integer not null,
  cell             text not null,
  protocol         text, indication text, route text not null, dose_range text,
  first_dose       date not null, last_dose date not null, settles_on date not null,
  sessions         integer not null, finished boolean, maintained boolean not null,
  kept             text not null, kept_days integer, relapsed boolean, to_response_days integer, response_days integer,
  primary key (practice_id, chart_id, number),
  foreign key (practice_id, chart_id) references app.outcome_chart,
  check ((kept = 'followed') = (kept_days is not null and relapsed is not null and to_response_days is not null and response_days is not null))
);
select app.describe('outcome_course', '{"practice_id":"operational: the practice", "chart_id":"operational: whose", "number":"operational: which course of this chart", "cell":"clinical: protocol, indication, route, range of doses and year in one word, to count by", "protocol":"clinical: the protocol chosen", "indication":"clinical: the condition it was given for", "route":"clinical: the route of its doses", "dose_range":"clinical: the range of its mean dose", "first_dose":"clinical: local day of the first dose", "last_dose":"clinical: local day of the last dose", "settles_on":"operational: the local day from which it is counted", "sessions":"clinical: sessions with medicine", "finished":"clinical: whether all that were planned took place; empty where nobody knows", "maintained":"clinical: whether maintenance doses followed", "kept":"clinical: what became of a response, or why it is in no curve", "kept_days":"clinical: days from the last dose to the relapse or the last score", "relapsed":"clinical: whether it ended with a relapse", "to_response_days":"clinical: days from the first dose to the first response", "response_days":"clinical: days in response that scores speak for"}');

create table app.outcome_measure (
  practice_id uuid not null,
  chart_id    uuid not null,
  number      integer not null,
  instrument  text not null,
  cell        text not null,
  settles_on  date not null,
  says        text not null,
  baseline    numeric, end_score numeric,
  follow_ups  numeric[] not null,
  primary key (practice_id, chart_id, number, instrument),
  foreign key (practice_id, chart_id, number) references app.outcome_course
);
select app.describe('outcome_measure', '{"practice_id":"operational: the practice", "chart_id":"operational: whose", "number":"operational: which course of this chart", "instrument":"operational: which questionnaire", "cell":"clinical: as of the course", "settles_on":"operational: as of the course", "says":"clinical: a letter each, yes, no or not known: finished, a first score, a last one, above the cut-off, response, remission, reliably better, reliably worse", "baseline":"clinical: the last score before the first dose", "end_score":"clinical: the score that the course ends with", "follow_ups":"clinical: the score nearest to each follow-up day"}');

create table app.outcome_event (
  practice_id uuid not null,
  chart_id    uuid not null,
  number      integer not null,
  term        text not null,
  cell        text not null,
  grade       integer not null,
  primary key (practice_id, chart_id, number, term),
  foreign key (practice_id, chart_id, number) references app.outcome_course
);
select app.describe('outcome_event', '{"practice_id":"operational: the practice", "chart_id":"operational: whose", "number":"operational: which course of this chart", "term":"clinical: which side effect", "cell":"clinical: as of the course", "grade":"clinical: its worst grade"}');

create table app.outcome_score (
  practice_id uuid not null,
  chart_id    uuid not null,
  entry_id    uuid not null,
  instrument  text not null,
  at          timestamptz not null,
  total       numeric not null,
  primary key (practice_id, chart_id, entry_id),
  foreign key (practice_id, chart_id) references app.outcome_chart
);
select app.describe('outcome_score', '{"practice_id":"operational: the practice", "chart_id":"operational: whose", "entry_id":"operational: the entry with the answers", "instrument":"operational: which questionnaire", "at":"clinical: when it was answered, UTC", "total":"clinical: what it came to; forms that were not finished have no row"}');

do $$ declare t text; begin
  foreach t in array array['outcome_chart', 'outcome_course', 'outcome_measure', 'outcome_event', 'outcome_score'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', t);
    execute format('create policy server_alone on app.%I to openkap_app using ((select app.purpose()) = ''job'') with check ((select app.purpose()) = ''job'')', t);
    execute format('grant select, insert, update, delete on app.%I to openkap_app', t);
  end loop;
end $$;
