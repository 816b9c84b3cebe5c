-- Loosening is signed by two. The medical director's signature under an edition in which something is looser makes a
-- proposal, which binds nothing. It becomes an edition when somebody else who treats here signs it too, and then it is
-- what was proposed, to the letter: asked here once more, past the program. A proposal is answered once; nothing of it is
-- ever changed or taken away. Editions that one person loosened before this stand as they were signed.
-- Reversible: yes, while nothing has been proposed.
create table app.edition_proposal (
  practice_id    uuid not null references app.practice,
  proposal_id    uuid not null,
  content        text not null check (jsonb_typeof(content::jsonb) = 'object'),
  content_sha256 text not null check (content_sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  proposed_by    uuid not null,
  proposed_at    text not null,
  primary key (practice_id, proposal_id),
  foreign key (practice_id, proposed_by) references app.person
);
select app.describe('edition_proposal', '{"practice_id":"operational: the practice", "proposal_id":"operational: the proposal", "content":"operational: what was asked for and what came of it, as canonical JSON: on which edition, which figures or course, which way each, why, and the digest of the whole book", "content_sha256":"operational: its digest", "proposed_by":"operational: who signed first", "proposed_at":"operational: when, UTC"}');

create table app.edition_answer (
  practice_id uuid not null,
  proposal_id uuid not null,
  answer      text not null check (answer in ('signed', 'declined', 'withdrawn')),
  reason      text not null,
  answered_by uuid not null,
  answered_at text not null,
  primary key (practice_id, proposal_id),
  foreign key (practice_id, proposal_id) references app.edition_proposal,
  foreign key (practice_id, answered_by) references app.person
);
select app.describe('edition_answer', '{"practice_id":"operational: the practice", "proposal_id":"operational: the proposal", "answer":"operational: signed by a second person, declined by one, or withdrawn by the first", "reason":"operational: why", "answered_by":"operational: who", "answered_at":"operational: when, UTC"}');

do $$
declare each_table text;
begin
  foreach each_table in array array['edition_proposal', 'edition_answer'] loop
    execute format('alter table app.%I enable row level security', each_table);
    execute format('alter table app.%I force row level security', each_table);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', each_table);
    execute format('create policy seen on app.%I for select to openkap_app using ((select app.staff()))', each_table);
    execute format('create trigger written_once before update or delete or truncate on app.%I for each statement execute function app.refuse_rewriting()', each_table);
    execute format('grant select, insert on app.%I to openkap_app', each_table);
  end loop;
end $$;
create policy owner_reads on app.edition_proposal for select to openkap_owner using (true);
create policy owner_writes on app.edition_answer for insert to openkap_owner with check (true);
create policy proposed on app.edition_proposal for insert to openkap_app with check (proposed_by = (select app.me()) and (select app.has_role('{medical-director}')));
-- That it was signed is written with the edition that comes of it, and by nothing else.
create policy answered on app.edition_answer for insert to openkap_app with check (answered_by = (select app.me()) and case answer
  when 'withdrawn' then exists (select from app.edition_proposal p where p.proposal_id = edition_answer.proposal_id and p.proposed_by = (select app.me()))
  when 'declined' then (select app.has_role('{therapist,prescriber,medical-director}')) and exists (select from app.edition_proposal p where p.proposal_id = edition_answer.proposal_id and p.proposed_by <> (select app.me()))
  else false end);

alter table app.rulebook_edition add column proposal_id uuid;
alter table app.rulebook_edition add column countersigned_by uuid;
alter table app.rulebook_edition add column countersigned_why text;
select app.describe('rulebook_edition', '{"proposal_id":"operational: the proposal it came of, where something in it is looser", "countersigned_by":"operational: the second person who signed", "countersigned_why":"operational: what they wrote"}');
alter table app.rulebook_edition add foreign key (practice_id, proposal_id) references app.edition_proposal;
alter table app.rulebook_edition add foreign key (practice_id, countersigned_by) references app.person;
alter table app.rulebook_edition add unique (practice_id, proposal_id);
alter table app.rulebook_edition add constraint rulebook_edition_second check (case when proposal_id is null then countersigned_by is null and countersigned_why is null
  else countersigned_by is not null and countersigned_by <> adopted_by and length(trim(coalesce(countersigned_why, ''))) >= 20 end);
-- Not asked of what stands: one signature was enough until now.
alter table app.rulebook_edition add constraint rulebook_edition_by_two check (proposal_id is not null or not (moves @> '[{"way":"looser"}]' or moves @> '[{"beyondShipped":true}]')) not valid;

drop policy signed on app.rulebook_edition;
create policy signed on app.rulebook_edition for insert to openkap_app with check (case when proposal_id is null
  then adopted_by = (select app.me()) and ((select app.has_role('{medical-director}')) or ((select app.has_role('{prescriber}')) and not moves @> '[{"way":"looser"}]'))
  else countersigned_by = (select app.me()) and (select app.has_role('{therapist,prescriber,medical-director}')) end);

-- As before; only that who writes something else of the practice need not wait for it.
create or replace function app.take_edition() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
declare in_force integer;
begin
  if new.book_sha256 <> encode(sha256(convert_to(new.book, 'UTF8')), 'hex') then raise exception 'the digest is not that of the book' using errcode = 'check_violation'; end if;
  if exists (select 1 from jsonb_array_elements(new.moves) move where coalesce(move->>'way', '') not in ('tighter', 'looser')
      or (move->>'way' = 'looser' and length(trim(coalesce(move->>'reason', ''))) < 20)) then raise exception 'loosening needs a reason' using errcode = 'check_violation'; end if;
  select rulebook_edition into in_force from app.practice where practice_id = new.practice_id for no key update;
  if new.number <> in_force + 1 then raise exception 'edition % follows %', in_force + 1, in_force using errcode = 'unique_violation', constraint = 'rulebook_edition_follows'; end if;
  update app.practice set rulebook_edition = new.number where practice_id = new.practice_id;
  return new;
end $$;

-- After row security has let it in, and while the practice is locked.
create function app.sign_second() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
declare proposed app.edition_proposal; said jsonb;
begin
  select * into proposed from app.edition_proposal p where p.practice_id = new.practice_id and p.proposal_id = new.proposal_id;
  said := proposed.content::jsonb;
  if said is null or proposed.content_sha256 <> encode(sha256(convert_to(proposed.content, 'UTF8')), 'hex') or new.adopted_by <> proposed.proposed_by or said->>'by' is distinct from proposed.proposed_by::text
      or said->>'on' is distinct from (new.number - 1)::text or said->'moves' is distinct from new.moves or said->'changes' is distinct from new.changes or said->>'bookSha256' is distinct from new.book_sha256
      or said->>'shippedSha256' is distinct from new.shipped_sha256 or said->>'reason' is distinct from new.reason then
    raise exception 'the edition is not what was proposed' using errcode = 'check_violation', constraint = 'rulebook_edition_as_proposed';
  end if;
  if not exists (select 1 from app.membership m join app.person p using (practice_id, person_id) where m.practice_id = new.practice_id and m.person_id = new.adopted_by and m.role = 'medical-director' and p.active)
      or not exists (select 1 from app.membership m join app.person p using (practice_id, person_id) join app.credential c using (practice_id, person_id) where m.practice_id = new.practice_id and m.person_id = new.countersigned_by
        and m.role in ('therapist', 'prescriber', 'medical-director') and p.active and c.totp_confirmed) then
    raise exception 'loosening is signed by the medical director and by somebody else who treats here' using errcode = 'check_violation', constraint = 'rulebook_edition_by_two';
  end if;
  insert into app.edition_answer (practice_id, proposal_id, answer, reason, answered_by, answered_at) values (new.practice_id, new.proposal_id, 'signed', new.countersigned_why, new.countersigned_by, new.adopted_at);
  return null;
end $$;
revoke execute on function app.sign_second() from public;
create trigger loosened_by_two after insert on app.rulebook_edition for each row when (new.proposal_id is not null) execute function app.sign_second();
