-- Private buckets on Supabase, and who reads them. A plain PostgreSQL has no storage schema: there, files live in a folder.
-- Files are written and removed by the service alone. A creator reads what lies under their own id, which is how links
-- are made for them: paths are <user id>/<assets or outputs>/..., so the first folder names the owner.

do $$
begin
  if to_regclass('storage.objects') is null then
    return;
  end if;

  insert into storage.buckets (id, name, public)
  values ('project-assets', 'project-assets', false), ('project-outputs', 'project-outputs', false)
  on conflict (id) do update set public = false;

  drop policy if exists creators_read_their_own_files on storage.objects;
  create policy creators_read_their_own_files on storage.objects for select to authenticated
    using (
      bucket_id in ('project-assets', 'project-outputs')
      and (storage.foldername(name))[1] = (select auth.uid())::text
    );
end $$;
