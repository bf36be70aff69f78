-- A simulation is done by the job with its id. Those from before have none that would end them; beat_at is written once, for nodes that
-- still look at it.
update policy_simulation set state = 'lost', ended_at = current_timestamp where state in ('waiting', 'running');
