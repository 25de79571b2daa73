-- What an owner looks at: how the work goes, who is here, and what each step takes. For the service alone.

-- A finished file that somebody took with them.
create table public.downloads (
  id uuid primary key,
  user_id uuid not null,
  project_id uuid not null,
  name text not null default '' check (char_length(name) <= 300),
  at timestamptz not null default now(),
  foreign key (project_id, user_id) references public.projects (id, user_id) on delete cascade
);
create index downloads_project on public.downloads (project_id, user_id);
create index downloads_user on public.downloads (user_id);
create index downloads_at on public.downloads (at);
alter table public.downloads enable row level security;
create policy own_downloads_are_readable on public.downloads for select to authenticated
  using ((select auth.uid()) = user_id);
grant select on public.downloads to authenticated, service_role;

-- What a step took in one attempt of a job: a film that was interrupted has several rows a step.
create table public.step_metrics (
  job_id uuid not null references public.jobs (id) on delete cascade,
  step text not null check (step in ('SCRIPTING', 'VOICE_GEN', 'ALIGNMENT', 'VISUAL_PLAN', 'IMAGE_GEN', 'TIMELINE', 'RENDERING',
    'PACKAGING')),
  attempt uuid not null,
  seconds numeric(12, 3) not null check (seconds >= 0),
  made integer not null default 0 check (made >= 0),
  found integer not null default 0 check (found >= 0),
  bytes bigint not null default 0 check (bytes >= 0),
  fallbacks jsonb not null default '[]' check (jsonb_typeof(fallbacks) = 'array' and octet_length(fallbacks::text) <= 20000),
  at timestamptz not null default now(),
  primary key (job_id, step, attempt)
);
create index step_metrics_at on public.step_metrics (at);
alter table public.step_metrics enable row level security;
create policy nobody_reads_metrics on public.step_metrics for select to anon, authenticated using (false);
grant select on public.step_metrics to service_role;

create index jobs_ended on public.jobs (finished_at desc) where finished_at is not null;
create index jobs_ready on public.jobs (user_id, finished_at) where state = 'READY';
create index profiles_created on public.profiles (created_at desc);
create index audit_log_action on public.audit_log (action, id desc);
create index moderation_log_newest on public.moderation_log (created_at desc);

-- Somebody took the file of that path. What belongs to no project (a preview, a sample) is not counted.
create function public.download_note(p_id uuid, p_path text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  asset public.assets;
begin
  select * into asset from public.assets where path = p_path order by created_at desc limit 1;
  if found then
    insert into public.downloads (id, user_id, project_id, name)
    values (p_id, asset.user_id, asset.project_id, left(coalesce(asset.meta ->> 'name', ''), 300)) on conflict (id) do nothing;
  end if;
  return jsonb_build_object('counted', asset.id is not null);
end $$;

-- What a step took, noted by whoever holds the job. Again from the same attempt, the later figures stand.
create function public.step_note(
  p_job uuid, p_lease uuid, p_step text, p_seconds numeric, p_made integer default 0, p_found integer default 0,
  p_bytes bigint default 0, p_fallbacks jsonb default '[]'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_leased(p_job, p_lease);
begin
  insert into public.step_metrics as kept (job_id, step, attempt, seconds, made, found, bytes, fallbacks)
  values (job.id, p_step, p_lease, p_seconds, p_made, p_found, p_bytes, p_fallbacks)
  on conflict (job_id, step, attempt) do update set seconds = excluded.seconds, made = excluded.made, found = excluded.found,
    bytes = excluded.bytes, fallbacks = excluded.fallbacks;
  return jsonb_build_object('job', job.id, 'step', p_step);
end $$;

-- Jobs as the owner of the studio sees them, newest first: whose they are, and who makes them.
create function public.office_jobs(
  p_states jsonb default null, p_lane text default null, p_search text default '', p_limit integer default 50,
  p_before bigint default null
) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(private.job_shown(page.job) || jsonb_build_object('email', page.email, 'title', page.title,
    'lease_owner', (page.job).lease_owner, 'lease_until', (page.job).lease_until) order by (page.job).number desc), '[]')
  from (
    select job, account.email, project.title from public.jobs job
    join auth.users account on account.id = job.user_id
    join public.projects project on project.id = job.project_id
    where (p_states is null or p_states ? job.state) and (p_lane is null or job.lane = p_lane)
      and (p_before is null or job.number < p_before)
      and (p_search = '' or strpos(lower(concat_ws(' ', account.email, project.title, job.id, job.error_code)), lower(p_search)) > 0)
    order by job.number desc limit least(greatest(p_limit, 1), 500)
  ) page
$$;

-- What each step of one job took, over all of its attempts.
create function public.office_job_steps(p_job uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(line order by private.job_order(line.step)), '[]') from (
    select step, sum(seconds) as seconds, sum(made) as made, sum(found) as found, sum(bytes) as bytes, count(*) as attempts
    from public.step_metrics where job_id = p_job group by step
  ) line
$$;

-- The last sign of somebody: signing in, writing, ordering, or a program of theirs.
create function private.last_seen(p_user uuid, p_signed_in timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select greatest(p_signed_in,
    (select max(updated_at) from public.projects where user_id = p_user),
    (select max(created_at) from public.jobs where user_id = p_user),
    (select max(last_used_at) from public.api_keys where user_id = p_user))
$$;

-- Everybody, newest first; a page begins before the last one's created_at.
create function public.office_users(
  p_search text default '', p_plan text default null, p_limit integer default 50, p_before timestamptz default null
) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(page) - 'signed_in' || jsonb_build_object(
    'last_seen', private.last_seen(page.id, page.signed_in),
    'films', (select count(*) from public.jobs where user_id = page.id and state = 'READY'),
    'failed', (select count(*) from public.jobs where user_id = page.id and state = 'FAILED'),
    'spent', (select coalesce(sum(spent), 0) from public.jobs where user_id = page.id)
  ) order by page.created_at desc), '[]')
  from (
    select one.id, account.email, one.display_name, one.plan, one.created_at, credit.balance, credit.held, credit.debt,
      (to_jsonb(account) ->> 'last_sign_in_at')::timestamptz as signed_in
    from public.profiles one
    join auth.users account on account.id = one.id
    join public.credit_accounts credit on credit.user_id = one.id
    where (p_plan is null or one.plan = p_plan) and (p_before is null or one.created_at < p_before)
      and (p_search = '' or strpos(lower(concat_ws(' ', account.email, one.display_name, one.id)), lower(p_search)) > 0)
    order by one.created_at desc limit least(greatest(p_limit, 1), 500)
  ) page
$$;

-- The audit log, by action (a whole one, or all that begin so) and person.
create function public.office_audit(
  p_action text default '', p_user uuid default null, p_limit integer default 100, p_before bigint default null
) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(page order by page.id desc), '[]') from (
    select line.id, line.at, line.action, line.user_id, line.actor, line.subject, line.details, line.hash, account.email
    from public.audit_log line left join auth.users account on account.id = line.user_id
    where starts_with(line.action, p_action) and (p_user is null or line.user_id = p_user) and (p_before is null or line.id < p_before)
    order by line.id desc limit least(greatest(p_limit, 1), 1000)
  ) page
$$;

create function public.office_verdicts(
  p_verdict text default null, p_subject text default null, p_limit integer default 100, p_before timestamptz default null
) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(page order by page.created_at desc), '[]') from (
    select one.*, account.email from public.moderation_log one left join auth.users account on account.id = one.user_id
    where (p_verdict is null or one.verdict = p_verdict) and (p_subject is null or one.subject = p_subject)
      and (p_before is null or one.created_at < p_before)
    order by one.created_at desc limit least(greatest(p_limit, 1), 1000)
  ) page
$$;

-- How it goes, over the last days. Times are in seconds. Figures of people count those who signed up in these days.
create function public.office_metrics(p_days integer default 30) returns jsonb
language sql stable security definer set search_path = '' as $$
  with since as (select now() - make_interval(days => least(greatest(p_days, 1), 3650)) as at),
  ended as (select job.* from public.jobs job, since where job.finished_at >= since.at),
  newcomers as (
    select one.created_at, (select min(finished_at) from public.jobs where user_id = one.id and state = 'READY') as first_film
    from public.profiles one, since where one.created_at >= since.at
  ),
  waits as (select extract(epoch from first_film - created_at) as seconds from newcomers where first_film is not null),
  made as (select extract(epoch from finished_at - queued_at) as seconds from ended where state = 'READY'),
  pairs as (
    select user_id, finished_at, lag(finished_at) over (partition by user_id order by finished_at) as earlier
    from public.jobs where state = 'READY'
  )
  select jsonb_build_object(
    'signed_up', (select count(*) from newcomers),
    'activated', (select count(*) from waits),
    'first_film_median_s', (select percentile_cont(0.5) within group (order by seconds) from waits),
    'first_film_p95_s', (select percentile_cont(0.95) within group (order by seconds) from waits),
    'ready', (select count(*) from ended where state = 'READY'),
    'failed', (select count(*) from ended where state = 'FAILED'),
    'cancelled', (select count(*) from ended where state = 'CANCELLED'),
    'film_median_s', (select percentile_cont(0.5) within group (order by seconds) from made),
    'film_p95_s', (select percentile_cont(0.95) within group (order by seconds) from made),
    'remade', (select count(*) from ended where state = 'READY' and exists (
      select 1 from public.jobs before where before.project_id = ended.project_id and before.state = 'READY'
        and before.number < ended.number)),
    'retried', (select count(*) from ended where run > 1),
    'taken_over', (select count(*) from ended where attempts > 1),
    'downloads', (select count(*) from public.downloads, since where downloads.at >= since.at),
    'downloaded_films', (select count(distinct project_id) from public.downloads, since where downloads.at >= since.at),
    'active', (select count(distinct user_id) from ended),
    'two_in_a_week', (select count(distinct user_id) from pairs, since
      where finished_at >= since.at and finished_at - earlier <= interval '7 days'),
    'spent', (select coalesce(sum(spent), 0) from ended),
    'cost_micros', (select coalesce(sum(cost_micros), 0) from public.generations, since where created_at >= since.at)
  )
$$;

-- Day by day, the oldest first: who came, what was made, what failed, what was taken.
create function public.office_days(p_days integer default 30) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_agg(jsonb_build_object(
    'day', day::date,
    'signed_up', (select count(*) from public.profiles where created_at >= day and created_at < day + interval '1 day'),
    'ready', (select count(*) from public.jobs where state = 'READY' and finished_at >= day and finished_at < day + interval '1 day'),
    'failed', (select count(*) from public.jobs where state = 'FAILED' and finished_at >= day and finished_at < day + interval '1 day'),
    'downloads', (select count(*) from public.downloads where at >= day and at < day + interval '1 day')
  ) order by day)
  from generate_series(date_trunc('day', now()) - make_interval(days => least(greatest(p_days, 1), 366) - 1),
    date_trunc('day', now()), interval '1 day') day
$$;

-- What each step took a finished film, over all of its attempts: the median and the slowest twentieth.
create function public.office_steps(p_days integer default 30) returns jsonb
language sql stable security definer set search_path = '' as $$
  with films as (
    select one.step, one.job_id, sum(one.seconds) as seconds, sum(one.made) as made, sum(one.found) as found,
      sum(one.bytes) as bytes, sum(jsonb_array_length(one.fallbacks)) as fallbacks
    from public.step_metrics one join public.jobs job on job.id = one.job_id and job.state = 'READY'
    where job.finished_at >= now() - make_interval(days => least(greatest(p_days, 1), 3650))
    group by one.step, one.job_id
  )
  select coalesce(jsonb_agg(line order by private.job_order(line.step)), '[]') from (
    select step, count(*) as films, percentile_cont(0.5) within group (order by seconds) as median_s,
      percentile_cont(0.95) within group (order by seconds) as p95_s, sum(made) as made, sum(found) as found,
      sum(bytes) as bytes, sum(fallbacks) as fallbacks
    from films group by step
  ) line
$$;

-- Which workers hold jobs just now.
create function public.job_lease_owners() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(distinct lease_owner), '[]') from public.jobs where lease_until is not null
$$;

-- A worker is known to be dead: what it held may be taken over at once. Should it live after all, it learns so from its
-- next heartbeat, as after a lease that ran out.
create function public.job_lease_drop(p_worker text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  dropped integer;
begin
  update public.jobs set lease_until = now() where lease_owner = p_worker and lease_until > now();
  get diagnostics dropped = row_count;
  return jsonb_build_object('dropped', dropped);
end $$;

revoke execute on function public.download_note, public.step_note, public.office_jobs, public.office_job_steps, public.office_users,
  public.office_audit, public.office_verdicts, public.office_metrics, public.office_days, public.office_steps,
  public.job_lease_owners, public.job_lease_drop from public, anon, authenticated;
grant execute on function public.download_note, public.step_note, public.office_jobs, public.office_job_steps, public.office_users,
  public.office_audit, public.office_verdicts, public.office_metrics, public.office_days, public.office_steps,
  public.job_lease_owners, public.job_lease_drop to service_role;
