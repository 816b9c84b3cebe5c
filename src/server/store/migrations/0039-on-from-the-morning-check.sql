-- Whoever has answered the check of the morning is led on to the questionnaires of the day by a link of its own, until the
-- day ends. It stands beside the one that was mailed, which must not end because of it: it is the one in their mailbox.
-- Reversible: one column that may be empty, and one function beside one that is as it was but for a word.
alter table app.narrow_link add column beside text check (beside = 'check');
alter table app.narrow_link add constraint narrow_link_beside check (beside is null or purpose = 'questions');
select app.describe('narrow_link', '{"beside":"operational: what led to it, where it was not mailed"}');

create or replace function app.make_narrow_link(key text, practice uuid, for_purpose text, chart uuid, visit uuid, starts timestamptz, person uuid, escort uuid, token text, said_at timestamptz, ends timestamptz) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  update app.narrow_link l set ended_at = said_at where l.practice_id = practice and l.visit_id is not distinct from visit and l.chart_id = chart and l.purpose = for_purpose and l.beside is null and l.ended_at is null;
  insert into app.narrow_link (practice_id, link_id, token_sha256, purpose, chart_id, visit_id, starts_at, person_id, named, made_at, expires_at)
  values (practice, gen_random_uuid(), sha256(convert_to(token, 'UTF8')), for_purpose, chart, visit, starts, person, escort, said_at, ends);
end $$;

-- A newer one of the same way ends the one before it.
create function app.make_link_on(key text, practice uuid, chart uuid, person uuid, token text, said_at timestamptz, ends timestamptz) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  perform app.require_key(key);
  update app.narrow_link l set ended_at = said_at where l.practice_id = practice and l.chart_id = chart and l.beside = 'check' and l.ended_at is null;
  insert into app.narrow_link (practice_id, link_id, token_sha256, purpose, chart_id, person_id, beside, made_at, expires_at)
  values (practice, gen_random_uuid(), sha256(convert_to(token, 'UTF8')), 'questions', chart, person, 'check', said_at, ends);
end $$;
revoke execute on function app.make_link_on(text, uuid, uuid, uuid, text, timestamptz, timestamptz) from public;
grant execute on function app.make_link_on(text, uuid, uuid, uuid, text, timestamptz, timestamptz) to openkap_app;
