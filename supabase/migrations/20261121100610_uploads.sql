-- What creators bring: how much room it takes, and what of it nothing of theirs refers to any more.

create table public.uploads (
  user_id uuid not null references public.profiles (id) on delete cascade,
  path text not null check (char_length(path) <= 1000 and starts_with(path, user_id || '/') and path !~ '(^|/)\.\.?(/|$)'),
  bytes bigint not null check (bytes >= 0),
  -- When it was brought last, and when it was last looked whether anything needs it.
  brought_at timestamptz not null default now(),
  looked_at timestamptz not null default now(),
  primary key (user_id, path)
);
create index uploads_looked on public.uploads (looked_at);
alter table public.uploads enable row level security;
create policy own_uploads_are_readable on public.uploads for select to authenticated using ((select auth.uid()) = user_id);
grant select on public.uploads to authenticated, service_role;

-- Ask before a file is kept: room is taken for it under its owner's lock, or it is refused. The same file takes it once.
create function public.upload_begin(p_user uuid, p_path text, p_bytes bigint, p_most_bytes bigint) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  used bigint;
begin
  perform 1 from public.profiles where id = p_user for no key update;
  if not found then
    perform private.fail('not_found', 'There is no such account.');
  end if;
  update public.uploads set brought_at = now() where user_id = p_user and path = p_path;
  if found then
    return '{"taken": true}';
  end if;
  select coalesce(sum(bytes), 0) into used from public.uploads where user_id = p_user;
  if used + p_bytes > p_most_bytes then
    return jsonb_build_object('taken', false);
  end if;
  insert into public.uploads (user_id, path, bytes) values (p_user, p_path, p_bytes);
  return '{"taken": true}';
end $$;

create function private.upload_is_needed(p_user uuid, p_path text) returns boolean
language sql stable set search_path = '' as $$
  select exists (select 1 from public.projects where user_id = p_user and strpos(brief::text, p_path) > 0)
    or exists (select 1 from public.scenes where user_id = p_user and strpos(settings::text, p_path) > 0)
    or exists (select 1 from public.project_versions where user_id = p_user and strpos(snapshot::text, p_path) > 0)
    or exists (select 1 from public.drafts where claimed_by = p_user and strpos(brief::text, p_path) > 0)
    or exists (select 1 from public.assets where path = p_path)
    or exists (select 1 from public.voice_profiles where sample_path = p_path)
    or exists (select 1 from public.voice_consents where recording_path = p_path)
$$;

-- Files that were brought so long ago and that nothing refers to, not even a project that can still be restored. Each call
-- looks at those that were not looked at for longest.
create function public.uploads_unneeded(p_days integer default 14, p_limit integer default 200) returns jsonb
language sql security definer set search_path = '' as $$
  with looked as (
    update public.uploads one set looked_at = now()
    where (user_id, path) in (
      select user_id, path from public.uploads where brought_at < now() - make_interval(days => greatest(p_days, 0))
      order by looked_at limit least(greatest(p_limit, 1), 1000) for update skip locked)
    returning one.*
  )
  select coalesce(jsonb_agg(jsonb_build_object('user_id', user_id, 'path', path, 'brought_at', brought_at)), '[]')
  from looked where not private.upload_is_needed(user_id, path)
$$;

-- Its file is gone. What was brought again meanwhile stays noted.
create function public.upload_forget(p_user uuid, p_path text, p_brought_at timestamptz) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.uploads where user_id = p_user and path = p_path and brought_at = p_brought_at;
  return '{"forgotten": true}';
end $$;

revoke execute on function public.upload_begin, public.uploads_unneeded, public.upload_forget from public, anon, authenticated;
grant execute on function public.upload_begin, public.uploads_unneeded, public.upload_forget to service_role;
