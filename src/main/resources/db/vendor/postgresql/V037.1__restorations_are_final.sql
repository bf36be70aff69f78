-- What was asked for never changes, and who decided about it not once somebody has.
create function restoration_is_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new.number, new.kind, new.object, new.environment, new.row_number, new.seen_row, new.version, new.hash, new.reason,
                new.asked_by, new.asked_by_name, new.asked_at)
            is not distinct from (old.number, old.kind, old.object, old.environment, old.row_number, old.seen_row, old.version, old.hash,
                old.reason, old.asked_by, old.asked_by_name, old.asked_at)
            and (old.state = 'open'
                or (new.state, new.decided_by, new.decided_by_name, new.decided_at, new.answer)
                    is not distinct from (old.state, old.decided_by, old.decided_by_name, old.decided_at, old.answer)) then
            return new;
        end if;
    end if;
    raise exception 'what was asked for or decided is never changed' using errcode = '23514';
end
$$;

create trigger restoration_is_final
    before update or delete on restoration
    for each row execute function restoration_is_final();

create trigger restoration_stays
    before truncate on restoration
    for each statement execute function restoration_is_final();
