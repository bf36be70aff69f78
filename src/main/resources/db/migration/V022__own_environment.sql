-- Which environments are somebody's own: where a Developer reads what was changed. No row, none.
create table account_environment (
    account     varchar(36) not null,
    environment varchar(32) not null,

    constraint account_environment_pk primary key (account, environment),
    constraint account_environment_account_fk foreign key (account) references account (id) on delete cascade,
    constraint account_environment_environment_fk foreign key (environment) references environment (key)
);
