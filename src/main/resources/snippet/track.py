import json
import urllib.request

WEIR = "__WEIR__"
APP_ID = "__APP_ID__"


def track(identity, event, properties=None, idempotency_key=None):
    """Send one event. Raises when Weir has not stored it: then try again with the same key."""
    body = {"app_id": APP_ID, "identity": identity, "event": event, "properties": properties or {}}
    if idempotency_key:
        body["idempotency_key"] = idempotency_key
    request = urllib.request.Request(
        WEIR + "/api/track",
        data=json.dumps(body).encode("utf-8"),
        headers={"Content-Type": "application/json"__KEY_PYTHON__},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


print(track("user-4711", "Subscription Renewed", {"plan_type": "pro"}, "renewal-2024-11-4711"))
