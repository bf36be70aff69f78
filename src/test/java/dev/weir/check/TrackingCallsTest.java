package dev.weir.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.privacy.Pasted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        var html = "<script>" + part.repeat(Asked.BYTES / part.length() - 20) + "</script>";

        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> early(html));
    }
}
