-- Whose account an owner is, where that is known: names change, and two people may have the same one.
alter table definition add column owner_subject varchar(500);

-- What was verified has no authors: who writes from there on, or puts another owner in the place of one, is the first.
update definition set authors = '' where status = 'verified';
