-- What is being prepared and what was published. A revision is never changed: the data plane enforces the highest number.
create table policy_draft (
    environment varchar(32)              not null,
    document    text                     not null,
    base_number bigint                   not null,
    changed_by  varchar(200)             not null,
    changed_at  timestamp with time zone not null,
    version     bigint                   not null default 0,

    constraint policy_draft_pk primary key (environment),
    constraint policy_draft_environment_fk foreign key (environment) references environment (key)
);

-- What the draft was before its last edits: to take one back, and to show who comes late what changed meanwhile.
create table policy_draft_step (
    environment varchar(32)              not null,
    version     bigint                   not null,
    document    text                     not null,
    base_number bigint                   not null,
    changed_by  varchar(200)             not null,
    changed_at  timestamp with time zone not null,

    constraint policy_draft_step_pk primary key (environment, version),
    constraint policy_draft_step_environment_fk foreign key (environment) references environment (key)
);

create table policy_revision (
    environment       varchar(32)              not null,
    number            bigint                   not null,
    hash              varchar(64)              not null,
    document          text                     not null,
    reason            varchar(1000)            not null,
    restores          bigint,
    published_by      varchar(200)             not null,
    published_by_name varchar(200)             not null,
    published_at      timestamp with time zone not null,

    constraint policy_revision_pk primary key (environment, number),
    constraint policy_revision_environment_fk foreign key (environment) references environment (key)
);
