const response = await fetch("__WEIR__/api/track", {
  method: "POST",
  headers: { "Content-Type": "application/json"__KEY_NODE__ },
  body: JSON.stringify({
    app_id: "__APP_ID__",
    identity: "user-4711",
    event: "Subscription Renewed",
    properties: { plan_type: "pro", billing_period: "annual" },
    idempotency_key: "renewal-2024-11-4711",
  }),
  signal: AbortSignal.timeout(10_000),
});
// 200 means stored. Anything else: try again with the same idempotency_key.
console.log(response.status, await response.text());
