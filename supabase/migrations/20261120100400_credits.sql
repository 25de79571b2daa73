-- Credits: whole numbers, one locked account row per user, and a ledger in which every movement is written once.
-- At all times: balance = sum of amounts, held = sum of held = sum of open holds, debt = sum of debts. None is negative.

create table public.credit_accounts (
  -- Not bound to auth.users: when a person leaves, the books stay, with a number for a name.
  user_id uuid primary key,
  balance bigint not null default 0 check (balance >= 0),
  held bigint not null default 0 check (held >= 0),
  debt bigint not null default 0 check (debt >= 0),
  updated_at timestamptz not null default now()
);
create trigger touch before update on public.credit_accounts for each row execute function private.touch();

create table public.credit_holds (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.credit_accounts (user_id),
  job_id uuid,
  amount bigint not null check (amount > 0),
  state text not null default 'held' check (state in ('held', 'spent', 'released')),
  spent bigint not null default 0 check (spent between 0 and amount),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'held') = (ended_at is null)),
  check ((state = 'spent') = (spent > 0))
);
create index credit_holds_user on public.credit_holds (user_id, created_at desc);
-- A job never holds credits twice at once.
create unique index credit_holds_open_job on public.credit_holds (job_id) where state = 'held';

create table public.credit_ledger (
  id bigint generated always as identity primary key,
  user_id uuid not null references public.credit_accounts (user_id),
  kind text not null check (kind in
    ('purchase', 'grant', 'reserve', 'release', 'spend', 'refund', 'admin_adjust', 'expire')),
  amount bigint not null,
  held bigint not null default 0,
  debt bigint not null default 0,
  balance_after bigint not null,
  held_after bigint not null,
  debt_after bigint not null,
  hold_id uuid references public.credit_holds (id),
  idempotency_key text not null unique check (char_length(idempotency_key) between 1 and 240),
  asked text not null,
  note text not null default '' check (char_length(note) <= 500),
  meta jsonb not null default '{}' check (pg_column_size(meta) <= 8000),
  created_at timestamptz not null default now()
);
create index credit_ledger_user on public.credit_ledger (user_id, id desc);
create index credit_ledger_hold on public.credit_ledger (hold_id);
create trigger append_only before update or delete on public.credit_ledger
  for each row execute function private.refuse_change();
create trigger never_emptied before truncate on public.credit_ledger
  for each statement execute function private.refuse_change();

alter table public.credit_accounts enable row level security;
alter table public.credit_holds enable row level security;
alter table public.credit_ledger enable row level security;
create policy own_account_is_readable on public.credit_accounts for select to authenticated
  using ((select auth.uid()) = user_id);
create policy own_holds_are_readable on public.credit_holds for select to authenticated
  using ((select auth.uid()) = user_id);
create policy own_ledger_is_readable on public.credit_ledger for select to authenticated
  using ((select auth.uid()) = user_id);
-- Nobody writes here, not even with the service's key: only the functions below do.
grant select on public.credit_accounts, public.credit_holds, public.credit_ledger to authenticated, service_role;

create view public.credit_statement with (security_invoker = true) as
  select id, user_id, created_at, kind, amount, held, debt, balance_after, held_after, debt_after, hold_id, note
  from public.credit_ledger;
grant select on public.credit_statement to authenticated, service_role;

-- One movement: the account and its ledger row together. The caller holds the account's lock.
create function private.credit_move(
  p_user uuid, p_kind text, p_amount bigint, p_held bigint, p_debt bigint,
  p_key text, p_asked text, p_hold uuid, p_note text, p_meta jsonb
) returns public.credit_ledger
language plpgsql set search_path = '' as $$
declare
  account public.credit_accounts;
  entry public.credit_ledger;
begin
  update public.credit_accounts
  set balance = balance + p_amount, held = held + p_held, debt = debt + p_debt
  where user_id = p_user returning * into account;
  insert into public.credit_ledger
    (user_id, kind, amount, held, debt, balance_after, held_after, debt_after, hold_id, idempotency_key, asked, note, meta)
  values (p_user, p_kind, p_amount, p_held, p_debt, account.balance, account.held, account.debt,
          p_hold, p_key, p_asked, coalesce(p_note, ''), coalesce(p_meta, '{}'))
  returning * into entry;
  return entry;
end $$;

-- Whatever comes in pays a debt first.
create function private.credit_in(
  p_account public.credit_accounts, p_kind text, p_amount bigint, p_held bigint,
  p_key text, p_asked text, p_hold uuid, p_note text, p_meta jsonb
) returns public.credit_ledger
language sql set search_path = '' as $$
  select private.credit_move(
    p_account.user_id, p_kind, p_amount - least(p_amount, p_account.debt), p_held, -least(p_amount, p_account.debt),
    p_key, p_asked, p_hold, p_note, p_meta
  )
$$;

create function private.credit_lock(p_user uuid) returns public.credit_accounts
language plpgsql set search_path = '' as $$
declare
  account public.credit_accounts;
begin
  select * into account from public.credit_accounts where user_id = p_user for update;
  if not found then
    perform private.fail('not_found', 'There is no such account.');
  end if;
  return account;
end $$;

-- The movement made under this key before, if any. Looked for under the account's lock, so that two at once become one.
create function private.credit_before(p_key text, p_asked text) returns public.credit_ledger
language plpgsql stable set search_path = '' as $$
declare
  entry public.credit_ledger;
begin
  if p_key is null or p_key = '' then
    perform private.fail('value_invalid', 'A movement of credits needs a key.');
  end if;
  select * into entry from public.credit_ledger where idempotency_key = p_key;
  if found then
    perform private.expect_same(entry.asked, p_asked);
  end if;
  return entry;
end $$;

create function private.credit_amount(p_amount bigint) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if p_amount is null or p_amount < 1 or p_amount > 1000000 then
    perform private.fail('value_invalid', 'An amount of credits is a whole number from 1 to 1,000,000.');
  end if;
end $$;

-- Credits that come in from outside, under one key.
create function private.credit_receive(p_kind text, p_user uuid, p_amount bigint, p_key text, p_note text, p_meta jsonb)
returns jsonb
language plpgsql set search_path = '' as $$
declare
  asked text := private.fingerprint(jsonb_build_array(p_kind, p_user, p_amount));
  account public.credit_accounts;
  entry public.credit_ledger;
begin
  perform private.credit_amount(p_amount);
  account := private.credit_lock(p_user);
  entry := private.credit_before(p_key, asked);
  if entry.id is null then
    entry := private.credit_in(account, p_kind, p_amount, 0, p_key, asked, null, p_note, p_meta);
  end if;
  return to_jsonb(entry) - 'asked';
end $$;

create function public.credit_purchase(p_user uuid, p_amount bigint, p_key text, p_note text default '', p_meta jsonb default '{}')
returns jsonb language sql security definer set search_path = '' as $$
  select private.credit_receive('purchase', p_user, p_amount, p_key, p_note, p_meta)
$$;

create function public.credit_grant(p_user uuid, p_amount bigint, p_key text, p_note text default '', p_meta jsonb default '{}')
returns jsonb language sql security definer set search_path = '' as $$
  select private.credit_receive('grant', p_user, p_amount, p_key, p_note, p_meta)
$$;

-- A payment went back: take what is left of its credits, and note the rest as a debt.
create function public.credit_refund(p_user uuid, p_amount bigint, p_key text, p_note text default '', p_meta jsonb default '{}')
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  asked text := private.fingerprint(jsonb_build_array('refund', p_user, p_amount));
  account public.credit_accounts;
  entry public.credit_ledger;
  taken bigint;
begin
  perform private.credit_amount(p_amount);
  account := private.credit_lock(p_user);
  entry := private.credit_before(p_key, asked);
  if entry.id is null then
    taken := least(p_amount, account.balance);
    entry := private.credit_move(p_user, 'refund', -taken, 0, p_amount - taken, p_key, asked, null, p_note, p_meta);
  end if;
  return to_jsonb(entry) - 'asked';
end $$;

-- Granted credits whose time is over: as many of them as are left.
create function public.credit_expire(p_user uuid, p_amount bigint, p_key text, p_note text default '', p_meta jsonb default '{}')
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  asked text := private.fingerprint(jsonb_build_array('expire', p_user, p_amount));
  account public.credit_accounts;
  entry public.credit_ledger;
begin
  perform private.credit_amount(p_amount);
  account := private.credit_lock(p_user);
  entry := private.credit_before(p_key, asked);
  if entry.id is null then
    entry := private.credit_move(
      p_user, 'expire', -least(p_amount, account.balance), 0, 0, p_key, asked, null, p_note, p_meta);
  end if;
  return to_jsonb(entry) - 'asked';
end $$;

create function private.insufficient(p_balance bigint, p_needed bigint) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.fail(
    'insufficient_credits',
    format('This needs %s credits and you have %s. Buy credits, or choose a shorter film.', p_needed, p_balance),
    jsonb_build_object('balance', p_balance, 'needed', p_needed)
  );
end $$;

-- By hand, up or down, never below zero; the reason is part of it.
create function public.credit_adjust(
  p_user uuid, p_amount bigint, p_key text, p_note text, p_actor text default 'service', p_meta jsonb default '{}'
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  asked text := private.fingerprint(jsonb_build_array('admin_adjust', p_user, p_amount));
  account public.credit_accounts;
  entry public.credit_ledger;
begin
  perform private.credit_amount(abs(p_amount));
  if coalesce(btrim(p_note), '') = '' then
    perform private.fail('value_invalid', 'Say why the credits are adjusted.');
  end if;
  account := private.credit_lock(p_user);
  entry := private.credit_before(p_key, asked);
  if entry.id is not null then
    return to_jsonb(entry) - 'asked';
  end if;
  if p_amount > 0 then
    entry := private.credit_in(account, 'admin_adjust', p_amount, 0, p_key, asked, null, p_note, p_meta);
  elsif account.balance + p_amount < 0 then
    perform private.insufficient(account.balance, -p_amount);
  else
    entry := private.credit_move(p_user, 'admin_adjust', p_amount, 0, 0, p_key, asked, null, p_note, p_meta);
  end if;
  perform private.audit('credit.adjust', p_user, p_actor, 'ledger:' || entry.id,
    jsonb_build_object('amount', p_amount, 'note', p_note));
  return to_jsonb(entry) - 'asked';
end $$;

-- Set credits aside. Returns the hold; the same key gives the same hold. A job makes its hold in its own transaction, so
-- a hold that is there before its job belongs to one that was removed: it has ended, and would pay for nothing.
create function private.credit_hold(p_user uuid, p_amount bigint, p_key text, p_job uuid, p_note text) returns uuid
language plpgsql set search_path = '' as $$
declare
  asked text := private.fingerprint(jsonb_build_array('reserve', p_user, p_amount, p_job));
  account public.credit_accounts;
  entry public.credit_ledger;
  hold uuid;
begin
  perform private.credit_amount(p_amount);
  account := private.credit_lock(p_user);
  entry := private.credit_before(p_key, asked);
  if entry.id is not null and p_job is not null then
    perform private.fail('key_reused', 'A film under this id was made before and removed.');
  end if;
  if entry.id is not null then
    return entry.hold_id;
  end if;
  if account.balance < p_amount then
    perform private.insufficient(account.balance, p_amount);
  end if;
  insert into public.credit_holds (user_id, job_id, amount) values (p_user, p_job, p_amount) returning id into hold;
  perform private.credit_move(p_user, 'reserve', -p_amount, p_amount, 0, p_key, asked, hold, p_note, '{}');
  return hold;
end $$;

-- End a hold once: spend what was used of it, at most all, and give back the rest. A hold that has ended stays as it is.
create function private.credit_settle(p_hold uuid, p_used bigint, p_note text) returns public.credit_holds
language plpgsql set search_path = '' as $$
declare
  hold public.credit_holds;
  account public.credit_accounts;
  used bigint;
  asked text := private.fingerprint(jsonb_build_array('settle', p_hold, p_used));
begin
  select * into hold from public.credit_holds where id = p_hold;
  if not found then
    perform private.fail('not_found', 'There is no such reservation.');
  end if;
  if p_used is null or p_used < 0 then
    perform private.fail('value_invalid', 'What was used cannot be less than nothing.');
  end if;
  account := private.credit_lock(hold.user_id);
  select * into hold from public.credit_holds where id = p_hold for update;
  if hold.state <> 'held' then
    return hold;
  end if;
  used := least(p_used, hold.amount);
  if used > 0 then
    perform private.credit_move(
      hold.user_id, 'spend', 0, -used, 0, 'spend:' || hold.id, asked, hold.id, p_note, '{}');
  end if;
  if used < hold.amount then
    perform private.credit_in(
      account, 'release', hold.amount - used, used - hold.amount, 'release:' || hold.id, asked, hold.id, p_note, '{}');
  end if;
  update public.credit_holds
  set state = case when used > 0 then 'spent' else 'released' end, spent = used, ended_at = now()
  where id = p_hold returning * into hold;
  return hold;
end $$;

create function public.credit_reserve(p_user uuid, p_amount bigint, p_key text, p_note text default '') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  hold uuid := private.credit_hold(p_user, p_amount, p_key, null, p_note);
begin
  return (select to_jsonb(one) from public.credit_holds one where one.id = hold);
end $$;

-- A job's hold ends with its job and in no other way.
create function private.credit_own_hold(p_hold uuid) returns public.credit_holds
language plpgsql stable set search_path = '' as $$
declare
  hold public.credit_holds;
begin
  select * into hold from public.credit_holds where id = p_hold;
  if hold.job_id is not null then
    perform private.fail('conflict', 'This reservation belongs to a film and ends with it.');
  end if;
  return hold;
end $$;

-- Spend min(used, reserved) and release the rest; again, it is the same. A hold ended otherwise is a conflict.
create function public.credit_finish(p_hold uuid, p_used bigint, p_note text default '') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  hold public.credit_holds := private.credit_own_hold(p_hold);
begin
  hold := private.credit_settle(p_hold, p_used, p_note);
  if hold.spent <> least(p_used, hold.amount) then
    perform private.fail('conflict', 'This reservation has ended already.', jsonb_build_object('state', hold.state));
  end if;
  return to_jsonb(hold);
end $$;

create function public.credit_release(p_hold uuid, p_note text default '') returns jsonb
language sql security definer set search_path = '' as $$
  select public.credit_finish(p_hold, 0, p_note)
$$;

create function public.credit_balance() returns jsonb
language sql stable set search_path = '' as $$
  select to_jsonb(one) from public.credit_accounts one where one.user_id = private.me()
$$;

create function public.credit_history(p_limit integer default 50, p_before bigint default null) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(page order by page.id desc), '[]') from (
    select * from public.credit_statement one
    where one.user_id = private.me() and (p_before is null or one.id < p_before)
    order by one.id desc limit least(greatest(p_limit, 1), 500)
  ) page
$$;

create function public.credit_account(p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  account public.credit_accounts;
begin
  select * into account from public.credit_accounts where user_id = p_user;
  if not found then
    perform private.fail('not_found', 'There is no such account.');
  end if;
  return to_jsonb(account);
end $$;

-- The books, checked: the accounts whose figures do not follow from their ledger and holds. Empty is right.
create function public.credit_audit() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(account.user_id), '[]')
  from public.credit_accounts account
  left join (
    select user_id, sum(amount) as balance, sum(held) as held, sum(debt) as debt from public.credit_ledger group by user_id
  ) ledger using (user_id)
  left join (
    select user_id, sum(amount) as held from public.credit_holds where state = 'held' group by user_id
  ) open_holds using (user_id)
  where (account.balance, account.held, account.debt, account.held) is distinct from (
    coalesce(ledger.balance, 0), coalesce(ledger.held, 0), coalesce(ledger.debt, 0), coalesce(open_holds.held, 0))
$$;

revoke execute on function public.credit_purchase, public.credit_grant, public.credit_refund, public.credit_expire,
  public.credit_adjust, public.credit_reserve, public.credit_finish, public.credit_release, public.credit_account,
  public.credit_audit from public, anon, authenticated;
grant execute on function public.credit_purchase, public.credit_grant, public.credit_refund, public.credit_expire,
  public.credit_adjust, public.credit_reserve, public.credit_finish, public.credit_release, public.credit_account,
  public.credit_audit to service_role;
grant execute on function public.credit_balance, public.credit_history to authenticated;
