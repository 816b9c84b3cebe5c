-- The server watches running sessions and calls people about an alert that nobody has answered. It has to know which
-- sessions run, and it writes on the chart whom it called, so that both devices show it and nobody is called twice.
-- Reversible: a policy more, and one function that writes a second kind.
create policy job_watches on app.session_claim for select to openkap_app using ((select app.purpose()) = 'job');
-- A call is over with its answer and with its session; whoever was called need not say that they took it over.
create policy job_ends_calls on app.notice for update to openkap_app using ((select app.purpose()) = 'job' and kind = 'alert');
create index notice_calls on app.notice (practice_id, entry_id) where kind = 'alert' and done_at is null;

-- As before, and now also for an entry of a session. What was found about a clearance is nothing once one was signed since.
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
  if found_entry->>'session' is not null and not exists (select 1 from app.session_claim c where c.practice_id = head.practice_id and c.session_id = (found_entry->>'session')::uuid and c.chart_id = head.chart_id) then
    raise exception 'there is no such session on this chart' using errcode = 'foreign_key_violation';
  end if;
  number := head.last_seq + 1;
  sealed := encode(sha256(convert_to(found_entry->>'p0' || '"' || head.last_digest || '"' || (found_entry->>'p1') || number || (found_entry->>'p2'), 'UTF8')), 'hex');
  one := row(head.practice_id, head.stream_id, number, (found_entry->>'id')::uuid, head.chart_id, found_entry->>'kind', found_entry->>'at', found_entry->>'writtenAt', received_at,
    '00000000-0000-0000-0000-000000000000'::uuid, '00000000-0000-0000-0000-000000000000'::uuid, (found_entry->>'session')::uuid, null, found_entry->'body', sealed);
  head.last_seq := number;
  head.last_digest := sealed;
  perform app.write_judged(array[one], array[head], array[row(head.practice_id, 0, received_at, null, session.session_id, case when one.kind = 'alert-escalated.v1' then 'alert.escalated' else 'clearance.reopened' end, 'done', head.chart_id, null, jsonb_build_object('kind', one.kind, 'lastSeq', number))::app.audit]);
  return jsonb_build_object('seq', number, 'digest', sealed);
end $$;
