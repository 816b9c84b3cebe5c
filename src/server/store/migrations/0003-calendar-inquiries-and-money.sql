-- The calendar, where the database itself refuses a double booking; inquiries; documents; and the ledgers.
--
-- Buffers lie inside the excluded range. A prescriber on call covers several rooms at once in numbered lanes;
-- everybody else has lane 0 only.
-- Reversible: yes, while empty.

create table app.visit (
  practice_id uuid not null references app.practice,
  visit_id    uuid not null,
  type        text not null, number integer not null default 1,
  during      tstzrange not null check (not isempty(during)),
  local_start text not null, zone text not null, online boolean not null default false,
  state       text not null default 'booked' check (state in ('held', 'booked', 'cancelled')),
  held_until  timestamptz,
  primary key (practice_id, visit_id)
);
create index visit_during on app.visit using gist (practice_id, during);
select app.describe('visit', '{"practice_id":"operational: the practice", "visit_id":"operational: the visit", "type":"operational: what kind of visit", "number":"operational: which of its kind", "during":"operational: when, UTC", "local_start":"operational: wall-clock intent", "zone":"operational: its time zone", "online":"operational: online or in person", "state":"operational: held, booked or cancelled", "held_until":"operational: when a hold lapses"}');

create table app.visit_patient (
  practice_id uuid not null,
  visit_id    uuid not null,
  chart_id    uuid not null,
  during      tstzrange not null,
  active      boolean not null default true,
  primary key (practice_id, visit_id, chart_id),
  exclude using gist (practice_id with =, chart_id with =, during with &&) where (active)
);
select app.describe('visit_patient', '{"practice_id":"operational: the practice", "visit_id":"operational: the visit", "chart_id":"operational: whose", "during":"operational: when, UTC", "active":"operational: still stands"}');

create table app.visit_person (
  practice_id uuid not null,
  visit_id    uuid not null,
  person_id   uuid not null,
  role        text not null,
  lane        integer not null default 0 check (lane between 0 and 4),
  during      tstzrange not null,
  active      boolean not null default true,
  primary key (practice_id, visit_id, person_id),
  exclude using gist (practice_id with =, person_id with =, lane with =, during with &&) where (active)
);
select app.describe('visit_person', '{"practice_id":"operational: the practice", "visit_id":"operational: the visit", "person_id":"operational: who is there", "role":"operational: as what", "lane":"operational: 0 in the room, 1 to 4 on call", "during":"operational: when, UTC", "active":"operational: still stands"}');

create table app.visit_room (
  practice_id uuid not null,
  visit_id    uuid not null,
  room_id     uuid not null,
  during      tstzrange not null,
  active      boolean not null default true,
  primary key (practice_id, visit_id, room_id),
  exclude using gist (practice_id with =, room_id with =, during with &&) where (active)
);
select app.describe('visit_room', '{"practice_id":"operational: the practice", "visit_id":"operational: the visit", "room_id":"operational: where", "during":"operational: when, UTC, with turnover", "active":"operational: still stands"}');

create table app.inquiry (
  practice_id uuid not null references app.practice,
  inquiry_id  uuid not null,
  received_at text not null,
  name        text not null, email text, phone text,
  message     text not null default '', preferences jsonb not null default '{}', precheck jsonb,
  state       text not null default 'new' check (state in ('new', 'called', 'matched', 'closed')),
  call        jsonb, chart_id uuid, closed_why text,
  primary key (practice_id, inquiry_id)
);
select app.describe('inquiry', '{"practice_id":"operational: the practice", "inquiry_id":"operational: the inquiry", "received_at":"operational: when, UTC", "name":"identity: name given", "email":"contact: mail given", "phone":"contact: telephone given", "message":"clinical: what brings the person", "preferences":"clinical: conditions, times, place, language", "precheck":"clinical: answers the person chose to send along", "state":"operational: how far it is", "call":"clinical: the call sheet as it stands", "chart_id":"operational: the chart it became", "closed_why":"operational: why it ended here"}');

create table app.document (
  practice_id uuid not null references app.practice,
  document_id uuid not null,
  chart_id    uuid not null,
  title       text not null, media_type text not null, bytes bytea not null, sha256 text not null, created_at text not null,
  readers     text[] not null,
  primary key (practice_id, document_id)
);
select app.describe('document', '{"practice_id":"operational: the practice", "document_id":"operational: the document", "chart_id":"operational: the chart", "title":"clinical: what it is", "media_type":"operational: its format", "bytes":"clinical: the document", "sha256":"operational: digest of the bytes", "created_at":"operational: when, UTC", "readers":"operational: roles that may read it"}');

create table app.charge (
  practice_id uuid not null references app.practice,
  charge_id   uuid not null,
  chart_id    uuid not null, visit_id uuid, superbill_number text not null,
  code        text not null, descriptor text not null, modifier text not null, place_of_service text not null,
  units       integer not null, amount_cents bigint not null, at text not null, by_person uuid not null, reverses uuid,
  primary key (practice_id, charge_id)
);
select app.describe('charge', '{"practice_id":"operational: the practice", "charge_id":"money: the line", "chart_id":"money: whose", "visit_id":"money: for which visit", "superbill_number":"money: on which bill", "code":"money: billing code", "descriptor":"money: the practice''s words", "modifier":"money: modifier", "place_of_service":"money: place of service", "units":"money: units", "amount_cents":"money: amount, negative when it reverses", "at":"money: when, UTC", "by_person":"operational: who charged it", "reverses":"money: the line it takes back"}');
create trigger charges_are_written_once before update or delete or truncate on app.charge for each statement execute function app.refuse_rewriting();
create trigger documents_are_written_once before update or delete or truncate on app.document for each statement execute function app.refuse_rewriting();

create table app.mail (
  practice_id uuid not null references app.practice,
  mail_id     uuid not null,
  recipient   text not null, subject text not null, body text not null,
  created_at  text not null, sent_at text, failures integer not null default 0,
  primary key (practice_id, mail_id)
);
select app.describe('mail', '{"practice_id":"operational: the practice", "mail_id":"operational: the mail", "recipient":"contact: to whom", "subject":"operational: without any health fact", "body":"operational: without any health fact; may hold a link", "created_at":"operational: when, UTC", "sent_at":"operational: when it left, UTC", "failures":"operational: tries that failed"}');

create table app.notice (
  practice_id uuid not null,
  notice_id   uuid not null,
  person_id   uuid not null,
  chart_id    uuid,
  kind        text not null, says text not null, entry_id uuid,
  created_at  text not null, done_at text,
  primary key (practice_id, notice_id)
);
create index notice_person on app.notice (practice_id, person_id) where done_at is null;
select app.describe('notice', '{"practice_id":"operational: the practice", "notice_id":"operational: the notice", "person_id":"operational: who has to know", "chart_id":"operational: about which chart", "kind":"operational: what kind of thing", "says":"clinical: one sentence", "entry_id":"operational: the entry behind it", "created_at":"operational: when, UTC", "done_at":"operational: when it was seen to, UTC"}');
