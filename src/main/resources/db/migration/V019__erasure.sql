-- Users who were deleted and must not come back: keyed hashes of what they were called. Without the environment's key nobody can
-- tell whose they are, nor try out whose they may be.
create table suppressed (
    environment varchar(32)              not null,
    subject     uuid                     not null,
    since       timestamp with time zone not null,

    constraint suppressed_pk primary key (environment, subject)
);

-- How many of them an environment has: where there are none, nobody looks for any.
alter table event_cursor add column suppressed bigint default 0 not null;

-- Who is to be deleted, and under which names they were found where. Gone as soon as the job is over.
create table erasure_target (
    job         varchar(36)  not null,
    environment varchar(32)  not null,
    kind        varchar(8)   not null,
    name        varchar(510) not null,

    constraint erasure_target_pk primary key (job, environment, kind, name),
    constraint erasure_target_kind check (kind in ('identity', 'user'))
);

-- With what a program proves that it may have users deleted. Kept as SHA-256 only.
create table erasure_key (
    app_id   varchar(10)              not null,
    key_hash varchar(64)              not null,
    made_at  timestamp with time zone not null,

    constraint erasure_key_pk primary key (app_id),
    constraint erasure_key_app_id_fk foreign key (app_id) references app_id (digits)
);
