import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends one event to Weir. 200 means stored; anything else: try again with the same idempotency_key. */
public final class Track {

    public static void main(String[] arguments) throws Exception {
        var event = """
                {
                  "app_id": "__APP_ID__",
                  "identity": "user-4711",
                  "event": "Subscription Renewed",
                  "properties": {"plan_type": "pro", "billing_period": "annual"},
                  "idempotency_key": "renewal-2024-11-4711"
                }
                """;
        var request = HttpRequest.newBuilder(URI.create("__WEIR__/api/track"))
                .header("Content-Type", "application/json")__KEY_JAVA__
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
    }
}
