-- How a link came about: which App ID's sender said so, by which endpoint. Unknown of those that were made before this was kept.
alter table identity_link add column app_id varchar(10);
alter table identity_link add column door varchar(32);

-- Links that were cut: what happened until then makes none between the same two again. The edge is a keyed hash of both names, and is
-- left when the names themselves are forgotten because somebody was deleted.
create table identity_cut (
    environment varchar(32)              not null,
    edge        uuid                     not null,
    user_id     varchar(64),
    identity    varchar(510),
    linked_at   timestamp with time zone not null,
    app_id      varchar(10),
    door        varchar(32),
    cut_at      timestamp with time zone not null,
    -- As it was counted before, and whose decision it was: what restoring goes by.
    events      bigint                   not null,
    cut_by      varchar(500)             not null,

    constraint identity_cut_pk primary key (environment, edge)
);

create index identity_cut_by_user on identity_cut (environment, user_id);
create index identity_cut_by_identity on identity_cut (environment, identity);

-- Which link somebody asks to have cut, while it is counted and waits. Gone as soon as it is decided, or one of the two is deleted.
create table cut_target (
    job         varchar(36)  not null,
    environment varchar(32)  not null,
    edge        uuid         not null,
    user_id     varchar(64)  not null,
    identity    varchar(510) not null,
    -- A keyed hash of the identity: what is shown of it.
    alias       varchar(64)  not null,

    constraint cut_target_pk primary key (job)
);
