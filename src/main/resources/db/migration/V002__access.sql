-- Who may sign in where accounts are Weir's own, and what keeps a stolen or guessed secret from being of use.
-- Tokens are kept as SHA-256 only: who reads this table can't sign in with it.
create table account (
    id            varchar(36)              not null,
    login         varchar(100)             not null,
    name          varchar(100)             not null,
    role          varchar(16)              not null,
    password_hash varchar(100),
    disabled      boolean                  not null default false,
    created_at    timestamp with time zone not null,
    version       bigint                   not null default 0,

    constraint account_pk primary key (id),
    constraint account_login_once unique (login),
    constraint account_role check (role in ('admin', 'architect', 'developer', 'auditor'))
);

create table account_session (
    token_hash varchar(64)              not null,
    account    varchar(36)              not null,
    created_at timestamp with time zone not null,
    seen_at    timestamp with time zone not null,
    browser    varchar(200)             not null,

    constraint account_session_pk primary key (token_hash),
    constraint account_session_account_fk foreign key (account) references account (id) on delete cascade
);

create index account_session_by_account on account_session (account);

-- The one-time link with which somebody sets a password.
create table account_link (
    account    varchar(36)              not null,
    token_hash varchar(64)              not null,
    expires_at timestamp with time zone not null,

    constraint account_link_pk primary key (account),
    constraint account_link_account_fk foreign key (account) references account (id) on delete cascade
);

-- One row while no Admin exists: the link that makes the first.
create table setup_link (
    id         smallint                 not null,
    token_hash varchar(64)              not null,
    expires_at timestamp with time zone not null,

    constraint setup_link_pk primary key (id),
    constraint setup_link_one_row check (id = 1)
);

-- Failed attempts to sign in, by the hash of a login or of an address.
create table sign_in_failure (
    subject_hash varchar(64)              not null,
    failures     integer                  not null,
    last_at      timestamp with time zone not null,

    constraint sign_in_failure_pk primary key (subject_hash)
);
