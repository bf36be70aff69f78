-- Who has invited whom, made whom an Admin, or made whom a link to sign in with: for a while the two are no two people.
create table let_in (
    account   varchar(36)              not null,
    let_in_by varchar(500)             not null,
    way       varchar(8)               not null,
    let_in_at timestamp with time zone not null,

    constraint let_in_pk primary key (account, let_in_by, way, let_in_at),
    constraint let_in_account_fk foreign key (account) references account (id) on delete cascade,
    constraint let_in_way check (way in ('invited', 'role', 'link'))
);

create index let_in_by_time on let_in (let_in_at);
