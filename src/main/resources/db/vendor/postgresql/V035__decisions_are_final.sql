-- What was asked for, who decided about it, and what was said of an emergency: whoever gets as far as these tables can still not change it.
create function change_request_is_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new.environment, new.number, new.document, new.hash, new.base_number, new.draft_version, new.restores, new.reason,
                new.expires_days, new.author, new.author_name, new.created_at, new.part_of)
            is not distinct from (old.environment, old.number, old.document, old.hash, old.base_number, old.draft_version, old.restores,
                old.reason, old.expires_days, old.author, old.author_name, old.created_at, old.part_of)
            and (old.state = 'open'
                or (old.state = 'approved' and new.state = 'rejected')
                or ((new.approved_hash, new.decided_by, new.decided_by_name, new.decided_at)
                    is not distinct from (old.approved_hash, old.decided_by, old.decided_by_name, old.decided_at)
                    and (old.state = 'approved'
                        or (new.state, new.revision) is not distinct from (old.state, old.revision)))) then
            return new;
        end if;
    end if;
    raise exception 'what was asked for or decided is never changed' using errcode = '23514';
end
$$;

create trigger change_request_is_final
    before update or delete on change_request
    for each row execute function change_request_is_final();

create trigger change_request_stays
    before truncate on change_request
    for each statement execute function change_request_is_final();

create function policy_emergency_is_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new.environment, new.revision, new.published_by, new.published_by_name, new.published_at)
            is not distinct from (old.environment, old.revision, old.published_by, old.published_by_name, old.published_at)
            and (old.reviewed_by is null
                or (new.reviewed_by, new.reviewed_by_name, new.reviewed_at, new.review)
                    is not distinct from (old.reviewed_by, old.reviewed_by_name, old.reviewed_at, old.review)) then
            return new;
        end if;
    end if;
    raise exception 'what was published or reviewed is never changed' using errcode = '23514';
end
$$;

create trigger policy_emergency_is_final
    before update or delete on policy_emergency
    for each row execute function policy_emergency_is_final();

create trigger policy_emergency_stays
    before truncate on policy_emergency
    for each statement execute function policy_emergency_is_final();
