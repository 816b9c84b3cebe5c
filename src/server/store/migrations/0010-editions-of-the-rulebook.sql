-- A practice's own editions of the rulebook: which figures it turned, who signed and why, and the whole book that came of
-- it, word for word, with its digest. An edition is written once; the next one takes its place and the old one stays.
-- Tightening is signed by a prescriber or the medical director. Loosening is the medical director's alone, with a reason,
-- and that is asked here once more, past the program. Which edition is in force stands with the practice, where the
-- application cannot write it: an edition that has gone missing is noticed, and not taken for none.
-- Reversible: yes, while no practice has adopted an edition.
alter table app.practice add column rulebook_edition integer not null default 0;
select app.describe('practice', '{"rulebook_edition":"operational: its own edition of the rulebook in force; 0 is the one that ships"}');

create table app.rulebook_edition (
  practice_id    uuid not null references app.practice,
  number         integer not null check (number > 0),
  name           text not null check (length(name) between 1 and 80),
  shipped_sha256 text not null check (shipped_sha256 ~ '^[0-9a-f]{64}$'),
  changes        jsonb not null check (jsonb_typeof(changes) = 'array'),
  moves          jsonb not null check (jsonb_typeof(moves) = 'array' and jsonb_array_length(moves) > 0),
  book           text not null,
  book_sha256    text not null check (book_sha256 ~ '^[0-9a-f]{64}$'),
  reason         text not null,
  adopted_by     uuid not null,
  adopted_at     text not null,
  primary key (practice_id, number),
  unique (practice_id, name),
  foreign key (practice_id, adopted_by) references app.person
);
select app.describe('rulebook_edition', '{"practice_id":"operational: the practice", "number":"operational: 1, 2, 3 and so on, without a gap", "name":"public: how decisions name it", "shipped_sha256":"public: digest of the rulebook it was made from", "changes":"public: every figure that stands away from what ships, with who turned it, when and why", "moves":"public: what this edition turned, and which way", "book":"public: the whole book, as canonical JSON", "book_sha256":"public: its digest", "reason":"operational: why, as signed", "adopted_by":"operational: who signed", "adopted_at":"operational: when, UTC"}');
alter table app.rulebook_edition enable row level security;
alter table app.rulebook_edition force row level security;
create policy one_practice on app.rulebook_edition as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy seen on app.rulebook_edition for select to openkap_app using (true);
create policy signed on app.rulebook_edition for insert to openkap_app with check (adopted_by = (select app.me()) and ((select app.has_role('{medical-director}'))
  or ((select app.has_role('{prescriber}')) and not moves @> '[{"way":"looser"}]')));
grant select, insert on app.rulebook_edition to openkap_app;

create function app.take_edition() returns trigger language plpgsql security definer set search_path = app, pg_temp as $$
declare in_force integer;
begin
  if new.book_sha256 <> encode(sha256(convert_to(new.book, 'UTF8')), 'hex') then raise exception 'the digest is not that of the book' using errcode = 'check_violation'; end if;
  if exists (select 1 from jsonb_array_elements(new.moves) move where coalesce(move->>'way', '') not in ('tighter', 'looser')
      or (move->>'way' = 'looser' and length(trim(coalesce(move->>'reason', ''))) < 20)) then raise exception 'loosening needs a reason' using errcode = 'check_violation'; end if;
  select rulebook_edition into in_force from app.practice where practice_id = new.practice_id for update;
  if new.number <> in_force + 1 then raise exception 'edition % follows %', in_force + 1, in_force using errcode = 'unique_violation', constraint = 'rulebook_edition_follows'; end if;
  update app.practice set rulebook_edition = new.number where practice_id = new.practice_id;
  return new;
end $$;
revoke execute on function app.take_edition() from public;
create trigger editions_follow before insert on app.rulebook_edition for each row execute function app.take_edition();
create trigger editions_are_written_once before update or delete or truncate on app.rulebook_edition for each statement execute function app.refuse_rewriting();
