-- What was judged, what was mailed, and how often somebody may do a thing.

create table public.moderation_log (
  id uuid primary key,
  user_id uuid,
  subject text not null check (subject in ('prompt', 'notes', 'upload', 'output', 'voice')),
  verdict text not null check (verdict in ('allowed', 'flagged', 'refused')),
  judge text not null check (char_length(judge) between 1 and 120),
  categories jsonb not null default '[]' check (jsonb_typeof(categories) = 'array' and octet_length(categories::text) <= 4000),
  excerpt text not null default '' check (char_length(excerpt) <= 2000),
  job_id uuid,
  created_at timestamptz not null default now(),
  -- Prompts and outputs are kept for audit for a set time and then forgotten.
  keep_until timestamptz not null
);
create index moderation_log_user on public.moderation_log (user_id, created_at desc);
create index moderation_log_end on public.moderation_log (keep_until);
alter table public.moderation_log enable row level security;
create policy own_verdicts_are_readable on public.moderation_log for select to authenticated
  using ((select auth.uid()) = user_id);
grant select on public.moderation_log to authenticated, service_role;

create function public.moderation_record(
  p_id uuid, p_user uuid, p_subject text, p_verdict text, p_judge text, p_categories jsonb default '[]',
  p_excerpt text default '', p_job uuid default null, p_keep_days integer default 90
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.moderation_log;
begin
  insert into public.moderation_log (id, user_id, subject, verdict, judge, categories, excerpt, job_id, keep_until)
  values (p_id, p_user, p_subject, p_verdict, p_judge, p_categories, p_excerpt, p_job,
    now() + make_interval(days => least(greatest(p_keep_days, 1), 3650)))
  on conflict (id) do nothing;
  select * into one from public.moderation_log where id = p_id;
  if (one.user_id, one.subject, one.verdict, one.judge, one.categories, one.excerpt)
      is distinct from (p_user, p_subject, p_verdict, p_judge, p_categories, p_excerpt) then
    perform private.fail('key_reused', 'This verdict was noted before with different values.');
  end if;
  return to_jsonb(one);
end $$;

create function public.moderation_list(p_limit integer default 100, p_verdict text default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(page order by page.created_at desc), '[]') from (
    select * from public.moderation_log where p_verdict is null or verdict = p_verdict
    order by created_at desc limit least(greatest(p_limit, 1), 1000)
  ) page
$$;

create table public.email_log (
  id uuid primary key default gen_random_uuid(),
  user_id uuid,
  idempotency_key text not null unique check (char_length(idempotency_key) between 1 and 240),
  template text not null check (char_length(template) between 1 and 60),
  recipient text not null check (char_length(recipient) between 3 and 320),
  state text not null default 'sending' check (state in ('sending', 'sent', 'failed', 'suppressed', 'bounced', 'complained')),
  provider_id text check (char_length(provider_id) <= 200),
  error text check (char_length(error) <= 2000),
  tries smallint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index email_log_user on public.email_log (user_id, created_at desc);
create index email_log_provider on public.email_log (provider_id);
create trigger touch before update on public.email_log for each row execute function private.touch();
alter table public.email_log enable row level security;
create policy own_mail_is_readable on public.email_log for select to authenticated using ((select auth.uid()) = user_id);
grant select on public.email_log to authenticated, service_role;

-- Ask before sending: {"send": true} once per key, and again only after a try that failed.
create function public.email_begin(p_key text, p_template text, p_recipient text, p_user uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.email_log;
begin
  insert into public.email_log (idempotency_key, template, recipient, user_id)
  values (p_key, p_template, p_recipient, p_user)
  on conflict (idempotency_key) do nothing returning * into one;
  if found then
    return to_jsonb(one) || '{"send": true}';
  end if;
  select * into one from public.email_log where idempotency_key = p_key for update;
  perform private.expect_same(one.template || ' ' || one.recipient, p_template || ' ' || p_recipient);
  -- Unanswered for long: its sender died in between. The provider's own key keeps the mail from going out twice.
  if one.state = 'failed' or (one.state = 'sending' and one.updated_at < now() - interval '5 minutes') then
    update public.email_log set state = 'sending', error = null, tries = tries + 1 where id = one.id returning * into one;
    return to_jsonb(one) || '{"send": true}';
  end if;
  return to_jsonb(one) || '{"send": false}';
end $$;

create function public.email_note(p_key text, p_state text, p_provider_id text default null, p_error text default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.email_log;
begin
  update public.email_log set state = p_state, provider_id = coalesce(p_provider_id, provider_id), error = p_error
  where idempotency_key = p_key returning * into one;
  if not found then
    perform private.fail('not_found', 'There is no such mail.');
  end if;
  return to_jsonb(one);
end $$;

-- How often: data. A rule counts per user, per address (kept as a hash), or both.
create table public.rate_rules (
  action text not null check (action ~ '^[a-z_]{1,40}$'),
  counts text not null check (counts in ('user', 'address')),
  at_most integer not null check (at_most between 1 and 100000),
  seconds integer not null check (seconds between 1 and 604800),
  primary key (action, counts, seconds)
);
insert into public.rate_rules (action, counts, at_most, seconds) values
  ('sign_in', 'address', 20, 300), ('sign_in', 'user', 10, 300),
  ('sign_up', 'address', 10, 3600),
  ('send_mail', 'address', 10, 3600), ('send_mail', 'user', 5, 3600),
  ('generate', 'user', 30, 3600), ('generate', 'address', 60, 3600),
  ('upload', 'user', 200, 3600), ('upload', 'address', 400, 3600),
  ('fetch_link', 'user', 60, 3600), ('fetch_link', 'address', 120, 3600),
  ('draft', 'address', 60, 3600),
  ('api', 'user', 600, 60), ('api', 'address', 1200, 60);
alter table public.rate_rules enable row level security;
create policy rules_are_public on public.rate_rules for select to anon, authenticated using (true);
grant select on public.rate_rules to anon, authenticated, service_role;

create table public.rate_limits (
  action text not null,
  subject text not null,
  hit uuid not null,
  at timestamptz not null,
  primary key (action, subject, hit)
);
create index rate_limits_window on public.rate_limits (action, subject, at);
create index rate_limits_age on public.rate_limits (at);
alter table public.rate_limits enable row level security;
create policy nobody_reads_hits on public.rate_limits for select to anon, authenticated using (false);
grant select on public.rate_limits to service_role;

-- Count one act against every rule of its action, or refuse it and count nothing. The window slides: it holds the acts of
-- exactly the last seconds. One lock per subject makes counting and adding one step.
create function public.rate_check(p_action text, p_hit uuid, p_user uuid default null, p_address text default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  rule public.rate_rules;
  whose text;
  now_at timestamptz;
  oldest timestamptz;
  counted boolean := false;
begin
  if p_hit is null or not exists (select 1 from public.rate_rules where action = p_action) then
    perform private.fail('value_invalid', 'There is no limit of this name.');
  end if;
  for rule in select * from public.rate_rules where action = p_action order by counts, seconds loop
    whose := private.rate_subject(rule.counts, p_user, p_address);
    continue when whose is null;
    perform pg_advisory_xact_lock(hashtextextended(p_action || ' ' || whose, 0));
    now_at := clock_timestamp();
    -- The act that filled the window: room again when it has slid past.
    select at into oldest from public.rate_limits
    where action = p_action and subject = whose and at > now_at - make_interval(secs => rule.seconds) and hit <> p_hit
    order by at desc offset rule.at_most - 1 limit 1;
    if found then
      perform private.fail('rate_limited', 'That was too often in a short time. Wait a moment and try again.',
        jsonb_build_object('retry_after_s', ceil(extract(epoch from oldest - now_at) + rule.seconds)));
    end if;
    insert into public.rate_limits (action, subject, hit, at) values (p_action, whose, p_hit, now_at)
    on conflict do nothing;
    counted := true;
  end loop;
  if not counted then
    perform private.fail('value_invalid', 'This limit counts somebody else than was named.');
  end if;
  return '{"allowed": true}';
end $$;

create function private.rate_subject(p_counts text, p_user uuid, p_address text) returns text
language sql immutable set search_path = '' as $$
  select case p_counts when 'user' then 'user:' || p_user
    else 'address:' || encode(sha256(convert_to(p_address, 'UTF8')), 'hex') end
$$;

-- What has had its time: called by workers now and then.
create function public.sweep() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  drafts integer;
  verdicts integer;
  hits integer;
begin
  delete from public.drafts where claimed_by is null and expires_at < now();
  get diagnostics drafts = row_count;
  delete from public.moderation_log where keep_until < now();
  get diagnostics verdicts = row_count;
  delete from public.rate_limits where at < now() - make_interval(secs => (select max(seconds) from public.rate_rules));
  get diagnostics hits = row_count;
  return jsonb_build_object('drafts', drafts, 'verdicts', verdicts, 'hits', hits);
end $$;

revoke execute on function public.moderation_record, public.moderation_list, public.email_begin, public.email_note, public.rate_check, public.sweep
  from public, anon, authenticated;
grant execute on function public.moderation_record, public.moderation_list, public.email_begin, public.email_note, public.rate_check, public.sweep to service_role;
