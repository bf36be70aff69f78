-- Questions to the list of definitions that somebody has given a name.
create table saved_view (
    id              varchar(36)              not null,
    name            varchar(200)             not null,
    sort_name       varchar(200)             not null,
    shared          boolean                  not null,
    q               varchar(400)             not null,
    status          varchar(16)              not null,
    type            varchar(16)              not null,
    tag             varchar(64)              not null,
    owner           varchar(200)             not null,
    category        varchar(200)             not null,
    created_by      varchar(500)             not null,
    created_by_name varchar(500)             not null,
    created_at      timestamp with time zone not null,
    version         bigint                   not null default 0,

    constraint saved_view_pk primary key (id),
    constraint saved_view_name unique (created_by, sort_name)
);
