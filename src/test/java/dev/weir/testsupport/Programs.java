package dev.weir.testsupport;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs that tests need beside Java: from the PATH, else installed where the tests may do that (as root, with apt). What can't be
 * had fails the test: nothing is skipped.
 */
public final class Programs {

    private static final Path APT = Path.of("/usr/bin/apt-get");

    private Programs() {}

    /** @param aptPackage what has it in Debian */
    public static Path find(String name, String aptPackage) {
        return onPath(name).orElseGet(() -> {
            install(aptPackage);
            return onPath(name)
                    .orElseThrow(() -> new AssertionError("no " + name + ": put one on the PATH; tests install "
                            + aptPackage + " themselves where they run as root and there is apt"));
        });
    }

    /** The Node that Playwright brings along. */
    public static Path node() {
        var folder = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .driverDir();
        return Stream.of("node", "node.exe")
                .map(folder::resolve)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Playwright brought no Node"));
    }

    public static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether it could be tried at all. */
    static boolean install(String... aptPackages) {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(APT)) {
            return false;
        }
        run(List.of(APT.toString(), "update", "-qq"));
        var install = new ArrayList<>(List.of(APT.toString(), "install", "-y", "-qq", "--no-install-recommends"));
        install.addAll(List.of(aptPackages));
        run(install);
        return true;
    }

    private static void run(List<String> command) {
        try {
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            var process = builder.start();
            if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError("failed: " + String.join(" ", command));
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("failed: " + String.join(" ", command), e);
        }
    }
}
