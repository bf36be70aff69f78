-- A campaign in which what is in force is looked at by those who answer for it, and confirmed by an Auditor. Closed, it never changes.
create table review_cycle (
    number         bigint                   not null,
    name           varchar(100)             not null,
    due            date                     not null,
    -- In which definitions were looked at, besides those of the tasks: their keys, separated by commas.
    environments   text                     not null,
    opened_by      varchar(500)             not null,
    opened_by_name varchar(200)             not null,
    opened_at      timestamp with time zone not null,
    closed_by      varchar(500),
    closed_by_name varchar(200),
    closed_at      timestamp with time zone,
    -- Empty where nothing was left to do.
    closed_why     varchar(1000),
    report         text,
    report_hash    varchar(64),
    version        bigint                   not null default 0,

    constraint review_cycle_pk primary key (number),
    constraint review_cycle_closed_ck check ((closed_at is null) = (report is null))
);

-- Who takes the next number holds this row, so that cycles are opened one after the other.
create table review_counter (
    id   integer not null,
    last bigint  not null,

    constraint review_counter_pk primary key (id),
    constraint review_counter_one_ck check (id = 1)
);

insert into review_counter (id, last) values (1, 0);

-- What one person looks at. The evidence is what that person saw: its text is never changed without its hash and the version.
create table review_task (
    cycle                 bigint                   not null,
    number                bigint                   not null,
    matter                varchar(16)              not null,
    environment           varchar(32),
    -- Whose definitions these are: person:Ada, team:Sales, or nobody's.
    about                 varchar(300)             not null,
    owner                 varchar(500)             not null,
    owner_name            varchar(200)             not null,
    evidence              text                     not null,
    evidence_hash         varchar(64)              not null,
    gathered_at           timestamp with time zone not null,
    state                 varchar(16)              not null,
    outcome               varchar(16),
    words                 varchar(1000),
    seal                  varchar(64),
    signed_by             varchar(500),
    signed_by_name        varchar(200),
    signed_at             timestamp with time zone,
    countersigned_by      varchar(500),
    countersigned_by_name varchar(200),
    countersigned_at      timestamp with time zone,
    returned_by           varchar(500),
    returned_by_name      varchar(200),
    returned_at           timestamp with time zone,
    returned_why          varchar(1000),
    version               bigint                   not null default 0,

    constraint review_task_pk primary key (cycle, number),
    constraint review_task_cycle_fk foreign key (cycle) references review_cycle (number),
    constraint review_task_state_ck check (state in ('open', 'signed', 'counter-signed')),
    constraint review_task_signed_ck check ((state = 'open') = (signed_at is null)),
    constraint review_task_countersigned_ck check ((state = 'counter-signed') = (countersigned_at is not null)),
    -- Whoever signs is never who confirms it, whatever the doors say.
    constraint review_task_two_ck check (countersigned_by is null or countersigned_by <> signed_by)
);

create index review_task_by_owner on review_task (owner, state);
