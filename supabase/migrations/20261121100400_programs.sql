-- What a page or a program that watches a film asks every other second: the job, its steps and its place in the line, at once.

-- How many films are taken before that one; null once it is not waiting in the line.
create function private.job_ahead(p_job uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select count(other.id)::integer
  from public.jobs job left join public.jobs other on other.state = 'QUEUED' and other.place is not null
    and (other.priority > job.priority or (other.priority = job.priority and other.place < job.place))
  where job.id = p_job and job.user_id = private.me() and job.state = 'QUEUED' and job.place is not null group by job.id
$$;
grant execute on function private.job_ahead to authenticated;

-- One job by its id, or the newest one of a project; null while a project has none.
create function public.job_watch(p_job uuid default null, p_project uuid default null) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  card jsonb;
begin
  if (p_job is null) = (p_project is null) then
    perform private.fail('value_invalid', 'Name a job or a project.');
  end if;
  select to_jsonb(one) into card from public.job_cards one
  where one.user_id = private.me() and (one.id = p_job or one.project_id = p_project)
  order by one.number desc limit 1;
  if card is not null then
    return card || jsonb_build_object('ahead', private.job_ahead((card ->> 'id')::uuid), 'steps', (
      select coalesce(jsonb_agg(to_jsonb(one_step) - 'job_id' - 'user_id' order by private.job_order(one_step.step)), '[]')
      from public.job_steps one_step where one_step.job_id = (card ->> 'id')::uuid));
  end if;
  if p_job is not null then
    perform private.fail('not_found', 'There is no such job.');
  end if;
  perform private.project(p_project);
  return null;
end $$;
grant execute on function public.job_watch to authenticated;
