-- A new account gets its profile, its preferences, its credit account and ten credits, in the sign-up's own transaction.
-- Supabase's anonymous users cost nothing to make, so they get no credits.

create function private.welcome() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  told jsonb := coalesce(new.raw_user_meta_data, '{}');
begin
  insert into public.profiles (id, display_name, referred_by) values (
    new.id,
    left(coalesce(told ->> 'display_name', told ->> 'full_name', told ->> 'name', ''), 80),
    (select id from public.profiles where referral_code = told ->> 'referral_code')
  );
  insert into public.notification_preferences (user_id) values (new.id);
  insert into public.credit_accounts (user_id) values (new.id);
  if not coalesce((to_jsonb(new) ->> 'is_anonymous')::boolean, false) then
    perform private.credit_receive('grant', new.id, 10, 'welcome:' || new.id, 'Welcome', '{}');
  end if;
  return new;
end $$;

create trigger welcome after insert on auth.users for each row execute function private.welcome();
