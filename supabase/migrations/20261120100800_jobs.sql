-- Jobs: films in the making. A job reserves its credits when it starts and settles them when it ends, in the same
-- transaction as the change of state. Locks are taken in one order: the project, the job, its user's account.

create table public.jobs (
  id uuid primary key,
  number bigint generated always as identity unique,
  user_id uuid not null references public.profiles (id) on delete cascade,
  project_id uuid not null,
  lane text not null check (lane in ('gpu', 'cpu')),
  priority smallint not null check (priority between -100 and 100),
  state text not null default 'PENDING' check (state in ('PENDING', 'QUEUED', 'SCRIPTING', 'VOICE_GEN', 'ALIGNMENT',
    'VISUAL_PLAN', 'IMAGE_GEN', 'TIMELINE', 'RENDERING', 'PACKAGING', 'READY', 'FAILED', 'CANCELLED')),
  progress smallint not null default 0 check (progress between 0 and 100),
  message text not null default '' check (char_length(message) <= 500),
  error_code text check (char_length(error_code) <= 100),
  error_message text check (char_length(error_message) <= 2000),
  failed_step text check (char_length(failed_step) <= 60),
  attempts smallint not null default 0 check (attempts >= 0),
  max_attempts smallint not null default 3 check (max_attempts between 1 and 20),
  -- What was asked, and the figures that its price was made from.
  request jsonb not null check (jsonb_typeof(request) = 'object' and octet_length(request::text) <= 4000000),
  usage jsonb not null check (octet_length(usage::text) <= 20000),
  asked text not null,
  -- Each run (the first, and one for every retry after a failure) reserves anew.
  run smallint not null default 1 check (run between 1 and 1000),
  retry_key text check (char_length(retry_key) <= 200),
  hold_id uuid references public.credit_holds (id),
  reserved bigint not null default 0 check (reserved >= 0),
  spent bigint check (spent between 0 and reserved),
  result jsonb check (octet_length(result::text) <= 1000000),
  -- The place in the one line that workers take from; also the mark that a job fills one of its user's slots.
  place bigint,
  not_before timestamptz not null default now(),
  lease_key uuid unique,
  lease_owner text check (char_length(lease_owner) <= 200),
  lease_until timestamptz,
  last_lease uuid,
  created_at timestamptz not null default now(),
  queued_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  updated_at timestamptz not null default now(),
  foreign key (project_id, user_id) references public.projects (id, user_id) on delete cascade,
  check ((lease_key is null) = (lease_until is null)),
  check ((lease_key is not null) = (state in ('SCRIPTING', 'VOICE_GEN', 'ALIGNMENT', 'VISUAL_PLAN', 'IMAGE_GEN', 'TIMELINE',
    'RENDERING', 'PACKAGING'))),
  check (place is null or lease_key is not null or state = 'QUEUED')
);
create index jobs_user on public.jobs (user_id, number desc);
create index jobs_project on public.jobs (project_id, user_id);
create index jobs_hold on public.jobs (hold_id);
create index jobs_line on public.jobs (priority desc, place) where state = 'QUEUED' and place is not null;
create index jobs_waiting on public.jobs (user_id, priority desc, number) where state = 'QUEUED' and place is null;
create index jobs_slots on public.jobs (user_id) where place is not null;
create index jobs_leases on public.jobs (lease_until) where lease_until is not null;
create index jobs_dead on public.jobs (finished_at desc) where state = 'FAILED';
create trigger touch before update on public.jobs for each row execute function private.touch();

create table public.job_steps (
  job_id uuid not null references public.jobs (id) on delete cascade,
  step text not null check (step in ('SCRIPTING', 'VOICE_GEN', 'ALIGNMENT', 'VISUAL_PLAN', 'IMAGE_GEN', 'TIMELINE', 'RENDERING',
    'PACKAGING')),
  user_id uuid not null references public.profiles (id) on delete cascade,
  state text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
  progress smallint not null default 0 check (progress between 0 and 100),
  message text not null default '' check (char_length(message) <= 500),
  artifacts jsonb not null default '[]' check (jsonb_typeof(artifacts) = 'array' and octet_length(artifacts::text) <= 200000),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (job_id, step),
  check ((state = 'RUNNING') = (finished_at is null))
);
create index job_steps_user on public.job_steps (user_id);

alter table public.jobs enable row level security;
alter table public.job_steps enable row level security;
create policy own_jobs_are_readable on public.jobs for select to authenticated using ((select auth.uid()) = user_id);
create policy own_steps_are_readable on public.job_steps for select to authenticated using ((select auth.uid()) = user_id);
-- All but the lease, which is between the store and its workers.
grant select (id, number, user_id, project_id, lane, priority, state, progress, message, error_code, error_message,
  failed_step, attempts, max_attempts, request, usage, run, reserved, spent, result, place, not_before, created_at,
  queued_at, started_at, finished_at, updated_at) on public.jobs to authenticated;
grant select on public.jobs to service_role;
grant select on public.job_steps to authenticated, service_role;

create view public.job_cards with (security_invoker = true) as
  select id, number, user_id, project_id, lane, priority, state, progress, message, error_code, error_message, failed_step,
    attempts, max_attempts, usage, run, reserved, spent, result, place, created_at, queued_at, started_at, finished_at,
    updated_at
  from public.jobs;
grant select on public.job_cards to authenticated, service_role;

-- Which changes of state there are; the trigger holds everybody to it, the functions of this file included.
create function private.job_order(p_state text) returns integer
language sql immutable set search_path = '' as $$
  select array_position(array['SCRIPTING', 'VOICE_GEN', 'ALIGNMENT', 'VISUAL_PLAN', 'IMAGE_GEN', 'TIMELINE', 'RENDERING',
    'PACKAGING'], p_state)
$$;

create function private.job_may(p_from text, p_to text) returns boolean
language sql immutable set search_path = '' as $$
  select case
    when p_from in ('PENDING', 'FAILED', 'CANCELLED') and p_to = 'QUEUED' then true
    when p_from in ('PENDING', 'QUEUED') and p_to = 'CANCELLED' then true
    when p_from = 'QUEUED' and p_to = 'SCRIPTING' then true
    when private.job_order(p_from) is null then false
    when private.job_order(p_to) is not null then private.job_order(p_to) > private.job_order(p_from)
    when p_to = 'READY' then p_from = 'PACKAGING'
    else p_to in ('PENDING', 'QUEUED', 'FAILED', 'CANCELLED')
  end
$$;

create function private.job_guard() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not private.job_may(old.state, new.state) then
    perform private.fail('illegal_transition', format('A job cannot go from %s to %s.', old.state, new.state),
      jsonb_build_object('from', old.state, 'to', new.state));
  end if;
  return new;
end $$;
create trigger guard before update of state on public.jobs
  for each row when (old.state is distinct from new.state) execute function private.job_guard();

-- A project or an account that is removed takes its jobs along; their open reservations go back first.
create function private.job_gone() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select 1 from public.credit_holds where id = old.hold_id and state = 'held') then
    perform private.credit_settle(old.hold_id, 0, 'The film was removed');
  end if;
  return old;
end $$;
create trigger gone after delete on public.jobs for each row execute function private.job_gone();

create sequence private.line;

create function private.job_shown(p_job public.jobs) returns jsonb
language sql immutable set search_path = '' as $$
  select to_jsonb(p_job) - 'asked' - 'retry_key' - 'lease_key' - 'lease_owner' - 'lease_until' - 'last_lease' - 'hold_id'
    - 'request' - 'not_before'
$$;

-- A user takes at most as many places in the line as their plan runs films at once. When one of theirs ends, the next one
-- joins the end of the line: nobody is starved by somebody else's hundred films. The caller holds the account's lock.
create function private.job_promote(p_user uuid) returns void
language plpgsql set search_path = '' as $$
declare
  free integer;
begin
  select plan.max_running - (select count(*) from public.jobs where user_id = p_user and place is not null) into free
  from public.profiles one join public.plans plan on plan.name = one.plan where one.id = p_user;
  if free > 0 then
    update public.jobs set place = nextval('private.line')
    where id in (
      -- A row that is locked is just being cancelled; whoever does that promotes afterwards.
      select id from public.jobs where user_id = p_user and state = 'QUEUED' and place is null
      order by priority desc, number limit free for update skip locked
    );
  end if;
end $$;

create function private.job_lock(p_job uuid) returns public.jobs
language plpgsql set search_path = '' as $$
declare
  job public.jobs;
begin
  select * into job from public.jobs where id = p_job for update;
  if not found then
    perform private.fail('not_found', 'There is no such job.');
  end if;
  return job;
end $$;

create function private.job_lock_of(p_job uuid, p_user uuid) returns public.jobs
language plpgsql set search_path = '' as $$
declare
  job public.jobs;
begin
  select * into job from public.jobs where id = p_job and user_id = p_user for update;
  if not found then
    perform private.fail('not_found', 'There is no such job.');
  end if;
  return job;
end $$;

-- The job of a worker who holds its lease. A worker whose lease ran out keeps it until somebody else takes the job.
create function private.job_leased(p_job uuid, p_lease uuid) returns public.jobs
language plpgsql set search_path = '' as $$
declare
  job public.jobs := private.job_lock(p_job);
begin
  if job.lease_key = p_lease then
    return job;
  end if;
  if job.state = 'CANCELLED' then
    perform private.fail('job_cancelled', 'This job was cancelled.');
  end if;
  perform private.fail('lease_lost', 'This job is no longer this worker''s.', jsonb_build_object('state', job.state));
end $$;

create function private.lease(p_seconds integer) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  if p_seconds is null or p_seconds not between 1 and 3600 then
    perform private.fail('value_invalid', 'A lease lasts from 1 to 3600 seconds.');
  end if;
  return clock_timestamp() + make_interval(secs => p_seconds);
end $$;

-- The end of a run in READY, FAILED or CANCELLED: settle the credits, leave the slot, let the user's next job in.
create function private.job_end(p_job public.jobs, p_state text, p_used bigint, p_code text, p_sentence text, p_step text)
returns public.jobs
language plpgsql set search_path = '' as $$
declare
  job public.jobs;
  hold public.credit_holds;
begin
  perform private.credit_lock(p_job.user_id);
  hold := private.credit_settle(p_job.hold_id, p_used, initcap(p_state));
  update public.jobs set state = p_state, spent = hold.spent, finished_at = now(), place = null,
    progress = case when p_state = 'READY' then 100 else progress end,
    error_code = p_code, error_message = p_sentence, failed_step = p_step,
    lease_key = null, lease_owner = null, lease_until = null, last_lease = coalesce(lease_key, last_lease)
  where id = p_job.id returning * into job;
  update public.job_steps set state = 'FAILED', finished_at = now()
  where job_id = job.id and state = 'RUNNING' and p_state <> 'READY';
  perform private.job_promote(job.user_id);
  return job;
end $$;

-- A film is made for a project that stays: whoever removes one waits for this, and then meets the job.
create function private.job_project(p_project uuid, p_user uuid) returns boolean
language plpgsql set search_path = '' as $$
begin
  perform 1 from public.projects where id = p_project and user_id = p_user and deleted_at is null for share;
  return found;
end $$;

-- Create a job and reserve its price, or neither. `p_usage` is what the price is made from (see private.bill).
create function public.job_start(
  p_id uuid, p_user uuid, p_project uuid, p_request jsonb, p_usage jsonb,
  p_lane text default 'cpu', p_queue boolean default true, p_priority smallint default null
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  asked text := private.fingerprint(jsonb_build_array(p_user, p_project, p_request, p_usage, p_lane, p_queue, p_priority));
  has_project boolean := private.job_project(p_project, p_user);
  plan public.plans;
  price bigint;
  job public.jobs;
begin
  perform private.credit_lock(p_user);
  select * into job from public.jobs where id = p_id;
  if found then
    perform private.expect_same(job.asked, asked);
    return private.job_shown(job);
  end if;
  if not has_project then
    perform private.fail('not_found', 'There is no such project.');
  end if;
  select one.* into plan from public.profiles profile join public.plans one on one.name = profile.plan where profile.id = p_user;
  select sum(line.credits) into price from private.bill(p_usage) line;
  if (p_usage ->> 'seconds')::numeric > plan.max_minutes * 60 then
    perform private.fail('value_invalid', format('Your plan makes films of up to %s minutes.', plan.max_minutes));
  end if;
  insert into public.jobs (id, user_id, project_id, lane, priority, request, usage, asked, reserved, hold_id)
  values (p_id, p_user, p_project, p_lane, coalesce(p_priority, plan.priority), p_request, p_usage, asked, price,
    private.credit_hold(p_user, price, 'job:' || p_id || ':1', p_id, 'Film'))
  returning * into job;
  if p_queue then
    job := private.job_enqueue(job);
  end if;
  return private.job_shown(job);
end $$;

create function private.job_enqueue(p_job public.jobs) returns public.jobs
language plpgsql set search_path = '' as $$
declare
  job public.jobs;
begin
  perform private.credit_lock(p_job.user_id);
  update public.jobs set state = 'QUEUED', queued_at = now(), not_before = now(), place = null where id = p_job.id;
  perform private.job_promote(p_job.user_id);
  select * into job from public.jobs where id = p_job.id;
  return job;
end $$;

-- A job that waited for its creator goes on; one that does so already is left alone.
create function public.job_resume(p_job uuid, p_user uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_lock_of(p_job, p_user);
begin
  if job.state in ('READY', 'FAILED', 'CANCELLED') then
    perform private.fail('illegal_transition', 'This job has ended.', jsonb_build_object('from', job.state, 'to', 'QUEUED'));
  end if;
  if job.state = 'PENDING' then
    job := private.job_enqueue(job);
  end if;
  return private.job_shown(job);
end $$;

-- Stop, in whatever state, and give back what was reserved. What has ended already stays as it ended.
create function public.job_cancel(p_job uuid, p_user uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_lock_of(p_job, p_user);
begin
  if job.state not in ('READY', 'FAILED', 'CANCELLED') then
    job := private.job_end(job, 'CANCELLED', 0, null, null, null);
  end if;
  return private.job_shown(job);
end $$;

-- Try a failed or cancelled job again, as a new run at today's price. Its artifacts are still there.
create function public.job_retry(p_job uuid, p_user uuid, p_key text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  has_project boolean := private.job_project((select project_id from public.jobs where id = p_job), p_user);
  job public.jobs := private.job_lock_of(p_job, p_user);
  price bigint;
begin
  if coalesce(p_key, '') = '' then
    perform private.fail('value_invalid', 'A retry needs a key.');
  end if;
  if job.retry_key = p_key then
    return private.job_shown(job);
  end if;
  if job.state not in ('FAILED', 'CANCELLED') then
    perform private.fail('illegal_transition', 'Only a failed or cancelled job can be tried again.',
      jsonb_build_object('from', job.state, 'to', 'QUEUED'));
  end if;
  if not has_project then
    perform private.fail('not_found', 'The project of this film was removed: restore it first.');
  end if;
  select sum(line.credits) into price from private.bill(job.usage) line;
  perform private.credit_lock(p_user);
  update public.jobs set run = run + 1, retry_key = p_key, attempts = 0, progress = 0, message = '', reserved = price, spent = null,
    error_code = null, error_message = null, failed_step = null, finished_at = null, result = null,
    hold_id = private.credit_hold(p_user, price, 'job:' || p_job || ':' || (job.run + 1), p_job, 'Film, tried again')
  where id = p_job returning * into job;
  delete from public.job_steps where job_id = p_job;
  return private.job_shown(private.job_enqueue(job));
end $$;

-- A project that its creator removes takes its open jobs out of the line.
create function private.project_closed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs;
begin
  for job in select * from public.jobs
    where project_id = new.id and state not in ('READY', 'FAILED', 'CANCELLED') order by id for update
  loop
    perform private.job_end(job, 'CANCELLED', 0, null, null, null);
  end loop;
  return new;
end $$;
create trigger closed after update of deleted_at on public.projects
  for each row when (old.deleted_at is null and new.deleted_at is not null) execute function private.project_closed();

-- A plan that allows more lets waiting jobs into the line at once.
create function private.plan_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.credit_lock(new.id);
  perform private.job_promote(new.id);
  return new;
end $$;
create trigger plan_changed after update of plan on public.profiles
  for each row when (old.plan is distinct from new.plan) execute function private.plan_changed();

revoke execute on function public.job_start, public.job_resume, public.job_cancel, public.job_retry
  from public, anon, authenticated;
grant execute on function public.job_start, public.job_resume, public.job_cancel, public.job_retry to service_role;

-- What a user sees.
create function public.job_get(p_job uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  card jsonb;
begin
  select to_jsonb(one) into card from public.job_cards one where one.id = p_job and one.user_id = private.me();
  if card is null then
    perform private.fail('not_found', 'There is no such job.');
  end if;
  return card || jsonb_build_object('steps', (
    select coalesce(jsonb_agg(to_jsonb(one_step) - 'job_id' - 'user_id' order by private.job_order(one_step.step)), '[]')
    from public.job_steps one_step where one_step.job_id = p_job
  ));
end $$;

create function public.job_list(p_limit integer default 50, p_before bigint default null, p_project uuid default null)
returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(page order by page.number desc), '[]') from (
    select * from public.job_cards one
    where one.user_id = private.me() and (p_before is null or one.number < p_before)
      and (p_project is null or one.project_id = p_project)
    order by one.number desc limit least(greatest(p_limit, 1), 200)
  ) page
$$;

grant execute on function private.job_order to authenticated;
grant execute on function public.job_get, public.job_list to authenticated;
