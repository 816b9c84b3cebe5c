-- What planning has to know of a person beside their hours (time kept free around visits, dosing visits in a day, what
-- they bring, where they are licensed), and of a room (where it is, how many it holds, making it ready, what ends when).
-- A visit takes people with their buffers and a room with its turnover, so that the exclusion constraints keep both.
-- Reversible: two columns more, and no row changes its meaning.
alter table app.staff_profile add column planning jsonb not null default '{}';
alter table app.room add column planning jsonb not null default '{}';
select app.describe('staff_profile', '{"planning":"operational: buffers, dosing visits a day, skills, licences by state"}');
select app.describe('room', '{"planning":"operational: location, patients at once, turnover, until when its things are good"}');
grant update (planning) on app.staff_profile to openkap_app;

-- A whole plan can be held for a set time before somebody books it. A held visit takes its people, its room and the patient
-- as a booked one does, so the exclusion constraints refuse a clash with it. When its end has passed it counts for nothing:
-- whoever reads compares with the moment, and whoever takes a place next puts its rows away.
-- Who moves somebody on call to another hour may need another lane there: both columns may be written again.
-- Reversible: drop the column, the checks and the index, after no visit is held.
update app.visit set state = 'cancelled', held_until = coalesce(held_until, now()) where state = 'held';
alter table app.visit add column held_by uuid;
alter table app.visit add foreign key (practice_id, held_by) references app.person;
alter table app.visit add constraint visit_held_until check (state <> 'held' or (held_until is not null and held_by is not null));
alter table app.visit add constraint visit_booked_for_good check (state <> 'booked' or held_until is null);
create index visit_held on app.visit (practice_id, held_until) where state = 'held';
select app.describe('visit', '{"held_by":"operational: who holds it"}');
grant update (held_by) on app.visit to openkap_app;
grant update (role, lane) on app.visit_person to openkap_app;
