-- Where a visit online is joined: an address of the practice, of one clinician, or of one visit; the narrowest counts. Whoever
-- has it can walk in, so it is read only by whose it is and by the desk, which keeps it; to whoever is on a visit it is shown
-- by a job that has looked whether they are. The row stays when its address is taken away, and the audit says who changed it.
-- And one more purpose for a narrow link: on the morning of a visit online the patient says where they are.
-- Reversible: a table and two constraints; no other row is touched.
create table app.video_address (
  practice_id uuid not null,
  video_id    uuid not null,
  person_id   uuid,
  visit_id    uuid,
  address     text check (length(address) <= 500 and address ~ '^https://[^[:space:]@/]+(/|$)'),
  kept_by     uuid not null,
  kept_at     text not null,
  primary key (practice_id, video_id),
  unique nulls not distinct (practice_id, person_id, visit_id),
  check (person_id is null or visit_id is null),
  foreign key (practice_id, person_id) references app.person,
  foreign key (practice_id, visit_id) references app.visit,
  foreign key (practice_id, kept_by) references app.person (practice_id, person_id)
);
select app.describe('video_address', '{"practice_id":"operational: the practice", "video_id":"operational: the row", "person_id":"operational: whose standing address it is; nobody''s for that of the practice or of a visit", "visit_id":"operational: of which single visit", "address":"credential: where the visit is joined; nothing where it was taken away", "kept_by":"operational: who wrote it last", "kept_at":"operational: when, UTC"}');
create index video_address_visit on app.video_address (practice_id, visit_id) where visit_id is not null;

create function app.video_mine(person uuid, visit uuid) returns boolean language sql stable security definer set search_path = app, pg_temp as $$
  select app.desk() or (app.staff() and (person = app.me() or exists (select 1 from app.visit_person x where x.practice_id = app.practice() and x.visit_id = visit and x.person_id = app.me() and x.active))) $$;
revoke execute on function app.video_mine(uuid, uuid) from public;
grant execute on function app.video_mine(uuid, uuid) to openkap_app;

alter table app.video_address enable row level security;
alter table app.video_address force row level security;
create policy one_practice on app.video_address as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy seen on app.video_address for select to openkap_app using (app.video_mine(person_id, visit_id) or (select app.purpose()) = 'job');
create policy made on app.video_address for insert to openkap_app with check (app.video_mine(person_id, visit_id) and kept_by = (select app.me()));
create policy changed on app.video_address for update to openkap_app using (app.video_mine(person_id, visit_id)) with check (app.video_mine(person_id, visit_id) and kept_by = (select app.me()));
grant select, insert, update (address, kept_by, kept_at) on app.video_address to openkap_app;

alter table app.narrow_link drop constraint narrow_link_purpose_check;
alter table app.narrow_link add constraint narrow_link_purpose_check check (purpose in ('day-before', 'morning', 'ride', 'moved', 'where'));
