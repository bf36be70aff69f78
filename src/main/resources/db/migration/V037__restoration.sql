-- That a thing be again what a row of the change log left it as: asked for, and decided about once.
create table restoration (
    number          bigint                   not null,
    kind            varchar(32)              not null,
    object          varchar(500)             not null,
    environment     varchar(32),
    -- The row that it goes back to, and the newest one about the thing when it was asked for.
    row_number      bigint                   not null,
    seen_row        bigint                   not null,
    -- Of the thing, then: with another one nothing becomes of it.
    version         bigint                   not null,
    hash            varchar(64)              not null,
    reason          varchar(2000)            not null,
    asked_by        varchar(500)             not null,
    asked_by_name   varchar(200)             not null,
    asked_at        timestamp with time zone not null,
    state           varchar(16)              not null,
    decided_by      varchar(500),
    decided_by_name varchar(200),
    decided_at      timestamp with time zone,
    answer          varchar(2000),

    constraint restoration_pk primary key (number),
    constraint restoration_environment_fk foreign key (environment) references environment (key),
    constraint restoration_state_ck check (state in ('open', 'applied', 'declined', 'withdrawn', 'void')),
    constraint restoration_decided_ck check ((state = 'open') = (decided_by is null) and (decided_by is null) = (decided_at is null))
);

create index restoration_object_ix on restoration (kind, object);

-- Who takes the next number holds this row, so that nobody else asks meanwhile.
create table restoration_counter (
    id   integer not null,
    last bigint  not null,

    constraint restoration_counter_pk primary key (id),
    constraint restoration_counter_one_ck check (id = 1)
);

insert into restoration_counter (id, last) values (1, 0);
