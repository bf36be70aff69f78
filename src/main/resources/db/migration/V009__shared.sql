-- What many events have in common is kept once, and events refer to it: their hierarchy, and the address of their page without query
-- and fragment (its location). The id is the first half of the SHA-256 of the text, so that a writer need not look it up; zero where
-- an event has none. No foreign keys, as in V004.

-- seen_at: when a writer last made sure that the row is there, at most a day before the last event that refers to it.
create table hierarchy (
    environment varchar(32)              not null,
    id          uuid                     not null,
    seen_at     timestamp with time zone not null,
    content     text                     not null,

    constraint hierarchy_pk primary key (environment, id)
);

create index hierarchy_by_age on hierarchy (environment, seen_at);

create table location (
    environment varchar(32)              not null,
    id          uuid                     not null,
    seen_at     timestamp with time zone not null,
    content     text                     not null,

    constraint location_pk primary key (environment, id)
);

create index location_by_age on location (environment, seen_at);

alter table event add column hierarchy uuid default '00000000-0000-0000-0000-000000000000' not null;
alter table event add column location uuid default '00000000-0000-0000-0000-000000000000' not null;

-- Grows when rows of hierarchy or location were taken away before their time: whoever remembers that one is there looks again.
alter table event_cursor add column cleared bigint default 0 not null;
