-- H2 has no trigger on truncate. It refuses to truncate what another table refers to, even where that one is empty: this one is, for good.
create table changelog_stays (
    size   bigint,
    key_id smallint,

    constraint changelog_stays_empty check (size is null and size is not null),
    constraint changelog_stays_checkpoint_fk foreign key (size) references changelog_checkpoint (size),
    constraint changelog_stays_key_fk foreign key (key_id) references changelog_key (id)
);
