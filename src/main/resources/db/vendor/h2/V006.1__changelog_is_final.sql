-- What was written stays: also for whoever gets as far as these tables.
create trigger changelog_is_final
    before update, delete on changelog
    for each row call 'dev.weir.changelog.RowsAreFinal';

create trigger changelog_checkpoint_is_final
    before update, delete on changelog_checkpoint
    for each row call 'dev.weir.changelog.RowsAreFinal';

create trigger changelog_key_is_final
    before update, delete on changelog_key
    for each row call 'dev.weir.changelog.RowsAreFinal';

-- A value may be erased, but never become another one.
create trigger changelog_personal_is_final
    before update on changelog_personal
    for each row call 'dev.weir.changelog.RowsAreFinal';
