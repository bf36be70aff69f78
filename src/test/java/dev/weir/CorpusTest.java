package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the fuzzers start from and what they have found, once through each of them and without Jazzer, whose agent would slow down every
 * other test: src/test/resources, beside the fuzzer's own package. To let them search: CONTRIBUTING.md.
 */
class CorpusTest {

    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path CORPORA = Path.of("src/test/resources");

    @TestFactory
    Stream<DynamicTest> every_input_that_a_fuzzer_knows() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        try (var sources = Files.walk(SOURCES)) {
            for (var source : sources.filter(file -> file.toString().endsWith("Fuzzer.java"))
                    .sorted()
                    .toList()) {
                var name = SOURCES.relativize(source).toString().replace(".java", "");
                tests.addAll(of(name));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static List<DynamicTest> of(String fuzzer) throws IOException {
        var type = type(fuzzer.replace('/', '.'));
        var target = Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .findFirst()
                .orElseThrow();
        target.setAccessible(true);
        try (var inputs = Files.list(CORPORA.resolve(fuzzer + "Inputs").resolve(target.getName()))) {
            return inputs.sorted()
                    .map(input -> DynamicTest.dynamicTest(
                            type.getSimpleName() + ": " + input.getFileName(), () -> run(type, target, input)))
                    .toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void run(Class<?> type, Method target, Path input) throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        try {
            target.invoke(constructor.newInstance(), (Object) Files.readAllBytes(input));
        } catch (InvocationTargetException e) {
            throw new AssertionError(input + " is a finding", e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
