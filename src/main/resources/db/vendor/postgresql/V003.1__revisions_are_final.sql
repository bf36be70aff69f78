-- A revision is written once. Whoever gets as far as this table can still not change what was published.
create function policy_revision_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'a revision is never changed' using errcode = '23514';
end
$$;

create trigger policy_revision_is_final
    before update or delete on policy_revision
    for each row execute function policy_revision_is_final();

create trigger policy_revision_stays
    before truncate on policy_revision
    for each statement execute function policy_revision_is_final();
