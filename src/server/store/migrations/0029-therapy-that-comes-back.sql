-- Therapy that comes back every week, without an end, is booked on by a job: so far ahead as the practice's row says, and in
-- nobody's name. Until now a job booked nothing; it may book therapy and nothing else, under the same exclusion constraints
-- as everybody. What it booked it writes on the chart as what the server found, and the audit calls that what it is.
-- Where a person changed a series, or another server booked it on, after the job had read it, nothing of it is written.
-- The charts that have such a series are found by an index.
-- Reversible: four policies, a function, an index, and `append_found` by the text of 0023; no row is touched.
create index entry_therapy_series on app.entry (practice_id, chart_id) where kind = 'therapy-series.v1';

-- Whether a job may take a place for this visit. A function, since a policy of the one table cannot ask the other in turn.
create function app.job_books(visit uuid) returns boolean language plpgsql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
begin
  return app.purpose() = 'job' and exists (select 1 from app.visit v where v.practice_id = app.practice() and v.visit_id = visit and v.type = 'therapy');
end $$;
revoke execute on function app.job_books(uuid) from public;
grant execute on function app.job_books(uuid) to openkap_app;

create policy job_books on app.visit for insert to openkap_app with check ((select app.purpose()) = 'job' and type = 'therapy');
create policy job_books on app.visit_patient for insert to openkap_app with check (app.job_books(visit_id));
create policy job_books on app.visit_person for insert to openkap_app with check (app.job_books(visit_id));
create policy job_books on app.visit_room for insert to openkap_app with check (app.job_books(visit_id));

-- The audit names what was written by what it is.
create or replace function app.append_found(the_chart uuid, found_entry jsonb, judged_to integer, received_at text) returns jsonb language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); head app.stream; one app.entry; number integer; sealed text;
begin
  if session.purpose is distinct from 'job' or not exists (select 1 from app.entry_kind k where k.kind = found_entry->>'kind' and k.stream = 'chart' and k.through = 'act' and k.writers = '{}') then
    raise exception 'only the server writes this, and only what no role may write' using errcode = 'insufficient_privilege';
  end if;
  select * into head from app.stream s where s.practice_id = session.practice_id and s.stream_id = the_chart and s.type = 'chart' for update;
  if not found then raise exception 'there is no such chart' using errcode = 'foreign_key_violation'; end if;
  if found_entry->>'kind' = 'clearance-reopened.v1' and exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind = 'clearance.v1' and e.seq > judged_to) then return null; end if;
  if found_entry->>'kind' = 'alert-escalated.v1' and exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind = 'alert-escalated.v1' and e.seq > judged_to) then return null; end if;
  if found_entry->>'kind' = 'therapy-continued.v1' and exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind in ('therapy-series.v1', 'therapy-continued.v1') and e.seq > judged_to) then return null; end if;
  if found_entry->>'session' is not null and not exists (select 1 from app.session_claim c where c.practice_id = head.practice_id and c.session_id = (found_entry->>'session')::uuid and c.chart_id = head.chart_id) then
    raise exception 'there is no such session on this chart' using errcode = 'foreign_key_violation';
  end if;
  number := head.last_seq + 1;
  sealed := encode(sha256(convert_to(found_entry->>'p0' || '"' || head.last_digest || '"' || (found_entry->>'p1') || number || (found_entry->>'p2'), 'UTF8')), 'hex');
  one := row(head.practice_id, head.stream_id, number, (found_entry->>'id')::uuid, head.chart_id, found_entry->>'kind', found_entry->>'at', found_entry->>'writtenAt', received_at,
    '00000000-0000-0000-0000-000000000000'::uuid, '00000000-0000-0000-0000-000000000000'::uuid, (found_entry->>'session')::uuid, null, found_entry->'body', sealed);
  head.last_seq := number;
  head.last_digest := sealed;
  perform app.write_judged(array[one], array[head], array[row(head.practice_id, 0, received_at, null, session.session_id, case one.kind when 'alert-escalated.v1' then 'alert.escalated' when 'ride-answered.v1' then 'ride.answered' when 'therapy-continued.v1' then 'therapy.continued' else 'clearance.reopened' end, 'done', head.chart_id, null, jsonb_build_object('kind', one.kind, 'lastSeq', number))::app.audit]);
  return jsonb_build_object('seq', number, 'digest', sealed);
end $$;
