package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/access.md, cell by cell, over HTTP as people who have signed in. */
@QuarkusTest
class RoleTableTest {

    private static final Pattern ROW =
            Pattern.compile("\\| `(GET|POST) (/console/\\S+)` \\| (yes|no) \\| (yes|no) \\| (yes|no) \\| (yes|no) \\|");

    private static final Set<String> ROOMS =
            Set.of("dev.weir.access", "dev.weir.catalog", "dev.weir.environment", "dev.weir.history");
    private static final Set<String> WITHOUT_SIGNING_IN = Set.of("SignInPages", "EntryPages");

    record Operation(String method, String path, List<Boolean> allowed) {
        String text() {
            return method + " " + path;
        }
    }

    static List<Operation> table() {
        try {
            return Files.readAllLines(java.nio.file.Path.of("docs/access.md")).stream()
                    .map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> new Operation(
                            row.group(1),
                            row.group(2),
                            Stream.of(3, 4, 5, 6)
                                    .map(i -> row.group(i).equals("yes"))
                                    .toList()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void each_role_may_do_what_the_table_says(Operation operation) {
        // Nothing in the address exists, so whatever is allowed finds nothing and changes nothing.
        var path = operation.path().replaceAll("\\{\\w+}", "nothing-here");
        for (int i = 0; i < Role.ALL.size(); i++) {
            var request = SignedIn.as(Role.ALL.get(i)).request();

            int status = (operation.method().equals("GET") ? request.get(path) : request.post(path)).statusCode();

            assertThat(status != 403)
                    .as("%s as %s was answered %d", operation.text(), Role.ALL.get(i), status)
                    .isEqualTo(operation.allowed().get(i));
            assertThat(status).isLessThan(500).isNotEqualTo(401).isNotEqualTo(302);
        }
    }

    @Test
    void the_table_has_every_operation_of_these_rooms() {
        var built = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOMS).stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .filter(type -> !WITHOUT_SIGNING_IN.contains(type.getSimpleName()))
                        .flatMap(type -> type.getMethods().stream()
                                .filter(m -> m.isAnnotatedWith(GET.class) || m.isAnnotatedWith(POST.class))
                                .map(m -> (m.isAnnotatedWith(GET.class) ? "GET " : "POST ")
                                        + type.getAnnotationOfType(Path.class).value()
                                        + (m.isAnnotatedWith(Path.class)
                                                ? "/"
                                                        + m.getAnnotationOfType(Path.class)
                                                                .value()
                                                : "")))
                        .filter(operation -> operation.contains("/console"))
                        .collect(Collectors.toCollection(TreeSet::new));

        Set<String> written = table().stream().map(Operation::text).collect(Collectors.toSet());
        assertThat(new TreeSet<>(written)).isEqualTo(built);
    }
}
