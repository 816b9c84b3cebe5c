-- Questionnaires on the practice's own tablet: somebody who works here hands it over, and a link of its own opens exactly
-- the forms that were chosen, on that device alone, for a short time. Left alone it is covered, and is handed over anew.
-- Reversible: five columns that may be empty and two functions; `holds` is undone by 0034's own text.
alter table app.narrow_link drop constraint narrow_link_beside_check;
alter table app.narrow_link
  add column forms text[], add column handed uuid, add column handed_by uuid, add column handed_on uuid, add column covered_at timestamptz,
  add foreign key (practice_id, handed_by) references app.person,
  add constraint narrow_link_beside_check check (beside in ('check', 'tablet')),
  add constraint narrow_link_tablet check ((beside is not distinct from 'tablet') = all (array[forms is not null, handed is not null, handed_by is not null, handed_on is not null, covered_at is not null]));
create index narrow_link_handed_on on app.narrow_link (practice_id, handed_on) where ended_at is null and beside = 'tablet';
select app.describe('narrow_link', '{"forms":"operational: which questionnaires it opens, where the tablet was handed over", "handed":"operational: the entry that says so", "handed_by":"operational: who handed it over", "handed_on":"operational: on which device, the only one it works on", "covered_at":"operational: from when on it shows nothing, UTC; each touch moves it on"}');

-- Whoever handed the tablet over has to work here for as long as it is out.
create or replace function app.holds(l app.narrow_link, said_at timestamptz) returns boolean language sql stable security definer set search_path = app, pg_temp as $$
  select l.ended_at is null and said_at < l.expires_at
     and (l.visit_id is null or exists (select 1 from app.visit v join app.visit_patient x using (practice_id, visit_id)
                  where v.practice_id = l.practice_id and v.visit_id = l.visit_id and v.state = 'booked' and lower(v.during) = l.starts_at and x.chart_id = l.chart_id and x.active))
     and exists (select 1 from app.chart c where c.practice_id = l.practice_id and c.chart_id = l.chart_id and c.deceased_on is null)
     and (l.handed_by is null or exists (select 1 from app.person p where p.practice_id = l.practice_id and p.person_id = l.handed_by and p.active))
     and (l.person_id is null or exists (select 1 from app.person p join app.chart c on c.practice_id = p.practice_id and c.patient_id = p.person_id
                                          where p.practice_id = l.practice_id and p.person_id = l.person_id and p.active and c.chart_id = l.chart_id)) $$;

-- Handed over: what was out for this chart ends, and what was out on this device shows nothing any more.
create function app.make_tablet_link(key text, practice uuid, chart uuid, person uuid, which text[], entry uuid, by_person uuid, on_device uuid, token text, said_at timestamptz, covered timestamptz, ends timestamptz) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  update app.narrow_link l set ended_at = said_at where l.practice_id = practice and l.chart_id = chart and l.beside = 'tablet' and l.ended_at is null;
  update app.narrow_link l set covered_at = least(l.covered_at, said_at) where l.practice_id = practice and l.handed_on = on_device and l.beside = 'tablet' and l.ended_at is null;
  insert into app.narrow_link (practice_id, link_id, token_sha256, purpose, chart_id, person_id, beside, forms, handed, handed_by, handed_on, made_at, covered_at, expires_at)
  values (practice, gen_random_uuid(), sha256(convert_to(token, 'UTF8')), 'questions', chart, person, 'tablet', which, entry, by_person, on_device, said_at, covered, ends);
end $$;

-- A touch moves the moment on; what is covered stays covered, and is uncovered by being handed over again.
create function app.cover_tablet(key text, practice uuid, link uuid, said_at timestamptz, covered timestamptz) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  update app.narrow_link l set covered_at = covered where l.practice_id = practice and l.link_id = link and l.beside = 'tablet' and l.covered_at > said_at;
end $$;
revoke execute on function app.make_tablet_link(text, uuid, uuid, uuid, text[], uuid, uuid, uuid, text, timestamptz, timestamptz, timestamptz), app.cover_tablet(text, uuid, uuid, timestamptz, timestamptz) from public;
grant execute on function app.make_tablet_link(text, uuid, uuid, uuid, text[], uuid, uuid, uuid, text, timestamptz, timestamptz, timestamptz), app.cover_tablet(text, uuid, uuid, timestamptz, timestamptz) to openkap_app;
