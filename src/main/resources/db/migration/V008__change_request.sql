-- What is asked for and agreed to before it becomes policy. The snapshot never changes; only what became of it does.
create table change_request (
    environment     varchar(32)              not null,
    number          bigint                   not null,
    document        text                     not null,
    hash            varchar(64)              not null,
    base_number     bigint                   not null,
    -- The draft it was taken from: any edit makes it another one. Empty for a request to restore.
    draft_version   bigint,
    restores        bigint,
    reason          varchar(1000)            not null,
    expires_days    integer                  not null default 0,
    author          varchar(500)             not null,
    author_name     varchar(200)             not null,
    created_at      timestamp with time zone not null,
    state           varchar(16)              not null,
    approved_hash   varchar(64),
    decided_by      varchar(500),
    decided_by_name varchar(200),
    decided_at      timestamp with time zone,
    revision        bigint,

    constraint change_request_pk primary key (environment, number),
    constraint change_request_environment_fk foreign key (environment) references environment (key),
    constraint change_request_state_ck check (state in ('open', 'approved', 'rejected', 'superseded', 'published'))
);

create table change_comment (
    environment varchar(32)              not null,
    number      bigint                   not null,
    place       bigint                   not null,
    author      varchar(500)             not null,
    author_name varchar(200)             not null,
    text        varchar(4000)            not null,
    written_at  timestamp with time zone not null,

    constraint change_comment_pk primary key (environment, number, place),
    constraint change_comment_request_fk foreign key (environment, number) references change_request (environment, number)
);

-- A loosening may be for a while: when it is over, what was before it comes back.
alter table policy_revision add column expires_at timestamp with time zone;
alter table policy_revision add column reverts_to bigint;
alter table policy_revision add column request bigint;
