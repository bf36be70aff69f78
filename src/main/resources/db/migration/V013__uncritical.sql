-- That an environment stops being critical is asked for by one person and agreed to by another. One row while it is asked for.
create table uncritical_wish (
    environment   varchar(32)              not null,
    asked_by      varchar(500)             not null,
    asked_by_name varchar(200)             not null,
    asked_at      timestamp with time zone not null,
    reason        varchar(1000)            not null,

    constraint uncritical_wish_pk primary key (environment),
    constraint uncritical_wish_environment_fk foreign key (environment) references environment (key)
);
