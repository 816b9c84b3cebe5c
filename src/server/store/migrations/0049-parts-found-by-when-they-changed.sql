-- Whoever invites asks every few seconds which parts in visits changed just now; without an index every visit there ever was is
-- read for it. Reversible: two indexes.
create index visit_person_changed on app.visit_person (practice_id, changed_at);
create index visit_patient_changed on app.visit_patient (practice_id, changed_at);
