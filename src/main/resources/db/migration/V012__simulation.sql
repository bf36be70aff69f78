-- What a change would do, tried on events. Counts, places and reasons only: nothing that came with an event is in here.
create table policy_simulation (
    id            varchar(36)              not null,
    environment   varchar(32)              not null,
    request       bigint,
    document      text                     not null,
    hash          varchar(64)              not null,
    base_number   bigint                   not null,
    uploaded      boolean                  not null,
    wanted        integer                  not null,
    looked        integer                  not null,
    state         varchar(16)              not null,
    asked_by      varchar(500)             not null,
    asked_by_name varchar(200)             not null,
    asked_at      timestamp with time zone not null,
    beat_at       timestamp with time zone not null,
    ended_at      timestamp with time zone,
    effect        text,

    constraint policy_simulation_pk primary key (id),
    constraint policy_simulation_environment_fk foreign key (environment) references environment (key),
    constraint policy_simulation_state_ck check (state in ('waiting', 'running', 'done', 'cancelled', 'failed', 'lost')),
    constraint policy_simulation_effect_ck check (effect is null or state = 'done')
);

create index policy_simulation_by_time on policy_simulation (environment, asked_at);
