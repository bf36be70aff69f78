-- What was asked for, who decided about it, and what was said of an emergency: whoever gets as far as these tables can still not change it.
create trigger change_request_is_final
    before update, delete on change_request
    for each row call 'dev.weir.release.DecisionsAreFinal';

create trigger policy_emergency_is_final
    before update, delete on policy_emergency
    for each row call 'dev.weir.release.DecisionsAreFinal';
