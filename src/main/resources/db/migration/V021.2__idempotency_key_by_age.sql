-- What is older than a day is looked for with each new key.
create index idempotency_key_by_age on idempotency_key (created_at);
