package dev.weir.privacy;

import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Finding;
import dev.weir.policy.Reason;
import dev.weir.policy.Verdict;
import dev.weir.privacy.BenchView.Result;
import dev.weir.privacy.BenchView.Step;
import dev.weir.privacy.Pasted.Kind;
import dev.weir.privacy.PastedEvent.Unreadable;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The test bench: what would become of this? The answer is made by the engine that enforces. Nothing pasted is logged or stored. */
@Path("/console/{environment}/bench")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class BenchPages {

    @CheckedTemplate(basePath = "privacy")
    record bench(BenchView page) implements TemplateInstance {}

    private static final int UNPROCESSABLE = 422;

    /** Hashes on the bench differ from those in production on purpose: nobody can look up a person with them. */
    private static final byte[] BENCH_KEY = "the test bench has a key of its own".getBytes(StandardCharsets.UTF_8);

    private final Drafts drafts;
    private final Instance<InForce> published;
    private final Environments environments;

    BenchPages(Drafts drafts, Instance<InForce> published, Environments environments) {
        this.drafts = drafts;
        this.published = published;
        this.environments = environments;
    }

    @GET
    public TemplateInstance bench(@RestPath String environment, @RestQuery @DefaultValue("") String example) {
        var chosen = BenchExamples.named(example);
        return new bench(view(
                environment,
                new Asked(
                        "draft",
                        chosen.map(BenchView.Example::kind).orElse("json"),
                        "",
                        "granted",
                        false,
                        chosen.map(BenchView.Example::text).orElse("")),
                "",
                List.of()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response bench(
            @RestPath String environment,
            @RestForm @DefaultValue("draft") String policy,
            @RestForm @DefaultValue("json") String kind,
            @RestForm @DefaultValue("") String selector,
            @RestForm @DefaultValue("granted") String consent,
            @RestForm @DefaultValue("") String gpc,
            @RestForm @DefaultValue("") String text) {
        var asked = new Asked(policy, kind, selector.strip(), consent, !gpc.isEmpty(), text);
        try {
            var samples = Pasted.read(asked.pastedKind(), text, asked.selector());
            return Response.ok(new bench(view(environment, asked, "", samples))).build();
        } catch (Unreadable e) {
            return Response.status(UNPROCESSABLE)
                    .entity(new bench(view(environment, asked, String.valueOf(e.getMessage()), List.of())))
                    .build();
        }
    }

    /** What the form says. */
    private record Asked(String policy, String kind, String selector, String consent, boolean gpc, String text) {

        Kind pastedKind() {
            return switch (kind) {
                case "url" -> Kind.URL;
                case "html" -> Kind.HTML;
                default -> Kind.JSON;
            };
        }

        Circumstances circumstances() {
            return new Circumstances(
                    switch (consent) {
                        case "denied" -> Circumstances.Consent.DENIED;
                        case "unknown" -> Circumstances.Consent.UNKNOWN;
                        default -> Circumstances.Consent.GRANTED;
                    },
                    gpc);
        }
    }

    private BenchView view(String key, Asked asked, String error, List<Pasted.Sample> samples) {
        Environment at = environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
        var draft = drafts.of(at.key());
        var now = published.get().inForce(at.key()).orElseThrow(() -> Problem.notFound("No policy is in force here."));
        var document = asked.policy().equals("inforce") ? now.document() : draft.document();
        var engine = CompiledPolicy.of(document, BENCH_KEY);
        var results = samples.stream()
                .limit(Pasted.EVENTS)
                .map(sample -> result(at.key(), sample, engine.judge(sample.event(), asked.circumstances())))
                .toList();
        return new BenchView(
                at.key(),
                at.name(),
                draft,
                now.number(),
                !draft.document().canonical().equals(now.document().canonical()),
                asked.policy(),
                asked.kind(),
                asked.selector(),
                asked.consent(),
                asked.gpc(),
                asked.text(),
                error,
                results,
                Math.max(0, samples.size() - Pasted.EVENTS));
    }

    private static Result result(EnvironmentKey environment, Pasted.Sample sample, Verdict verdict) {
        var steps = verdict.findings().stream()
                .map(finding -> Step.of(environment, finding))
                .toList();
        var before = Pasted.pretty(sample.event());
        return verdict.match(
                kept -> new Result(
                        sample.title(),
                        steps.isEmpty() ? "kept" : "redacted",
                        steps.isEmpty() ? "Kept as it is." : "Kept, after what is listed here.",
                        before,
                        Pasted.pretty(kept.event()),
                        steps),
                aside -> new Result(
                        sample.title(),
                        "quarantined",
                        ReasonWords.of(aside.reason()),
                        before,
                        Pasted.pretty(aside.event()),
                        steps),
                dropped -> new Result(
                        sample.title(),
                        "dropped",
                        ReasonWords.of(dropped.reason()),
                        before,
                        "",
                        steps.isEmpty() ? List.of(step(environment, dropped.reason())) : steps));
    }

    private static Step step(EnvironmentKey environment, Reason reason) {
        return Step.of(environment, new Finding(reason, "", reason.name().toLowerCase(Locale.ROOT)));
    }
}
