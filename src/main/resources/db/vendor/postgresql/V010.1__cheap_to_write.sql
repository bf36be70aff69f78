-- Age is looked at once an hour, rows are written thousands a second: an index of block ranges costs next to nothing there. Rows come in
-- the order of their age, or nearly so, which is what it needs.
drop index event_by_age;
create index event_by_age on event using brin (received_at) with (pages_per_range = 32, autosummarize = on);
create index event_quarantined on event (environment, received_at) where status = 'quarantined';

drop index event_key_by_time;
create index event_key_by_time on event_key using brin (received_at) with (pages_per_range = 32, autosummarize = on);
