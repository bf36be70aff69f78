-- The revision of which a request brings one part back. Requests from before this column look like files: nothing tells them apart.
alter table change_request add column part_of bigint;
