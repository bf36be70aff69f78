-- What was loosened by one person in an emergency, and who has looked at it afterwards.
create table policy_emergency (
    environment       varchar(32)              not null,
    revision          bigint                   not null,
    published_by      varchar(500)             not null,
    published_by_name varchar(200)             not null,
    published_at      timestamp with time zone not null,
    reviewed_by       varchar(500),
    reviewed_by_name  varchar(200),
    reviewed_at       timestamp with time zone,
    review            varchar(1000),

    constraint policy_emergency_pk primary key (environment, revision),
    constraint policy_emergency_revision_fk foreign key (environment, revision) references policy_revision (environment, number),
    constraint policy_emergency_not_one_s_own_ck check (reviewed_by is null or reviewed_by <> published_by),
    constraint policy_emergency_review_ck check ((reviewed_by is null) = (reviewed_at is null))
);
