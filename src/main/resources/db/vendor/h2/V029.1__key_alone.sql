-- A key that is one of all: the App ID's digits are part of it, as dev.weir.store.Duplicates spells it.
create table event_key_alone (
    key         uuid                     not null,
    received_at timestamp with time zone not null,

    constraint event_key_alone_pk primary key (key)
);

insert into event_key_alone (key, received_at)
select
    cast(bitxor(cast(key as binary(16)), cast(stringtoutf8(app_id) || X'000000000000' as binary(16))) as uuid),
    received_at
from event_key;

drop table event_key;
alter table event_key_alone rename to event_key;
alter table event_key rename constraint event_key_alone_pk to event_key_pk;
