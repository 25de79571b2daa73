-- Whatever is written is judged, which takes a moment: how often, and how often a film's price may be asked for.

insert into public.rate_rules (action, counts, at_most, seconds) values
  ('write', 'user', 120, 60), ('write', 'address', 400, 60);
update public.rate_rules set at_most = 240 where action = 'estimate' and counts = 'user';
update public.rate_rules set at_most = 600 where action = 'estimate' and counts = 'address';
