-- On which UTC day an event got its number: it never goes back while numbers grow, so that a reader who knows a number knows where to
-- look. (Not the day on which it came in: a loader may be late, and a retry carries another time.)
alter table event add column stored_on date default date '1970-01-01' not null;

-- The days of each environment: the first number that was given, and how old the oldest event was that came in late.
create table event_day (
    environment    varchar(32)              not null,
    stored_on      date                     not null,
    first_sequence bigint                   not null,
    oldest         timestamp with time zone not null,

    constraint event_day_pk primary key (environment, stored_on)
);

insert into event_day (environment, stored_on, first_sequence, oldest)
select environment, date '1970-01-01', 0, min(received_at) from event group by environment;

-- The last of these days, so that a writer who holds the cursor need not look.
alter table event_cursor add column stored_on date default date '1970-01-01' not null;
alter table event_cursor add column oldest timestamp with time zone default timestamp with time zone '1970-01-01 00:00:00+00' not null;
