-- The audit log: what happened and must stay known. Each row carries the hash of the one before, so a missing or changed
-- row shows.

create table public.audit_log (
  id bigint primary key,
  at timestamptz not null,
  action text not null check (action ~ '^[a-z_.]{1,60}$'),
  user_id uuid,
  actor text not null check (char_length(actor) between 1 and 120),
  subject text not null default '' check (char_length(subject) <= 300),
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object' and octet_length(details::text) <= 20000),
  before_hash text not null,
  hash text not null unique
);
create index audit_log_user on public.audit_log (user_id, id desc);
create trigger append_only before update or delete on public.audit_log
  for each row execute function private.refuse_change();
create trigger never_emptied before truncate on public.audit_log
  for each statement execute function private.refuse_change();

-- Where the chain ends, so that rows missing from its end show as well. Its lock puts the rows in one order.
create table private.audit_end (
  one boolean primary key default true check (one),
  last_id bigint not null,
  hash text not null
);
insert into private.audit_end (last_id, hash) values (0, repeat('0', 64));
alter table private.audit_end enable row level security;

alter table public.audit_log enable row level security;
create policy own_history_is_readable on public.audit_log for select to authenticated using ((select auth.uid()) = user_id);
grant select on public.audit_log to authenticated, service_role;

create function private.audit_hash(p_row public.audit_log) returns text
language sql stable set search_path = '' as $$
  select encode(sha256(convert_to(jsonb_build_array(p_row.id, extract(epoch from p_row.at)::text, p_row.action, p_row.user_id,
    p_row.actor, p_row.subject, p_row.details, p_row.before_hash)::text, 'UTF8')), 'hex')
$$;

create function private.audit(p_action text, p_user uuid, p_actor text, p_subject text, p_details jsonb)
returns public.audit_log
language plpgsql set search_path = '' as $$
declare
  chain private.audit_end;
  line public.audit_log;
begin
  select * into chain from private.audit_end for update;
  line := row(chain.last_id + 1, clock_timestamp(), p_action, p_user, p_actor, coalesce(p_subject, ''),
    coalesce(p_details, '{}'), chain.hash, '');
  line.hash := private.audit_hash(line);
  insert into public.audit_log select line.*;
  update private.audit_end set last_id = line.id, hash = line.hash;
  return line;
end $$;

create unique index audit_log_key on public.audit_log ((details ->> 'key'));

-- `p_key` makes a repeated call write once; it stays in the details.
create function public.audit_record(
  p_key uuid, p_action text, p_user uuid, p_actor text, p_subject text default '', p_details jsonb default '{}'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  line public.audit_log;
begin
  if p_key is null then
    perform private.fail('value_invalid', 'An audit entry needs a key.');
  end if;
  perform 1 from private.audit_end for update;
  select * into line from public.audit_log where details ->> 'key' = p_key::text;
  if not found then
    line := private.audit(p_action, p_user, p_actor, p_subject,
      coalesce(p_details, '{}') || jsonb_build_object('key', p_key));
  elsif (line.action, line.user_id, line.actor, line.subject, line.details - 'key')
      is distinct from (p_action, p_user, p_actor, coalesce(p_subject, ''), coalesce(p_details, '{}') - 'key') then
    perform private.fail('key_reused', 'This entry was made before with different values.');
  end if;
  return to_jsonb(line);
end $$;

-- The first row that does not follow from the one before it, or null while the chain is whole.
create function public.audit_verify() returns jsonb
language sql stable security definer set search_path = '' as $$
  with chained as (
    select line.id, line.hash, line.before_hash, private.audit_hash(line) as counted,
      lag(line.hash, 1, repeat('0', 64)) over (order by line.id) as previous, row_number() over (order by line.id) as place
    from public.audit_log line
  )
  select to_jsonb(least(
    (select min(place) from chained where id <> place or hash <> counted or before_hash <> previous),
    (select chain.last_id from private.audit_end chain
     where chain.last_id <> 0 and not exists (
       select 1 from chained where chained.id = chain.last_id and chained.hash = chain.hash))
  ))
$$;

create function public.audit_list(p_limit integer default 100, p_before bigint default null, p_user uuid default null)
returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(page order by page.id desc), '[]') from (
    select * from public.audit_log
    where (p_before is null or id < p_before) and (p_user is null or user_id = p_user)
    order by id desc limit least(greatest(p_limit, 1), 1000)
  ) page
$$;

revoke execute on function public.audit_record, public.audit_verify, public.audit_list from public, anon, authenticated;
grant execute on function public.audit_record, public.audit_verify, public.audit_list to service_role;
