-- What a practice has signed about questionnaires that are not free for all: a condition accepted word for word, the words
-- of its own licensed copy, or that a form is used no more. Rows are only added: a later copy is a row of its own, and the
-- digest of the words of each stays beside them, so that an answer names what was read.
-- Reversible: yes, while no form was answered in a practice's own words.
create table app.form_choice (
  practice_id  uuid not null references app.practice,
  choice_id    uuid not null,
  instrument   text not null check (length(instrument) between 1 and 60),
  version      text not null,
  kind         text not null check (kind in ('condition', 'copy', 'stopped')),
  statement    text not null check (length(trim(statement)) > 0),
  words        text,
  words_sha256 text check (words_sha256 = encode(sha256(convert_to(words, 'UTF8')), 'hex')),
  text_sha256  text check (text_sha256 ~ '^[0-9a-f]{64}$'),
  made_by      uuid not null,
  made_at      text not null,
  primary key (practice_id, choice_id),
  foreign key (practice_id, made_by) references app.person,
  check ((kind = 'copy') = (words is not null) and (kind = 'copy') = (words_sha256 is not null) and (kind = 'copy') = (text_sha256 is not null))
);
create index form_choice_of on app.form_choice (practice_id, made_at, choice_id);
select app.describe('form_choice', '{"practice_id":"operational: the practice", "choice_id":"operational: one signature", "instrument":"operational: about which questionnaire", "version":"operational: of which version of it", "kind":"operational: a condition accepted, a copy loaded, or used no more", "statement":"operational: the clause as accepted, the licence as stated, or why, word for word", "words":"operational: the words of the copy, as canonical JSON; they belong to their owner", "words_sha256":"operational: the digest of the copy", "text_sha256":"operational: the digest of the form with these words, as answers name it", "made_by":"operational: who signed", "made_at":"operational: when, UTC"}');

alter table app.form_choice enable row level security;
alter table app.form_choice force row level security;
create policy one_practice on app.form_choice as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
-- Whoever answers a form has to read its words.
create policy seen on app.form_choice for select to openkap_app using ((select app.me()) is not null or (select app.purpose()) = 'job');
create policy signed on app.form_choice for insert to openkap_app with check (made_by = (select app.me()) and (select app.has_role('{medical-director}')));
create trigger written_once before update or delete or truncate on app.form_choice for each statement execute function app.refuse_rewriting();
grant select, insert on app.form_choice to openkap_app;
