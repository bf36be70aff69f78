-- Requests of programs that must not be done twice, with what was answered; forgotten after a day. No status: still being answered.
create table idempotency_key (
    subject_hash varchar(64)              not null,
    key_hash     varchar(64)              not null,
    request_hash varchar(64)              not null,
    created_at   timestamp with time zone not null,
    status       integer                  not null default 0,
    type         varchar(100),
    location     varchar(1000),
    tag          varchar(100),
    body         text,

    constraint idempotency_key_pk primary key (subject_hash, key_hash)
);
