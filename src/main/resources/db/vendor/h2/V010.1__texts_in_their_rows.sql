-- A text beyond 256 characters would be an object of its own, and writing it takes three times as long. Writers refuse what is longer.
alter table event alter column findings set data type varchar(1000000);
alter table event alter column body set data type varchar(1000000);
alter table hierarchy alter column content set data type varchar(1000000);
alter table location alter column content set data type varchar(1000000);
