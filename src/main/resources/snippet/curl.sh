curl --fail-with-body '__WEIR__/api/track' \
  --header 'Content-Type: application/json' \__KEY_CURL__
  --data '{
    "app_id": "__APP_ID__",
    "identity": "user-4711",
    "event": "Subscription Renewed",
    "properties": { "plan_type": "pro", "billing_period": "annual" },
    "idempotency_key": "renewal-2024-11-4711"
  }'
