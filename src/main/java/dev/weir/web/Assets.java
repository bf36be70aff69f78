package dev.weir.web;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short hash over the console's own style sheet, script and icons. It stands in their addresses, so a new release is never mixed with an old one's cache. */
@Singleton
class Assets {

    private static final List<String> FILES = List.of("weir.css", "weir.js", "icons.svg");

    private final String version = hash();

    String version() {
        return version;
    }

    private static String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : FILES) {
                try (var in = Assets.class.getResourceAsStream("/META-INF/resources/assets/" + file)) {
                    if (in == null) {
                        throw new IllegalStateException("the build lacks " + file);
                    }
                    digest.update(in.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
