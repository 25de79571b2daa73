-- Whose films the installation shows to everybody: the settings name the projects, and the service alone asks.
create function public.showcase_projects(p_projects uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', one.id, 'user_id', one.user_id)
    order by array_position(p_projects, one.id)), '[]')
  from public.projects one
  where one.id = any (p_projects) and one.deleted_at is null and one.current_version is not null
$$;
revoke execute on function public.showcase_projects from public, anon, authenticated;
grant execute on function public.showcase_projects to service_role;
