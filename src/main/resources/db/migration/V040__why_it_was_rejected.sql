-- Why somebody said no to a request, beside who did: the change log's row of it can be erased.
alter table change_request add column decided_reason varchar(2000);

-- Where it was said before this and has not been erased since, the change log has it.
-- The vendors' halves copy it, each before its trigger knows the column.

-- Who enables an account that was disabled lets somebody in as well.
alter table let_in drop constraint let_in_way;
alter table let_in add constraint let_in_way check (way in ('invited', 'role', 'link', 'enabled'));
