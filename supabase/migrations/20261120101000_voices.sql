-- A creator's own voice: usable only while a recorded, verified consent stands. Every use is in the audit log.

create table public.voice_profiles (
  id uuid primary key,
  user_id uuid not null references public.profiles (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 80),
  engine text not null check (char_length(engine) between 1 and 60),
  language text not null default 'en' check (char_length(language) <= 35),
  sample_path text not null check (char_length(sample_path) <= 1000 and starts_with(sample_path, user_id || '/')
    and sample_path !~ '(^|/)\.\.?(/|$)'),
  sample_sha256 text not null check (sample_sha256 ~ '^[0-9a-f]{64}$'),
  settings jsonb not null default '{}' check (octet_length(settings::text) <= 20000),
  state text not null default 'pending' check (state in ('pending', 'ready', 'revoked')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index voice_profiles_user on public.voice_profiles (user_id, created_at desc);
create trigger touch before update on public.voice_profiles for each row execute function private.touch();

create table public.voice_consents (
  id uuid primary key,
  voice_id uuid not null references public.voice_profiles (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  statement text not null check (char_length(statement) between 20 and 2000),
  recording_path text not null check (char_length(recording_path) <= 1000
    and starts_with(recording_path, user_id || '/') and recording_path !~ '(^|/)\.\.?(/|$)'),
  recording_sha256 text not null check (recording_sha256 ~ '^[0-9a-f]{64}$'),
  -- How well the words and the voice of the recording matched, and who or what judged it.
  words_score numeric(4, 3) check (words_score between 0 and 1),
  voice_score numeric(4, 3) check (voice_score between 0 and 1),
  judge text check (char_length(judge) between 1 and 120),
  verified_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  check ((verified_at is null) = (judge is null))
);
create index voice_consents_voice on public.voice_consents (voice_id);
create index voice_consents_user on public.voice_consents (user_id);

alter table public.voice_profiles enable row level security;
alter table public.voice_consents enable row level security;
create policy own_voices_are_readable on public.voice_profiles for select to authenticated
  using ((select auth.uid()) = user_id);
create policy own_consents_are_readable on public.voice_consents for select to authenticated
  using ((select auth.uid()) = user_id);
grant select on public.voice_profiles, public.voice_consents to authenticated, service_role;

create function public.voice_list() returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(one order by one.created_at desc), '[]')
  from public.voice_profiles one where one.user_id = private.me() and one.state <> 'revoked'
$$;
grant execute on function public.voice_list to authenticated;

create function private.voice(p_user uuid, p_voice uuid) returns public.voice_profiles
language plpgsql set search_path = '' as $$
declare
  one public.voice_profiles;
begin
  select * into one from public.voice_profiles where id = p_voice and user_id = p_user for update;
  if not found then
    perform private.fail('not_found', 'There is no such voice.');
  end if;
  return one;
end $$;

create function public.voice_create(
  p_id uuid, p_user uuid, p_name text, p_engine text, p_language text, p_sample_path text, p_sample_sha256 text,
  p_settings jsonb default '{}'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.voice_profiles;
begin
  insert into public.voice_profiles (id, user_id, name, engine, language, sample_path, sample_sha256, settings)
  values (p_id, p_user, p_name, p_engine, p_language, p_sample_path, p_sample_sha256, p_settings)
  on conflict (id) do nothing returning * into one;
  if found then
    perform private.audit('voice.create', p_user, 'user:' || p_user, 'voice:' || p_id, jsonb_build_object('name', p_name));
    return to_jsonb(one);
  end if;
  one := private.voice(p_user, p_id);
  if (one.name, one.engine, one.language, one.sample_path, one.sample_sha256)
      is distinct from (p_name, p_engine, p_language, p_sample_path, p_sample_sha256) then
    perform private.fail('key_reused', 'This voice was made before with different values.');
  end if;
  return to_jsonb(one);
end $$;

create function public.voice_consent(
  p_id uuid, p_user uuid, p_voice uuid, p_statement text, p_recording_path text, p_recording_sha256 text
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.voice_consents;
begin
  perform private.voice(p_user, p_voice);
  insert into public.voice_consents (id, voice_id, user_id, statement, recording_path, recording_sha256)
  values (p_id, p_voice, p_user, p_statement, p_recording_path, p_recording_sha256)
  on conflict (id) do nothing returning * into one;
  if found then
    perform private.audit('voice.consent', p_user, 'user:' || p_user, 'voice:' || p_voice,
      jsonb_build_object('consent', p_id, 'recording', p_recording_sha256));
    return to_jsonb(one);
  end if;
  select * into one from public.voice_consents where id = p_id;
  if (one.voice_id, one.statement, one.recording_path, one.recording_sha256)
      is distinct from (p_voice, p_statement, p_recording_path, p_recording_sha256) then
    perform private.fail('key_reused', 'This consent was given before with different values.');
  end if;
  return to_jsonb(one);
end $$;

-- The recording says the sentence, in the voice of the sample: from now on the voice may speak.
create function public.voice_verify(p_consent uuid, p_words_score numeric, p_voice_score numeric, p_judge text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.voice_consents;
begin
  select * into one from public.voice_consents where id = p_consent for update;
  if not found or one.revoked_at is not null then
    perform private.fail('not_found', 'There is no such consent, or it was taken back.');
  end if;
  if one.verified_at is null then
    update public.voice_consents
    set verified_at = now(), words_score = p_words_score, voice_score = p_voice_score, judge = p_judge
    where id = p_consent returning * into one;
    update public.voice_profiles set state = 'ready' where id = one.voice_id and state = 'pending';
    perform private.audit('voice.verify', one.user_id, p_judge, 'voice:' || one.voice_id,
      jsonb_build_object('consent', p_consent, 'words', p_words_score, 'voice', p_voice_score));
  end if;
  return to_jsonb(one);
end $$;

-- Ask before every use; `p_key` (a job, say) makes a repeated question one use.
create function public.voice_use(p_user uuid, p_voice uuid, p_key text, p_purpose text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.voice_profiles := private.voice(p_user, p_voice);
  consent uuid;
begin
  select id into consent from public.voice_consents
  where voice_id = p_voice and verified_at is not null and revoked_at is null order by verified_at desc limit 1;
  if consent is null or one.state <> 'ready' then
    perform private.fail('consent_missing',
      'This voice has no standing consent: record the sentence again, or choose another voice.');
  end if;
  if not exists (
    select 1 from public.audit_log
    where user_id = p_user and action = 'voice.use' and subject = 'voice:' || p_voice and details ->> 'use' = p_key
  ) then
    perform private.audit('voice.use', p_user, 'service', 'voice:' || p_voice,
      jsonb_build_object('use', p_key, 'purpose', p_purpose, 'consent', consent));
  end if;
  return to_jsonb(one);
end $$;

-- Taking a consent back works at once, whatever is running.
create function public.voice_revoke(p_user uuid, p_voice uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.voice_profiles := private.voice(p_user, p_voice);
begin
  if one.state <> 'revoked' then
    update public.voice_profiles set state = 'revoked' where id = p_voice returning * into one;
    update public.voice_consents set revoked_at = now() where voice_id = p_voice and revoked_at is null;
    perform private.audit('voice.revoke', p_user, 'user:' || p_user, 'voice:' || p_voice, '{}');
  end if;
  return to_jsonb(one);
end $$;

revoke execute on function public.voice_create, public.voice_consent, public.voice_verify, public.voice_use,
  public.voice_revoke from public, anon, authenticated;
grant execute on function public.voice_create, public.voice_consent, public.voice_verify, public.voice_use,
  public.voice_revoke to service_role;
