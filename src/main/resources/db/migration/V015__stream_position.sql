-- How far each partition of a topic has been loaded. Moves in the transaction of the events themselves, so that a record is loaded
-- once whatever happens to a loader. The topic is Kafka's id of it: one that is made anew begins anew.
create table stream_position (
    topic       varchar(64) not null,
    part        integer     not null,
    next_offset bigint      not null,

    constraint stream_position_pk primary key (topic, part)
);
