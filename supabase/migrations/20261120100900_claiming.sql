-- What workers do: take the next job under a lease, keep it alive with heartbeats, note steps, and end it one way or other.
-- A worker that dies says nothing; its lease runs out and the next claim takes the job over, artifacts and all.

-- A job as a worker needs it.
create function private.job_taken(p_job public.jobs) returns jsonb
language sql stable set search_path = '' as $$
  select private.job_shown(p_job) || jsonb_build_object('request', p_job.request, 'lease_key', p_job.lease_key,
    'lease_until', p_job.lease_until, 'steps', (
      select coalesce(jsonb_agg(to_jsonb(one_step) - 'job_id' - 'user_id' order by private.job_order(one_step.step)), '[]')
      from public.job_steps one_step where one_step.job_id = p_job.id))
$$;

create function private.job_take(p_job uuid, p_worker text, p_key uuid, p_until timestamptz) returns public.jobs
language sql set search_path = '' as $$
  update public.jobs set state = case when state = 'QUEUED' then 'SCRIPTING' else state end, attempts = attempts + 1,
    lease_key = p_key, lease_owner = p_worker, lease_until = p_until, last_lease = null,
    started_at = coalesce(started_at, now())
  where id = p_job returning *
$$;

-- Taken over from a lost worker, oldest loss first; after the last attempt it is a dead letter instead. At most one is
-- buried here: burying locks an account, and nobody may wait for a second one.
create function private.job_take_over(p_worker text, p_lanes text[], p_key uuid, p_until timestamptz) returns public.jobs
language plpgsql set search_path = '' as $$
declare
  job public.jobs;
begin
  select * into job from public.jobs
  where lease_until < now() and lane = any (p_lanes) order by lease_until limit 1 for update skip locked;
  if job.attempts < job.max_attempts then
    return private.job_take(job.id, p_worker, p_key, p_until);
  end if;
  if job.id is not null then
    perform private.job_bury(job);
  end if;
  return null;
end $$;

create function private.job_bury(p_job public.jobs) returns void
language sql set search_path = '' as $$
  select private.job_end(p_job, 'FAILED', 0, 'worker_lost',
    'The machine that made this film stopped, several times. Nothing was charged. Try again, and tell us if it happens once more.',
    p_job.state)
$$;

-- The next job for a worker of these lanes, or null. Asked again with the same key, it answers with the same job.
create function public.job_claim(p_worker text, p_lanes jsonb, p_key uuid, p_lease_s integer default 60) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  lanes text[] := array(select jsonb_array_elements_text(p_lanes));
  lease_end timestamptz := private.lease(p_lease_s);
  next_id uuid;
  job public.jobs;
begin
  if p_key is null or coalesce(p_worker, '') = '' then
    perform private.fail('value_invalid', 'A claim names its worker and has a key.');
  end if;
  select * into job from public.jobs where lease_key = p_key;
  if not found then
    job := private.job_take_over(p_worker, lanes, p_key, lease_end);
  end if;
  if job.id is null then
    select id into next_id from public.jobs
    where state = 'QUEUED' and place is not null and lane = any (lanes) and not_before <= now()
    order by priority desc, place limit 1 for update skip locked;
    job := private.job_take(next_id, p_worker, p_key, lease_end);
  end if;
  return case when job.id is not null then private.job_taken(job) end;
end $$;

create function public.job_heartbeat(p_job uuid, p_lease uuid, p_lease_s integer default 60) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_leased(p_job, p_lease);
begin
  update public.jobs set lease_until = private.lease(p_lease_s) where id = job.id returning * into job;
  return jsonb_build_object('lease_until', job.lease_until);
end $$;

-- Note a step and with it the job's own state and progress, neither of which ever goes back within a run.
create function public.job_step(
  p_job uuid, p_lease uuid, p_step text, p_state text, p_progress integer default 0, p_message text default '',
  p_artifacts jsonb default null, p_job_progress integer default 0, p_lease_s integer default 60
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_leased(p_job, p_lease);
begin
  if private.job_order(p_step) is null then
    perform private.fail('value_invalid', 'There is no such step.');
  end if;
  insert into public.job_steps as kept (job_id, step, user_id, state, progress, message, artifacts, finished_at)
  values (p_job, p_step, job.user_id, p_state, p_progress, p_message, coalesce(p_artifacts, '[]'),
    case when p_state <> 'RUNNING' then now() end)
  on conflict (job_id, step) do update set state = excluded.state, progress = excluded.progress, message = excluded.message,
    artifacts = case when p_artifacts is null then kept.artifacts else excluded.artifacts end,
    finished_at = case when excluded.state <> 'RUNNING' then coalesce(kept.finished_at, now()) end;
  update public.jobs set
    state = case when private.job_order(p_step) > private.job_order(state) then p_step else state end,
    progress = greatest(progress, p_job_progress), message = p_message, lease_until = private.lease(p_lease_s)
  where id = p_job returning * into job;
  return private.job_shown(job);
end $$;

-- The film is there: spend what it really cost, at most what was reserved, and release the rest.
create function public.job_finish(p_job uuid, p_lease uuid, p_usage jsonb, p_result jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_lock(p_job);
  used bigint;
begin
  if job.state = 'READY' and job.last_lease = p_lease then
    perform private.expect_same(job.result::text, p_result::text);
    return private.job_shown(job);
  end if;
  job := private.job_leased(p_job, p_lease);
  select sum(line.credits) into used from private.bill(p_usage) line;
  update public.jobs set result = p_result where id = p_job;
  return private.job_shown(private.job_end(job, 'READY', used, null, null, null));
end $$;

-- It went wrong. What may pass by itself is queued again after a pause, while attempts are left; otherwise it is over.
create function public.job_fail(
  p_job uuid, p_lease uuid, p_code text, p_sentence text, p_step text default null,
  p_again boolean default false, p_pause_s integer default 0
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_lock(p_job);
begin
  if job.state in ('FAILED', 'QUEUED') and job.last_lease = p_lease then
    return private.job_shown(job);
  end if;
  job := private.job_leased(p_job, p_lease);
  if p_again and job.attempts < job.max_attempts then
    return private.job_shown(private.job_put_back(job, job.attempts, p_sentence, least(greatest(p_pause_s, 0), 3600)));
  end if;
  return private.job_shown(private.job_end(job, 'FAILED', 0, p_code, p_sentence, coalesce(p_step, job.state)));
end $$;

-- Back into the line at its old place.
create function private.job_put_back(p_job public.jobs, p_attempts integer, p_message text, p_pause_s integer)
returns public.jobs
language sql set search_path = '' as $$
  update public.jobs set state = 'QUEUED', attempts = p_attempts, message = left(p_message, 500),
    not_before = now() + make_interval(secs => p_pause_s),
    lease_key = null, lease_owner = null, lease_until = null, last_lease = lease_key
  where id = p_job.id returning *
$$;

-- A worker that is told to stop gives its job back; that is no failed attempt.
create function public.job_hand_back(p_job uuid, p_lease uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_lock(p_job);
begin
  if job.state = 'QUEUED' and job.last_lease = p_lease then
    return private.job_shown(job);
  end if;
  job := private.job_leased(p_job, p_lease);
  return private.job_shown(private.job_put_back(job, job.attempts - 1, job.message, 0));
end $$;

-- The creator has something to decide: the job waits for them, holds its credits, and leaves its slot to another.
create function public.job_wait(p_job uuid, p_lease uuid, p_message text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs := private.job_lock(p_job);
begin
  if job.state = 'PENDING' and job.last_lease = p_lease then
    return private.job_shown(job);
  end if;
  job := private.job_leased(p_job, p_lease);
  perform private.credit_lock(job.user_id);
  update public.jobs set state = 'PENDING', attempts = 0, message = p_message, place = null,
    lease_key = null, lease_owner = null, lease_until = null, last_lease = lease_key
  where id = p_job returning * into job;
  perform private.job_promote(job.user_id);
  return private.job_shown(job);
end $$;

-- Jobs that failed, newest first, for whoever runs the studio.
create function public.dead_letters(p_limit integer default 50, p_before bigint default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(private.job_shown(page) order by page.finished_at desc), '[]') from (
    select * from public.jobs where state = 'FAILED' and (p_before is null or number < p_before)
    order by finished_at desc limit least(greatest(p_limit, 1), 500)
  ) page
$$;

-- How much work there is, by lane and state.
create function public.job_load() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(line), '[]') from (
    select lane, state, count(*) as jobs, min(queued_at) as oldest from public.jobs
    where state not in ('READY', 'FAILED', 'CANCELLED') group by lane, state order by lane, private.job_order(state)
  ) line
$$;

revoke execute on function public.job_claim, public.job_heartbeat, public.job_step, public.job_finish, public.job_fail,
  public.job_hand_back, public.job_wait, public.dead_letters, public.job_load from public, anon, authenticated;
grant execute on function public.job_claim, public.job_heartbeat, public.job_step, public.job_finish, public.job_fail,
  public.job_hand_back, public.job_wait, public.dead_letters, public.job_load to service_role;
