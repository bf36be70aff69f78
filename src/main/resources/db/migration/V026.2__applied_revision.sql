-- Revisions that were applied to what is stored: what was judged by an earlier one and is written only now is judged by each of them first.
create table applied_revision (
    environment varchar(32)              not null,
    revision    bigint                   not null,
    applied_at  timestamp with time zone not null,

    constraint applied_revision_pk primary key (environment, revision)
);

-- The newest of them, where whoever writes looks anyway.
alter table event_cursor add column applied bigint default 0 not null;
