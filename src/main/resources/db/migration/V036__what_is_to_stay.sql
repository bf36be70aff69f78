-- What ends by itself, and is asked for to stay: the document is the one in force, and with it its term ends.
alter table change_request add column stays boolean not null default false;
