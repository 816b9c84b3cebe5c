-- A difference may be explained without an amount. Compared with the amount that was missing there, a line that puts stock
-- right was neither equal nor unequal, and so was not refused. Whatever is not known to fit is refused now, as in the core.
-- Adds a check beside the one that stands; nothing that was rightly written changes. Reversible: drop trigger and function.
create function app.judge_ledger_adjusted() returns trigger language plpgsql security definer set search_path = app, pg_temp set enable_seqscan = off as $$
begin
  if new.fits and new.kind = 'adjusted' and (select r.body->'adjust' = jsonb_build_object('container', new.container_id, 'way', new.body->>'way', 'quantity', new.quantity)
       from app.ledger_line r where r.practice_id = new.practice_id and r.id = new.of_line and r.kind = 'resolved') is not true then
    perform app.refuse_ledger('adjusted', 'stock is put right by a difference that two people signed');
  end if;
  if new.fits and new.kind = 'counted' and new.body->>'expected' is null then perform app.refuse_ledger('count', 'a count says what was expected'); end if;
  return new;
end $$;
revoke execute on function app.judge_ledger_adjusted() from public;
create trigger lines_put_right_what_was_signed before insert on app.ledger_line for each row execute function app.judge_ledger_adjusted();
