-- Which version of the matcher decides. Who has definitions agrees to a newer one first; who has none begins with the newest.
alter table catalog_head add column matcher smallint default 1 not null;

alter table catalog_head add constraint catalog_head_matcher check (matcher > 0);

update catalog_head set matcher = 2 where not exists (select 1 from definition);
