-- Projects and what they are made of. A creator writes the text; versions, assets and model calls are the service's to note.

create table public.projects (
  id uuid primary key,
  user_id uuid not null references public.profiles (id) on delete cascade,
  title text not null default '' check (char_length(title) <= 300),
  niche text not null default 'explainer' check (char_length(niche) between 1 and 60),
  brief jsonb not null default '{}' check (jsonb_typeof(brief) = 'object' and octet_length(brief::text) <= 4000000),
  target_minutes numeric(4, 2) not null default 2 check (target_minutes between 1 and 12),
  voice text not null default 'default' check (char_length(voice) between 1 and 120),
  aspect text not null default '16:9' check (aspect in ('16:9', '9:16', '1:1')),
  transcript_mode text not null default 'auto' check (transcript_mode in ('auto', 'manual')),
  workflow_step text not null default 'brief' check (workflow_step in ('brief', 'script', 'making', 'film')),
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object' and octet_length(settings::text) <= 100000),
  current_version uuid,
  -- What its creation asked for, to recognise the same request when it comes again.
  asked text not null default '' check (char_length(asked) <= 64),
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Lets what belongs to a project prove in a foreign key that it belongs to the same user.
  unique (id, user_id)
);
create index projects_user on public.projects (user_id, updated_at desc);
create trigger touch before update on public.projects for each row execute function private.touch();

create table public.project_versions (
  id uuid primary key,
  project_id uuid not null,
  user_id uuid not null,
  number integer not null check (number > 0),
  job_id uuid,
  note text not null default '' check (char_length(note) <= 500),
  snapshot jsonb not null default '{}' check (octet_length(snapshot::text) <= 8000000),
  created_at timestamptz not null default now(),
  unique (project_id, number),
  unique (id, project_id),
  foreign key (project_id, user_id) references public.projects (id, user_id) on delete cascade
);
create index project_versions_owner on public.project_versions (project_id, user_id);
create index project_versions_user on public.project_versions (user_id);
alter table public.projects add constraint projects_current_version
  foreign key (current_version, id) references public.project_versions (id, project_id)
  on delete set null (current_version);
create index projects_current_version on public.projects (current_version, id);

create table public.scenes (
  id uuid primary key,
  project_id uuid not null,
  user_id uuid not null,
  position integer not null check (position between 0 and 999),
  narration text not null default '' check (char_length(narration) <= 20000),
  visual text not null default '' check (char_length(visual) <= 4000),
  state text not null default 'draft' check (state in ('draft', 'ready', 'stale', 'failed')),
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object' and octet_length(settings::text) <= 100000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Deferred, so that scenes can change places within one transaction.
  unique (project_id, position) deferrable initially deferred,
  unique (id, project_id),
  foreign key (project_id, user_id) references public.projects (id, user_id) on delete cascade
);
create index scenes_owner on public.scenes (project_id, user_id);
create index scenes_user on public.scenes (user_id);
create trigger touch before update on public.scenes for each row execute function private.touch();

create table public.assets (
  id uuid primary key,
  project_id uuid not null,
  user_id uuid not null,
  job_id uuid,
  version_id uuid,
  scene_id uuid,
  type text not null check (type in ('script', 'outline', 'audio', 'image', 'captions', 'video', 'thumbnail', 'timeline',
    'manifest', 'zip', 'other')),
  -- Storage policies read the owner from the first folder.
  path text not null check (char_length(path) <= 1000 and starts_with(path, user_id || '/') and path !~ '(^|/)\.\.?(/|$)'),
  bytes bigint not null check (bytes >= 0),
  mime text not null check (mime ~ '^[a-z]+/[a-z0-9.+-]+$'),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  meta jsonb not null default '{}' check (octet_length(meta::text) <= 100000),
  created_at timestamptz not null default now(),
  foreign key (project_id, user_id) references public.projects (id, user_id) on delete cascade,
  foreign key (version_id, project_id) references public.project_versions (id, project_id) on delete set null (version_id),
  foreign key (scene_id, project_id) references public.scenes (id, project_id) on delete set null (scene_id)
);
create index assets_owner on public.assets (project_id, user_id);
create index assets_user on public.assets (user_id, created_at desc);
create index assets_version on public.assets (version_id, project_id);
create index assets_scene on public.assets (scene_id, project_id);
create index assets_path on public.assets (path);
create index assets_content on public.assets (sha256);

-- Every call of a paid or slow model. A restart finds the provider's task here and polls it instead of paying again.
create table public.generations (
  id uuid primary key,
  user_id uuid not null references public.profiles (id) on delete cascade,
  project_id uuid references public.projects (id) on delete set null,
  job_id uuid,
  input_key text not null check (char_length(input_key) between 1 and 200),
  provider text not null check (char_length(provider) between 1 and 60),
  model text not null check (char_length(model) between 1 and 200),
  purpose text not null check (char_length(purpose) between 1 and 60),
  state text not null default 'started' check (state in ('started', 'submitted', 'done', 'failed')),
  task_id text check (char_length(task_id) <= 500),
  cost_micros bigint not null default 0 check (cost_micros between 0 and 1000000000000),
  meta jsonb not null default '{}' check (octet_length(meta::text) <= 100000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index generations_user on public.generations (user_id, created_at desc);
create index generations_project on public.generations (project_id);
create index generations_job on public.generations (job_id);
-- The same inputs are under way or done once; a failed try may be followed by another.
create unique index generations_once on public.generations (user_id, input_key) where state <> 'failed';
create trigger touch before update on public.generations for each row execute function private.touch();

alter table public.projects enable row level security;
alter table public.project_versions enable row level security;
alter table public.scenes enable row level security;
alter table public.assets enable row level security;
alter table public.generations enable row level security;

create policy own_projects_are_readable on public.projects for select to authenticated
  using ((select auth.uid()) = user_id);
create policy own_projects_are_made on public.projects for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy own_projects_are_writable on public.projects for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy own_versions_are_readable on public.project_versions for select to authenticated
  using ((select auth.uid()) = user_id);
create policy own_scenes_are_readable on public.scenes for select to authenticated
  using ((select auth.uid()) = user_id);
create policy own_scenes_are_made on public.scenes for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy own_scenes_are_writable on public.scenes for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy own_scenes_are_removable on public.scenes for delete to authenticated
  using ((select auth.uid()) = user_id);
create policy own_assets_are_readable on public.assets for select to authenticated
  using ((select auth.uid()) = user_id);
create policy own_generations_are_readable on public.generations for select to authenticated
  using ((select auth.uid()) = user_id);

grant select on public.projects, public.project_versions, public.scenes, public.assets, public.generations
  to authenticated, service_role;
grant insert (id, user_id, title, niche, brief, target_minutes, voice, aspect, transcript_mode, settings, asked)
  on public.projects to authenticated;
-- Removing is marking: the row goes when the service purges it, so that a creator can undo.
grant update (title, niche, brief, target_minutes, voice, aspect, transcript_mode, workflow_step, settings, current_version,
  deleted_at) on public.projects to authenticated;
grant insert (id, project_id, user_id, position, narration, visual, settings), delete
  on public.scenes to authenticated;
grant update (position, narration, visual, state, settings) on public.scenes to authenticated;

create function private.project(p_project uuid) returns public.projects
language plpgsql stable set search_path = '' as $$
declare
  one public.projects;
begin
  select * into one from public.projects where id = p_project and user_id = private.me();
  if not found then
    perform private.fail('not_found', 'There is no such project.');
  end if;
  return one;
end $$;

-- The fields that a creator sets, from one JSON object; what is not named stays as it is.
create function private.project_with(p_one public.projects, p_fields jsonb) returns public.projects
language plpgsql stable set search_path = '' as $$
declare
  stranger text;
begin
  select key into stranger from jsonb_object_keys(p_fields) key
  where key not in ('title', 'niche', 'brief', 'target_minutes', 'voice', 'aspect', 'transcript_mode', 'workflow_step', 'settings')
  limit 1;
  if stranger is not null then
    perform private.fail('value_invalid', format('A project has no field %s to set.', left(stranger, 60)));
  end if;
  return jsonb_populate_record(p_one, p_fields);
end $$;

create function private.project_shown(p_one public.projects) returns jsonb
language sql immutable set search_path = '' as $$
  select to_jsonb(p_one) - 'asked'
$$;

create function public.project_create(p_id uuid, p_fields jsonb default '{}') returns jsonb
language plpgsql set search_path = '' as $$
declare
  asked constant text := private.fingerprint(p_fields);
  one public.projects;
begin
  insert into public.projects (id, user_id, asked) values (p_id, private.me(), asked) on conflict (id) do nothing;
  if found then
    return public.project_save(p_id, p_fields);
  end if;
  one := private.project(p_id);
  perform private.expect_same(one.asked, asked);
  return private.project_shown(one);
end $$;

create function public.project_save(p_project uuid, p_fields jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  one public.projects := private.project_with(private.project(p_project), p_fields);
begin
  update public.projects set title = one.title, niche = one.niche, brief = one.brief, target_minutes = one.target_minutes,
    voice = one.voice, aspect = one.aspect, transcript_mode = one.transcript_mode, workflow_step = one.workflow_step,
    settings = one.settings
  where id = p_project returning * into one;
  return private.project_shown(one);
end $$;

create function public.project_get(p_project uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  one public.projects := private.project(p_project);
begin
  return private.project_shown(one) || jsonb_build_object('scenes', public.scene_list(p_project));
end $$;

-- Newest first, without the briefs; a page begins after the last one's updated_at.
create function public.project_list(
  p_limit integer default 50, p_before timestamptz default null, p_search text default '', p_deleted boolean default false
) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(page) - 'asked' - 'brief' - 'settings' order by page.updated_at desc), '[]') from (
    select * from public.projects one
    where one.user_id = private.me() and (p_before is null or one.updated_at < p_before)
      and (one.deleted_at is not null) = p_deleted
      and (p_search = '' or strpos(lower(one.title || ' ' || one.niche), lower(p_search)) > 0)
    order by one.updated_at desc limit least(greatest(p_limit, 1), 200)
  ) page
$$;

create function public.project_delete(p_project uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  one public.projects := private.project(p_project);
begin
  update public.projects set deleted_at = coalesce(deleted_at, now()) where id = p_project returning * into one;
  return private.project_shown(one) - 'brief';
end $$;

create function public.project_restore(p_project uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  one public.projects := private.project(p_project);
begin
  update public.projects set deleted_at = null where id = p_project returning * into one;
  return private.project_shown(one) - 'brief';
end $$;

create function public.version_list(p_project uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(one) - 'snapshot' order by one.number desc) filter (where one.id is not null), '[]')
  from private.project(p_project) owner left join public.project_versions one on one.project_id = owner.id
$$;

create function public.version_get(p_version uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  one public.project_versions;
begin
  select * into one from public.project_versions where id = p_version and user_id = private.me();
  if not found then
    perform private.fail('not_found', 'There is no such version.');
  end if;
  return to_jsonb(one);
end $$;

-- Back to an earlier version, or forward again: artifacts are never lost, so this only points.
create function public.version_use(p_project uuid, p_version uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  one public.projects := private.project(p_project);
begin
  if not exists (select 1 from public.project_versions where id = p_version and project_id = one.id) then
    perform private.fail('not_found', 'This project has no such version.');
  end if;
  update public.projects set current_version = p_version where id = p_project returning * into one;
  return private.project_shown(one) - 'brief';
end $$;

create function public.scene_list(p_project uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(one order by one.position) filter (where one.id is not null), '[]')
  from private.project(p_project) owner left join public.scenes one on one.project_id = owner.id
$$;

-- The project's scenes become exactly this list of {id, narration, visual, state, settings}, in this order.
create function public.scenes_save(p_project uuid, p_scenes jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  one public.projects := private.project(p_project);
begin
  if jsonb_typeof(p_scenes) is distinct from 'array' or jsonb_array_length(p_scenes) > 500 then
    perform private.fail('value_invalid', 'Scenes are a list of at most 500.');
  end if;
  delete from public.scenes where project_id = one.id
    and id not in (select (scene ->> 'id')::uuid from jsonb_array_elements(p_scenes) scene);
  insert into public.scenes as kept (id, project_id, user_id, position, narration, visual, settings)
  select (scene.value ->> 'id')::uuid, one.id, one.user_id, scene.ordinality - 1, coalesce(scene.value ->> 'narration', ''),
    coalesce(scene.value ->> 'visual', ''), coalesce(scene.value -> 'settings', '{}')
  from jsonb_array_elements(p_scenes) with ordinality scene
  on conflict (id) do update set position = excluded.position, narration = excluded.narration, visual = excluded.visual,
    settings = excluded.settings
  where kept.project_id = one.id;
  update public.scenes changed set state = scene ->> 'state'
  from jsonb_array_elements(p_scenes) scene
  where changed.id = (scene ->> 'id')::uuid and changed.project_id = one.id and scene ? 'state';
  if jsonb_array_length(p_scenes) <> (select count(*) from public.scenes where project_id = one.id) then
    perform private.fail('conflict', 'A scene of this list belongs to another project, or is listed twice.');
  end if;
  return public.scene_list(p_project);
end $$;

create function public.asset_list(p_project uuid, p_type text default null) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(one order by one.created_at desc, one.id) filter (where one.id is not null), '[]')
  from private.project(p_project) owner
  left join public.assets one on one.project_id = owner.id and (p_type is null or one.type = p_type)
$$;

create function public.asset_get(p_asset uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  one public.assets;
begin
  select * into one from public.assets where id = p_asset and user_id = private.me();
  if not found then
    perform private.fail('not_found', 'There is no such file.');
  end if;
  return to_jsonb(one);
end $$;

grant execute on function private.project, private.project_with, private.project_shown, private.fingerprint,
  private.expect_same to authenticated;
grant execute on function public.project_create, public.project_save, public.project_get, public.project_list,
  public.project_delete, public.project_restore, public.version_list, public.version_get, public.version_use,
  public.scene_list, public.scenes_save, public.asset_list, public.asset_get to authenticated;

-- The service's part. Each is keyed by an id that the caller makes, so that a repeated call finds what the first one made.
create function private.owned(p_user uuid, p_project uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select 1 from public.projects where id = p_project and user_id = p_user) then
    perform private.fail('not_found', 'There is no such project.');
  end if;
end $$;

create function public.version_record(
  p_id uuid, p_user uuid, p_project uuid, p_job uuid default null, p_note text default '', p_snapshot jsonb default '{}'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.project_versions;
begin
  -- The lock on the project numbers its versions one after another.
  perform 1 from public.projects where id = p_project and user_id = p_user for update;
  perform private.owned(p_user, p_project);
  select * into one from public.project_versions where id = p_id;
  if found then
    perform private.expect_same(one.project_id::text || one.snapshot::text, p_project::text || p_snapshot::text);
    return to_jsonb(one) - 'snapshot';
  end if;
  insert into public.project_versions (id, project_id, user_id, number, job_id, note, snapshot)
  values (p_id, p_project, p_user,
    (select coalesce(max(number), 0) + 1 from public.project_versions where project_id = p_project),
    p_job, p_note, p_snapshot)
  returning * into one;
  update public.projects set current_version = p_id, workflow_step = 'film' where id = p_project;
  return to_jsonb(one) - 'snapshot';
end $$;

create function public.asset_record(
  p_id uuid, p_user uuid, p_project uuid, p_type text, p_path text, p_bytes bigint, p_mime text, p_sha256 text,
  p_job uuid default null, p_version uuid default null, p_scene uuid default null, p_meta jsonb default '{}'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.assets;
begin
  perform private.owned(p_user, p_project);
  insert into public.assets (id, project_id, user_id, job_id, version_id, scene_id, type, path, bytes, mime, sha256, meta)
  values (p_id, p_project, p_user, p_job, p_version, p_scene, p_type, p_path, p_bytes, p_mime, p_sha256, p_meta)
  on conflict (id) do nothing;
  select * into one from public.assets where id = p_id;
  if (one.user_id, one.project_id, one.type, one.path, one.bytes, one.mime, one.sha256)
      is distinct from (p_user, p_project, p_type, p_path, p_bytes, p_mime, p_sha256) then
    perform private.fail('key_reused', 'This file was noted before with different values.');
  end if;
  return to_jsonb(one);
end $$;

create function public.asset_remove(p_user uuid, p_asset uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.assets where id = p_asset and user_id = p_user;
  return jsonb_build_object('id', p_asset);
end $$;

-- Begin a model call, or find the one that these inputs have begun already.
create function public.generation_begin(
  p_id uuid, p_user uuid, p_input_key text, p_provider text, p_model text, p_purpose text,
  p_project uuid default null, p_job uuid default null, p_meta jsonb default '{}'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.generations;
begin
  if p_project is not null then
    perform private.owned(p_user, p_project);
  end if;
  insert into public.generations (id, user_id, project_id, job_id, input_key, provider, model, purpose, meta)
  values (p_id, p_user, p_project, p_job, p_input_key, p_provider, p_model, p_purpose, p_meta)
  on conflict (user_id, input_key) where state <> 'failed' do nothing;
  select * into one from public.generations
  where user_id = p_user and input_key = p_input_key order by (state <> 'failed') desc, created_at desc limit 1;
  if (one.provider, one.model, one.purpose) is distinct from (p_provider, p_model, p_purpose) then
    perform private.fail('key_reused', 'This model call was begun before with different values.');
  end if;
  return to_jsonb(one);
end $$;

create function public.generation_note(
  p_id uuid, p_state text, p_task_id text default null, p_cost_micros bigint default null, p_meta jsonb default null
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.generations;
begin
  select * into one from public.generations where id = p_id for update;
  if not found then
    perform private.fail('not_found', 'There is no such model call.');
  end if;
  if one.state in ('done', 'failed') and p_state is distinct from one.state then
    perform private.fail('conflict', 'This model call has ended already.', jsonb_build_object('state', one.state));
  end if;
  update public.generations set state = p_state, task_id = coalesce(p_task_id, task_id),
    cost_micros = coalesce(p_cost_micros, cost_micros), meta = meta || coalesce(p_meta, '{}')
  where id = p_id returning * into one;
  return to_jsonb(one);
end $$;

create function public.generations_of(p_job uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(one order by one.created_at), '[]') from public.generations one where one.job_id = p_job
$$;

-- Projects that were removed long enough ago, with the paths of the files that are theirs alone (equal bytes share one):
-- the caller removes those, then calls purge.
create function public.projects_to_purge(p_days integer default 30, p_limit integer default 50) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', one.id, 'user_id', one.user_id, 'paths',
    (select coalesce(jsonb_agg(distinct asset.path), '[]') from public.assets asset
     where asset.project_id = one.id and not exists (
       select 1 from public.assets other where other.path = asset.path and other.project_id <> one.id)))), '[]')
  from (
    select * from public.projects where deleted_at < now() - make_interval(days => greatest(p_days, 0))
    order by deleted_at limit least(greatest(p_limit, 1), 500)
  ) one
$$;

create function public.project_purge(p_project uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.projects where id = p_project and deleted_at is not null;
  return jsonb_build_object('id', p_project);
end $$;

revoke execute on function public.version_record, public.asset_record, public.asset_remove, public.generation_begin,
  public.generation_note, public.generations_of, public.projects_to_purge, public.project_purge
  from public, anon, authenticated;
grant execute on function public.version_record, public.asset_record, public.asset_remove, public.generation_begin,
  public.generation_note, public.generations_of, public.projects_to_purge, public.project_purge to service_role;
