-- The drug ledger: every vial, bottle and box of a practice, what was drawn from it, given, wasted, counted and lost.
--
-- One table of lines, written once, numbered and sealed in a chain like a chart, with one head a practice. A line says one
-- thing about one container; which way it goes stands in its kind. What must hold of the sums is asked here at every line,
-- under the lock on the head, past the program: nothing falls below nothing, nothing comes out of a draw that was not drawn,
-- nobody witnesses what they did, an expired lot and a used single-use vial give nothing more, and what was closed stays so.
-- What is said on a chart and does not fit is kept all the same (`fits` is false): it moves nothing and is a difference.
-- A ledger begins with its first place. What stood on charts before is not in it.
-- Reversible: yes, while no practice has begun a ledger.
create table app.ledger (
  practice_id uuid not null references app.practice,
  last_seq    integer not null default 0 check (last_seq >= 0),
  last_digest text not null default repeat('0', 64),
  last_at     text not null default '',
  begun_at    text not null,
  primary key (practice_id)
);
select app.describe('ledger', '{"practice_id":"operational: the practice", "last_seq":"operational: number of the newest line", "last_digest":"operational: digest of the newest line", "last_at":"operational: when the newest line was written, UTC", "begun_at":"operational: what reached a chart from then on is taken over, UTC"}');

create table app.ledger_line (
  practice_id  uuid not null references app.ledger,
  seq          integer not null check (seq >= 1),
  id           uuid not null,
  kind         text not null check (kind in ('place', 'received', 'drawn', 'given', 'wasted', 'returned', 'lost', 'destroyed', 'sent-away', 'transferred', 'counted', 'witnessed', 'resolved', 'adjusted', 'closed')),
  at           text not null, received_at text not null,
  by_person    uuid not null,
  place_id     uuid not null,
  container_id uuid,
  quantity     integer check (quantity >= 0),
  of_line      uuid,
  chart_id     uuid, session_id uuid, entry_id uuid,
  fits         boolean not null,
  body         jsonb not null,
  digest       text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (practice_id, seq),
  foreign key (practice_id, by_person) references app.person,
  foreign key (practice_id, chart_id) references app.chart,
  -- Only what a chart says may stand here without fitting.
  check (fits or (entry_id is not null and kind in ('drawn', 'given', 'wasted', 'witnessed'))),
  check ((entry_id is null) = (chart_id is null)),
  check (not fits or kind in ('place', 'witnessed', 'resolved', 'closed') or (container_id is not null and quantity is not null)),
  check (not fits or kind in ('counted', 'place', 'witnessed', 'resolved', 'closed') or quantity > 0),
  check (kind <> 'received' or container_id = id),
  check (kind <> 'place' or place_id = id),
  check (kind <> 'given' or not fits or body ? 'order'),
  check (kind not in ('given', 'returned', 'witnessed', 'adjusted') or not fits or of_line is not null)
);
create unique index ledger_line_id on app.ledger_line (practice_id, id);
-- An entry of a chart is taken over once; a person witnesses a line once; a difference is explained once.
create unique index ledger_entry_once on app.ledger_line (practice_id, chart_id, entry_id) where entry_id is not null;
create unique index ledger_witness_once on app.ledger_line (practice_id, of_line, by_person) where kind = 'witnessed' and fits;
create unique index ledger_resolved_once on app.ledger_line (practice_id, (body->>'difference')) where kind = 'resolved';
create unique index ledger_adjusted_once on app.ledger_line (practice_id, of_line) where kind = 'adjusted';
create unique index ledger_given_once on app.ledger_line (practice_id, of_line) where kind = 'given' and fits;
create index ledger_container on app.ledger_line (practice_id, container_id);
create index ledger_closed on app.ledger_line (practice_id, place_id) where kind = 'closed';
create index ledger_about on app.ledger_line (practice_id, of_line);
create index entry_of_medicine on app.entry (practice_id, received_at) where kind in ('medicine-drawn.v1', 'dose-given.v1', 'medicine-wasted.v1', 'waste-witnessed.v1');
select app.describe('ledger_line', '{"practice_id":"operational: the practice", "seq":"operational: number within the ledger", "id":"operational: made by whoever wrote it", "kind":"operational: what happened to the container", "at":"operational: when it happened, UTC", "received_at":"operational: when it was written here, UTC; never before the line above", "by_person":"operational: who did it", "place_id":"operational: the registered place", "container_id":"operational: the vial, bottle or box: the line it was received by", "quantity":"operational: microlitres, or pieces", "of_line":"operational: the line it is about", "chart_id":"clinical: for whose chart", "session_id":"clinical: in which medicine session", "entry_id":"operational: the entry it was taken over from", "fits":"operational: false where a chart says what this ledger does not bear out; it moves nothing then", "body":"operational: label, reasons and signatures, and never a patient''s name", "digest":"operational: SHA-256 chained to the line before"}');

-- What is in a container, and what of a draw has not been accounted for.
create function app.ledger_on_hand(the_practice uuid, the_container uuid) returns bigint language sql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
  select coalesce(sum(case
    when l.kind in ('received', 'returned') or (l.kind = 'adjusted' and l.body->>'way' = 'more') then l.quantity
    when l.kind in ('drawn', 'destroyed', 'sent-away') or (l.kind = 'adjusted' and l.body->>'way' = 'less') or (l.kind in ('wasted', 'lost') and l.of_line is null) then -l.quantity
    else 0 end), 0)
  from app.ledger_line l where l.practice_id = the_practice and l.container_id = the_container and l.fits
$$;
create function app.ledger_left_of_draw(the_practice uuid, the_draw uuid) returns bigint language sql stable security definer set search_path = app, pg_temp set enable_seqscan = off as $$
  select coalesce((select d.quantity from app.ledger_line d where d.practice_id = the_practice and d.id = the_draw and d.kind = 'drawn' and d.fits), 0)
       - coalesce((select sum(l.quantity) from app.ledger_line l where l.practice_id = the_practice and l.of_line = the_draw and l.fits and l.kind in ('given', 'wasted', 'returned', 'lost')), 0)
$$;
revoke execute on function app.ledger_on_hand(uuid, uuid), app.ledger_left_of_draw(uuid, uuid) from public;

create function app.refuse_ledger(rule text, says text) returns void language plpgsql set search_path = app, pg_temp as $$
begin
  raise exception '%', says using errcode = 'check_violation', constraint = 'ledger_' || rule;
end $$;

create function app.judge_ledger_line() returns trigger language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare head app.ledger; box app.ledger_line; about app.ledger_line; here uuid; local_day date;
begin
  -- Two who write at once are judged one after the other, whichever way they came.
  select * into head from app.ledger h where h.practice_id = new.practice_id for update;
  if new.seq <> head.last_seq + 1 then perform app.refuse_ledger('follows', 'a line follows the one before it'); end if;
  if new.received_at < head.last_at then perform app.refuse_ledger('closed', 'a line is never written before the one above it'); end if;
  if exists (select 1 from app.ledger_line c where c.practice_id = new.practice_id and c.kind = 'closed' and c.place_id = new.place_id and new.received_at <= c.body->>'through') then
    perform app.refuse_ledger('closed', 'this period is closed');
  end if;
  if new.kind <> 'place' and not exists (select 1 from app.ledger_line p where p.practice_id = new.practice_id and p.kind = 'place' and p.id = new.place_id) then perform app.refuse_ledger('place', 'there is no such place'); end if;
  if new.entry_id is not null and not exists (select 1 from app.entry e where e.practice_id = new.practice_id and e.stream_id = new.chart_id and e.id = new.entry_id and e.by_person = new.by_person and e.session_id is not distinct from new.session_id) then
    perform app.refuse_ledger('entry', 'there is no such entry on that chart');
  end if;

  if new.container_id is not null and new.kind <> 'received' then
    select * into box from app.ledger_line r where r.practice_id = new.practice_id and r.id = new.container_id and r.kind = 'received';
    if box.id is null then perform app.refuse_ledger('container', 'there is no such container'); end if;
    select l.place_id into here from app.ledger_line l where l.practice_id = new.practice_id and l.container_id = new.container_id and l.kind in ('received', 'transferred') order by l.seq desc limit 1;
    if new.fits and new.kind <> 'transferred' and here <> new.place_id then perform app.refuse_ledger('place', 'it stands at another place'); end if;
  end if;
  if new.of_line is not null then
    select * into about from app.ledger_line l where l.practice_id = new.practice_id and l.id = new.of_line;
    if about.id is null then perform app.refuse_ledger('about', 'there is no such line'); end if;
  end if;

  if new.fits then
    if new.kind in ('drawn', 'wasted', 'lost', 'destroyed', 'sent-away', 'adjusted') and not (new.kind in ('wasted', 'lost') and new.of_line is not null)
       and not (new.kind = 'adjusted' and new.body->>'way' = 'more') and app.ledger_on_hand(new.practice_id, new.container_id) < new.quantity then
      perform app.refuse_ledger('below_zero', 'there is not so much in it');
    end if;
    if new.kind = 'drawn' then
      select (new.at::timestamptz at time zone p.zone)::date into local_day from app.practice p where p.practice_id = new.practice_id;
      if (box.body->>'expires')::date < local_day then perform app.refuse_ledger('expired', 'this lot has expired'); end if;
      if (box.body->>'singleUse')::boolean and exists (select 1 from app.ledger_line d where d.practice_id = new.practice_id and d.container_id = new.container_id and d.kind = 'drawn' and d.fits and d.session_id is distinct from new.session_id) then
        perform app.refuse_ledger('single_use', 'this was opened for somebody else');
      end if;
    end if;
    if new.kind in ('given', 'wasted', 'returned', 'lost') and new.of_line is not null then
      if about.kind <> 'drawn' or not about.fits or about.container_id <> new.container_id then perform app.refuse_ledger('draw', 'this is not a draw from that container'); end if;
      if app.ledger_left_of_draw(new.practice_id, new.of_line) < new.quantity then perform app.refuse_ledger('draw', 'no more comes out of a draw than was drawn'); end if;
      if new.kind = 'returned' and box.body->>'form' = 'vial' then perform app.refuse_ledger('draw', 'what is in a syringe never goes back'); end if;
    end if;
    if new.kind = 'counted' and (new.body->>'expected')::bigint <> app.ledger_on_hand(new.practice_id, new.container_id) then perform app.refuse_ledger('count', 'something else is expected by now'); end if;
    if new.kind = 'witnessed' then
      if about.kind not in ('wasted', 'lost', 'destroyed', 'resolved') or not about.fits then perform app.refuse_ledger('witness', 'this needs no witness'); end if;
      if about.by_person = new.by_person
         or exists (select 1 from app.ledger_line g where g.practice_id = new.practice_id and g.by_person = new.by_person and g.fits and about.of_line is not null and (g.id = about.of_line or (g.of_line = about.of_line and g.kind = 'given'))) then
        perform app.refuse_ledger('witness', 'whoever gave, drew or did it does not witness it');
      end if;
    end if;
    if new.kind = 'adjusted' and not (about.kind = 'resolved' and about.body->'adjust' = jsonb_build_object('container', new.container_id, 'way', new.body->>'way', 'quantity', new.quantity)
       and exists (select 1 from app.ledger_line w where w.practice_id = new.practice_id and w.of_line = about.id and w.kind = 'witnessed' and w.fits)) then
      perform app.refuse_ledger('adjusted', 'stock is put right by a difference that two people signed');
    end if;
    if new.kind = 'transferred' and (here is distinct from (new.body->>'from')::uuid or here = new.place_id or new.quantity <> app.ledger_on_hand(new.practice_id, new.container_id)) then perform app.refuse_ledger('place', 'a container moves whole, from where it stands'); end if;
    if new.kind = 'closed' then
      if new.body->>'through' >= new.received_at then perform app.refuse_ledger('closed', 'a period is closed when it is over'); end if;
      if exists (select 1 from app.ledger_line d where d.practice_id = new.practice_id and d.kind = 'drawn' and d.fits and d.place_id = new.place_id and app.ledger_left_of_draw(d.practice_id, d.id) <> 0
          and not exists (select 1 from app.ledger_line r join app.ledger_line w on w.practice_id = r.practice_id and w.of_line = r.id and w.kind = 'witnessed' and w.fits where r.practice_id = d.practice_id and r.kind = 'resolved' and r.body->>'difference' = 'draw:' || d.id)) then
        perform app.refuse_ledger('balance', 'a draw is given, wasted, put back or explained before its period is closed');
      end if;
    end if;
  end if;
  update app.ledger h set last_seq = new.seq, last_digest = new.digest, last_at = new.received_at where h.practice_id = new.practice_id;
  return new;
end $$;
revoke execute on function app.judge_ledger_line() from public;
revoke execute on function app.refuse_ledger(text, text) from public;
create trigger lines_bear_what_they_say before insert on app.ledger_line for each row execute function app.judge_ledger_line();
create trigger lines_are_written_once before update or delete or truncate on app.ledger_line for each statement execute function app.refuse_rewriting();

alter table app.ledger enable row level security;
alter table app.ledger force row level security;
alter table app.ledger_line enable row level security;
alter table app.ledger_line force row level security;
create policy one_practice on app.ledger as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy one_practice on app.ledger_line as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy seen on app.ledger for select to openkap_app using ((select app.has_role('{therapist,prescriber,monitor,medical-director,owner}')) or (select app.purpose()) = 'job');
create policy seen on app.ledger_line for select to openkap_app using ((select app.has_role('{therapist,prescriber,monitor,medical-director,owner}')) or (select app.purpose()) = 'job');
create policy owner_keeps on app.ledger to openkap_owner using (true) with check (true);
create policy owner_keeps on app.ledger_line to openkap_owner using (true) with check (true);
grant select on app.ledger, app.ledger_line to openkap_app;

-- Takes the lock on the head. Nothing, where no ledger was begun and none is begun by this.
create function app.ledger_lock(begin_at text) returns app.ledger language plpgsql security definer set search_path = app, pg_temp as $$
declare session app.sign_in_session := app.ctx(); head app.ledger;
begin
  if session.purpose is distinct from 'job' and (session.purpose is distinct from 'person' or not app.has_role('{therapist,prescriber,monitor,medical-director}')) then return null; end if;
  if begin_at is not null then
    if session.purpose is distinct from 'person' or not app.has_role('{prescriber,medical-director}') then return null; end if;
    insert into app.ledger (practice_id, begun_at) values (session.practice_id, begin_at) on conflict do nothing;
  end if;
  select * into head from app.ledger h where h.practice_id = session.practice_id for update;
  return head;
end $$;
revoke execute on function app.ledger_lock(text) from public;
grant execute on function app.ledger_lock(text) to openkap_app;

-- The only way to write a line: in the name of whoever holds the token, or, by a job, in the name of whoever wrote the entry
-- of a chart that it is taken over from. The number and the digest before are known only here.
create function app.ledger_append(fresh jsonb) returns jsonb language plpgsql security definer set search_path = app, pg_temp as $$
declare session app.sign_in_session := app.ctx(); head app.ledger; one jsonb; sealed text; written jsonb := '[]';
begin
  select * into head from app.ledger h where h.practice_id = session.practice_id for update;
  if not found then raise exception 'no ledger was begun' using errcode = 'insufficient_privilege'; end if;
  for one in select * from jsonb_array_elements(fresh) loop
    if (case when session.purpose = 'job' then one->>'entry' is null
            when session.purpose = 'person' then one->>'entry' is not null or (one->>'by')::uuid is distinct from session.person_id
              or not app.has_role(case when one->>'kind' in ('witnessed', 'adjusted') then '{therapist,prescriber,monitor,medical-director}'::text[] else '{prescriber,medical-director}'::text[] end)
            else true end) then
      raise exception 'this is not yours to write' using errcode = 'insufficient_privilege';
    end if;
    head.last_seq := head.last_seq + 1;
    sealed := encode(sha256(convert_to((one->>'p0') || '"' || head.last_digest || '"' || (one->>'p1') || head.last_seq || (one->>'p2'), 'UTF8')), 'hex');
    insert into app.ledger_line (practice_id, seq, id, kind, at, received_at, by_person, place_id, container_id, quantity, of_line, chart_id, session_id, entry_id, fits, body, digest)
    values (session.practice_id, head.last_seq, (one->>'id')::uuid, one->>'kind', one->>'at', one->>'receivedAt', (one->>'by')::uuid, (one->>'place')::uuid, (one->>'container')::uuid, (one->>'quantity')::integer, (one->>'of')::uuid,
      (one->>'chart')::uuid, (one->>'session')::uuid, (one->>'entry')::uuid, (one->>'fits')::boolean, one->'body', sealed);
    head.last_digest := sealed;
    written := written || jsonb_build_object('seq', head.last_seq, 'digest', sealed);
  end loop;
  return written;
end $$;
revoke execute on function app.ledger_append(jsonb) from public;
grant execute on function app.ledger_append(jsonb) to openkap_app;
