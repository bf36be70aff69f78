package dev.weir.install;

import dev.weir.kernel.AppId;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Code to copy, for one App ID and one server. Knows no secrets: where a server key belongs, it says so. */
@Singleton
public class Snippets {

    /** What may stand in code: an origin, so that no address can end a string or a script. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9._\\-\\[\\]:]{1,300}");

    /** One way in. {@code file} is the template under {@code snippet/}. */
    public record Way(String id, String title, String file, String hint) {}

    /** Code of one way, ready to be copied. */
    public record Code(Way way, String text) {}

    private static final List<Way> BROWSER = List.of(
            new Way(
                    "direct",
                    "Direct",
                    "direct.html",
                    "Put this as high in <head> as you can, on every page. With a nonce-based policy, add the nonce to the script tag: the loader passes it on."),
            new Way(
                    "consent",
                    "With consent",
                    "consent.html",
                    "Loads at once but keeps still until your consent tool says so. Replace hasAnalyticsConsent, and call the other two from the dialog."),
            new Way(
                    "gtm",
                    "Google Tag Manager",
                    "direct.html",
                    "New tag, type Custom HTML, paste this. Trigger: Consent Initialization or All Pages; under Consent Settings require analytics_storage. Publish the container."));

    private static final List<Way> SERVER = List.of(
            new Way("curl", "curl", "curl.sh", "One event from a shell."),
            new Way("python", "Python", "track.py", "Python 3, nothing to install."),
            new Way("java", "Java", "Track.java", "Java 17, nothing to install: java Track.java"),
            new Way("node", "Node", "track.mjs", "Node 18 or newer, nothing to install: node track.mjs"));

    public List<Code> browser(AppId app, String server) {
        return codes(BROWSER, app, server, false);
    }

    public List<Code> server(AppId app, String server, boolean keyRequired) {
        return codes(SERVER, app, server, keyRequired);
    }

    /** What a site's own content security policy has to allow. */
    public String contentSecurityPolicy(AppId app, String server) {
        return fill("csp.txt", app, server, false);
    }

    private static List<Code> codes(List<Way> ways, AppId app, String server, boolean keyRequired) {
        return ways.stream()
                .map(way -> new Code(way, fill(way.file(), app, server, keyRequired)))
                .toList();
    }

    private static String fill(String file, AppId app, String server, boolean keyRequired) {
        if (!ORIGIN.matcher(server).matches()) {
            throw new IllegalArgumentException("not an origin");
        }
        return read(file)
                .replace("__LOADER__", read("loader.js").strip())
                .replace(
                        "__KEY_CURL__", keyRequired ? "\n  --header \"Authorization: Bearer $WEIR_SERVER_KEY\" \\" : "")
                .replace(
                        "__KEY_PYTHON__",
                        keyRequired ? ", \"Authorization\": \"Bearer \" + os.environ[\"WEIR_SERVER_KEY\"]" : "")
                .replace("import json\n", keyRequired ? "import json\nimport os\n" : "import json\n")
                .replace(
                        "__KEY_JAVA__",
                        keyRequired
                                ? "\n                .header(\"Authorization\", \"Bearer \" + System.getenv(\"WEIR_SERVER_KEY\"))"
                                : "")
                .replace("__KEY_NODE__", keyRequired ? ", Authorization: `Bearer ${process.env.WEIR_SERVER_KEY}`" : "")
                .replace("__WEIR__", server)
                .replace("__APP_ID__", app.digits())
                .strip();
    }

    private static String read(String file) {
        try (var in = Snippets.class.getResourceAsStream("/snippet/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
