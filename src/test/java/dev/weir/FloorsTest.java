package dev.weir;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.weir.testsupport.Compiled;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The floor plan of docs/architecture.md, held up by the build. To add a package, add its line there first. */
class FloorsTest {

    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\d+) \\| (both|control|data) \\|.*");

    private static final Map<String, Room> PLAN = plan();

    private static final JavaClasses WEIR = Compiled.weir();

    record Room(String name, int floor, String plane) {

        boolean mayUse(Room other) {
            boolean below = other.floor < floor;
            boolean crosses = (plane.equals("data") && other.plane.equals("control"))
                    || (plane.equals("both") && !other.plane.equals("both"));
            return other.name.equals(name) || (below && !crosses);
        }
    }

    @Test
    void every_package_is_on_the_plan_and_every_room_is_built() {
        var built = WEIR.stream()
                .map(FloorsTest::room)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(built).isEqualTo(new TreeSet<>(PLAN.keySet()));
    }

    @Test
    void nobody_looks_up_or_across() {
        for (Room room : PLAN.values()) {
            var allowed = PLAN.values().stream()
                    .filter(room::mayUse)
                    .map(other -> "dev.weir." + other.name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.weir." + room.name + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("dev.weir..").and(not(resideInAnyPackage(allowed))))
                    .check(WEIR);
        }
    }

    @Test
    void there_are_no_cycles() {
        slices().matching("dev.weir.(*)..").should().beFreeOfCycles().check(WEIR);
    }

    @Test
    void the_core_knows_only_java() {
        classes()
                .that()
                .resideInAnyPackage("dev.weir.kernel..", "dev.weir.event..", "dev.weir.policy..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "com.google.re2j..",
                        "com.google.i18n.phonenumbers..",
                        "dev.weir.kernel..",
                        "dev.weir.event..",
                        "dev.weir.policy.."))
                .check(WEIR);
    }

    /** An auditor runs it without anything else of Weir. */
    @Test
    void the_verifier_of_the_change_log_knows_only_java_and_the_kernel() {
        classes()
                .that()
                .resideInAPackage("dev.weir.changelog.proof..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "org.jspecify..", "dev.weir.kernel..", "dev.weir.changelog.proof.."))
                .check(WEIR);
    }

    @Test
    void time_is_asked_of_the_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(WEIR);
    }

    @Test
    void nobody_sleeps_or_spins_not_even_a_test() {
        var everything = Compiled.weirAndItsTests();

        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "time passes by itself",
                        call -> call.getName().equals("sleep")
                                || call.getName().equals("onSpinWait")
                                || call.getName().equals("parkNanos")
                                || call.getName().equals("waitForTimeout")))
                .because(
                        "what is waited for says when it is there: a latch, a line of a log, a condition of the browser")
                .check(everything);
    }

    @Test
    void beans_are_built_whole() {
        noFields().should().beAnnotatedWith(Inject.class).check(WEIR);
    }

    @Test
    void a_name_says_what_a_thing_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|DTO)")
                .check(WEIR);
    }

    private static String room(JavaClass type) {
        var rest = type.getPackageName().substring("dev.weir".length());
        return rest.isEmpty() ? "" : List.of(rest.substring(1).split("\\.", -1)).get(0);
    }

    private static Map<String, Room> plan() {
        try {
            return Files.readAllLines(Path.of("docs/architecture.md")).stream()
                    .map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> new Room(row.group(1), Integer.parseInt(row.group(2)), row.group(3)))
                    .collect(Collectors.toMap(Room::name, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
