import requests
HEAP_APP_ID = "YOUR_APP_ID"
HEAP_SERVER_API = "https://heapanalytics.com/api/track"
def track_server_event(identity, event_name, properties=None):
    """Send a server-side event to Heap."""
    payload = {
        "app_id": HEAP_APP_ID,
        "identity": identity, # Must match the value used in heap.identify()
        "event": event_name,
        "properties": properties or {},
        "timestamp": None # None = current time; or ISO 8601 string for historical
    }
    response = requests.post(HEAP_SERVER_API, json=payload)
    return response.status_code == 200
# Example: Track subscription renewal from Stripe webhook
def handle_stripe_renewal(subscription):
    track_server_event(
        identity=subscription['metadata']['heap_user_id'],
        event_name='Subscription Renewed',
        properties={
            'plan_type': subscription['plan']['id'],
            'revenue': subscription['plan']['amount'] / 100,
            'billing_period': subscription['plan']['interval'],
            'renewal_count': int(subscription['metadata'].get('renewal_count', 1))
        }
    )
# Example: Set user properties from server
def update_user_properties(identity, properties):
    payload = {
        "app_id": HEAP_APP_ID,
        "identity": identity,
        "properties": properties
    }
    requests.post("https://heapanalytics.com/api/add_user_properties", json=payload)
update_user_properties('USR-12345', {
    'total_spend': 599.94,
    'lifetime_orders': 6,
    'customer_tier': 'gold'
})
