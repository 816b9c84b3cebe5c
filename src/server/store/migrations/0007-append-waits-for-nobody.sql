-- A batch of appends waits for nobody: an item whose head somebody else has locked is answered with `busy`, and is sent
-- again alone. And no function that writes trusts the planner's belief about sizes: on a chart that grew since the last
-- `analyze`, it walked the whole table. Adds and replaces functions, keeps all rows; undone by 0006's own text.
alter function app.enter(uuid) set enable_seqscan = off;
alter function app.lock_head(uuid) set enable_seqscan = off;
alter function app.note(text, text, text, uuid, text, jsonb) set enable_seqscan = off;
alter function app.claim(app.entry) set enable_seqscan = off;
alter function app.write_judged(app.entry[], app.stream[], app.audit[]) set enable_seqscan = off;
alter function app.write_judged(app.entry[], app.stream[], app.audit[]) set enable_hashjoin = off;
alter function app.write_judged(app.entry[], app.stream[], app.audit[]) set enable_mergejoin = off;

drop function app.append(jsonb);

-- Appending: many people's batches in one transaction, one round trip and one flush to disk.
--
-- Each item is judged as its own sender: by the live sign-in behind its token, the roles that person holds on that
-- chart, and the table of kinds. An item that is refused writes nothing and lets the others through. The caller
-- hands over the canonical text of each entry in three parts; the number and the digest before are known only here,
-- under the locks on the heads, which are taken in the order of the streams, so that two calls cannot deadlock.
-- Each lookup is a lateral one of a single row: whatever the planner believes about sizes, it walks an index, so that
-- an append costs the same on a long chart as on a short one.
-- Who does not wait gets `busy` for an item whose head somebody else has locked, or that has none: to be sent alone.
-- Answers, by the item's place: `stored`, in the order sent, as [seq, digest] or, for what was here already,
-- [seq, digest, receivedAt], and whether a clearance was ever signed there; or `code` and the `entry` it is about.
create function app.append(items jsonb, waits boolean) returns json language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan set jit = off as $$
declare
  fact record; first_of_each jsonb; rest jsonb; locked uuid[]; answers text := ''; refusal text; refused_entry uuid; stored text; number integer; digest_before text; again boolean;
  one app.entry; fresh_here app.entry[]; fresh app.entry[] := '{}'; heads app.stream[] := '{}'; lines app.audit[] := '{}';
begin
  -- A second item for the same stream has to see what the first one wrote.
  if jsonb_array_length(items) > 1 then
    select jsonb_agg(v) filter (where nth = 1), jsonb_agg(v) filter (where nth > 1) into first_of_each, rest
      from (select v, row_number() over (partition by v->>'stream' order by n) as nth from jsonb_array_elements(items) with ordinality as each_item(v, n)) counted;
    if rest is not null then return (app.append(first_of_each, waits)::jsonb || app.append(rest, waits)::jsonb)::json; end if;
  end if;

  if waits then
    select array_agg(i.stream) into locked from (
        select c.practice_id, (v->>'stream')::uuid as stream from jsonb_array_elements(items) v
         cross join lateral (select a.practice_id from app.sign_in_session a where a.token_sha256 = sha256(convert_to(v->>'token', 'UTF8')) limit 1) c order by 2) i
      cross join lateral (select 1 from app.stream s where s.practice_id = i.practice_id and s.stream_id = i.stream for update) head;
  else
    select array_agg(i.stream) into locked from (
        select c.practice_id, (v->>'stream')::uuid as stream from jsonb_array_elements(items) v
         cross join lateral (select a.practice_id from app.sign_in_session a where a.token_sha256 = sha256(convert_to(v->>'token', 'UTF8')) limit 1) c order by 2) i
      cross join lateral (select 1 from app.stream s where s.practice_id = i.practice_id and s.stream_id = i.stream for update skip locked) head;
  end if;

  for fact in
    with item as materialized (
      select v->>'place' as place, (v->>'stream')::uuid as stream, v->>'receivedAt' as received_at, v->>'action' as action, coalesce((v->>'act')::boolean, false) as act, v->'entries' as entries,
             c.practice_id, c.person_id, c.session_id as sign_in
        from jsonb_array_elements(items) v
        left join lateral (select * from app.sign_in_session a where a.token_sha256 = sha256(convert_to(v->>'token', 'UTF8')) and a.purpose = 'person' and app.awake(a) limit 1) c on true
    ), head as materialized (
      -- The roles that count on this chart: those held on its team, the desk's, and the patient's on her own.
      select i.*, s.chart_id, s.type, s.author_id, s.last_seq, s.last_digest,
             array(select t.role from app.care_team t where t.practice_id = i.practice_id and t.chart_id = s.chart_id and t.person_id = i.person_id and t.until is null)
             || array(select m.role from app.membership m where m.practice_id = i.practice_id and m.person_id = i.person_id and m.role in ('coordinator', 'owner'))
             || array(select 'patient' from app.chart h where h.practice_id = i.practice_id and h.chart_id = s.chart_id and h.patient_id = i.person_id) as lent,
             exists (select 1 from app.entry a where a.practice_id = i.practice_id and a.stream_id = i.stream and a.kind = 'clearance.v1') as cleared
        from item i left join lateral (select * from app.stream a where a.practice_id = i.practice_id and a.stream_id = i.stream and (a.author_id is null or a.author_id = i.person_id) limit 1) s on true
    )
    select h.*, e.ordinality = 1 as opens, e.ordinality = jsonb_array_length(h.entries) as closes,
           e.id, e.kind, e.at, e.written_at, e.device, e.session_id, e.amends, e.body, e.p0, e.p1, e.p2,
           k.stream is not distinct from h.type and k.writers && h.lent and (k.through <> 'act' or h.act) as allowed,
           known.seq as known_seq, known.digest as known_digest, known.received_at as known_at,
           known.kind = e.kind and known.at = e.at and known.by_person = h.person_id and known.body = e.body and known.amends is not distinct from e.amends and known.session_id is not distinct from e.session_id as same,
           e.amends is not null and not exists (select 1 from app.entry a where a.practice_id = h.practice_id and a.stream_id = h.stream and a.id = e.amends) as amends_nothing,
           e.session_id <> e.id and not exists (select 1 from app.session_claim c where c.practice_id = h.practice_id and c.session_id = e.session_id and c.chart_id = h.chart_id) as session_unknown
      from head h
      cross join lateral rows from (jsonb_to_recordset(h.entries) as (id uuid, kind text, at text, "writtenAt" text, device uuid, session uuid, amends uuid, body jsonb, p0 text, p1 text, p2 text))
        with ordinality as e(id, kind, at, written_at, device, session_id, amends, body, p0, p1, p2)
      left join lateral (select * from app.entry_kind a where a.kind = e.kind limit 1) k on true
      left join lateral (select * from app.entry a where a.practice_id = h.practice_id and a.stream_id = h.stream and a.id = e.id limit 1) known on true
     order by h.stream, e.ordinality
  loop
    if fact.opens then
      refusal := case when fact.person_id is null then 'sign-in.needed' when not waits and fact.stream <> all(coalesce(locked, '{}')) then 'busy' when fact.chart_id is null or fact.lent = '{}' then 'chart.unseen' end;
      refused_entry := null; stored := ''; number := fact.last_seq; digest_before := fact.last_digest; fresh_here := '{}';
    end if;
    if refusal is null then
      again := fact.known_seq is not null;
      if not again and not fact.opens then
        -- The same id twice in one envelope is the same entry twice.
        select true, f.seq, f.digest, f.received_at, f.kind = fact.kind and f.body = fact.body into again, fact.known_seq, fact.known_digest, fact.known_at, fact.same from unnest(fresh_here) f where f.id = fact.id;
        again := coalesce(again, false);
      end if;
      if again then
        refusal := case when not fact.same then 'entry.rewritten' end;
        stored := stored || ',[' || fact.known_seq || ',"' || fact.known_digest || '","' || fact.known_at || '"]';
      elsif fact.amends_nothing and not exists (select 1 from unnest(fresh_here) f where f.id = fact.amends) then refusal := 'entry.amends-unknown';
      elsif fact.session_unknown then refusal := 'session.unknown';
      elsif fact.allowed is not true then refusal := 'entry.forbidden';
      else
        number := number + 1;
        digest_before := encode(sha256(convert_to(fact.p0 || '"' || digest_before || '"' || fact.p1 || number || fact.p2, 'UTF8')), 'hex');
        one := row(fact.practice_id, fact.stream, number, fact.id, fact.chart_id, fact.kind, fact.at, fact.written_at, fact.received_at, fact.person_id, fact.device, fact.session_id, fact.amends, fact.body, digest_before);
        fresh_here := fresh_here || one;
        stored := stored || ',[' || number || ',"' || digest_before || '"]';
      end if;
      if refusal is not null then refused_entry := fact.id; end if;
    end if;

    if fact.closes then
      if refusal is null and fresh_here <> '{}' then
        perform app.claim(f) from unnest(fresh_here) f where f.kind in ('dose-given.v1', 'session-closed.v1', 'session-started.v1');
        fresh := fresh || fresh_here;
        heads := heads || row(fact.practice_id, fact.stream, fact.chart_id, fact.type, fact.author_id, number, digest_before)::app.stream;
      end if;
      if fact.person_id is not null and refusal is distinct from 'busy' then
        lines := lines || row(fact.practice_id, 0, fact.received_at, fact.person_id, fact.sign_in, fact.action, case when refusal is null then 'done' else 'refused' end, fact.chart_id, case when fact.chart_id is null then fact.stream::text end,
          case when refusal is null then jsonb_build_object('stream', fact.type, 'fresh', cardinality(fresh_here), 'lastSeq', number) else jsonb_build_object('code', refusal) end)::app.audit;
      end if;
      answers := answers || ',"' || fact.place || '":' || case when refusal is null then '{"cleared":' || fact.cleared || ',"stored":[' || substr(stored, 2) || ']}' else '{"code":"' || refusal || '"' || coalesce(',"entry":"' || refused_entry || '"', '') || '}' end;
    end if;
  end loop;
  perform app.write_judged(fresh, heads, lines);
  return ('{' || substr(answers, 2) || '}')::json;
end $$;

revoke execute on function app.append(jsonb, boolean) from public;
grant execute on function app.append(jsonb, boolean) to openkap_app;
