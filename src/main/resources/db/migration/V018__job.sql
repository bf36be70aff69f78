-- Work that takes longer than a request: what is asked for, how far it has come, and who works on it until when.
create table job (
    id            varchar(36)              not null,
    kind          varchar(32)              not null,
    environment   varchar(32),
    -- What the kind needs to know. Never a personal value: these rows are shown and told.
    input         text                     not null,
    state         varchar(16)              not null,
    -- Where the next step begins, in words of the kind.
    place         text                     not null,
    done          bigint                   not null default 0,
    total         bigint,
    -- Numbers that the kind counts, as canonical JSON.
    counts        text                     not null,
    asked_by      varchar(500)             not null,
    asked_by_name varchar(200)             not null,
    asked_at      timestamp with time zone not null,
    started_at    timestamp with time zone,
    ended_at      timestamp with time zone,
    -- The node that works on it, and when another one may take it: at once, when the lease is over, or some time after a failure.
    worker        varchar(36),
    due_at        timestamp with time zone not null,
    attempts      integer                  not null default 0,

    constraint job_pk primary key (id),
    constraint job_state check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
    constraint job_ended check ((state in ('waiting', 'running')) = (ended_at is null))
);

create index job_due on job (state, due_at);
create index job_by_time on job (asked_at, id);
