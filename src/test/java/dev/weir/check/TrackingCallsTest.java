package dev.weir.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.privacy.Pasted;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls of the tracking switches run too early: what a browser would do with the page, told without running it. */
class TrackingCallsTest {

    private static final String SRC = "src='https://w.example/js/heap-1234567890.js'";

    private static List<TrackingCalls.Early> early(String html) {
        return TrackingCalls.in(Pasted.document(html.replace("SRC", SRC)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>heap.stopTracking()</script><script SRC></script>",
                "<script async SRC></script><script>heap.stopTracking()</script>",
                "<script defer SRC></script><script>heap.stopTracking()</script>",
                "<script type=module SRC></script><script>heap.stopTracking()</script>",
                "<script async SRC></script><script type=module>heap.stopTracking()</script>",
                "<script type=module>heap.stopTracking()</script><script defer SRC></script>",
                "<script async>heap.stopTracking()</script><script>heap.load('1')</script>",
                "<script>heap?.stopTracking?.()</script><script>heap.load('1')</script>",
                "<script>window.heap?.stopTracking()</script>",
                "<script>window.heap && window.heap.stopTracking()</script>",
                "<script>heap['stopTracking']()</script>",
                "<script>heap?.[\"startTracking\"]?.()</script>",
                "<script>heap\n  .stopTracking ()</script>",
                "<script>if (!consent()) { heap.stopTracking() }\nheap.load('1')</script>",
                "<script>function pause() { heap.stopTracking() }\npause();\nheap.load('1')</script>",
                "<script>pause(); heap.load('1'); function pause() { heap.stopTracking() }</script>",
                "<script>const pause = () => heap.stopTracking();\npause()</script><script>heap.load('1')</script>",
                "<script>const pause = async () => { heap.stopTracking() }\npause?.()</script><script>heap.load('1')</script>",
                "<script>var c = {pause: function () { heap.stopTracking() }}; c.pause(); heap.load('1')</script>",
                "<script>var c = {pause() { heap.stopTracking() }}; c.pause(); heap.load('1')</script>",
                "<script>(function () { heap.stopTracking() })()</script><script>heap.load('1')</script>",
                "<script>(() => { heap.stopTracking() })(); heap.load('1')</script>",
                "<script>!function () { heap.stopTracking() }.call(this); heap.load('1')</script>",
                "<script>function pause() { heap.stopTracking() }</script><script>pause()</script><script>heap.load('1')</script>",
                "<script>function a() { b() } function b() { heap.stopTracking() } a(); heap.load('1')</script>",
                "<script>function later() { heap.load('1') }\nheap.stopTracking()</script>",
                "<script>document.addEventListener('consent', () => heap.load('1')); heap.stopTracking()</script>",
                "<script>// heap.load('1')\nheap.stopTracking()</script>",
                "<script>/* heap.load('1') */ var s = \"heap.load('1')\"; heap.stopTracking()</script>",
                "<script>var r = /[/]heap.load('1'); \"/; heap.stopTracking()</script>",
                "<script type='application/json'>heap.load('1')</script><script>heap.stopTracking()</script>",
            })
    void what_runs_before_the_collector_is_there_is_told(String html) {
        assertThat(early(html)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script SRC></script><script>heap.stopTracking()</script>",
                "<script defer SRC></script><script type=module>heap.stopTracking()</script>",
                "<script SRC></script><script>heap?.stopTracking?.()</script>",
                "<script>heap.load('1'); heap.stopTracking()</script>",
                "<script>heap['load']('1'); heap['stopTracking']()</script>",
                "<script>function pause() { heap.stopTracking() }\nheap.load('1');\npause()</script>",
                "<script>function pause() { heap.stopTracking() }\nheap.load('1')</script>",
                "<script>function granted() { heap.startTracking() }</script><script>heap.load('1')</script>",
                "<script>const granted = () => heap.startTracking();\nheap.load('1')</script>",
                "<script>addEventListener('click', function () { heap.startTracking() }); heap.load('1')</script>",
                "<script>addEventListener('click', () => heap.startTracking()); heap.load('1')</script>",
                "<script async SRC></script><script>function granted() { heap.startTracking() }</script>",
                "<script>function start() { heap.load('1'); heap.stopTracking() }\nstart()</script>",
                "<script>(function () { heap.load('1') })(); (() => heap.stopTracking())()</script>",
                "<script>// heap.stopTracking()\nvar s = 'heap.stopTracking()', t = `heap.stopTracking()`, r = /heap.stopTracking()/</script>",
                "<script type='text/template'>heap.stopTracking()</script>",
                "<script>function a() { b() } function b() { a(); heap.stopTracking() }</script>",
                "<script>myheap.stopTracking()</script>",
                "<script>heap.stopTracking = function () {}</script>",
            })
    void what_runs_later_or_never_is_not(String html) {
        assertThat(early(html)).isEmpty();
    }

    @Test
    void each_is_told_at_its_line_and_says_why() {
        var found = early(
                "<title>x</title>\n<script async SRC></script>\n<script>\n  heap.stopTracking();\n heap.startTracking()\n</script>");

        assertThat(found).extracting(TrackingCalls.Early::line).containsExactly(1, 2);
        assertThat(found).extracting(TrackingCalls.Early::column).containsExactly(3, 2);
        assertThat(found)
                .extracting(TrackingCalls.Early::message)
                .allSatisfy(message -> assertThat(message).contains("async or defer"));
    }

    /** Whatever somebody sends as a script, reading it ends, and soon enough for a request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "(",
                ")",
                "=>",
                "){",
                "()=>{",
                "function a(){",
                "a(",
                "heap.stopTracking(",
                "`",
                "/",
                "/*",
                "'\\",
                "[\"a\"]",
                "a=>",
                "function a(){a()}",
                "heap",
                "\n",
                "<!--",
                "(()=>{heap.stopTracking()})("
            })
    void a_hostile_script_is_read_in_time(String part) {
        readInTime(part.repeat(Asked.BYTES / part.length() - 20));
    }

    /** What stands once in front of much that has to be read for it, or makes many read to the same end. */
    static Stream<String> hostileScripts() {
        var blanks = " ".repeat(Asked.BYTES - 100);
        return Stream.of(
                "heap" + blanks,
                "heap.stopTracking" + blanks,
                "heap/*" + blanks + "*/",
                "a=>".repeat(5_000) + "\n".repeat(20_000) + ".",
                "=/[".repeat(Asked.BYTES / 3 - 40),
                ("a".repeat(150) + "(){".repeat(40)).repeat(Asked.BYTES / 270 - 1),
                "function a(){heap.stopTracking()}".repeat(5_000) + "a()\n".repeat(200_000));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostileScripts")
    void a_script_that_is_hostile_as_a_whole_is_read_in_time(String script) {
        readInTime(script);
    }

    private static void readInTime(String script) {
        var html = "<script>" + script + "</script>";

        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> early(html));
    }

    @Test
    void a_chain_after_blank_lines_belongs_to_its_arrow() {
        var script = "const pause = () => heap\n\n  \n.stopTracking();\nheap.load('1')";

        assertThat(early("<script>" + script + "</script>")).isEmpty();
        assertThat(early("<script>" + script.replace("\nheap", "\npause(); heap") + "</script>"))
                .hasSize(1);
    }

    @Test
    void a_place_belongs_to_the_innermost_function_around_it_and_to_the_outer_one_behind_that() {
        var script = "function outer() { function inner() { x() } heap.stopTracking() }\nCALL();\nheap.load('1')";

        assertThat(early("<script>" + script.replace("CALL", "inner") + "</script>"))
                .isEmpty();
        assertThat(early("<script>" + script.replace("CALL", "outer") + "</script>"))
                .hasSize(1);
    }
}
