-- What follows from an entry is seen to exactly once, also when the server dies between the commit of the entry and what
-- follows from it. Each chart has a number: up to there everything was seen to. It moves in the transaction that writes the
-- notices, under a lock on its row, so that two who follow at once tell nobody twice. And what the server finds in doing so
-- and writes on the chart itself goes through a function of its own, for kinds that no role may write.
-- The outbox goes: every append wrote a row there that nothing ever read, and the heads of the streams say the same.
-- What was appended before this counts as seen to. Reversible: no entry is touched; the outbox held nothing to keep.
create table app.followed (
  practice_id uuid not null,
  chart_id    uuid not null,
  up_to       integer not null check (up_to >= 0),
  primary key (practice_id, chart_id),
  foreign key (practice_id, chart_id) references app.chart
);
select app.describe('followed', '{"practice_id":"operational: the practice", "chart_id":"operational: the chart", "up_to":"operational: number of the newest entry whose consequences were seen to"}');
insert into app.followed (practice_id, chart_id, up_to) select practice_id, chart_id, last_seq from app.stream where type = 'chart';
alter table app.followed enable row level security;
alter table app.followed force row level security;
create policy one_practice on app.followed as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy seen on app.followed for select to openkap_app using (chart_id = any((select app.my_charts())::uuid[]) or (select app.desk()) or (select app.purpose()) = 'job');
create policy begun on app.followed for insert to openkap_app with check ((select app.purpose()) = 'job');
create policy moved on app.followed for update to openkap_app using ((select app.purpose()) = 'job');
grant select, insert, update (up_to) on app.followed to openkap_app;

-- An entry that the server writes by itself: a job's, of a kind that only an act may write and no role, in nobody's name.
-- Answers its number and digest; or nothing, when a clearance was signed after the number that was judged up to: then
-- somebody has looked again, and what was found is about the one before.
create function app.append_found(the_chart uuid, found_entry jsonb, judged_to integer, received_at text) returns jsonb language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare session app.sign_in_session := app.ctx(); head app.stream; one app.entry; number integer; sealed text;
begin
  if session.purpose is distinct from 'job' or not exists (select 1 from app.entry_kind k where k.kind = found_entry->>'kind' and k.stream = 'chart' and k.through = 'act' and k.writers = '{}') then
    raise exception 'only the server writes this, and only what no role may write' using errcode = 'insufficient_privilege';
  end if;
  select * into head from app.stream s where s.practice_id = session.practice_id and s.stream_id = the_chart and s.type = 'chart' for update;
  if not found then raise exception 'there is no such chart' using errcode = 'foreign_key_violation'; end if;
  if exists (select 1 from app.entry e where e.practice_id = head.practice_id and e.stream_id = head.stream_id and e.kind = 'clearance.v1' and e.seq > judged_to) then return null; end if;
  number := head.last_seq + 1;
  sealed := encode(sha256(convert_to(found_entry->>'p0' || '"' || head.last_digest || '"' || (found_entry->>'p1') || number || (found_entry->>'p2'), 'UTF8')), 'hex');
  one := row(head.practice_id, head.stream_id, number, (found_entry->>'id')::uuid, head.chart_id, found_entry->>'kind', found_entry->>'at', found_entry->>'writtenAt', received_at,
    '00000000-0000-0000-0000-000000000000'::uuid, '00000000-0000-0000-0000-000000000000'::uuid, null, null, found_entry->'body', sealed);
  head.last_seq := number;
  head.last_digest := sealed;
  perform app.write_judged(array[one], array[head], array[row(head.practice_id, 0, received_at, null, session.session_id, 'clearance.reopened', 'done', head.chart_id, null, jsonb_build_object('kind', one.kind, 'lastSeq', number))::app.audit]);
  return jsonb_build_object('seq', number, 'digest', sealed);
end $$;
revoke execute on function app.append_found(uuid, jsonb, integer, text) from public;
grant execute on function app.append_found(uuid, jsonb, integer, text) to openkap_app;

-- Writes what was judged: all entries of a call at once, then the heads and the audit.
create or replace function app.write_judged(fresh app.entry[], heads app.stream[], lines app.audit[]) returns void language plpgsql security definer
  set search_path = app, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  insert into app.entry select * from unnest(fresh);
  update app.stream s set last_seq = h.last_seq, last_digest = h.last_digest from unnest(heads) h where s.practice_id = h.practice_id and s.stream_id = h.stream_id;
  insert into app.audit (practice_id, at, person_id, sign_in, action, outcome, chart_id, subject, detail)
  select l.practice_id, l.at, l.person_id, l.sign_in, l.action, l.outcome, l.chart_id, l.subject, l.detail from unnest(lines) l;
end $$;
drop table app.outbox;
