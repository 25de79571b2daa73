-- What somebody takes along names the files that they brought, too.

create or replace function public.account_export() returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'drafts', public.draft_list(),
    'voices', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' order by one.created_at), '[]')
      from public.voice_profiles one where one.user_id = private.me()),
    'consents', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' order by one.id), '[]')
      from public.voice_consents one where one.user_id = private.me()),
    'uploads', (select coalesce(jsonb_agg(jsonb_build_object('path', one.path, 'bytes', one.bytes,
      'brought_at', one.brought_at) order by one.brought_at), '[]')
      from public.uploads one where one.user_id = private.me()),
    'letters', (select coalesce(jsonb_agg(jsonb_build_object('template', one.template, 'recipient', one.recipient,
      'state', one.state, 'created_at', one.created_at) order by one.created_at), '[]')
      from public.email_log one where one.user_id = private.me()),
    'verdicts', (select coalesce(jsonb_agg(to_jsonb(one) - 'user_id' order by one.created_at), '[]')
      from public.moderation_log one where one.user_id = private.me()),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('at', one.at, 'action', one.action, 'subject', one.subject,
      'details', one.details) order by one.id), '[]')
      from public.audit_log one where one.user_id = private.me())
  )
$$;
