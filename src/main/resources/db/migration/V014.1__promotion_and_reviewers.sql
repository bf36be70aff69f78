-- Which requests bring rules of another environment here, and as of which of its revisions.
create table policy_promotion (
    environment     varchar(32) not null,
    request         bigint      not null,
    source          varchar(32) not null,
    source_revision bigint      not null,

    constraint policy_promotion_pk primary key (environment, request),
    constraint policy_promotion_request_fk foreign key (environment, request) references change_request (environment, number),
    constraint policy_promotion_source_fk foreign key (source, source_revision) references policy_revision (environment, number)
);

-- Who was asked by name to look at a request, and what became of that.
create table change_reviewer (
    environment varchar(32)              not null,
    number      bigint                   not null,
    subject     varchar(500)             not null,
    name        varchar(200)             not null,
    asked_at    timestamp with time zone not null,
    declined_at timestamp with time zone,

    constraint change_reviewer_pk primary key (environment, number, subject),
    constraint change_reviewer_request_fk foreign key (environment, number) references change_request (environment, number)
);

create index change_reviewer_by_subject on change_reviewer (subject);
