package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import dev.weir.testsupport.Compiled;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which limits are tried where they end, by tests that take the figure from the table. To name a row is not enough. */
class LimitsTest {

    /** Rows whose edge no test reads from the table, at most: some are a time or an age, others are tried with a figure of the test's own. */
    private static final int NOT_READ = 137;

    private static List<JavaMethod> edges() {
        return Compiled.weirAndItsTests().stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Edge.class))
                .toList();
    }

    @Test
    void whoever_names_a_row_tries_its_figure_and_one_more() {
        var edges = edges();

        assertThat(edges).hasSizeGreaterThan(15).allSatisfy(method -> {
            assertThat(method.isAnnotatedWith(org.junit.jupiter.api.Test.class)).isTrue();
            assertThat(method.getMethodCallsFromSelf())
                    .as(method.getFullName())
                    .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Limit.class)
                            && call.getName().equals("isTheLastTaken"));
            assertThat(Limit.row(method.getAnnotationOfType(Edge.class).value()).limit())
                    .isNotBlank();
        });
    }

    @Test
    void a_new_limit_comes_with_a_test_of_its_edge() {
        var tried = edges().stream()
                .map(method -> Limit.row(method.getAnnotationOfType(Edge.class).value()))
                .toList();

        var rest = Limit.rows().stream().filter(row -> !tried.contains(row)).toList();

        assertThat(rest).as("rows whose edge no test reads from the table").hasSizeLessThanOrEqualTo(NOT_READ);
    }
}
