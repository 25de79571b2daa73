-- Who somebody is to the studio, what they want to be told, and their keys for programs.

create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  display_name text not null default '' check (char_length(display_name) <= 80),
  avatar_url text check (char_length(avatar_url) <= 2000 and avatar_url ~ '^https?://'),
  plan text not null default 'free' references public.plans (name),
  stripe_customer_id text unique check (char_length(stripe_customer_id) <= 255),
  referral_code text not null unique default substr(replace(gen_random_uuid()::text, '-', ''), 1, 10),
  referred_by uuid references public.profiles (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index profiles_plan on public.profiles (plan);
create index profiles_referred_by on public.profiles (referred_by);
create trigger touch before update on public.profiles for each row execute function private.touch();

alter table public.profiles enable row level security;
create policy own_profile_is_readable on public.profiles for select to authenticated
  using ((select auth.uid()) = id);
create policy own_profile_is_writable on public.profiles for update to authenticated
  using ((select auth.uid()) = id) with check ((select auth.uid()) = id);
grant select on public.profiles to authenticated, service_role;
-- Plan, customer and referral are the service's; a name and a picture are one's own.
grant update (display_name, avatar_url) on public.profiles to authenticated;

create table public.notification_preferences (
  user_id uuid primary key references public.profiles (id) on delete cascade,
  film_ready boolean not null default true,
  film_failed boolean not null default true,
  low_credits boolean not null default true,
  product_news boolean not null default false,
  updated_at timestamptz not null default now()
);
create trigger touch before update on public.notification_preferences for each row execute function private.touch();

alter table public.notification_preferences enable row level security;
create policy own_preferences_are_readable on public.notification_preferences for select to authenticated
  using ((select auth.uid()) = user_id);
create policy own_preferences_are_writable on public.notification_preferences for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant select on public.notification_preferences to authenticated, service_role;
grant update (film_ready, film_failed, low_credits, product_news) on public.notification_preferences to authenticated;

create table public.api_keys (
  id uuid primary key,
  user_id uuid not null references public.profiles (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 80),
  prefix text not null check (char_length(prefix) between 4 and 20),
  key_hash text not null unique check (key_hash ~ '^[0-9a-f]{64}$'),
  scopes text[] not null check (cardinality(scopes) between 1 and 20),
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_user on public.api_keys (user_id, created_at desc);

alter table public.api_keys enable row level security;
create policy own_keys_are_readable on public.api_keys for select to authenticated
  using ((select auth.uid()) = user_id);
-- Everything but the hash.
grant select (id, user_id, name, prefix, scopes, created_at, last_used_at, expires_at, revoked_at)
  on public.api_keys to authenticated;
grant select on public.api_keys to service_role;

create function public.profile_get() returns jsonb
language sql stable set search_path = '' as $$
  select to_jsonb(one) from public.profiles one where one.id = private.me()
$$;

create function public.profile_save(p_display_name text default null, p_avatar_url text default null) returns jsonb
language sql set search_path = '' as $$
  update public.profiles one
  set display_name = coalesce(p_display_name, display_name),
      avatar_url = case when p_avatar_url = '' then null else coalesce(p_avatar_url, avatar_url) end
  where one.id = private.me() returning to_jsonb(one)
$$;

create function public.preferences_get() returns jsonb
language sql stable set search_path = '' as $$
  select to_jsonb(one) from public.notification_preferences one where one.user_id = private.me()
$$;

create function public.preferences_save(
  p_film_ready boolean default null, p_film_failed boolean default null,
  p_low_credits boolean default null, p_product_news boolean default null
) returns jsonb
language sql set search_path = '' as $$
  update public.notification_preferences one
  set film_ready = coalesce(p_film_ready, film_ready), film_failed = coalesce(p_film_failed, film_failed),
      low_credits = coalesce(p_low_credits, low_credits), product_news = coalesce(p_product_news, product_news)
  where one.user_id = private.me() returning to_jsonb(one)
$$;

create function public.api_key_list() returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', id, 'name', name, 'prefix', prefix, 'scopes', scopes, 'created_at', created_at,
    'last_used_at', last_used_at, 'expires_at', expires_at, 'revoked_at', revoked_at
  ) order by created_at desc), '[]')
  from public.api_keys where user_id = private.me()
$$;

grant execute on function public.profile_get, public.profile_save, public.preferences_get, public.preferences_save,
  public.api_key_list to authenticated;

-- The service's own view of a person, and what only it may change.
create function public.profile_of(p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  found_profile jsonb;
begin
  select to_jsonb(one) || jsonb_build_object('email', account.email) into found_profile
  from public.profiles one join auth.users account on account.id = one.id where one.id = p_user;
  if found_profile is null then
    perform private.fail('not_found', 'There is no such account.');
  end if;
  return found_profile;
end $$;

create function public.profile_of_customer(p_stripe_customer_id text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  found_id uuid;
begin
  select id into found_id from public.profiles where stripe_customer_id = p_stripe_customer_id;
  return public.profile_of(found_id);
end $$;

create function public.plan_set(p_user uuid, p_plan text, p_stripe_customer_id text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select 1 from public.plans where name = p_plan) then
    perform private.fail('value_invalid', 'There is no such plan.');
  end if;
  update public.profiles set plan = p_plan, stripe_customer_id = coalesce(p_stripe_customer_id, stripe_customer_id)
  where id = p_user and (plan, stripe_customer_id) is distinct from (p_plan, coalesce(p_stripe_customer_id, stripe_customer_id));
  if found then
    perform private.audit('plan.set', p_user, 'service', 'profile:' || p_user, jsonb_build_object('plan', p_plan));
  end if;
  return public.profile_of(p_user);
end $$;

create function public.api_key_create(
  p_id uuid, p_user uuid, p_name text, p_prefix text, p_key_hash text, p_scopes jsonb, p_expires_at timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  made public.api_keys;
begin
  insert into public.api_keys (id, user_id, name, prefix, key_hash, scopes, expires_at)
  values (p_id, p_user, p_name, p_prefix, p_key_hash,
          array(select jsonb_array_elements_text(p_scopes)), p_expires_at)
  on conflict (id) do nothing returning * into made;
  if found then
    perform private.audit('api_key.create', p_user, 'user:' || p_user, 'api_key:' || p_id,
      jsonb_build_object('name', p_name, 'scopes', p_scopes));
    return to_jsonb(made) - 'key_hash';
  end if;
  select * into made from public.api_keys where id = p_id;
  if made.user_id <> p_user or made.key_hash <> p_key_hash then
    perform private.fail('key_reused', 'This key was made before with different values.');
  end if;
  return to_jsonb(made) - 'key_hash';
end $$;

-- Whose key this is; unknown, expired and revoked ones are all alike to the caller.
create function public.api_key_use(p_key_hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.api_keys;
begin
  select * into one from public.api_keys
  where key_hash = p_key_hash and revoked_at is null and (expires_at is null or expires_at > now());
  if not found then
    perform private.fail('forbidden', 'This API key is not valid. Make a new one in your settings.');
  end if;
  -- A busy program would otherwise write a row for every call.
  update public.api_keys set last_used_at = now()
  where id = one.id and (last_used_at is null or last_used_at < now() - interval '1 minute');
  return jsonb_build_object('id', one.id, 'user_id', one.user_id, 'scopes', one.scopes);
end $$;

create function public.api_key_revoke(p_user uuid, p_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  one public.api_keys;
begin
  select * into one from public.api_keys where id = p_id and user_id = p_user for update;
  if not found then
    perform private.fail('not_found', 'There is no such key.');
  end if;
  if one.revoked_at is null then
    update public.api_keys set revoked_at = now() where id = p_id returning * into one;
    perform private.audit('api_key.revoke', p_user, 'user:' || p_user, 'api_key:' || p_id, '{}');
  end if;
  return to_jsonb(one) - 'key_hash';
end $$;

revoke execute on function public.profile_of, public.profile_of_customer, public.plan_set, public.api_key_create,
  public.api_key_use, public.api_key_revoke from public, anon, authenticated;
grant execute on function public.profile_of, public.profile_of_customer, public.plan_set, public.api_key_create,
  public.api_key_use, public.api_key_revoke to service_role;
