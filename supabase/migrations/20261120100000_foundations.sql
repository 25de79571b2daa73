-- The ground rules that every later migration stands on.
-- Tables live in public under row-level security; what serves only the SQL itself lives in private, which no API exposes.

create schema private;
grant usage on schema private to authenticated, service_role;

-- A new function is nobody's to run until a grant says so. Only the form without a schema takes PUBLIC's right away.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;

-- The one way to refuse: a sentence for people, a stable code for programs (in the hint), the facts (in the detail).
create function private.fail(code text, sentence text, facts jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'P0001', message = sentence, hint = code, detail = facts::text;
end $$;

-- Whom the call acts for.
create function private.me() returns uuid
language plpgsql stable set search_path = '' as $$
declare
  acting constant uuid := auth.uid();
begin
  if acting is null then
    perform private.fail('forbidden', 'Sign in first.');
  end if;
  return acting;
end $$;

grant execute on function private.fail to authenticated, service_role;
grant execute on function private.me to authenticated;

-- What was asked, in short: a repeated request is recognised by its key and must match in this.
create function private.fingerprint(asked jsonb) returns text
language sql immutable set search_path = '' as $$
  select encode(sha256(convert_to(asked::text, 'UTF8')), 'hex')
$$;

create function private.expect_same(recorded text, asked text) returns void
language plpgsql set search_path = '' as $$
begin
  if recorded is distinct from asked then
    perform private.fail('key_reused', 'This request was made before with different values.');
  end if;
end $$;

create function private.touch() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end $$;

-- For tables that are history: not even the service changes or removes a row.
create function private.refuse_change() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = '42501', message = format('%I.%I is append-only', tg_table_schema, tg_table_name);
end $$;
