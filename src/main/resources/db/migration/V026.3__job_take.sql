-- How often a job was taken. Whoever has it knows the number, and whoever took it before knows another.
alter table job add column take bigint default 0 not null;
