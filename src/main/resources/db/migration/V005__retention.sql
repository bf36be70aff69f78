-- What is too old is looked for every hour, quarantined events long before the others.
create index event_by_age on event (environment, status, received_at);
