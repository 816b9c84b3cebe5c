-- Appending: many people's batches in one transaction, one round trip and one flush to disk.
--
-- Each item is judged as its own sender: the token is switched between items, row security applies to every
-- statement, and an item that is refused writes nothing and lets the others through. The caller hands over the
-- canonical text of each entry in three parts; the number and the digest before are known only here, under the
-- lock on the stream's head. Items are taken in the order of their streams, so that two batches cannot deadlock.
-- Reversible: yes.

create function app.append(items jsonb) returns jsonb language plpgsql set search_path = app, pg_temp as $$
declare
  item record; who record; head record; fact record; known record;
  answers jsonb := '{}'; numbered jsonb; refusal text; fresh integer; digests text[]; seqs integer[]; fresh_ids uuid[];
  number integer; digest_before text; the_stream uuid; the_session uuid; lent text[]; kind_row record;
begin
  for item in select value as v, ordinality as place from jsonb_array_elements(items) with ordinality order by value->>'stream', ordinality loop
    perform set_config('app.token', item.v->>'token', true);
    select * into who from app.ctx();
    if who.practice_id is null then
      answers := answers || jsonb_build_object(item.place::text, jsonb_build_object('code', 'sign-in.needed'));
      continue;
    end if;
    the_stream := (item.v->>'stream')::uuid;
    select * into head from app.stream s where s.practice_id = who.practice_id and s.stream_id = the_stream for update;
    if not found then
      insert into app.audit (practice_id, at, person_id, sign_in, action, outcome, subject, detail)
      values (who.practice_id, item.v->>'receivedAt', who.person_id, who.session_id, item.v->>'action', 'refused', the_stream::text, '{"code":"chart.unseen"}');
      answers := answers || jsonb_build_object(item.place::text, jsonb_build_object('code', 'chart.unseen'));
      continue;
    end if;
    -- The roles that count on this chart: those held on its team, the desk's, and the patient's on her own.
    lent := array(select t.role from app.care_team t where t.practice_id = who.practice_id and t.chart_id = head.chart_id and t.person_id = who.person_id and t.until is null)
         || array(select r from unnest(who.roles) r where r in ('coordinator', 'owner'))
         || case when head.chart_id = any(app.own_charts()) then array['patient'] else '{}' end;

    refusal := null; numbered := '[]'; seqs := '{}'; digests := '{}'; fresh_ids := '{}';
    number := head.last_seq; digest_before := head.last_digest;
    for fact in select value as e, (value->>'id')::uuid as id from jsonb_array_elements(item.v->'entries') loop
      select k.seq, k.digest, k.received_at,
             (k.kind = fact.e->>'kind' and k.at = fact.e->>'at' and k.by_person = who.person_id and k.body = fact.e->'body'
              and k.amends is not distinct from (fact.e->>'amends')::uuid and k.session_id is not distinct from (fact.e->>'session')::uuid) as same
        into known from app.entry k where k.practice_id = who.practice_id and k.stream_id = the_stream and k.id = fact.id;
      if found then
        if not known.same then refusal := 'entry.rewritten'; exit; end if;
        numbered := numbered || jsonb_build_object('id', fact.id, 'seq', known.seq, 'digest', known.digest, 'receivedAt', known.received_at, 'again', true);
        continue;
      end if;
      if fact.e ? 'amends' and not ((fact.e->>'amends')::uuid = any(fresh_ids)) and not exists (
          select 1 from app.entry a where a.practice_id = who.practice_id and a.stream_id = the_stream and a.id = (fact.e->>'amends')::uuid) then
        refusal := 'entry.amends-unknown'; exit;
      end if;
      the_session := (fact.e->>'session')::uuid;
      if the_session is not null and the_session <> fact.id and not exists (
          select 1 from app.session_claim c where c.practice_id = who.practice_id and c.session_id = the_session and c.chart_id = head.chart_id) then
        refusal := 'session.unknown'; exit;
      end if;
      select * into kind_row from app.entry_kind k where k.kind = fact.e->>'kind';
      if not found or kind_row.stream <> head.type or not kind_row.writers && lent or (kind_row.through = 'act' and not coalesce((item.v->>'act')::boolean, false)) then
        refusal := 'entry.forbidden'; exit;
      end if;
      number := number + 1;
      digest_before := encode(sha256(convert_to((fact.e->>'p0') || to_json(digest_before)::text || (fact.e->>'p1') || number::text || (fact.e->>'p2'), 'UTF8')), 'hex');
      seqs := seqs || number; digests := digests || digest_before; fresh_ids := fresh_ids || fact.id;
      numbered := numbered || jsonb_build_object('id', fact.id, 'seq', number, 'digest', digest_before, 'receivedAt', item.v->>'receivedAt');
    end loop;
    if refusal is not null then
      insert into app.audit (practice_id, at, person_id, sign_in, action, outcome, chart_id, detail)
      values (who.practice_id, item.v->>'receivedAt', who.person_id, who.session_id, item.v->>'action', 'refused', head.chart_id, jsonb_build_object('code', refusal));
      answers := answers || jsonb_build_object(item.place::text, jsonb_build_object('code', refusal, 'entry', fact.id));
      continue;
    end if;

    fresh := coalesce(array_length(fresh_ids, 1), 0);
    if fresh > 0 then
      insert into app.entry (practice_id, stream_id, seq, id, chart_id, kind, at, written_at, received_at, by_person, device, session_id, amends, body, digest)
      select who.practice_id, the_stream, seqs[array_position(fresh_ids, (e->>'id')::uuid)], (e->>'id')::uuid, head.chart_id, e->>'kind', e->>'at', e->>'writtenAt', item.v->>'receivedAt',
             who.person_id, (e->>'device')::uuid, (e->>'session')::uuid, (e->>'amends')::uuid, e->'body', digests[array_position(fresh_ids, (e->>'id')::uuid)]
        from jsonb_array_elements(item.v->'entries') e where (e->>'id')::uuid = any(fresh_ids);
      update app.stream s set last_seq = number, last_digest = digest_before where s.practice_id = who.practice_id and s.stream_id = the_stream;
      for fact in select value as e from jsonb_array_elements(item.v->'entries') where value->>'kind' in ('dose-given.v1', 'session-closed.v1', 'session-started.v1') and (value->>'id')::uuid = any(fresh_ids) loop
        if fact.e->>'kind' = 'dose-given.v1' then
          insert into app.dose_claim (practice_id, session_id, step, entry_id, chart_id)
          values (who.practice_id, (fact.e->>'session')::uuid, (fact.e->'body'->>'step')::integer, (fact.e->>'id')::uuid, head.chart_id) on conflict do nothing;
        elsif fact.e->>'kind' = 'session-closed.v1' then
          update app.session_claim c set closed = true where c.practice_id = who.practice_id and c.session_id = (fact.e->>'session')::uuid;
        else
          insert into app.session_claim (practice_id, session_id, chart_id) values (who.practice_id, (fact.e->>'id')::uuid, head.chart_id);
        end if;
      end loop;
      insert into app.outbox (practice_id, stream_id, last_seq) values (who.practice_id, the_stream, number);
    end if;
    insert into app.audit (practice_id, at, person_id, sign_in, action, outcome, chart_id, detail)
    values (who.practice_id, item.v->>'receivedAt', who.person_id, who.session_id, item.v->>'action', 'done', head.chart_id,
            jsonb_build_object('stream', head.type, 'fresh', fresh, 'lastSeq', number));
    answers := answers || jsonb_build_object(item.place::text, jsonb_build_object('stored', numbered));
  end loop;
  return answers;
end $$;
revoke execute on function app.append(jsonb) from public;
grant execute on function app.append(jsonb) to openkap_app;
