-- A revision is written once. Whoever gets as far as this table can still not change what was published.
create trigger policy_revision_is_final
    before update, delete on policy_revision
    for each row call 'dev.weir.release.RevisionsAreFinal';
