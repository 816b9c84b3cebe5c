-- The days on which a practice is closed stand in its settings. The owner and the coordinator keep them, and nothing
-- else of the settings is the coordinator's to change; so there is one function for just this. Some are added and some
-- taken away under the lock on the row: two people who edit at once lose nothing of each other's.
-- Adds a function and changes no row; undone by dropping it.
create function app.keep_closings(adding jsonb, removing jsonb) returns void language plpgsql security definer set search_path = app, pg_temp as $$
begin
  if not app.has_role('{owner,coordinator}') then raise exception 'closings are kept by the desk' using errcode = 'insufficient_privilege'; end if;
  update app.practice p set settings = p.settings || jsonb_build_object('closings', coalesce((
      select jsonb_agg(distinct c) from (
        select jsonb_array_elements(coalesce(p.settings->'closings', '[]')) as c union select jsonb_array_elements(adding)) known
       where not exists (select 1 from jsonb_array_elements(removing) r where r = c)), '[]'))
   where p.practice_id = app.practice();
end $$;
revoke execute on function app.keep_closings(jsonb, jsonb) from public;
grant execute on function app.keep_closings(jsonb, jsonb) to openkap_app;
