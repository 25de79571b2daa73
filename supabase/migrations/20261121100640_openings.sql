-- A film without a title is called by its topic, by how its notes begin, or by its first document or link, wherever it is
-- named.

create function private.opening(p_brief jsonb) returns text
language sql immutable set search_path = '' as $$
  select left(concat_ws(E'\n', nullif(p_brief ->> 'topic', ''), nullif(p_brief ->> 'notes', ''),
    p_brief #>> '{documents,0,name}', p_brief #>> '{links,0}'), 300)
$$;

create or replace function private.project_shown(p_one public.projects) returns jsonb
language sql immutable set search_path = '' as $$
  select to_jsonb(p_one) - 'asked' || jsonb_build_object('opening', private.opening(p_one.brief))
$$;

create or replace function public.project_cards(
  p_limit integer default 24, p_before timestamptz default null, p_before_id uuid default null,
  p_search text default '', p_state text default ''
) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(page) || jsonb_build_object(
    'thumbnail', coalesce(
      (select path from public.assets where version_id = page.current_version and project_id = page.id and type = 'thumbnail'
       order by created_at desc limit 1),
      (select artifact ->> 'path' from public.job_steps step, jsonb_array_elements(step.artifacts) artifact
       where step.job_id = page.job_id and artifact ->> 'kind' = 'picture' limit 1)),
    'seconds', (select (meta ->> 'seconds')::numeric from public.assets
      where version_id = page.current_version and project_id = page.id and type = 'video' and meta ? 'seconds'
      order by created_at desc limit 1)
  ) order by page.updated_at desc, page.id desc), '[]') from (
    select one.id, one.title, one.niche, one.target_minutes, one.aspect, one.current_version, one.created_at, one.updated_at,
      one.deleted_at, opening.words as opening, job.id as job_id, job.state as job_state, coalesce(job.progress, 0) as progress,
      job.message as message, job.error_message as error, shown.state as state
    from public.projects one
    cross join lateral (select private.opening(one.brief) as words) opening
    left join lateral (
      select * from public.job_cards made where made.project_id = one.id and made.user_id = one.user_id
      order by made.number desc limit 1
    ) job on true
    cross join lateral (select case
      when job.state in ('PENDING', 'QUEUED') then 'waiting'
      when job.state = 'FAILED' then 'failed'
      when private.job_order(job.state) is not null then 'making'
      when one.current_version is not null or job.state = 'READY' then 'ready'
      when job.state = 'CANCELLED' then 'cancelled'
      else 'draft' end as state) shown
    where one.user_id = private.me()
      and (p_before is null
        or (one.updated_at, one.id) < (p_before, coalesce(p_before_id, '00000000-0000-0000-0000-000000000000')))
      and (one.deleted_at is not null) = (p_state = 'deleted')
      and (p_state in ('', 'deleted') or shown.state = p_state)
      -- strpos, so that nothing somebody types is a pattern.
      and (p_search = '' or strpos(lower(one.title || ' ' || replace(one.niche, '-', ' ') || ' '
        || regexp_replace(opening.words, '\s+', ' ', 'g')), lower(p_search)) > 0)
    order by one.updated_at desc, one.id desc limit least(greatest(p_limit, 1), 200)
  ) page
$$;

create or replace function public.credit_overview() returns jsonb
language sql stable set search_path = '' as $$
  select to_jsonb(account) || jsonb_build_object('holds', (
    select coalesce(jsonb_agg(jsonb_build_object('amount', hold.amount, 'created_at', hold.created_at, 'job_id', hold.job_id,
      'project_id', project.id, 'title', project.title,
      'opening', private.opening(project.brief), 'job_state', job.state) order by hold.created_at desc), '[]')
    from public.credit_holds hold
    left join public.job_cards job on job.id = hold.job_id
    left join public.projects project on project.id = job.project_id
    where hold.user_id = account.user_id and hold.state = 'held'
  ))
  from public.credit_accounts account where account.user_id = private.me()
$$;

create or replace function public.credit_lines(p_limit integer default 50, p_before bigint default null) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(page) order by page.id desc), '[]') from (
    select line.*, hold.job_id, project.id as project_id, project.title,
      private.opening(project.brief) as opening
    from (
      select * from public.credit_statement one
      where one.user_id = private.me() and (p_before is null or one.id < p_before)
      order by one.id desc limit least(greatest(p_limit, 1), 500)
    ) line
    left join public.credit_holds hold on hold.id = line.hold_id
    left join public.job_cards job on job.id = hold.job_id
    left join public.projects project on project.id = job.project_id
  ) page
$$;

create or replace function public.office_jobs(
  p_states jsonb default null, p_lane text default null, p_search text default '', p_limit integer default 50,
  p_before bigint default null
) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(private.job_shown(page.job) || jsonb_build_object('email', page.email, 'title', page.title,
    'opening', page.opening, 'lease_owner', (page.job).lease_owner, 'lease_until', (page.job).lease_until)
    order by (page.job).number desc), '[]')
  from (
    select job, account.email, project.title, private.opening(project.brief) as opening from public.jobs job
    join auth.users account on account.id = job.user_id
    join public.projects project on project.id = job.project_id
    where (p_states is null or p_states ? job.state) and (p_lane is null or job.lane = p_lane)
      and (p_before is null or job.number < p_before)
      and (p_search = '' or strpos(lower(concat_ws(' ', account.email, project.title, private.opening(project.brief),
        job.id, job.error_code)), lower(p_search)) > 0)
    order by job.number desc limit least(greatest(p_limit, 1), 500)
  ) page
$$;

grant execute on function private.opening to authenticated;
