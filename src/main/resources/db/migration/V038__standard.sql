-- What the organisation asks of its definitions, rule by rule; no row as long as nobody has said anything.
create table standard (
    rule  varchar(32) not null,
    level varchar(8)  not null,
    asks  text        not null,

    constraint standard_pk primary key (rule),
    constraint standard_level check (level in ('off', 'warn', 'block'))
);

alter table catalog_head add column standards bigint not null default 0;

-- That a definition may break a standard, as long as neither changes: an edit takes the row away, and asks is the hash of what was asked.
create table standard_waiver (
    definition     varchar(36)              not null,
    rule           varchar(32)              not null,
    asks           varchar(64)              not null,
    waived_by      varchar(500)             not null,
    waived_by_name varchar(500)             not null,
    waived_at      timestamp with time zone not null,

    constraint standard_waiver_pk primary key (definition, rule),
    constraint standard_waiver_definition foreign key (definition) references definition (id)
);

alter table saved_view add column breaks varchar(8) not null default '';
