-- A frame's number to be signed in by: each holds one of the places that all visitors share, so nobody takes many.

insert into public.rate_rules (action, counts, at_most, seconds) values ('handoff', 'address', 30, 600);
