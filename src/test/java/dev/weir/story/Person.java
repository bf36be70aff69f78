package dev.weir.story;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An Admin at the forms of one node, without a browser: keeps cookies, and sends along what the forms carry. */
final class Person {

    static final String LOGIN = "ada";
    static final String PASSWORD = "otter on the far bank";

    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" value=\"([A-Za-z0-9_-]{43})\"");
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");
    private static final Pattern APP = Pattern.compile("/console/environments/[a-z]+/apps/(\\d{10})/");

    private final String node;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http;

    private Person(String node, HttpClient.Builder http) {
        this.node = node;
        this.http = http.cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** The first Admin, through the link in the log. */
    static Person settingUp(Node weir) throws IOException, InterruptedException {
        return settingUp(weir, HttpClient.newBuilder());
    }

    /** {@code http}: how this person's programs connect. */
    static Person settingUp(Node weir, HttpClient.Builder http) throws IOException, InterruptedException {
        var person = new Person(weir.address(), http);
        var link = URI.create(weir.setUpLink());
        var token = link.getQuery().replace("token=", "");
        var answer = person.submit(
                link.getPath() + "?" + link.getQuery(),
                "/console/setup",
                Map.of("token", token, "name", "Ada Admin", "login", LOGIN, "password", PASSWORD));
        if (answer.statusCode() != 303) {
            throw new AssertionError("setting up was answered " + answer.statusCode());
        }
        return person;
    }

    List<HttpCookie> cookies() {
        return cookies.getCookieStore().getCookies();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The form on a page, filled in and sent to where it leads. */
    HttpResponse<String> submit(String page, String action, Map<String, String> fields)
            throws IOException, InterruptedException {
        var shown = get(page);
        if (shown.statusCode() != 200) {
            throw new AssertionError(page + " is answered " + shown.statusCode());
        }
        var form = shown.body();
        var all = new HashMap<String, String>(fields);
        all.put("csrf-token", found(TOKEN, form));
        var version = VERSION.matcher(form);
        if (version.find()) {
            all.putIfAbsent("version", version.group(1));
        }
        var body = all.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return http.send(
                request(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Blocks a parameter in an environment, and publishes that. */
    void publishBlocking(String parameter, String environment) throws IOException, InterruptedException {
        var home = "/console/" + environment;
        var edited =
                submit(home + "/privacy/parameters", home + "/privacy/parameters/add", Map.of("values", parameter));
        var published = submit(
                home + "/policy/publish",
                home + "/policy/publish",
                Map.of("reason", "It names a customer", "key", environment));
        if (edited.statusCode() != 303 || published.statusCode() != 303) {
            throw new AssertionError("answered " + edited.statusCode() + " and " + published.statusCode());
        }
    }

    /** The first App ID of an environment. */
    String app(String environment) throws IOException, InterruptedException {
        return found(APP, get("/console/environments/" + environment).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node + path)).timeout(Duration.ofSeconds(60));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in the page: " + text.replaceAll("(?s)<[^>]*>|\\s+", " "));
        }
        return matcher.group(1);
    }
}
