-- What a plan allows and what things cost: data, changed by migrations, readable by everybody.

create table public.plans (
  name text primary key check (name ~ '^[a-z_]{1,40}$'),
  title text not null,
  max_running smallint not null check (max_running between 1 and 1000),
  max_minutes smallint not null check (max_minutes between 1 and 12),
  priority smallint not null check (priority between -100 and 100)
);

insert into public.plans (name, title, max_running, max_minutes, priority) values
  ('free', 'Free', 1, 12, 0),
  ('creator', 'Creator', 2, 12, 10),
  ('studio', 'Studio', 5, 12, 20),
  ('owner', 'Owner', 100, 12, 50);

-- A film costs the sum of its items: per minute (rounded up), or per piece.
create table public.prices (
  item text primary key check (item ~ '^[a-z0-9_:]{1,60}$'),
  credits integer not null check (credits between 1 and 10000),
  unit text not null check (unit in ('minute', 'piece')),
  title text not null
);

insert into public.prices (item, credits, unit, title) values
  ('minute', 1, 'minute', 'Finished video'),
  ('own_voice', 1, 'minute', 'In your own voice'),
  ('hd', 1, 'minute', 'Above 1080p'),
  ('clip:huggingface', 2, 'piece', 'Generated clip (Hugging Face)'),
  ('clip:kling', 4, 'piece', 'Generated clip (Kling)'),
  ('clip:luma', 4, 'piece', 'Generated clip (Luma)'),
  ('clip:runway', 5, 'piece', 'Generated clip (Runway)'),
  ('clip:veo', 10, 'piece', 'Generated clip (Veo)');

alter table public.plans enable row level security;
alter table public.prices enable row level security;
create policy plans_are_public on public.plans for select to anon, authenticated using (true);
create policy prices_are_public on public.prices for select to anon, authenticated using (true);
grant select on public.plans, public.prices to anon, authenticated, service_role;

-- The lines of a bill for {"seconds": 61, "own_voice": true, "hd": false, "clips": {"runway": 2}}.
create function private.bill(usage jsonb) returns table (item text, units bigint, each integer, credits bigint)
language plpgsql stable set search_path = '' as $$
declare
  seconds numeric := (usage ->> 'seconds')::numeric;
  minutes bigint;
  wanted record;
  price public.prices;
begin
  if seconds is null or seconds <= 0 or seconds > 86400 then
    perform private.fail('value_invalid', 'A length must be above zero and at most a day.');
  end if;
  minutes := ceil(seconds / 60);
  for wanted in
    select 'minute' as name, minutes as count
    union all select 'own_voice', minutes where coalesce((usage ->> 'own_voice')::boolean, false)
    union all select 'hd', minutes where coalesce((usage ->> 'hd')::boolean, false)
    union all select 'clip:' || clip.key, clip.value::bigint from jsonb_each_text(coalesce(usage -> 'clips', '{}')) clip
  loop
    select * into price from public.prices where prices.item = wanted.name;
    if not found then
      perform private.fail('value_invalid', format('There is no price for %s.', wanted.name));
    end if;
    if wanted.count < 0 or wanted.count > 1000 then
      perform private.fail('value_invalid', format('%s of %s is out of range.', wanted.count, wanted.name));
    end if;
    return query select wanted.name, wanted.count, price.credits, wanted.count * price.credits where wanted.count > 0;
  end loop;
end $$;

grant execute on function private.bill to authenticated, service_role;

-- What a film would cost: {"credits": 4, "lines": [...]}.
create function public.quote(p_usage jsonb) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('credits', coalesce(sum(line.credits), 0), 'lines', coalesce(jsonb_agg(line), '[]'))
  from private.bill(p_usage) line
$$;

create function public.price_list() returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'plans', (select jsonb_agg(one order by one.priority) from public.plans one),
    'prices', (select jsonb_agg(one order by one.item) from public.prices one)
  )
$$;

grant execute on function public.quote, public.price_list to authenticated, service_role;
