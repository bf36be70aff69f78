package dev.weir.console;

import static dev.weir.console.Visit.at;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.stream.Stream;

/** Every page of Weir, and every state of it that looks different. {@code walk} has a draft and two revisions, {@code walk-quiet} nothing. */
final class Visits {

    private static final List<String> SECTIONS = List.of(
            "parameters",
            "paths",
            "pages",
            "elements",
            "text",
            "properties",
            "events",
            "schemas",
            "consent",
            "capture",
            "identity",
            "retention",
            "origins");

    /** What all roles see, as an Admin and as somebody who may only read. */
    static final List<Visit> CONSOLE = Stream.concat(
                    Stream.of(
                                    "/console",
                                    "/console?environment=production",
                                    "/console?environment=walk-quiet",
                                    "/console/development/live",
                                    "/console/development/live?outcome=dropped&type=reset",
                                    "/console/walk-quiet/live",
                                    "/console/development/quarantine",
                                    "/console/development/quarantine?reason=IDENTITY_REFUSED",
                                    "/console/walk-quiet/quarantine",
                                    "/console/development/redaction",
                                    "/console/development/redaction?revision=77",
                                    "/console/walk-quiet/redaction",
                                    "/console/development/identities",
                                    "/console/walk-quiet/identities",
                                    "/console/development/snippet",
                                    "/console/development/snippet?way=java",
                                    "/console/walk/snippet?way=consent",
                                    "/console/walk-retired/snippet",
                                    "/console/environments",
                                    "/console/environments/development",
                                    "/console/environments/walk",
                                    "/console/environments/walk/history",
                                    "/console/environments/walk/apps/{app}/history",
                                    "/console/environments/walk/apps/{app}/history?row={app-row}",
                                    "/console/environments/walk-retired",
                                    "/console/definitions",
                                    "/console/definitions?q=nothing-like-this",
                                    "/console/definitions/{definition}",
                                    "/console/definitions/{definition}/history",
                                    "/console/definitions/import",
                                    "/console/definitions/health?environment=development",
                                    "/console/definitions?status=draft&type=click",
                                    "/console/definitions/views",
                                    "/console/definitions/views/{view}/history",
                                    "/console/definitions/matcher?environment=development",
                                    "/console/definitions/matcher/history",
                                    "/console/definitions?breaks=any",
                                    "/console/definitions/{deviating}",
                                    "/console/definitions/standards",
                                    "/console/definitions/standards/history",
                                    "/console/jobs",
                                    "/console/jobs/{job}",
                                    "/console/erasure",
                                    "/console/reviews",
                                    "/console/reviews/{cycle}",
                                    "/console/reviews/{cycle}/tasks/1",
                                    "/console/reviews/{cycle}/tasks/3",
                                    "/console/reviews/{cycle}/tasks/5",
                                    "/console/reviews/{closed}",
                                    "/console/reviews/{closed}/tasks/1",
                                    "/console/reviews/{closed}/report",
                                    "/console/restorations/{restoration}",
                                    "/console/restorations/{own-restoration}",
                                    "/console/restorations/{declined}",
                                    "/console/people",
                                    "/console/people/{person}/history",
                                    "/console/account",
                                    "/console/account/tokens",
                                    "/console/changelog",
                                    "/console/changelog?actor=system&kind=environment&environment=production&from=2026-01-01",
                                    "/console/changelog?kind=nothing",
                                    "/console/changelog/1",
                                    "/console/changelog/proof",
                                    "/console/changelog/verify",
                                    "/console/walk-quiet/privacy",
                                    "/console/walk/privacy",
                                    "/console/walk/privacy/preset/strict",
                                    "/console/walk-quiet/privacy/preset/balanced",
                                    "/console/walk/policy",
                                    "/console/walk/policy/history",
                                    "/console/walk/policy/history?row={row}",
                                    "/console/walk/privacy/identity/history",
                                    "/console/walk/privacy/elements/history?row={row}",
                                    "/console/walk/privacy/elements/history?rule=elements&about=selector+.account-name",
                                    "/console/walk/policy/1",
                                    "/console/walk/policy/2",
                                    "/console/walk/policy/publish",
                                    "/console/walk-quiet/policy/publish",
                                    "/console/walk/policy/1/restore",
                                    "/console/walk/policy/2/restore",
                                    "/console/walk/changes",
                                    "/console/walk/changes/1",
                                    "/console/walk-quiet/changes",
                                    "/console/walk/code",
                                    "/console/walk/code?of=draft",
                                    "/console/walk/changes?show=mine",
                                    "/console/walk/allowed",
                                    "/console/walk/allowed?q=nothing-like-this",
                                    "/console/walk/emergencies",
                                    "/console/walk-urgent/emergencies",
                                    "/console/walk-urgent/policy",
                                    "/console/walk-urgent/policy/2",
                                    "/console/walk-urgent/policy/publish",
                                    "/console/walk-urgent/policy/1/restore",
                                    "/console/walk-urgent/allowed",
                                    "/console/environments/walk-urgent",
                                    "/console/walk/promote",
                                    "/console/walk/promote?from=walk-urgent",
                                    "/console/walk-quiet/promote?from=development",
                                    "/console/walk/simulations",
                                    "/console/walk/simulations/{simulation}",
                                    "/console/walk-quiet/simulations",
                                    "/console/walk/bench",
                                    "/console/walk/bench?example=click",
                                    "/console/walk/bench?example=html")
                            .map(Visit::at),
                    SECTIONS.stream().map(section -> at("/console/walk/privacy/" + section)))
            .toList();

    /** What only somebody who edits comes to see. */
    static final List<Visit> EDITING = List.of(
            at("/console/nowhere").answered(404),
            at("/console/definitions/{definition}/edit?environment=development"),
            at("/console/definitions/new"),
            at("/console/definitions/new")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "name", "Not a filter");
                                fill(page, "filter", "colour equals \"red\"");
                                press(page, "Save");
                            },
                            ".field .error"),
            at("/console/definitions/new")
                    .then(
                            "with what it breaks",
                            page -> {
                                fill(page, "name", "cart emptied");
                                fill(page, "filter", "text equals \"Empty it\"");
                                press(page, "Preview");
                            },
                            "#deviations .notice"),
            at("/console/definitions/standards")
                    .then(
                            "with what it would mean",
                            page -> {
                                page.locator("#level-category").selectOption("block");
                                page.locator("#form-name-form").selectOption("pattern");
                                page.locator("#pattern-name-form").fill("[A-Z].+");
                                press(page, "See what it would mean");
                            },
                            "button[name=save]"),
            at("/console/definitions/standards")
                    .then(
                            "with an objection",
                            page -> {
                                page.locator("#form-name-form").selectOption("pattern");
                                page.locator("#pattern-name-form").fill("a(?=b)");
                                press(page, "See what it would mean");
                            },
                            ".field .error"),
            at("/console/walk/policy/99").answered(404),
            at("/console/development/quarantine")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "why", "It was our own page");
                                press(page, "Release");
                            },
                            ".notice.bad"),
            at("/console/broken-on-purpose").answered(500),
            at("/console/environments")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "name", "Reserved");
                                fill(page, "key", "people");
                                press(page, "Create environment");
                            },
                            ".notice.bad"),
            at("/console/environments/walk")
                    .then(
                            "with an objection",
                            page -> {
                                page.locator("input[name=origin]").last().fill("shop.example");
                                page.locator("form[action$=origins] button")
                                        .last()
                                        .click();
                            },
                            ".notice.bad"),
            at("/console/environments/walk")
                    .then("with a server key", page -> press(page, "Require a server key"), "#server-key"),
            at("/console/erasure")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "names", "otter-7");
                                fill(page, "why", "no");
                                press(page, "Have it counted");
                            },
                            ".notice.bad"),
            at("/console/erasure")
                    .then(
                            "with a key",
                            page -> page.locator("form[action='/console/erasure/keys'] button")
                                    .first()
                                    .click(),
                            "#erasure-key"),
            at("/console/reviews")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "name", "Some day");
                                fill(page, "due", "2999-01-01");
                                press(page, "Open the cycle");
                            },
                            ".notice.bad"),
            at("/console/reviews/{cycle}")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "reason", "no");
                                press(page, "Close it early");
                            },
                            ".notice.bad"),
            at("/console/reviews/{cycle}/tasks/2")
                    .then(
                            "with an objection",
                            page -> {
                                page.locator("input[value=needs-work]").check();
                                press(page, "Sign");
                            },
                            ".notice.bad"),
            at("/console/development/identities").then("with links", page -> lookUp(page), "#found"),
            at("/console/development/identities")
                    .then(
                            "with an objection",
                            page -> {
                                lookUp(page);
                                page.locator("input[name=link]").first().check();
                                fill(page, "why", "no");
                                press(page, "Ask to cut it");
                            },
                            ".notice.bad"),
            at("/console/people").then("with an objection", page -> invite(page, "!"), ".notice.bad"),
            at("/console/people")
                    .then(
                            "with environments to choose",
                            page -> page.locator("td details summary").first().click(),
                            "td details[open] input[name=environment]"),
            at("/console/people").then("with a link", page -> invite(page, "walker-link"), "#link"),
            at("/console/account")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "current", "not it");
                                fill(page, "password", "a heron on the other bank");
                                press(page, "Change the password");
                            },
                            ".notice.bad"),
            at("/console/account/tokens")
                    .then(
                            "with a token",
                            page -> {
                                fill(page, "name", "Pipeline of the shop");
                                press(page, "Make the token");
                            },
                            "#secret"),
            at("/console/account/tokens")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "name", "For ever");
                                fill(page, "days", "999");
                                press(page, "Make the token");
                            },
                            ".notice.bad"),
            at("/console/changelog/1")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "reason", "no");
                                press(page, "Erase");
                            },
                            ".notice.bad"),
            at("/console/walk/privacy/parameters?edit=0"),
            at("/console/walk/privacy/elements?edit=0"),
            at("/console/walk/privacy/elements")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "selector", "div:has(a)");
                                press(page, "Add to the draft");
                            },
                            ".field .error"),
            at("/console/walk/privacy/properties?edit=0"),
            at("/console/walk/privacy/text")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "pattern", "(?=a)b");
                                fill(page, "label", "a label");
                                press(page, "Add to the draft");
                            },
                            ".field .error"),
            at("/console/walk/privacy/pages")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "values", "/fine\nno slash");
                                press(page, "Add to the draft");
                            },
                            ".field .error"),
            at("/console/walk/privacy/retention")
                    .then(
                            "overtaken",
                            page -> {
                                page.locator("input[name=version]").first().evaluate("field => field.value = 0");
                                press(page, "Save to the draft");
                            },
                            ".notice.bad"),
            at("/console/walk/privacy/consent?done=settings"),
            at("/console/walk-urgent/policy")
                    .then(
                            "asked to stay",
                            page -> page.locator("details.confirm > summary").click(),
                            "#stay-reason"),
            at("/console/walk/policy/publish")
                    .then(
                            "in an emergency",
                            page -> page.locator("summary.danger").click(),
                            "#emergency-key"),
            at("/console/walk/policy/publish")
                    .then(
                            "refused",
                            page -> {
                                page.locator("#ask-reason").fill("no");
                                press(page, "Ask for this change");
                            },
                            ".empty h1"),
            at("/console/walk/changes/1")
                    .then(
                            "with an objection",
                            page -> {
                                page.locator("textarea[name=reason]").fill("no");
                                press(page, "Reject");
                            },
                            ".notice.bad"),
            at("/console/walk/simulations")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "text", "{\"type\":");
                                page.locator("main form button").last().click();
                            },
                            ".field .error"),
            at("/console/walk-open/policy/publish")
                    .then(
                            "with an objection",
                            page -> {
                                page.locator("textarea[name=reason]").fill("no");
                                press(page, "Publish revision");
                            },
                            ".field .error"),
            at("/console/walk-open/policy/1/restore")
                    .then(
                            "with an objection",
                            page -> {
                                page.locator("textarea[name=reason]").fill("no");
                                press(page, "Roll back to revision");
                            },
                            ".field .error"),
            at("/console/walk/code")
                    .then(
                            "with the differences",
                            page -> {
                                fill(
                                        page,
                                        "file",
                                        "{weir: 1, critical: false, policy: {version: 1, capture: {text: drop}}, apps: []}");
                                press(page, "Compare");
                            },
                            "#reason"),
            at("/console/walk/code")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "file", "weir: 1\npolicy:\n  version: 2\n");
                                press(page, "Compare");
                            },
                            ".notice.bad"),
            at("/console/walk/policy/2?done=published"),
            at("/console/walk/bench?example=click").then("with the result", Visits::tryIt, "section.card"),
            at("/console/walk/bench?example=batch").then("with the result", Visits::tryIt, "section.card"),
            at("/console/walk/bench?example=call").then("with the result", Visits::tryIt, "section.card"),
            at("/console/walk/bench?example=url").then("with the result", Visits::tryIt, "section.card"),
            at("/console/walk/bench?example=html").then("with the result", Visits::tryIt, "section.card"),
            at("/console/walk/bench")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "text", "{\"type\":");
                                tryIt(page);
                            },
                            ".field .error"));

    /** What somebody sees who asks for more than the role allows: a form that no page of theirs shows. */
    static final List<Visit> REFUSED = List.of(at("/console/people")
            .then(
                    "refused",
                    page -> page.evaluate(
                            "form => { form.action = '/console/people'; form.submit(); }",
                            page.querySelector("form[action='/console/theme']")),
                    ".empty h1"));

    /** What a Developer sees to whom no environment belongs. */
    static final List<Visit> DEVELOPING = List.of(
            at("/console/changelog").then("with no environment of one's own", page -> {}, ".empty"),
            at("/console/environments/walk/history").then("with no environment of one's own", page -> {}, ".notice a"),
            at("/console/walk/policy/history").then("with no environment of one's own", page -> {}, ".notice a"));

    /** What somebody sees who has not signed in. */
    static final List<Visit> OPEN = Stream.concat(
                    Stream.of(
                            at("/console/login"),
                            at("/console/login")
                                    .then(
                                            "with an objection",
                                            page -> {
                                                fill(page, "login", "nobody");
                                                fill(page, "password", "nothing");
                                                press(page, "Sign in");
                                            },
                                            ".notice.bad"),
                            at("/console/signed-out"),
                            at("/console/join").answered(404),
                            at("/console/join?token={join}"),
                            at("/console/join?token={join}")
                                    .then(
                                            "with an objection",
                                            page -> {
                                                fill(page, "password", "too short");
                                                press(page, "Set the password");
                                            },
                                            ".notice.bad"),
                            at("/console/setup").answered(404)),
                    Stream.of(
                                    "/sample",
                                    "/sample/search",
                                    "/sample/sign-up",
                                    "/sample/welcome",
                                    "/sample/cart",
                                    "/sample/checkout",
                                    "/sample/thanks",
                                    "/sample/account/83920017",
                                    "/sample/app",
                                    "/sample/app/checkout")
                            .map(Visit::at))
            .toList();

    /** Seen only while there is no Admin. */
    static final List<Visit> SET_UP = List.of(
            at("/console/setup?token={setup}"),
            at("/console/setup?token={setup}")
                    .then(
                            "with an objection",
                            page -> {
                                fill(page, "name", "Ada");
                                fill(page, "login", "ada");
                                fill(page, "password", "too short");
                                press(page, "Create the Admin");
                            },
                            ".notice.bad"));

    private static void lookUp(Page page) {
        page.locator("#name").fill("heron-1");
        press(page, "Look up");
    }

    private Visits() {}

    static List<Visit> all() {
        return Stream.of(CONSOLE, EDITING, REFUSED, DEVELOPING, OPEN, SET_UP)
                .flatMap(List::stream)
                .toList();
    }

    private static void invite(Page page, String login) {
        fill(page, "name", "Walker");
        page.locator("form[action='/console/people'] input[name=login]").fill(login);
        press(page, "Create the link");
    }

    private static void tryIt(Page page) {
        press(page, "Try it");
    }

    private static void fill(Page page, String name, String text) {
        page.locator("main [name='" + name + "']").last().fill(text);
    }

    private static void press(Page page, String name) {
        page.locator("main")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name))
                .last()
                .click();
    }
}
