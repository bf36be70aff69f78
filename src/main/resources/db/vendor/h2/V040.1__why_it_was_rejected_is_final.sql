-- What was said before, from the change log; then it is as final as the decision.
drop trigger change_request_is_final;

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

create trigger change_request_is_final
    before update, delete on change_request
    for each row call 'dev.weir.release.DecisionsAreFinal';

-- What a request promotes is a part of what was asked for.
create trigger policy_promotion_is_final
    before update, delete on policy_promotion
    for each row call 'dev.weir.release.DecisionsAreFinal';
