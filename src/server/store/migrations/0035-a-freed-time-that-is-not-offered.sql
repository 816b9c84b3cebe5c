-- A time that came free and that nobody is offered: the desk wants it empty, or gave it to something that no calendar holds.
-- Without this it would stand on the desk's list until it has begun. It is no booking: whoever plans may still use the time.
-- Reversible: one table.
create table app.freed_put_away (
  practice_id uuid not null references app.practice,
  visit_id    uuid not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null check (ends_at > starts_at),
  led_by      uuid,
  why         text not null check (length(why) <= 500),
  by_person   uuid not null,
  at          text not null,
  ended_at    text,
  primary key (practice_id, visit_id, starts_at),
  foreign key (practice_id, visit_id) references app.visit,
  foreign key (practice_id, by_person) references app.person
);
select app.describe('freed_put_away', '{"practice_id":"operational: the practice", "visit_id":"operational: the visit that left it", "starts_at":"operational: from when it is free, UTC", "ends_at":"operational: until when it is free, UTC", "led_by":"operational: whose time it is, so that another visit that left the same hours stays away with it", "why":"operational: why nobody is offered it, where somebody said so", "by_person":"operational: who of the desk put it away", "at":"operational: when, UTC", "ended_at":"operational: since when it is offered again, UTC"}');
alter table app.freed_put_away enable row level security;
alter table app.freed_put_away force row level security;
create policy one_practice on app.freed_put_away as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy seen on app.freed_put_away for select to openkap_app using ((select app.desk()) or (select app.purpose()) = 'job');
create policy put on app.freed_put_away for insert to openkap_app with check ((select app.desk()) and by_person = (select app.me()));
create policy brought on app.freed_put_away for update to openkap_app using ((select app.desk())) with check ((select app.desk()));
grant select, insert, update (ends_at, led_by, why, by_person, at, ended_at) on app.freed_put_away to openkap_app;
