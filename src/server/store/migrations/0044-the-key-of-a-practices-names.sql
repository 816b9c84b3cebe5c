-- The key by which a practice names people and moves their days in what it gives to a registry: the same in every export, so
-- that what is written twice is one person, and nobody without it can lead a name back. The server alone reads it.
-- Reversible: one table. Where it is dropped, later exports name everybody anew, and earlier ones cannot be led back.
create table app.registry_key (
  practice_id uuid not null references app.practice primary key,
  key         text not null,
  made_at     timestamptz not null
);
select app.describe('registry_key', '{"practice_id":"operational: the practice", "key":"credential: names people in what leaves for a registry; it never leaves itself", "made_at":"operational: when the first export needed it"}');

alter table app.registry_key enable row level security;
alter table app.registry_key force row level security;
create policy one_practice on app.registry_key as restrictive to openkap_app using (practice_id = (select app.practice())) with check (practice_id = (select app.practice()));
create policy server_alone on app.registry_key to openkap_app using ((select app.purpose()) = 'job') with check ((select app.purpose()) = 'job');
grant select, insert on app.registry_key to openkap_app;
