package dev.weir.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.weir.testsupport.Bundle;
import dev.weir.testsupport.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The TypeScript engine in a real Chromium, judging on real elements that it builds from the recorded hierarchy. */
final class BrowserEngine implements AutoCloseable {

    private static final String HARNESS = """
            (() => {
              const make = (node) => {
                const e = node.s ? document.createElementNS('http://www.w3.org/2000/svg', node.t) : document.createElement(node.t);
                if (node.i != null) e.setAttribute('id', node.i);
                if (node.c) e.setAttribute('class', node.c.join(' '));
                for (const [name, value] of Object.entries(node.a || {})) try { e.setAttribute(name, value); } catch {}
                return e;
              };
              const filler = (tag, svg) => svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
              window.build = (path) => {
                const elements = [];
                let inside = new DocumentFragment();
                for (let i = path.length; i--; ) {
                  const node = path[i];
                  const k = node.k || 1;
                  for (let j = 1; j < k; j++) inside.append(filler(node.t, node.s));
                  for (let j = k; j < (node.n || 1); j++) inside.append(filler(node.t == 'x-filler' ? 'x-other' : 'x-filler'));
                  const e = make(node);
                  inside.append(e);
                  elements[i] = e;
                  inside = node.h ? e.attachShadow({ mode: 'open' }) : e;
                }
                return elements;
              };
              const engines = {};
              window.judgeAll = (policies, cases) => cases.map(([policy, event, given]) => {
                const engine = (engines[policy] ||= weir.compile(JSON.parse(policies[policy])));
                const before = JSON.stringify(event);
                const left = engine(event, given.consent, given.gpc, event.path && build(event.path));
                if (JSON.stringify(event) != before) throw Error('the engine changed its input');
                const { outcome = left ? 'kept' : 'dropped', reason, findings } = weir.why || {};
                return { outcome, reason, event: left, findings: findings || [] };
              });
            })();
            """;

    private final BrowserContext context;
    private final Page page;

    /** {@code explained}: an engine that names its reasons; else exactly what ships. */
    BrowserEngine(boolean explained) {
        context = Chromium.shared().newContext();
        page = context.newPage();
        page.setContent("<!doctype html><title>contract</title>");
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(bundle(explained) + HARNESS));
    }

    record Question(String policy, JsonNode event, JsonNode given) {}

    List<JsonNode> judge(List<Question> questions) {
        var policies = questions.stream().map(Question::policy).distinct().toList();
        var script = new ArrayList<Object>();
        for (var question : questions) {
            script.add(List.of(policies.indexOf(question.policy()), question.event(), question.given()));
        }
        try {
            var answer = page.evaluate(
                    "([policies, cases]) => JSON.stringify(judgeAll(policies, JSON.parse(cases)))",
                    List.of(policies, Wire.JSON.writeValueAsString(script)));
            var out = new ArrayList<JsonNode>();
            Wire.JSON.readTree((String) answer).forEach(out::add);
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Page page() {
        return page;
    }

    @Override
    public void close() {
        context.close();
    }

    /** The engine, with what recognises personal data. */
    private static String bundle(boolean explained) {
        return Bundle.of("engine.ts", "weir", explained);
    }
}
