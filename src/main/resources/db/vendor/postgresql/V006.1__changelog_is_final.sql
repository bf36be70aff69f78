-- What was written stays: also for whoever gets as far as these tables.
create function changelog_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'the change log is only added to' using errcode = '23514';
end
$$;

create trigger changelog_is_final
    before update or delete on changelog
    for each row execute function changelog_is_final();

create trigger changelog_stays
    before truncate on changelog
    for each statement execute function changelog_is_final();

create trigger changelog_checkpoint_is_final
    before update or delete on changelog_checkpoint
    for each row execute function changelog_is_final();

create trigger changelog_checkpoint_stays
    before truncate on changelog_checkpoint
    for each statement execute function changelog_is_final();

create trigger changelog_key_is_final
    before update or delete on changelog_key
    for each row execute function changelog_is_final();

create trigger changelog_key_stays
    before truncate on changelog_key
    for each statement execute function changelog_is_final();

-- A value may be erased, but never become another one.
create trigger changelog_personal_is_final
    before update on changelog_personal
    for each row execute function changelog_is_final();
