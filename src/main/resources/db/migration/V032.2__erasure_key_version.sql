-- Which key somebody has looked at: another one with each key that is made.
alter table erasure_key add column version bigint default 1 not null;
