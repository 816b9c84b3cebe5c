-- What the database itself keeps from a chart, whatever the program in front of it believes: a signature or a session that
-- says it went past what nobody may pass, a dose without its session, and a correction that only makes something else
-- disappear. Which rules and gates those are, and what may correct what, stands with the table of kinds, written by the
-- program at its start. Whether a fact is met is not judged here: that takes the rules, and the server has them.
-- Reversible: yes; two columns, a function and a trigger. No entry is touched, and what was written before stays.
alter table app.entry_kind add column corrected text not null default 'alike' check (corrected in ('alike', 'note', 'never'));
alter table app.entry_kind add column never_past text[] not null default '{}';
select app.describe('entry_kind', '{"corrected":"public: what may correct it", "never_past":"public: the rules or gates that nobody passes, and that an entry of this kind may not say were passed"}');

create function app.refuse_unfounded() returns trigger language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
declare past jsonb; before app.entry; may text;
begin
  if new.kind in ('clearance.v1', 'gate-passed.v1', 'session-started.v1') then
    select jsonb_build_object('never', to_jsonb(k.never_past)) into past from app.entry_kind k where k.kind = new.kind;
    if (case new.kind
         when 'clearance.v1' then new.body->>'decision' = 'cleared' and (jsonb_path_exists(new.body, '$.overrides[*].rule ? (@ == $never[*])', past) or jsonb_path_exists(new.body, '$.screening.met[*].rule ? (@ == $never[*])', past))
         when 'gate-passed.v1' then jsonb_path_exists(new.body, '$.gate ? (@ == $never[*])', past)
         else jsonb_path_exists(new.body, '$.gates[*] ? (@.gate == $never[*] && (!(@.state == "met") || exists(@.reason)))', past)
       end) then
      raise exception 'nobody may pass this' using errcode = 'check_violation', constraint = 'entry_goes_past';
    end if;
  end if;
  if new.kind = 'dose-given.v1' and not exists (select 1 from app.session_claim c where c.practice_id = new.practice_id and c.session_id = new.session_id and c.chart_id = new.chart_id) then
    raise exception 'a dose belongs to a session of its chart' using errcode = 'check_violation', constraint = 'entry_in_session';
  end if;
  if new.amends is not null then
    select * into before from app.entry e where e.practice_id = new.practice_id and e.stream_id = new.stream_id and e.id = new.amends;
    select k.corrected into may from app.entry_kind k where k.kind = before.kind;
    if may = 'never' or (before.id is not null and new.session_id is distinct from before.session_id) or (before.kind <> new.kind and new.kind <> 'imported.v1' and not (new.kind = 'session-note.v1' and may = 'note' and coalesce(new.session_id = before.session_id, false))) then
      raise exception 'this does not correct that' using errcode = 'check_violation', constraint = 'entry_corrects';
    end if;
  end if;
  return new;
end $$;
revoke execute on function app.refuse_unfounded() from public;
create trigger entries_bear_what_they_say before insert on app.entry for each row
  when (new.amends is not null or new.kind in ('clearance.v1', 'gate-passed.v1', 'session-started.v1', 'dose-given.v1')) execute function app.refuse_unfounded();
