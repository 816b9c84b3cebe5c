-- Adopting a course again keeps every adoption before it: who, when, which edition, and the row itself, word for word.
-- The newest counts for courses chosen from then on. And a notice can be about an inquiry, which has no chart yet, and
-- can say by when somebody has to have acknowledged it, so that silence is found and passed on.
-- Reversible: yes, while no course was adopted twice.
alter table app.protocol_choice drop constraint protocol_choice_pkey;
alter table app.protocol_choice add primary key (practice_id, protocol, adopted_at);
alter table app.protocol_choice add column adopted_row jsonb;
select app.describe('protocol_choice', '{"adopted_row":"public: the row as it was adopted, word for word; null where it was adopted before rows were kept"}');

alter table app.notice add column inquiry_id uuid;
alter table app.notice add column answer_by text;
alter table app.notice add foreign key (practice_id, inquiry_id) references app.inquiry;
create index notice_waiting on app.notice (practice_id, answer_by) where done_at is null and answer_by is not null;
create index notice_inquiry on app.notice (practice_id, inquiry_id) where inquiry_id is not null;
select app.describe('notice', '{"inquiry_id":"operational: about which inquiry", "answer_by":"operational: by when somebody has to have acknowledged it, UTC"}');

-- The desk made the call and has to see whether a clinician has taken it over. A job finds what nobody has acknowledged.
create policy desk_follows on app.notice for select to openkap_app using (inquiry_id is not null and (select app.desk()));
create policy job_watches on app.notice for select to openkap_app using ((select app.purpose()) = 'job');
