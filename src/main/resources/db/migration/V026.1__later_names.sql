-- Whether a name is never to come back, or only what came in before it was put on the list is not to be written any more: so with a
-- device that others share, of which everything was deleted and which may go on.
alter table suppressed add column lasting boolean default true not null;

-- Devices that were named together with somebody who had been deleted: theirs is what is stored of them, and it is to go as well. A row
-- goes as soon as a job has taken it up.
create table late_device (
    environment varchar(32) not null,
    user_id     varchar(64) not null,

    constraint late_device_pk primary key (environment, user_id)
);
