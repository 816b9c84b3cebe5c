-- The figures of a practice are kept counted, so that an answer reads a few thousand numbers however many patients there
-- are: how many courses, questionnaires, side effects and inquiries say the same. Whoever tells a chart again takes away
-- what it came to before and adds what it comes to now, in the same transaction; once a day all of it is counted anew from
-- the rows. One row of each practice says as of when that is, and grows with every change.
-- A number that grew with every chart of its own is not needed any more. Reversible: two tables and an index; everything
-- in the tables comes from the rows of 0041 and from the inquiries.
create table app.outcome_practice (
  practice_id uuid not null references app.practice,
  day         date,
  revision    bigint not null default 0,
  looked_at   text,
  waiting     integer not null default 0,
  primary key (practice_id)
);
select app.describe('outcome_practice', '{"practice_id":"operational: the practice", "day":"operational: the local day up to which courses are counted as settled; empty until all was counted once", "revision":"operational: grows with every change of what is counted", "looked_at":"operational: when every chart was last looked at for something new, UTC", "waiting":"operational: charts that had changed and were not counted then"}');

-- A number never falls below nothing: then something was taken away that nobody had added, and the chart is tried again.
create table app.outcome_tally (
  practice_id uuid not null,
  what        text not null,
  cell        text collate "C" not null,
  says        text collate "C" not null,
  people      integer not null check (people >= 0),
  primary key (practice_id, what, cell, says),
  foreign key (practice_id) references app.outcome_practice
) with (fillfactor = 70);
select app.describe('outcome_tally', '{"practice_id":"operational: the practice", "what":"operational: what is counted", "cell":"clinical: protocol, indication, route, range of doses and year in one word; the year alone where inquiries are counted", "says":"clinical: in what those counted here agree", "people":"clinical: how many there are"}');

alter table app.outcome_chart drop column revision;
drop sequence app.outcome_revision;

-- Each chart that is counted asks when its person first asked.
create index inquiry_chart on app.inquiry (practice_id, chart_id) where chart_id is not null;

do $$ declare t text; begin
  foreach t in array array['outcome_practice', 'outcome_tally'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy one_practice on app.%I as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()))', t);
    execute format('create policy server_alone on app.%I to openkap_app using ((select app.purpose()) = ''job'') with check ((select app.purpose()) = ''job'')', t);
    execute format('grant select, insert, update, delete on app.%I to openkap_app', t);
  end loop;
end $$;
