-- What events mean. Definitions belong to no environment: all share them, and each has its own events.

-- One row. Whoever changes a definition adds one, which also keeps two of them from doing so at once.
create table catalog_head (
    id      smallint not null,
    changes bigint   not null,

    constraint catalog_head_pk primary key (id),
    constraint catalog_head_one_row check (id = 1)
);

insert into catalog_head (id, changes) values (1, 0);

-- Tags stand between commas, with one at either end. The name is reserved while a definition is shared and not archived.
create table definition (
    id              varchar(36)              not null,
    name            varchar(200)             not null,
    sort_name       varchar(200)             not null,
    reserved_name   varchar(200),
    type            varchar(16)              not null,
    filter          text                     not null,
    category        varchar(200)             not null,
    tags            varchar(2000)            not null,
    description     text                     not null,
    context         text                     not null,
    criticality     varchar(16)              not null,
    owner_kind      varchar(16),
    owner           varchar(200),
    status          varchar(16)              not null,
    personal_to     varchar(500),
    search_text     text                     not null,
    authors         text                     not null,
    created_by      varchar(500)             not null,
    created_by_name varchar(500)             not null,
    created_at      timestamp with time zone not null,
    changed_by      varchar(500)             not null,
    changed_by_name varchar(500)             not null,
    changed_at      timestamp with time zone not null,
    verified_by     varchar(500),
    verified_by_name varchar(500),
    verified_at     timestamp with time zone,
    version         bigint                   not null default 0,

    constraint definition_pk primary key (id),
    constraint definition_reserved_name unique (reserved_name),
    constraint definition_type check (type in ('pageview', 'click', 'change', 'submit', 'custom')),
    constraint definition_criticality check (criticality in ('low', 'normal', 'high')),
    constraint definition_owner check ((owner_kind is null) = (owner is null)),
    constraint definition_owner_kind check (owner_kind in ('person', 'team')),
    constraint definition_status check (status in ('draft', 'in-review', 'verified', 'deprecated', 'archived')),
    constraint definition_verified check (status <> 'verified' or (owner is not null and verified_by is not null)),
    constraint definition_personal check (personal_to is null or status in ('draft', 'archived'))
);

create index definition_by_name on definition (sort_name, id);
