-- A brief written before signing in. Its owner is whoever holds the token; only the token's hash is kept, for seven days.

create table public.drafts (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  brief jsonb not null check (jsonb_typeof(brief) = 'object' and octet_length(brief::text) <= 4000000),
  claimed_by uuid references public.profiles (id) on delete cascade,
  claimed_at timestamptz,
  expires_at timestamptz not null default now() + interval '7 days',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((claimed_by is null) = (claimed_at is null))
);
create index drafts_claimed_by on public.drafts (claimed_by);
create index drafts_expiry on public.drafts (expires_at) where claimed_by is null;
create trigger touch before update on public.drafts for each row execute function private.touch();

-- An unclaimed draft is nobody's row: without its token no role but the service meets it.
alter table public.drafts enable row level security;
create policy claimed_drafts_are_readable on public.drafts for select to authenticated
  using ((select auth.uid()) = claimed_by);
create policy claimed_drafts_are_writable on public.drafts for update to authenticated
  using ((select auth.uid()) = claimed_by) with check ((select auth.uid()) = claimed_by);
create policy claimed_drafts_are_removable on public.drafts for delete to authenticated
  using ((select auth.uid()) = claimed_by);
grant select (id, brief, claimed_by, claimed_at, created_at, updated_at), update (brief), delete
  on public.drafts to authenticated;
grant select on public.drafts to service_role;

create function public.draft_list() returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', id, 'brief', brief, 'claimed_at', claimed_at, 'created_at', created_at, 'updated_at', updated_at
  ) order by claimed_at desc), '[]')
  from public.drafts where claimed_by = private.me()
$$;

create function public.draft_delete(p_draft uuid) returns jsonb
language plpgsql set search_path = '' as $$
begin
  delete from public.drafts where id = p_draft and claimed_by = private.me();
  return jsonb_build_object('id', p_draft);
end $$;

grant execute on function public.draft_list, public.draft_delete to authenticated;

create function private.no_draft() returns void
language plpgsql set search_path = '' as $$
begin
  perform private.fail('not_found', 'This draft does not exist any more: drafts are kept for seven days.');
end $$;

create function private.draft_shown(p_one public.drafts) returns jsonb
language sql immutable set search_path = '' as $$
  select to_jsonb(p_one) - 'token_hash'
$$;

create function public.draft_save(p_token_hash text, p_brief jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.drafts;
begin
  insert into public.drafts as kept (token_hash, brief) values (p_token_hash, p_brief)
  on conflict (token_hash) do update set brief = excluded.brief, expires_at = now() + interval '7 days'
  where kept.claimed_by is null and kept.expires_at > now()
  returning * into one;
  if one.id is null then
    perform private.no_draft();
  end if;
  return private.draft_shown(one);
end $$;

create function public.draft_open(p_token_hash text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  one public.drafts;
begin
  select * into one from public.drafts where token_hash = p_token_hash and claimed_by is null and expires_at > now();
  if not found then
    perform private.no_draft();
  end if;
  return private.draft_shown(one);
end $$;

-- Once, by the account that signs up; the same account may ask again.
create function public.draft_claim(p_token_hash text, p_user uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.drafts;
begin
  select * into one from public.drafts where token_hash = p_token_hash for update;
  if not found or coalesce(one.claimed_by <> p_user, false) or (one.claimed_by is null and one.expires_at <= now()) then
    perform private.no_draft();
  end if;
  if one.claimed_by is null then
    update public.drafts set claimed_by = p_user, claimed_at = now() where id = one.id returning * into one;
  end if;
  return private.draft_shown(one);
end $$;

revoke execute on function public.draft_save, public.draft_open, public.draft_claim from public, anon, authenticated;
grant execute on function public.draft_save, public.draft_open, public.draft_claim to service_role;
