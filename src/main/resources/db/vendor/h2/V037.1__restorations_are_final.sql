-- What was asked for never changes, and who decided about it not once somebody has.
create trigger restoration_is_final
    before update, delete on restoration
    for each row call 'dev.weir.restoration.RestorationsAreFinal';
