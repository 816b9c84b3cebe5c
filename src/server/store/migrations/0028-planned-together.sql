-- A waiting list is planned together: it takes up to a minute, in a thread of its own, and its result is looked at and booked
-- one person after the other, perhaps by somebody else and after a page was closed. So it stands here for a day: one joint
-- plan of a practice at a time, which an index sees to. Whoever asks while one is made is shown that one. The server that
-- makes it says so every few seconds, by the database's own clock: after half a minute of silence nobody waits for it any more.
-- What is booked or held of it stands in the calendar and on the charts as ever; nothing rests on these rows.
-- Reversible: two tables of their own.
create table app.planning_run (
  practice_id uuid not null references app.practice,
  run_id      uuid not null,
  begun_by    uuid not null,
  begun_at    text not null,
  state       text not null default 'running' check (state in ('running', 'done', 'stopped', 'failed')),
  doing       text not null default 'alone',
  step        integer not null default 0 check (step >= 0),
  of_steps    integer not null default 0 check (of_steps >= 0),
  share       real not null default 0 check (share between 0 and 1),
  placed      integer not null default 0,
  heard_at    timestamptz not null default clock_timestamp(),
  ended_at    text,
  primary key (practice_id, run_id),
  check ((state = 'running') = (ended_at is null)),
  foreign key (practice_id, begun_by) references app.person
);
create unique index one_joint_plan_is_made on app.planning_run (practice_id) where state = 'running';
select app.describe('planning_run', '{"practice_id":"operational: the practice", "run_id":"operational: this joint plan", "begun_by":"operational: who asked for it", "begun_at":"operational: when, UTC", "state":"operational: whether it is being made, is there, was stopped or failed", "doing":"operational: what is being done", "step":"operational: how many steps of it are done", "of_steps":"operational: of how many", "share":"operational: what part of all the work is done", "placed":"operational: how many have a plan so far", "heard_at":"operational: when the server that makes it last said so", "ended_at":"operational: when it was there or given up, UTC"}');

create table app.planned_together (
  practice_id  uuid not null,
  run_id       uuid not null,
  chart_id     uuid not null,
  waited_days  integer not null,
  wishes       jsonb not null,
  answer       jsonb,
  state        text not null default 'open' check (state in ('open', 'booked', 'held')),
  replanned_at text,
  primary key (practice_id, run_id, chart_id),
  check (state = 'open' or answer is not null),
  foreign key (practice_id, run_id) references app.planning_run on delete cascade,
  foreign key (practice_id, chart_id) references app.chart
);
select app.describe('planned_together', '{"practice_id":"operational: the practice", "run_id":"operational: the joint plan", "chart_id":"operational: who waits", "waited_days":"operational: for how many days", "wishes":"operational: the days and hours they were planned with", "answer":"operational: the plan with its people and rooms, or why there is none", "state":"operational: whether it was booked or held from here", "replanned_at":"operational: when it was made again because a time was gone, UTC"}');

do $$
declare each_table text;
begin
  foreach each_table in array array['planning_run', 'planned_together'] loop
    execute format('alter table app.%I enable row level security', each_table);
    execute format('alter table app.%I force row level security', each_table);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', each_table);
    execute format('create policy seen on app.%I for select to openkap_app using ((select app.desk()) or (select app.purpose()) = ''job'')', each_table);
    execute format('create policy begun on app.%I for insert to openkap_app with check ((select app.desk()))', each_table);
    execute format('create policy changed on app.%I for update to openkap_app using ((select app.desk()) or (select app.purpose()) = ''job'')', each_table);
  end loop;
end $$;
create policy put_away on app.planning_run for delete to openkap_app using ((select app.desk()) or (select app.purpose()) = 'job');
grant select, insert, delete, update (state, doing, step, of_steps, share, placed, heard_at, ended_at) on app.planning_run to openkap_app;
grant select, insert, update (answer, state, replanned_at) on app.planned_together to openkap_app;
