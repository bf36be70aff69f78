-- A key that is one of all: the App ID's digits are part of it, as dev.weir.store.Duplicates spells it. An index of one narrow column is
-- half the work for each event.
create table event_key_alone (
    key         uuid                     not null,
    received_at timestamp with time zone not null,

    constraint event_key_alone_pk primary key (key)
);

insert into event_key_alone (key, received_at)
select
    (lpad(to_hex(('x' || substr(digits, 1, 16))::bit(64)::bigint # ('x' || substr(app, 1, 16))::bit(64)::bigint), 16, '0')
        || lpad(to_hex(('x' || substr(digits, 17, 16))::bit(64)::bigint # ('x' || substr(app, 17, 16))::bit(64)::bigint), 16, '0'))::uuid,
    received_at
from (
    select
        replace(key::text, '-', '') as digits,
        rpad(encode(convert_to(app_id, 'UTF8'), 'hex'), 32, '0') as app,
        received_at
    from event_key
) as before;

drop table event_key;
alter table event_key_alone rename to event_key;
alter table event_key rename constraint event_key_alone_pk to event_key_pk;
create index event_key_by_time on event_key using brin (received_at) with (pages_per_range = 32, autosummarize = on);
