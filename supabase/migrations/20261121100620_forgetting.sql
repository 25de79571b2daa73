-- Who deletes their account is forgotten, words and all. What was flagged or refused, and the films that it was said of,
-- stays for its time: nobody undoes an abuse by leaving.

-- Asked when an account ends, and again by each sweep: a worker in the middle of its film may have noted something since.
create function private.forget_the_gone() returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.job_records one
  where not exists (select 1 from public.profiles where id = one.user_id)
    and not exists (select 1 from public.moderation_log judged
      where judged.job_id = one.job_id and judged.verdict <> 'allowed');
  delete from public.moderation_log one
  where one.verdict = 'allowed' and one.user_id is not null
    and not exists (select 1 from public.profiles where id = one.user_id);
end $$;

-- The end of an account: its films stop and what they held comes back, what is left of its credits ends, and everything that
-- is its own goes with it, what was asked and written too. The books and the audit log stay, with a number for a name. Its
-- files are the caller's to remove.
-- Locks are taken in the order of the others: the profile and its projects, the jobs, the account.
create or replace function public.account_delete(p_user uuid) returns jsonb
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
  perform private.forget_the_gone();
  return jsonb_build_object('id', p_user, 'deleted', true);
end $$;

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
  perform private.forget_the_gone();
  delete from public.rate_limits where at < now() - make_interval(secs => (select max(seconds) from public.rate_rules));
  get diagnostics hits = row_count;
  return jsonb_build_object('drafts', drafts, 'verdicts', verdicts, 'records', records, 'hits', hits);
end $$;
