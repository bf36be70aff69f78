-- What a program carries on somebody's behalf. Kept as SHA-256 only; what it may do is asked of the account each time.
create table personal_token (
    id         varchar(36)              not null,
    account    varchar(36)              not null,
    token_hash varchar(64)              not null,
    name       varchar(100)             not null,
    scope      varchar(16)              not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    used_at    timestamp with time zone,

    constraint personal_token_pk primary key (id),
    constraint personal_token_hash_once unique (token_hash),
    constraint personal_token_account_fk foreign key (account) references account (id) on delete cascade,
    constraint personal_token_scope_ck check (scope in ('all', 'read', 'check'))
);

create index personal_token_by_account on personal_token (account);
