-- What embedded accounts need beside the stand-in's auth.users. No API role is granted anything here.
-- May run again at any time.

alter table auth.users
  add column if not exists encrypted_password text,
  add column if not exists email_confirmed_at timestamptz,
  add column if not exists last_sign_in_at timestamptz;

create table if not exists auth.identities (
  provider text not null,
  provider_id text not null,
  user_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (provider, provider_id)
);
create index if not exists identities_user on auth.identities (user_id);

create table if not exists auth.sessions (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create index if not exists sessions_user on auth.sessions (user_id) where ended_at is null;

create table if not exists auth.refresh_tokens (
  token_hash text primary key,
  session_id uuid not null references auth.sessions (id) on delete cascade,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create index if not exists refresh_tokens_session on auth.refresh_tokens (session_id);

-- A sign-up's password waits here until its letter is answered: whoever opens the letter gets what they asked for.
create table if not exists auth.one_time_tokens (
  token_hash text primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  kind text not null check (kind in ('email', 'recovery')),
  password_hash text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  spent_for uuid
);
create index if not exists one_time_tokens_user on auth.one_time_tokens (user_id);

create table if not exists auth.sign_in_tries (
  email text primary key,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz
);

create table if not exists auth.signing_keys (
  kid uuid primary key default gen_random_uuid(),
  private_pem text not null,
  created_at timestamptz not null default now()
);

create table if not exists auth.installation (
  only_one boolean primary key default true check (only_one),
  id uuid not null default gen_random_uuid()
);
insert into auth.installation default values on conflict do nothing;
