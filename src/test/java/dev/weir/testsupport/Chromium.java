package dev.weir.testsupport;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one real Chromium that browser tests share: from {@code CHROMIUM}, else from the PATH, else installed. Where it can't be
 * had the test fails: a browser test is never skipped.
 */
public final class Chromium {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** What is to appear may take this long: a machine may be slow. It is waited for no longer than it takes. */
    private static final int PATIENCE_MS = 60_000;

    private static @Nullable Browser shared;

    private Chromium() {}

    /** Ask it for a context of your own ({@code newContext}) and close that; the browser ends with the tests. */
    public static synchronized Browser shared() {
        if (shared == null || !shared.isConnected()) {
            shared = own().browser();
        }
        return shared;
    }

    /** Another one, for another thread: whatever Playwright makes is used by the thread that asked for it alone. */
    public record Own(Playwright playwright, Browser browser) implements AutoCloseable {

        @Override
        public void close() {
            playwright.close();
        }
    }

    /** Close it after use. */
    public static Own own() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Own(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable())
                                .setArgs(ARGUMENTS)));
    }

    private static Path executable() {
        return find().orElseGet(() -> {
            install();
            return find().orElseThrow(() -> new AssertionError(
                    "no Chromium: put one on the PATH or name it in CHROMIUM; installing it has failed as well"));
        });
    }

    private static Optional<Path> find() {
        var named = System.getenv("CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return NAMES.stream()
                .flatMap(name -> Programs.onPath(name).stream())
                .findFirst()
                .or(Chromium::installedByPlaywright);
    }

    private static Optional<Path> installedByPlaywright() {
        try (var playwright = Playwright.create()) {
            return Optional.of(Path.of(playwright.chromium().executablePath())).filter(Files::isExecutable);
        }
    }

    private static void install() {
        if (Programs.install("chromium", "fonts-liberation")) {
            return;
        }
        try {
            com.microsoft.playwright.CLI.main(new String[] {"install", "chromium"});
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("Playwright could not install Chromium", e);
        }
    }
}
