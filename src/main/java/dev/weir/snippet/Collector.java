package dev.weir.snippet;

import dev.weir.kernel.CanonicalJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The collector that this build carries, and its version: the beginning of its own hash. The same in every copy of the build. */
@ApplicationScoped
class Collector {

    private final String bundle;
    private final String version;

    Collector() {
        this.bundle = bundle();
        this.version = CanonicalJson.sha256(bundle).substring(0, 12);
    }

    String version() {
        return version;
    }

    /** One classic script: the policy and the collector, in one scope that the page can't reach. */
    String script(String app, String hash, String policy) {
        return "(()=>{const __WEIR__={app:\"" + app + "\",hash:\"" + hash + "\",policy:" + JavaScript.literal(policy)
                + "};\n" + bundle + "})();\n";
    }

    private static String bundle() {
        try (var in = Collector.class.getResourceAsStream("/collector/collector.js")) {
            if (in == null) {
                throw new IllegalStateException("this build has no collector");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
