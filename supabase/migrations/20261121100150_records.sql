-- What was asked of a job and what came of it, kept for a set time and then forgotten. For the owner of the studio alone.

create table public.job_records (
  id uuid primary key,
  job_id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('asked', 'script', 'film')),
  content jsonb not null check (jsonb_typeof(content) = 'object' and octet_length(content::text) <= 4000000),
  created_at timestamptz not null default now(),
  -- It outlives its job, its project and its account: that is what it is for.
  keep_until timestamptz not null
);
create index job_records_job on public.job_records (job_id, created_at);
create index job_records_end on public.job_records (keep_until);
alter table public.job_records enable row level security;
create policy nobody_reads_records on public.job_records for select to anon, authenticated using (false);
grant select on public.job_records to service_role;

-- The same again changes nothing: an attempt that is taken up tells what the one before it told.
create function public.job_record(
  p_id uuid, p_job uuid, p_user uuid, p_kind text, p_content jsonb, p_keep_days integer default 90
) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.job_records (id, job_id, user_id, kind, content, keep_until)
  values (p_id, p_job, p_user, p_kind, p_content, now() + make_interval(days => least(greatest(p_keep_days, 1), 3650)))
  on conflict (id) do nothing;
  return '{"kept": true}';
end $$;

create function public.job_records_of(p_job uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(one order by one.created_at, one.id), '[]') from public.job_records one where one.job_id = p_job
$$;

create or replace function public.sweep() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  drafts integer;
  verdicts integer;
  records integer;
  hits integer;
begin
  delete from public.drafts where claimed_by is null and expires_at < now();
  get diagnostics drafts = row_count;
  delete from public.moderation_log where keep_until < now();
  get diagnostics verdicts = row_count;
  delete from public.job_records where keep_until < now();
  get diagnostics records = row_count;
  delete from public.rate_limits where at < now() - make_interval(secs => (select max(seconds) from public.rate_rules));
  get diagnostics hits = row_count;
  return jsonb_build_object('drafts', drafts, 'verdicts', verdicts, 'records', records, 'hits', hits);
end $$;

revoke execute on function public.job_record, public.job_records_of from public, anon, authenticated;
grant execute on function public.job_record, public.job_records_of to service_role;
