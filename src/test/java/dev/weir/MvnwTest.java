package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real {@code mvnw} on a machine of its own: a PATH with nothing on it but what a test puts there, and a Maven that only says
 * how it was called. Every folder has a blank in its name.
 */
class MvnwTest {

    private static final List<String> TOOLS = List.of(
            "sh",
            "sed",
            "tr",
            "head",
            "cut",
            "dirname",
            "basename",
            "mktemp",
            "mkdir",
            "mv",
            "rm",
            "cp",
            "cat",
            "chmod",
            "sha512sum",
            "shasum");

    /** Arguments that a careless script would split, expand or swallow. */
    private static final List<String> ARGUMENTS =
            List.of("-Dname=two words", "verify", "", "*", "$HOME", "-Dquote=\"'", "a\\b", "--", "-q");

    private static final int EXIT = 7;

    @TempDir
    Path temporary;

    private Path project;
    private Path path;
    private Path home;
    private Path calls;
    private Path archive;

    @BeforeEach
    void a_project_and_a_machine_without_maven() throws Exception {
        project = Files.createDirectories(temporary.resolve("a project"));
        path = Files.createDirectories(temporary.resolve("a path"));
        home = temporary.resolve("a home");
        calls = Files.createFile(temporary.resolve("calls"));
        for (String tool : TOOLS) {
            Programs.onPath(tool).ifPresent(real -> link(path.resolve(tool), real));
        }
        Files.copy(Path.of("mvnw"), project.resolve("mvnw"));
        archive = temporary.resolve("archive.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("apache-maven-3.9.99/bin/mvn"));
            zip.write(script("fetched").getBytes(StandardCharsets.UTF_8));
        }
        settings(sha512(archive));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.9.0", "3.9.11", "3.10.1", "4.0.0", "4.0.0-rc-5", "4.1.2"})
    void a_maven_that_is_new_enough_is_used_as_it_is(String version) throws Exception {
        maven(version, "");

        var run = run(ARGUMENTS);

        assertThat(run.calls()).isEqualTo(call("path", ARGUMENTS));
        assertThat(run.exit()).isEqualTo(EXIT);
        assertThat(home).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.7", "3.3.9", "2.2.1", "30.1.0", "5.0.0", "a strange one"})
    void another_maven_fetches_the_right_one_and_that_is_used(String version) throws Exception {
        maven(version, resolving());

        var run = run(ARGUMENTS);

        assertThat(run.calls())
                .startsWith("resolve ")
                .contains("org.apache.maven:apache-maven:3.9.99:zip:bin")
                .endsWith(call("fetched", ARGUMENTS));
        assertThat(run.exit()).isEqualTo(EXIT);
        assertThat(fetched()).isExecutable();
    }

    @Test
    void what_was_fetched_is_fetched_once() throws Exception {
        maven("3.8.7", resolving());
        run(ARGUMENTS);
        Files.writeString(calls, "");

        var again = run(ARGUMENTS);

        assertThat(again.calls()).isEqualTo(call("fetched", ARGUMENTS));
        assertThat(again.exit()).isEqualTo(EXIT);
    }

    @Test
    void half_a_maven_is_replaced() throws Exception {
        maven("3.8.7", resolving());
        Files.createDirectories(fetched().getParent());

        assertThat(run(ARGUMENTS).calls()).endsWith(call("fetched", ARGUMENTS));
    }

    @Test
    void the_older_maven_looks_where_it_is_told_to_and_is_told_nothing_else() throws Exception {
        maven("3.8.7", resolving());

        var run = run(List.of(
                "-s",
                "my settings.xml",
                "verify",
                "-Dmaven.repo.local=/a repository",
                "-Dtest=X",
                "-gs",
                "global.xml",
                "-s"));

        assertThat(run.calls())
                .contains("[-s] [my settings.xml] [-Dmaven.repo.local=/a repository] [-gs] [global.xml]\n")
                .doesNotContain("[verify] [-Dmaven.repo.local=/a repository] [-gs]");
    }

    @Test
    void without_a_maven_curl_fetches_it() throws Exception {
        program("curl", fetching());
        program("wget", "exit 99");

        var run = run(ARGUMENTS);

        assertThat(run.calls()).contains("[https://maven.example/a.zip]").endsWith(call("fetched", ARGUMENTS));
        assertThat(run.exit()).isEqualTo(EXIT);
    }

    @Test
    void without_curl_wget_fetches_it() throws Exception {
        program("wget", fetching());

        var run = run(ARGUMENTS);

        assertThat(run.calls()).contains("[https://maven.example/a.zip]").endsWith(call("fetched", ARGUMENTS));
        assertThat(run.exit()).isEqualTo(EXIT);
    }

    @Test
    void a_maven_that_can_not_resolve_it_is_no_obstacle() throws Exception {
        maven("3.8.7", "exit 1");
        program("curl", fetching());

        assertThat(run(ARGUMENTS).calls()).endsWith(call("fetched", ARGUMENTS));
    }

    @Test
    void unzip_is_used_where_it_is() throws Exception {
        maven("3.8.7", resolving());
        program("unzip", "cd \"$4\" && \"" + java("jar") + "\" xf \"$2\" && printf 'unzipped\\n' >>\"" + calls + "\"");

        assertThat(run(ARGUMENTS).calls()).contains("unzipped\n").endsWith(call("fetched", ARGUMENTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvn", "curl", "wget"})
    void an_archive_with_another_checksum_is_refused_and_leaves_nothing_behind(String program) throws Exception {
        settings(sha512(archive).replaceFirst("^.", "g"));
        if (program.equals("mvn")) {
            maven("3.8.7", resolving());
        } else {
            program(program, fetching());
        }

        var run = run(ARGUMENTS);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("does not have the checksum");
        assertThat(run.calls()).doesNotContain("fetched ");
        try (var left = Files.list(home.resolve("wrapper/dists"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void where_nothing_can_fetch_it_that_is_said() throws Exception {
        var run = run(ARGUMENTS);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("3.9.99").contains("https://maven.example/a.zip");
    }

    @Test
    void a_maven_that_brings_nothing_is_noticed() throws Exception {
        maven("3.8.7", "exit 0");

        var run = run(ARGUMENTS);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("did not arrive");
    }

    @Test
    void the_project_s_own_settings_name_one_version_and_a_checksum() throws IOException {
        var own = new Properties();
        try (var in = Files.newInputStream(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
            own.load(in);
        }

        var version = own.getProperty("mavenVersion");
        assertThat(version).startsWith("3.9.");
        assertThat(own.getProperty("distributionUrl")).endsWith("/apache-maven-" + version + "-bin.zip");
        assertThat(own.getProperty("distributionSha512Sum")).matches("[0-9a-f]{128}");
    }

    private record Run(int exit, String said, String calls) {}

    private Run run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(path.resolve("sh").toString(), project.resolve("mvnw").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().put("HOME", temporary.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_USER_HOME", home.toString());
        builder.environment().put("MAVEN_HOME", "of the older one");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), said, Files.readString(calls));
    }

    private Path fetched() {
        return home.resolve("wrapper/dists/apache-maven-3.9.99/bin/mvn");
    }

    /** A Maven on the PATH; asked for the archive it does what {@code resolve} says. */
    private void maven(String version, String resolve) throws IOException {
        program("mvn", """
                case "$1" in
                  -v) printf '\\033[1mApache Maven %s (0123)\\033[m\\nMaven home: /usr/share/maven\\n'; exit 0 ;;
                esac
                case "$*" in
                  *dependency*)
                %s
                    ;;
                esac
                %s""".formatted(version, resolve.isEmpty() ? "    exit 1" : resolve, script("path")));
    }

    /** As the dependency plugin does it. */
    private String resolving() {
        return said("resolve") + """

                for each in "$@"; do
                  case "$each" in
                    -DoutputDirectory=*) cp "%s" "${each#-DoutputDirectory=}/apache-maven-3.9.99-bin.zip"; exit 0 ;;
                  esac
                done
                exit 1""".formatted(archive);
    }

    /** As curl and wget do it: the file is named after -o or -O. */
    private String fetching() {
        return said("fetch") + """

                while [ "$#" -gt 0 ]; do
                  case "$1" in -o | -O) cp "%s" "$2"; exit 0 ;; esac
                  shift
                done
                exit 1""".formatted(archive);
    }

    /** Says how it was called, with its arguments in brackets. */
    private String script(String name) {
        return "#!/bin/sh\n" + said(name) + "\n[ -z \"${MAVEN_HOME:-}\" ] || [ " + name + " = path ] || exit 98\nexit "
                + EXIT + "\n";
    }

    private String said(String name) {
        return "{ printf '" + name + "'; for a in \"$@\"; do printf ' [%s]' \"$a\"; done; printf '\\n'; } >>\"" + calls
                + "\"";
    }

    private static String call(String name, List<String> arguments) {
        var call = new StringBuilder(name);
        arguments.forEach(argument -> call.append(" [").append(argument).append(']'));
        return call.append('\n').toString();
    }

    private void program(String name, String body) throws IOException {
        var file = Files.writeString(path.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void settings(String sum) throws IOException {
        var folder = Files.createDirectories(project.resolve(".mvn/wrapper"));
        Files.writeString(
                folder.resolve("maven-wrapper.properties"),
                "# a comment\nmavenVersion=3.9.99\r\ndistributionUrl=https://maven.example/a.zip\r\ndistributionSha512Sum="
                        + sum + "\r\n");
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static void link(Path from, Path to) {
        try {
            Files.createSymbolicLink(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha512(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
    }
}
