-- Keys are looked through once an hour, for those that are too old; every event would pay for an index.
drop index event_key_by_time;
