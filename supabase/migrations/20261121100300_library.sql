-- What a creator's own pages show: their films as cards, their credits with the films they went to, everything at once to
-- take away, and the end of an account.

-- A page of cards, last changed first; the next one begins below the last card's (updated_at, id). A card's state is its
-- newest job's: a film that is there stays one while nothing newer is under way or went wrong.
create function public.project_cards(
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
    cross join lateral (select left(coalesce(one.brief ->> 'notes', ''), 300) as words) opening
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

-- A copy that can be changed without touching its original: brief, scenes, and the film with its files, which are shared by
-- content. `p_scenes` names the copies of its scenes: {"<old id>": "<new id>"}.
create function public.project_duplicate(p_id uuid, p_user uuid, p_project uuid, p_scenes jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  asked constant text := private.fingerprint(jsonb_build_array('duplicate', p_user, p_project));
  source public.projects;
  film public.project_versions;
  made public.projects;
begin
  select * into made from public.projects where id = p_id;
  if found then
    perform private.expect_same(made.asked, asked);
    return private.project_shown(made) - 'brief';
  end if;
  select * into source from public.projects where id = p_project and user_id = p_user and deleted_at is null for share;
  if not found then
    perform private.fail('not_found', 'There is no such project.');
  end if;
  insert into public.projects
    (id, user_id, asked, title, niche, brief, target_minutes, voice, aspect, transcript_mode, workflow_step, settings)
  values (p_id, p_user, asked, case when source.title = '' then '' else left(source.title, 293) || ' (copy)' end, source.niche,
    source.brief, source.target_minutes, source.voice, source.aspect, source.transcript_mode, source.workflow_step,
    source.settings);
  insert into public.scenes (id, project_id, user_id, position, narration, visual, state, settings)
  select coalesce((p_scenes ->> id::text)::uuid, gen_random_uuid()), p_id, p_user, position, narration, visual, state, settings
  from public.scenes where project_id = p_project;

  select * into film from public.project_versions where id = source.current_version;
  if found then
    film.snapshot := jsonb_set(film.snapshot, '{base}', 'null');
    if jsonb_typeof(film.snapshot -> 'scenes') = 'array' then
      film.snapshot := jsonb_set(film.snapshot, '{scenes}', (
        select coalesce(jsonb_agg(one.scene || jsonb_build_object('id',
          coalesce(p_scenes ->> (one.scene ->> 'id'), gen_random_uuid()::text)) order by one.place), '[]')
        from jsonb_array_elements(film.snapshot -> 'scenes') with ordinality one(scene, place)));
    end if;
    insert into public.project_versions (id, project_id, user_id, number, note, snapshot)
    values (gen_random_uuid(), p_id, p_user, 1, film.note, film.snapshot) returning id into film.id;
    insert into public.assets (id, project_id, user_id, version_id, scene_id, type, path, bytes, mime, sha256, meta)
    select gen_random_uuid(), p_id, p_user, film.id, kept.id, one.type, one.path, one.bytes, one.mime, one.sha256, one.meta
    from public.assets one
    left join public.scenes kept on kept.project_id = p_id and kept.id = (p_scenes ->> one.scene_id::text)::uuid
    where one.version_id = source.current_version and one.project_id = p_project;
    update public.projects set current_version = film.id where id = p_id;
  end if;
  select * into made from public.projects where id = p_id;
  return private.project_shown(made) - 'brief';
end $$;

-- What somebody has, what is held, and for which films.
create function public.credit_overview() returns jsonb
language sql stable set search_path = '' as $$
  select to_jsonb(account) || jsonb_build_object('holds', (
    select coalesce(jsonb_agg(jsonb_build_object('amount', hold.amount, 'created_at', hold.created_at, 'job_id', hold.job_id,
      'project_id', project.id, 'title', project.title, 'job_state', job.state) order by hold.created_at desc), '[]')
    from public.credit_holds hold
    left join public.job_cards job on job.id = hold.job_id
    left join public.projects project on project.id = job.project_id
    where hold.user_id = account.user_id and hold.state = 'held'
  ))
  from public.credit_accounts account where account.user_id = private.me()
$$;

-- The ledger, newest first, each line with the film it is about; a film that was removed has left its lines.
create function public.credit_lines(p_limit integer default 50, p_before bigint default null) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(page) order by page.id desc), '[]') from (
    select line.*, hold.job_id, project.id as project_id, project.title
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

-- Everything about a page of projects, for somebody who takes their data along; the next page begins above the last id.
create function public.project_export(p_limit integer default 20, p_after uuid default null) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(private.project_shown(page) || jsonb_build_object(
    'scenes', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' - 'project_id' order by one.position), '[]')
      from public.scenes one where one.project_id = page.id),
    'versions', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' - 'project_id' - 'snapshot' order by one.number), '[]')
      from public.project_versions one where one.project_id = page.id),
    'jobs', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' - 'project_id' order by one.number), '[]')
      from public.job_cards one where one.project_id = page.id),
    'files', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' - 'project_id' order by one.created_at, one.id), '[]')
      from public.assets one where one.project_id = page.id)
  ) order by page.id), '[]') from (
    select * from public.projects one where one.user_id = private.me() and (p_after is null or one.id > p_after)
    order by one.id limit least(greatest(p_limit, 1), 100)
  ) page
$$;

-- What else is kept about somebody: drafts, voices, the letters to them, what was judged, and what was noted of their acts.
create function public.account_export() returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'drafts', public.draft_list(),
    'voices', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' order by one.created_at), '[]')
      from public.voice_profiles one where one.user_id = private.me()),
    'consents', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' order by one.id), '[]')
      from public.voice_consents one where one.user_id = private.me()),
    'letters', (select coalesce(jsonb_agg(jsonb_build_object('template', one.template, 'recipient', one.recipient,
      'state', one.state, 'created_at', one.created_at) order by one.created_at), '[]')
      from public.email_log one where one.user_id = private.me()),
    'verdicts', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' order by one.created_at), '[]')
      from public.moderation_log one where one.user_id = private.me()),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('at', one.at, 'action', one.action, 'subject', one.subject,
      'details', one.details) order by one.id), '[]')
      from public.audit_log one where one.user_id = private.me())
  )
$$;

grant execute on function public.project_cards, public.credit_overview, public.credit_lines, public.project_export,
  public.account_export to authenticated;

-- A job that went with its project or its creator's account has nobody to be made for: its worker stops.
create or replace function private.job_leased(p_job uuid, p_lease uuid) returns public.jobs
language plpgsql set search_path = '' as $$
declare
  job public.jobs;
begin
  select * into job from public.jobs where id = p_job for update;
  if job.lease_key = p_lease then
    return job;
  end if;
  if job.id is null or job.state = 'CANCELLED' then
    perform private.fail('job_cancelled', 'This job was cancelled.');
  end if;
  perform private.fail('lease_lost', 'This job is no longer this worker''s.', jsonb_build_object('state', job.state));
end $$;

-- The end of an account: its films stop and what they held comes back, what is left of its credits ends, and everything that
-- is its own goes with it. The books and the audit log stay, with a number for a name. Its files are the caller's to remove.
-- Locks are taken in the order of the others: the profile and its projects, the jobs, the account.
create function public.account_delete(p_user uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  job public.jobs;
  account public.credit_accounts;
begin
  perform 1 from public.profiles where id = p_user for update;
  if not found then
    return jsonb_build_object('id', p_user, 'deleted', false);
  end if;
  perform 1 from public.projects where user_id = p_user order by id for update;
  for job in select * from public.jobs
    where user_id = p_user and state not in ('READY', 'FAILED', 'CANCELLED') order by id for update
  loop
    perform private.job_end(job, 'CANCELLED', 0, null, null, null);
  end loop;
  account := private.credit_lock(p_user);
  if account.balance > 0 then
    perform private.credit_move(p_user, 'expire', -account.balance, 0, 0, 'account_deleted:' || p_user,
      private.fingerprint(jsonb_build_array('account_deleted', p_user)), null, 'Account deleted', '{}');
  end if;
  perform private.audit('account.delete', p_user, 'user:' || p_user, 'profile:' || p_user,
    jsonb_build_object('credits', account.balance));
  delete from public.email_log where user_id = p_user;
  delete from auth.users where id = p_user;
  return jsonb_build_object('id', p_user, 'deleted', true);
end $$;

revoke execute on function public.project_duplicate, public.account_delete from public, anon, authenticated;
grant execute on function public.project_duplicate, public.account_delete to service_role;
