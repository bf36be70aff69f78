package dev.weir.testsupport;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private static final Path SYSTEM_PYTHON = Path.of("/usr/bin/python3");

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

    /** Python with a module; the one of the system, where Debian's packages put modules. */
    public static Path python(String module, String aptPackage) {
        var python = find("python3", "python3");
        if (!imports(python, module)) {
            install(aptPackage);
            python = Files.isExecutable(SYSTEM_PYTHON) ? SYSTEM_PYTHON : python;
        }
        if (!imports(python, module)) {
            throw new AssertionError("Python has no module " + module + ": tests install " + aptPackage
                    + " themselves where they run as root and there is apt");
        }
        return python;
    }

    private static boolean imports(Path python, String module) {
        try {
            return new ProcessBuilder(python.toString(), "-c", "import " + module)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("failed: " + python, e);
        }
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
        var install = new ArrayList<>(List.of(APT.toString(), "install", "-y", "-qq", "--no-install-recommends"));
        install.addAll(List.of(aptPackages));
        // Tests run in more than one process, and apt lets no two of them in.
        try (var channel = FileChannel.open(
                        Path.of(System.getProperty("java.io.tmpdir"), "weir-tests-install"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            run(List.of(APT.toString(), "update", "-qq"));
            run(install);
            return lock.isValid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Maven that runs this build, so that its mirrors and its repository count. */
    static void maven(List<String> goalsAndSettings) {
        var home = System.getProperty("maven.home", "");
        var maven = home.isEmpty() || home.contains("${")
                ? "mvn"
                : Path.of(home, "bin", "mvn").toString();
        var command = new ArrayList<>(List.of(maven, "-q", "-B"));
        command.addAll(goalsAndSettings);
        var repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        run(command);
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
