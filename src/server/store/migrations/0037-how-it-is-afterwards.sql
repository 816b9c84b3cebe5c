-- People are asked how it is after the session they came home from last: found by when its end reached the record.
create index entry_session_closed on app.entry (practice_id, received_at) where kind = 'session-closed.v1';
