-- One more purpose for a narrow link: the patient is asked about new times of their visits, or told of them. It names the
-- entry that says which. Everything else about such a link is as it was: found by the key alone, used once, and ended when
-- its visit no longer stands where it stood. The messages are found by an index of what was told.
-- Reversible: two constraints and an index; no row is touched.
alter table app.narrow_link drop constraint narrow_link_purpose_check, drop constraint narrow_link_check1;
alter table app.narrow_link
  add constraint narrow_link_purpose_check check (purpose in ('day-before', 'morning', 'ride', 'moved')),
  add constraint narrow_link_whose check ((purpose = 'ride') = (person_id is null) and (purpose in ('ride', 'moved')) = (named is not null));
create index entry_change_told on app.entry (practice_id, received_at) where kind = 'change-told.v1';
