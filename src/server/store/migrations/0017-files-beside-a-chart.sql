-- The bytes of files that entries name: a photo of the patient, a spoken note. A file belongs to one stream of one chart
-- and is known by the digest of its bytes, which the database works out itself; the same bytes on two charts are two rows,
-- so that nobody learns from one chart what lies on another. An entry names the digest, and so the chain seals the bytes.
-- Bytes come first, the entry after them. What no entry has named for a while is swept; what one names stays for ever.
-- Reversible: one table, an index and three functions; no entry is touched. Dropping the table loses the bytes.
create table app.file (
  practice_id uuid not null,
  stream_id   uuid not null,
  sha256      text not null,
  chart_id    uuid not null,
  kind        text not null,
  media_type  text not null check (media_type in ('image/jpeg', 'audio/webm', 'audio/ogg', 'audio/mp4')),
  bytes       bytea not null check (octet_length(bytes) between 1 and 4000000),
  put_by      uuid not null,
  put_at      text not null,
  brought_at  timestamptz not null default now(),
  primary key (practice_id, stream_id, sha256),
  constraint file_is_its_digest check (sha256 = encode(sha256(bytes), 'hex')),
  foreign key (practice_id, stream_id) references app.stream,
  foreign key (practice_id, chart_id) references app.chart,
  foreign key (practice_id, put_by) references app.person (practice_id, person_id)
);
-- Pictures and sound are packed already.
alter table app.file alter column bytes set storage external;
select app.describe('file', '{"practice_id":"operational: the practice", "stream_id":"operational: the stream whose entry names it", "sha256":"operational: digest of the bytes, and their name", "chart_id":"operational: the chart", "kind":"operational: the kind of entry it was brought for, which says who reads it", "media_type":"operational: what the bytes are by themselves", "bytes":"clinical: a picture of the patient, or what somebody spoke", "put_by":"operational: who brought it", "put_at":"operational: when it was first brought, UTC", "brought_at":"operational: when it was last brought"}');
create index entry_file on app.entry (practice_id, stream_id, (body->'file'->>'sha256')) where body ? 'file';

create function app.is_named(one app.file) returns boolean language sql stable set search_path = app, pg_temp as $$
  select exists (select 1 from app.entry e where e.practice_id = one.practice_id and e.stream_id = one.stream_id and e.body ? 'file' and e.body->'file'->>'sha256' = one.sha256)
$$;
create function app.keep_file_as_it_is() returns trigger language plpgsql set search_path = app, pg_temp as $$
begin
  if tg_op = 'UPDATE' and row(new.practice_id, new.stream_id, new.sha256, new.chart_id, new.kind, new.media_type, new.put_by, new.put_at) = row(old.practice_id, old.stream_id, old.sha256, old.chart_id, old.kind, old.media_type, old.put_by, old.put_at) and new.bytes = old.bytes then return new; end if;
  if tg_op = 'DELETE' then
    if not app.is_named(old) then return old; end if;
  end if;
  raise exception 'file is written once: append an entry that names another' using errcode = 'integrity_constraint_violation';
end $$;
create trigger files_are_written_once before update or delete on app.file for each row execute function app.keep_file_as_it_is();
create trigger files_are_never_emptied before truncate on app.file for each statement execute function app.refuse_rewriting();

alter table app.file enable row level security;
alter table app.file force row level security;
create policy one_practice on app.file as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy owner_keeps on app.file to openkap_owner using (true) with check (true);
-- Whoever may read an entry of the kind it was brought for.
create policy read_by_relation on app.file for select to openkap_app using (
  (stream_id = chart_id and (
    (chart_id = any((select app.team_charts('therapist'))::uuid[]) and kind = any((select app.kinds_read('therapist'))::text[]))
    or (chart_id = any((select app.team_charts('prescriber'))::uuid[]) and kind = any((select app.kinds_read('prescriber'))::text[]))
    or (chart_id = any((select app.team_charts('monitor'))::uuid[]) and kind = any((select app.kinds_read('monitor'))::text[]))
    or (chart_id = any((select app.team_charts('medical-director'))::uuid[]) and kind = any((select app.kinds_read('medical-director'))::text[]))
    or (chart_id = any((select app.own_charts())::uuid[]) and kind = any((select app.kinds_read('patient'))::text[]))
    or ((select app.has_role('{coordinator}')) and kind = any((select app.kinds_read('coordinator'))::text[]))
    or ((select app.has_role('{owner}')) and kind = any((select app.kinds_read('owner'))::text[]))))
  or stream_id = any((select app.own_streams())::uuid[]));
create policy read_by_job on app.file for select to openkap_app using ((select app.purpose()) = 'job' and stream_id = chart_id);
grant select on app.file to openkap_app;

-- Takes bytes for a stream, from whoever may write an entry of this kind there. 'stored', 'again' where they lie here
-- already, or 'forbidden'. Brought again, they count as brought just now, so that the sweep leaves time for their entry.
create function app.keep_file(stream uuid, of_kind text, type text, content bytea, at text) returns text language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); head app.stream; lent text[]; digest text := encode(sha256(content), 'hex'); again boolean;
begin
  if session.purpose is distinct from 'person' then raise exception 'a file is brought by somebody signed in' using errcode = 'insufficient_privilege'; end if;
  select * into head from app.stream s where s.practice_id = session.practice_id and s.stream_id = stream and (s.author_id is null or s.author_id = session.person_id);
  lent := array(select t.role from app.care_team t where t.practice_id = head.practice_id and t.chart_id = head.chart_id and t.person_id = session.person_id and t.until is null)
       || array(select m.role from app.membership m where m.practice_id = head.practice_id and m.person_id = session.person_id and m.role in ('coordinator', 'owner'));
  if head.stream_id is null or not exists (select 1 from app.entry_kind k where k.kind = of_kind and k.stream = head.type and k.writers && lent) then return 'forbidden'; end if;
  update app.file f set brought_at = now() where f.practice_id = head.practice_id and f.stream_id = head.stream_id and f.sha256 = digest;
  if found then return 'again'; end if;
  insert into app.file (practice_id, stream_id, sha256, chart_id, kind, media_type, bytes, put_by, put_at)
  values (head.practice_id, head.stream_id, digest, head.chart_id, of_kind, type, content, session.person_id, at)
  on conflict (practice_id, stream_id, sha256) do update set brought_at = now() returning xmax <> 0 into again;
  return case when again then 'again' else 'stored' end;
end $$;

-- Deletes bytes that no entry names and that nobody has brought for so many days, at least a week. Only a job may.
create function app.sweep_files(days integer) returns integer language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); one record; swept integer := 0;
begin
  if session.purpose is distinct from 'job' then raise exception 'files are swept by a job' using errcode = 'insufficient_privilege'; end if;
  for one in select f.stream_id, f.sha256 from app.file f where f.practice_id = session.practice_id and f.brought_at < now() - make_interval(days => greatest(days, 7)) and not app.is_named(f) order by f.stream_id limit 200 loop
    -- An entry that names it is appended under this lock: it comes before the deletion, and is seen, or after it, and is said to have no bytes.
    perform 1 from app.stream s where s.practice_id = session.practice_id and s.stream_id = one.stream_id for update;
    delete from app.file f where f.practice_id = session.practice_id and f.stream_id = one.stream_id and f.sha256 = one.sha256 and f.brought_at < now() - make_interval(days => greatest(days, 7)) and not app.is_named(f);
    if found then swept := swept + 1; end if;
  end loop;
  return swept;
end $$;

revoke execute on function app.is_named(app.file), app.keep_file_as_it_is(), app.keep_file(uuid, text, text, bytea, text), app.sweep_files(integer) from public;
grant execute on function app.keep_file(uuid, text, text, bytea, text), app.sweep_files(integer) to openkap_app;
