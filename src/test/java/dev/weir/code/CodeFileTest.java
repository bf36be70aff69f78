package dev.weir.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of policy as code: what is written, what is read, what is refused and how that is said. */
class CodeFileTest {

    private static final EnvironmentKey PLACE = new EnvironmentKey("production");

    private static final List<AppLine> APPS = List.of(
            new AppLine("2345678901", "yes: \"no\" \u0007", List.of("https://b.example", "https://a.example"), true),
            new AppLine("1234567890", "Shop", List.of(), false));

    private static final SettingsLine SETTINGS =
            new SettingsLine(Optional.of("no: \"shop\" é"), Optional.of("production"), Optional.of(true));

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(CodeFileTest.class.getResourceAsStream("/META-INF/resources" + PublishedSchema.ADDRESS));

    private static final ObjectMapper JSON = new ObjectMapper();

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    static Stream<PolicyDocument> presets() {
        return Stream.of(PolicyDocument.balanced(), PolicyDocument.strict());
    }

    private static CodeFile.Read read(String text) {
        return CodeFile.read(text.getBytes(UTF_8));
    }

    private static CodeFile file(String text) {
        var read = read(text);
        assertThat(read.faults()).isEmpty();
        return java.util.Objects.requireNonNull(read.file());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void out_in_and_out_again_gives_the_same_bytes_and_the_same_policy(long seed) {
        var policy = new GeneratedPolicies(seed).next();

        var text = CodeFile.write(PLACE, SETTINGS, policy, APPS);
        var again = file(text);

        assertThat(again.policy().hash()).isEqualTo(policy.hash());
        assertThat(again.environment()).contains("production");
        assertThat(again.settings()).isEqualTo(SETTINGS);
        assertThat(again.apps().orElseThrow()).containsExactlyInAnyOrderElementsOf(APPS);
        assertThat(CodeFile.write(
                        PLACE, again.settings(), again.policy(), again.apps().orElseThrow()))
                .isEqualTo(text);
    }

    /** However the maps of equal documents happen to be ordered: those of Java differ from run to run. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void equal_content_gives_equal_bytes(long seed) {
        var policy = new GeneratedPolicies(seed).next();
        var other =
                PolicyDocument.parse(sorted(policy.json())).match(valid -> valid, errors -> PolicyDocument.strict());

        assertThat(CodeFile.write(PLACE, SETTINGS, other, List.of(APPS.get(1), APPS.get(0))))
                .isEqualTo(CodeFile.write(PLACE, SETTINGS, policy, APPS));
    }

    @SuppressWarnings("unchecked")
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, Object>(java.util.Comparator.reverseOrder());
            ((Map<String, Object>) map).forEach((key, inner) -> sorted.put(key, sorted(inner)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(CodeFileTest::sorted).toList()
                : value;
    }

    /** Another reader, of YAML 1.1, with all its truth values and octal numbers. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void other_readers_of_yaml_read_the_same_and_the_schema_accepts_it(long seed) throws Exception {
        var policy = new GeneratedPolicies(seed).next();

        var tree = new YAMLMapper().readTree(CodeFile.write(PLACE, SETTINGS, policy, APPS));
        Object loaded = new org.yaml.snakeyaml.Yaml().load(CodeFile.write(PLACE, SETTINGS, policy, APPS));

        assertThat(tree.path("policy")).isEqualTo(JSON.readTree(policy.canonical()));
        assertThat(JSON.valueToTree(loaded).path("policy")).isEqualTo(JSON.readTree(policy.canonical()));
        assertThat(SCHEMA.validate(tree)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void the_schema_accepts_the_presets(PolicyDocument preset) throws Exception {
        assertThat(SCHEMA.validate(new YAMLMapper().readTree(CodeFile.write(PLACE, SETTINGS, preset, List.of()))))
                .isEmpty();
    }

    /** What somebody wrote by hand, with parts left out: both accept it, or both do not. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_broken_on_purpose_is_refused_by_the_schema_and_by_weir(long seed) throws Exception {
        var generated = new GeneratedPolicies(seed);
        var whole = new TreeMap<String, Object>(Map.of("weir", 1L, "policy", generated.json()));
        assertThat(SCHEMA.validate(JSON.valueToTree(whole))).isEmpty();
        assertThat(read(JSON.writeValueAsString(whole)).faults()).isEmpty();

        var broken = broken(whole, generated);

        assertThat(SCHEMA.validate(JSON.valueToTree(broken))).as("%s", broken).isNotEmpty();
        assertThat(read(JSON.writeValueAsString(broken)).faults())
                .as("%s", broken)
                .isNotEmpty();
    }

    private static Map<String, Object> broken(Map<String, Object> whole, GeneratedPolicies generated) {
        var json = new TreeMap<>(whole);
        var policy = new TreeMap<>(generated.json());
        json.put("policy", policy);
        switch (generated.below(23)) {
            case 0 -> json.put("weir", 2L);
            case 1 -> json.remove("policy");
            case 2 -> policy.put("version", 3L);
            case 3 -> policy.put("elments", List.of());
            case 4 -> policy.put("capture", Map.of("click", "yes"));
            case 5 -> policy.put("capture", Map.of("maxText", 0L));
            case 6 -> policy.put("consent", Map.of("requird", true));
            case 7 -> policy.put("urls", Map.of("parameters", Map.of("mode", "both")));
            case 8 -> policy.put("elements", List.of(Map.of("selector", "a", "action", "hide")));
            case 9 -> policy.put("elements", List.of(Map.of("selector", "a", "action", "dropAttributes")));
            case 10 -> policy.put("text", List.of(Map.of("detector", "soul", "action", "mask")));
            case 11 -> policy.put("text", List.of(Map.of("pattern", "x", "action", "mask")));
            case 12 -> policy.put("properties", List.of(Map.of("name", "a", "action", "drop", "length", 3L)));
            case 13 -> policy.put("retention", Map.of("events", 5000L));
            case 14 -> policy.put("pages", List.of("no-slash"));
            case 15 -> json.put("name", " ");
            case 16 -> json.put("name", "x".repeat(101));
            case 17 -> json.put("kind", "canary");
            case 18 -> json.put("critical", "no");
            case 19 -> policy.put("schemas", List.of(Map.of("event", "a", "property", "b")));
            case 20 -> policy.put("schemas", List.of(Map.of("event", "a", "property", "b*", "required", true)));
            case 21 -> policy.put("schemas", List.of(Map.of("property", "b", "type", "date")));
            default -> json.put("apps", List.of(Map.of("id", 1234567890L)));
        }
        return json;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'weir: 1\npolicy:\n  version: 1\n  elments: []'|4|3|/policy|this key is not known here",
                "'weir: 1\npolicy:\n  version: 1\n  capture:\n    click: \"yes\"'|5|12|/policy/capture/click|true or false is expected",
                "'weir: 1\npolicy:\n  version: 1\n  elements:\n    - selector: \"div:has(a)\"\n      action: ignore'|5|17|/policy/elements/0/selector|:has()",
                "'weir: 1\npolicy:\n  version: 1\n  retention: {events: 0}'|4|23|/policy/retention/events|a whole number from 1 to 3650 is expected",
                "'weir: 1'|1|1|/policy|an object is expected",
                "'weir: 1\npolicy: {version: 1}\napps:\n  - id: 1234567890'|4|9|/apps/0/id|ten digits in quotes are expected",
                "'weir: 1\nweir: 1'|2|1|''|this key stands here twice",
                "'a: [1, 2'|1|9|''|from here on this is not YAML",
                "'a: &x 1'|1|4|''|anchors and aliases are not read",
                "'a: *x'|1|4|''|anchors and aliases are not read",
                "'a: !!str 1'|1|4|''|tags are not read",
                "'? [a]\n: b'|1|3|''|a key is a text",
                "'--- {}\n--- {}'|2|1|''|a file holds one document",
                "'- 1'|1|1|''|a file is an object with the keys weir and policy",
            })
    void what_is_wrong_has_its_place_and_is_never_quoted(
            String text, int line, int column, String pointer, String message) {
        var faults = read(text).faults();

        assertThat(faults).first().satisfies(fault -> {
            assertThat(fault.message()).contains(message.replace(":has()", ""));
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.column()).isEqualTo(column);
            assertThat(fault.pointer()).isEqualTo(pointer);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary: 1",
                "weir: 1\npolicy: {version: 1, canary: canary}",
                "weir: 1\npolicy: {version: 1, pages: [canary], events: canary, elements: [{selector: '[canary', action: canary}]}",
                "weir: 1\npolicy: {version: 1, text: [{pattern: '(?=canary)', label: CANARY, action: canary}]}",
                "weir: 1\nname: [canary]\nkind: canary\ncritical: canary\npolicy: {version: 1}",
                "weir: 1\npolicy: {version: 1}\napps: [{id: canary, label: [canary], canary: 1}]",
                "canary: [canary\n  canary: !canary",
                "%canary\n---\ncanary",
            })
    void no_fault_holds_a_word_of_the_file(String text) {
        assertThat(read(text).faults())
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.toString().toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("canary"));
    }

    /** Read, though it is no policy. */
    @Test
    void what_is_just_as_much_as_may_be_is_read() {
        var messages = Stream.of(
                        read("{a: ".repeat(16) + "1" + "}".repeat(16)),
                        read("[" + "1,".repeat(YamlTree.VALUES - 2) + "1]"),
                        read("{a: 1}" + " ".repeat(YamlTree.BYTES - 6)))
                .flatMap(file -> file.faults().stream())
                .map(Fault::message)
                .toList();

        assertThat(messages)
                .isNotEmpty()
                .noneMatch(message -> message.contains("16 levels")
                        || message.contains("100000 values")
                        || message.contains("4 MiB")
                        || message.contains("YAML"));
    }

    @Test
    void what_would_take_too_much_is_refused() {
        assertThat(read("[".repeat(100_000)).faults()).hasSize(1);
        assertThat(read("a: ".repeat(40)).faults()).hasSize(1);
        assertThat(read("{a: ".repeat(17) + "1" + "}".repeat(17)).faults())
                .extracting(Fault::message)
                .containsExactly("nested deeper than 16 levels");
        assertThat(read("[" + "1,".repeat(YamlTree.VALUES) + "1]").faults())
                .extracting(Fault::message)
                .containsExactly("a file has at most 100000 values");
        assertThat(CodeFile.read(new byte[YamlTree.BYTES + 1]).faults())
                .extracting(Fault::message)
                .containsExactly("a file has at most 4 MiB");
        assertThat(CodeFile.read(new byte[] {(byte) 0xc3, (byte) 0x28}).faults())
                .extracting(Fault::message)
                .containsExactly("a file is UTF-8");
        assertThat(read("a: &a [x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]").faults())
                .hasSize(1);
        assertThat(read("").faults()).hasSize(1);
    }

    @Test
    void the_first_hundred_faults_are_told() {
        var rules = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            rules.add("strange" + i + ": 1");
        }

        assertThat(read("weir: 1\npolicy: {version: 1}\n" + String.join("\n", rules))
                        .faults())
                .hasSize(CodeFile.FAULTS);
    }

    @Test
    void the_example_of_the_documentation_is_a_file() throws Exception {
        var documented = Files.readString(Path.of("docs/policy-as-code.md"));
        var example = documented.substring(documented.indexOf("```yaml\n") + 8, documented.indexOf("\n```\n"));

        assertThat(file(example).apps().orElseThrow()).hasSize(1);
        assertThat(SCHEMA.validate(new YAMLMapper().readTree(example))).isEmpty();
    }
}
