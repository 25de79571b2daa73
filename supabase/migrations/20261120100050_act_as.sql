-- Lets the service act for one user over HTTPS, where it has no token of theirs: the call runs in the user's own role
-- and under their claims, exactly as if they had made it, so that every grant and every policy holds.

create function public.act_as(as_user uuid, function text, arguments json) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  given constant text[] := array(select json_object_keys(arguments));
  call text;
  result jsonb;
begin
  if as_user is null then
    raise exception 'act_as needs a user' using errcode = '22004';
  end if;

  -- The arguments are unpacked by the types that the function declares, as PostgREST does for a direct call.
  select format('select to_jsonb(public.%I(%s)) from (select $1) as body(given)', p.proname, passed)
      || coalesce(', json_to_record(body.given) as given(' || columns || ')', '')
    into call
    from pg_catalog.pg_proc p
    cross join lateral (
      select
        string_agg(format('%1$I => given.%1$I', name), ', ') as passed,
        string_agg(format('%I %s', name, format_type(type, null)), ', ') as columns
      from unnest(p.proargnames[1 : p.pronargs], p.proargtypes::oid[]) as parameter(name, type)
      where name = any (given)
    ) as parameters
    where p.pronamespace = 'public'::regnamespace
      and p.prokind = 'f'
      and p.proname = function
      and given <@ coalesce(p.proargnames[1 : p.pronargs], '{}')
      and coalesce(p.proargnames[1 : p.pronargs - p.pronargdefaults], '{}') <@ given
    order by p.oid
    limit 1;
  if call is null then
    raise exception 'function public.%(%) does not exist', function, array_to_string(given, ', ')
      using errcode = '42883';
  end if;

  perform
    set_config('role', 'authenticated', true),
    set_config('request.jwt.claims', json_build_object('role', 'authenticated', 'sub', as_user)::text, true);
  execute call into result using arguments;
  return result;
end $$;

comment on function public.act_as is 'Runs a function as one user; only the service may.';

revoke execute on function public.act_as(uuid, text, json) from public, anon, authenticated;
grant execute on function public.act_as(uuid, text, json) to service_role;
