-- What was said before, from the change log; then it is as final as the decision.
update change_request
set decided_reason = (
    select p.value
    from changelog l
        join changelog_personal p on p.sequence = l.sequence
    where l.object_kind = 'change-request'
        and l.object_id = change_request.environment || '-' || change_request.number
        and l.action = 'rejected'
        and position('"reason":{"sealed":"' || p.commitment || '"}' in l.content) > 0
    order by l.sequence desc
    limit 1
)
where state = 'rejected';

create or replace function change_request_is_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new.environment, new.number, new.document, new.hash, new.base_number, new.draft_version, new.restores, new.reason,
                new.expires_days, new.author, new.author_name, new.created_at, new.part_of, new.stays)
            is not distinct from (old.environment, old.number, old.document, old.hash, old.base_number, old.draft_version, old.restores,
                old.reason, old.expires_days, old.author, old.author_name, old.created_at, old.part_of, old.stays)
            and (old.state = 'open'
                or (old.state = 'approved' and new.state = 'rejected')
                or ((new.approved_hash, new.decided_by, new.decided_by_name, new.decided_at, new.decided_reason)
                    is not distinct from (old.approved_hash, old.decided_by, old.decided_by_name, old.decided_at, old.decided_reason)
                    and (old.state = 'approved'
                        or (new.state, new.revision) is not distinct from (old.state, old.revision)))) then
            return new;
        end if;
    end if;
    raise exception 'what was asked for or decided is never changed' using errcode = '23514';
end
$$;

-- What a request promotes is a part of what was asked for.
create function policy_promotion_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'what a request promotes is never changed' using errcode = '23514';
end
$$;

create trigger policy_promotion_is_final
    before update or delete on policy_promotion
    for each row execute function policy_promotion_is_final();

create trigger policy_promotion_stays
    before truncate on policy_promotion
    for each statement execute function policy_promotion_is_final();
