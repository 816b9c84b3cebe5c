-- A job looks whether each who wrote can still have a first visit within the promise, and tells the desk once, and again
-- only when it gets worse: so it reads what they named, and how bad it was when it was told is kept beside the inquiry.
-- Reversible: a policy more, and a table that says what was told.
create policy job_looks on app.inquiry for select to openkap_app using ((select app.purpose()) = 'job');

create table app.first_visit_told (
  practice_id uuid not null,
  inquiry_id  uuid not null,
  level       integer not null check (level >= 0),
  told_at     text not null,
  primary key (practice_id, inquiry_id),
  foreign key (practice_id, inquiry_id) references app.inquiry
);
select app.describe('first_visit_told', '{"practice_id":"operational: the practice", "inquiry_id":"operational: about which inquiry", "level":"operational: how bad it was when it was told; 0 when there was time again since", "told_at":"operational: when, UTC"}');
alter table app.first_visit_told enable row level security;
alter table app.first_visit_told force row level security;
create policy one_practice on app.first_visit_told as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy seen on app.first_visit_told for select to openkap_app using ((select app.purpose()) = 'job');
create policy told on app.first_visit_told for insert to openkap_app with check ((select app.purpose()) = 'job');
create policy changed on app.first_visit_told for update to openkap_app using ((select app.purpose()) = 'job');
grant select, insert, update (level, told_at) on app.first_visit_told to openkap_app;
