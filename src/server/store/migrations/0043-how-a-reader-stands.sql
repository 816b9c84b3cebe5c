-- How whoever holds a token stands to a chart, in one line that can be compared: whether it is their own, their roles on its
-- care team, and those in the practice. A stream that was opened by one standing ends when there is another.
-- Reversible: one function.
create function app.stands_as(token text, chart uuid) returns text language sql stable security definer set search_path = app, pg_temp as $$
  select concat_ws(' ', c.patient_id = s.person_id,
      array(select t.role from app.care_team t where t.practice_id = s.practice_id and t.chart_id = c.chart_id and t.person_id = s.person_id and t.until is null order by t.role),
      array(select m.role from app.membership m where m.practice_id = s.practice_id and m.person_id = s.person_id order by m.role))
    from app.sign_in_session s join app.chart c on c.practice_id = s.practice_id and c.chart_id = stands_as.chart
   where s.token_sha256 = sha256(convert_to(stands_as.token, 'UTF8')) $$;
revoke execute on function app.stands_as(text, uuid) from public;
grant execute on function app.stands_as(text, uuid) to openkap_app;
