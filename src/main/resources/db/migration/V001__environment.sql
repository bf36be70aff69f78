-- Where data is kept apart: environments, the App IDs that send to them, and the origins these may be used from.
-- Runs unchanged on PostgreSQL and on H2 in PostgreSQL mode.
create table environment (
    key        varchar(32)              not null,
    name       varchar(100)             not null,
    kind       varchar(16)              not null,
    critical   boolean                  not null,
    hash_key   varchar(64)              not null,
    created_at timestamp with time zone not null,
    version    bigint                   not null default 0,

    constraint environment_pk primary key (key),
    constraint environment_kind check (kind in ('development', 'staging', 'production'))
);

create table app_id (
    digits          varchar(10)              not null,
    environment     varchar(32)              not null,
    label           varchar(100)             not null,
    server_key_hash varchar(64),
    created_at      timestamp with time zone not null,
    retires_at      timestamp with time zone,
    version         bigint                   not null default 0,

    constraint app_id_pk primary key (digits),
    constraint app_id_environment_fk foreign key (environment) references environment (key)
);

create index app_id_by_environment on app_id (environment);

create table app_origin (
    app_id varchar(10)  not null,
    origin varchar(300) not null,

    constraint app_origin_pk primary key (app_id, origin),
    constraint app_origin_app_id_fk foreign key (app_id) references app_id (digits)
);

-- One row. Whoever changes what the data plane must know (an App ID, an origin, a revision) adds one in the same transaction.
create table governing_epoch (
    id    smallint not null,
    epoch bigint   not null,

    constraint governing_epoch_pk primary key (id),
    constraint governing_epoch_one_row check (id = 1)
);

insert into governing_epoch (id, epoch) values (1, 1);
