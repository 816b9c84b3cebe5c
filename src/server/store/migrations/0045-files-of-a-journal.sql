-- Photos and recordings of a patient's journal. Their bytes lie in the journal's own stream, beside the entries that name
-- them: nobody else reads them, by row security. An entry on the chart shares one of them with those who treat and another
-- takes it back; the bytes stay where they are, and the database shows them to the team for exactly as long as one shares
-- them and none takes that back.
-- Reversible: one index, one function and two policies, and one function is as it was; no entry and no file is touched.
create index file_of_chart on app.file (practice_id, chart_id, sha256);

-- Whether a file of a journal is shared now, by whoever keeps that journal. Read past row security, and says only this much.
create function app.is_shared(chart uuid, stream uuid, digest text) returns boolean language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx();
begin
  return exists (
    select 1 from app.stream s join app.entry e on e.practice_id = s.practice_id and e.stream_id = s.chart_id and e.by_person = s.author_id
     where s.practice_id = session.practice_id and s.stream_id = is_shared.stream and s.chart_id = is_shared.chart and s.type = 'journal'
       and e.body ? 'file' and e.body->'file'->>'sha256' = is_shared.digest and e.kind = 'journal-file-shared.v1'
       and not exists (select 1 from app.entry t where t.practice_id = e.practice_id and t.stream_id = e.stream_id and t.kind = 'journal-taken-back.v1' and t.by_person = e.by_person and t.body->>'shared' = e.id::text));
end $$;
create policy read_where_shared on app.file for select to openkap_app using (
  kind in ('journal-photo.v1', 'journal-voice.v1') and stream_id <> chart_id and (
    (chart_id = any((select app.team_charts('therapist'))::uuid[]) and 'journal-file-shared.v1' = any((select app.kinds_read('therapist'))::text[]))
    or (chart_id = any((select app.team_charts('prescriber'))::uuid[]) and 'journal-file-shared.v1' = any((select app.kinds_read('prescriber'))::text[]))
    or (chart_id = any((select app.team_charts('monitor'))::uuid[]) and 'journal-file-shared.v1' = any((select app.kinds_read('monitor'))::text[]))
    or (chart_id = any((select app.team_charts('medical-director'))::uuid[]) and 'journal-file-shared.v1' = any((select app.kinds_read('medical-director'))::text[]))
    or (select app.purpose()) = 'job')
  and app.is_shared(chart_id, stream_id, sha256));

-- As before; and a patient brings bytes to her own journal, and nowhere else.
create or replace function app.keep_file(stream uuid, of_kind text, type text, content bytea, at text) returns text language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); head app.stream; lent text[]; digest text := encode(sha256(content), 'hex'); again boolean;
begin
  if session.purpose is distinct from 'person' then raise exception 'a file is brought by somebody signed in' using errcode = 'insufficient_privilege'; end if;
  select * into head from app.stream s where s.practice_id = session.practice_id and s.stream_id = stream and (s.author_id is null or s.author_id = session.person_id);
  lent := array(select t.role from app.care_team t where t.practice_id = head.practice_id and t.chart_id = head.chart_id and t.person_id = session.person_id and t.until is null)
       || array(select m.role from app.membership m where m.practice_id = head.practice_id and m.person_id = session.person_id and m.role in ('coordinator', 'owner'))
       || array(select 'patient' from app.chart c where head.type = 'journal' and c.practice_id = head.practice_id and c.chart_id = head.chart_id and c.patient_id = session.person_id);
  if head.stream_id is null or not exists (select 1 from app.entry_kind k where k.kind = of_kind and k.stream = head.type and k.writers && lent) then return 'forbidden'; end if;
  update app.file f set brought_at = now() where f.practice_id = head.practice_id and f.stream_id = head.stream_id and f.sha256 = digest;
  if found then return 'again'; end if;
  insert into app.file (practice_id, stream_id, sha256, chart_id, kind, media_type, bytes, put_by, put_at)
  values (head.practice_id, head.stream_id, digest, head.chart_id, of_kind, type, content, session.person_id, at)
  on conflict (practice_id, stream_id, sha256) do update set brought_at = now() returning xmax <> 0 into again;
  return case when again then 'again' else 'stored' end;
end $$;

revoke execute on function app.is_shared(uuid, uuid, text) from public;
grant execute on function app.is_shared(uuid, uuid, text) to openkap_app;
