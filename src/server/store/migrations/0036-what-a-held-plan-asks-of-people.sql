-- A plan that is held was made for what its patient needs of people, such as a language. Whoever books it days later says
-- nothing of that any more, so it is kept beside the held visits and held against the people again then.
-- Reversible: drop the column.
alter table app.visit add column held_needs jsonb check (jsonb_typeof(held_needs) = 'array');
select app.describe('visit', '{"held_needs":"clinical: what was asked of people when it was held, looked at again when it is booked"}');
grant update (held_needs) on app.visit to openkap_app;
