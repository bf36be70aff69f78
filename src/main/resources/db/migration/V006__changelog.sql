-- Who changed what. A row is written in the transaction of its change and never touched again; the vendors' half refuses it.

-- One row. Whoever writes to the log holds it until the commit, so numbers have no gaps and each row knows the one before.
create table changelog_head (
    id       smallint    not null,
    sequence bigint      not null,
    hash     varchar(64) not null,
    frontier text        not null,

    constraint changelog_head_pk primary key (id),
    constraint changelog_head_one_row check (id = 1)
);

insert into changelog_head (id, sequence, hash, frontier)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', '');

-- The content is what is hashed; the columns beside it repeat what is searched for.
create table changelog (
    sequence    bigint                   not null,
    written_at  timestamp with time zone not null,
    actor       varchar(500)             not null,
    action      varchar(32)              not null,
    object_kind varchar(32)              not null,
    object_id   varchar(500)             not null,
    environment varchar(32),
    content     text                     not null,
    hash        varchar(64)              not null,

    constraint changelog_pk primary key (sequence)
);

create index changelog_by_actor on changelog (actor, sequence);
create index changelog_by_object on changelog (object_kind, object_id, sequence);
create index changelog_by_environment on changelog (environment, sequence);
create index changelog_by_time on changelog (written_at);

-- What rows hold a commitment of only. May be deleted, so that a person can be forgotten, and is never changed.
create table changelog_personal (
    sequence   bigint       not null,
    commitment varchar(64)  not null,
    about      varchar(500) not null,
    salt       varchar(32)  not null,
    value      text         not null,

    constraint changelog_personal_pk primary key (sequence, commitment),
    constraint changelog_personal_row_fk foreign key (sequence) references changelog (sequence)
);

create index changelog_personal_by_person on changelog_personal (about);

-- One row: the log's name and public key as one line, and the key that signs.
create table changelog_key (
    id         smallint                 not null,
    public_key varchar(200)             not null,
    secret_key varchar(200)             not null,
    created_at timestamp with time zone not null,

    constraint changelog_key_pk primary key (id),
    constraint changelog_key_one_row check (id = 1)
);

create table changelog_checkpoint (
    size      bigint                   not null,
    note      varchar(1000)            not null,
    signed_at timestamp with time zone not null,

    constraint changelog_checkpoint_pk primary key (size)
);
