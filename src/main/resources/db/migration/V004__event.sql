-- What came in and was kept. Everything here has been through the policy: nothing raw is ever written.
-- No foreign keys: rows are written thousands a second, and an environment is never deleted while it holds any.

-- One row an environment. Who writes events of an environment holds this row until the commit, so sequence numbers become
-- visible in their order and without gaps, duplicates are looked for without a race, and tallies never deadlock.
create table event_cursor (
    environment   varchar(32) not null,
    last_sequence bigint      not null,

    constraint event_cursor_pk primary key (environment)
);

-- Lengths are twice those of the contract: PostgreSQL counts characters, H2 counts UTF-16 units.
create table event (
    environment varchar(32)              not null,
    sequence    bigint                   not null,
    id          uuid                     not null,
    app_id      varchar(10)              not null,
    door        varchar(32)              not null,
    received_at timestamp with time zone not null,
    happened_at timestamp with time zone not null,
    type        varchar(16)              not null,
    name        varchar(2048),
    user_id     varchar(64),
    identity    varchar(510),
    session_id  varchar(64),
    page_id     varchar(64),
    status      varchar(16)              not null,
    reason      varchar(32),
    redacted    boolean                  not null,
    revision    bigint                   not null,
    stale       boolean                  not null,
    findings    text                     not null,
    body        text                     not null,

    constraint event_pk primary key (environment, sequence),
    constraint event_status check (status in ('kept', 'quarantined')),
    constraint event_reason check (status = 'kept' or reason is not null)
);

-- What was dropped, without anything that came with it: equal drops of one request are one row.
create table dropped (
    environment varchar(32)              not null,
    sequence    bigint                   not null,
    app_id      varchar(10)              not null,
    door        varchar(32)              not null,
    received_at timestamp with time zone not null,
    type        varchar(16),
    reason      varchar(32)              not null,
    rule        varchar(2048)            not null,
    n           integer                  not null,
    revision    bigint                   not null,
    stale       boolean                  not null,

    constraint dropped_pk primary key (environment, sequence)
);

create index dropped_by_time on dropped (received_at);

-- What makes a retry harmless, for 24 hours: the first half of the SHA-256 of an event's id or of an idempotency key.
create table event_key (
    app_id      varchar(10)              not null,
    key         uuid                     not null,
    received_at timestamp with time zone not null,

    constraint event_key_pk primary key (app_id, key)
);

create index event_key_by_time on event_key (received_at);

-- Counts by hour. The outcome 'found' counts events by what was done to them; the others count events once each.
create table tally (
    environment varchar(32)              not null,
    slot        timestamp with time zone not null,
    outcome     varchar(16)              not null,
    reason      varchar(32)              not null,
    n           bigint                   not null,

    constraint tally_pk primary key (environment, slot, outcome, reason)
);

-- Under which identities a user or a device is known.
create table identity_link (
    environment varchar(32)              not null,
    user_id     varchar(64)              not null,
    identity    varchar(510)             not null,
    linked_at   timestamp with time zone not null,

    constraint identity_link_pk primary key (environment, user_id, identity)
);

create index identity_link_by_identity on identity_link (environment, identity, linked_at);

-- What is known of a user or an account: the last value wins. The key is a hash because name and subject together may be
-- longer than what an index of PostgreSQL can hold.
create table subject_property (
    environment varchar(32)              not null,
    id          uuid                     not null,
    kind        varchar(8)               not null,
    subject     varchar(510)             not null,
    name        varchar(2048)            not null,
    value       varchar(2048)            not null,
    changed_at  timestamp with time zone not null,

    constraint subject_property_pk primary key (environment, id),
    constraint subject_property_kind check (kind in ('user', 'account'))
);

create index subject_property_by_subject on subject_property (environment, kind, subject);
