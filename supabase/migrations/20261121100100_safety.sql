-- What the studio counts, under the names it asks by: estimates too, and room for a page's many pictures.

update public.rate_rules set action = 'letter' where action = 'send_mail';
update public.rate_rules set action = 'link' where action = 'fetch_link';
update public.rate_rules set at_most = 600 where action = 'upload' and counts = 'user';
update public.rate_rules set at_most = 1200 where action = 'upload' and counts = 'address';
insert into public.rate_rules (action, counts, at_most, seconds) values
  ('estimate', 'user', 120, 60), ('estimate', 'address', 300, 60);
