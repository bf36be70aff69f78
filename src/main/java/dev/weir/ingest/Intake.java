package dev.weir.ingest;

import dev.weir.kernel.AppId;
import dev.weir.kernel.CanonicalJson;
import dev.weir.policy.Circumstances;
import dev.weir.policy.GovernedApp;
import dev.weir.policy.PublishedPolicies;
import dev.weir.store.Batch;
import dev.weir.store.Disposition;
import dev.weir.store.Journal;
import dev.weir.store.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The road of one request: bytes, JSON, App ID, key, rate, entries, policy, store. Nothing that came in is logged or named in an
 * answer on the way.
 */
@ApplicationScoped
class Intake {

    private static final int PER_DEVICE = 10;

    /** So many bytes count as one event more: about what an event of a browser has. */
    private static final int BYTES_OF_ONE = 2_000;

    private final PublishedPolicies policies;
    private final Journal journal;
    private final Counting counting;
    private final Clock clock;
    private final IngestConfig config;
    private final RateLimits rates;
    private final Shares shares;
    private final Map<Endpoint, Shape> shapes = new EnumMap<>(Endpoint.class);

    Intake(
            PublishedPolicies policies,
            Journal journal,
            Counting counting,
            Clock clock,
            IngestConfig config,
            Workers workers) {
        this.policies = policies;
        this.journal = journal;
        this.counting = counting;
        this.clock = clock;
        this.config = config;
        for (Endpoint endpoint : Endpoint.values()) {
            shapes.put(endpoint, endpoint.decoder().request(config.bulkEntries()));
        }
        this.rates = new RateLimits(clock, config.rate());
        int most = Math.max(1, Math.min(config.workersPerApp(), config.workers() - 1));
        this.shares = new Shares(workers, most, config.waitingPerApp());
    }

    String ratePolicy() {
        return rates.policy();
    }

    /** Whether judging a request now would be for nothing. */
    boolean full() {
        return journal.full();
    }

    /** Answers after the commit. */
    CompletionStage<Reply> take(Request request, byte[] sent) {
        return take(new Turn(request, sent, false));
    }

    /** A request on its way; {@code entered} once its App ID has room for it. */
    private static final class Turn {
        private final Request request;
        private final byte[] sent;
        private final boolean entered;

        Turn(Request request, byte[] sent, boolean entered) {
            this.request = request;
            this.sent = sent;
            this.entered = entered;
        }
    }

    private CompletionStage<Reply> take(Turn turn) {
        return inflated(turn.request, turn.sent)
                .match(bytes -> json(turn, bytes), why -> CompletableFuture.completedFuture(Reply.no(why)));
    }

    private Inflater.Inflated inflated(Request request, byte[] sent) {
        var encoding = request.contentEncoding();
        boolean named = encoding != null && (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"));
        if (encoding != null && !named && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            return new Inflater.Inflated.No(Refused.ENCODING);
        }
        if (!named && !Inflater.looksGzipped(sent)) {
            return new Inflater.Inflated.Bytes(ByteBuffer.wrap(sent));
        }
        int limit = request.endpoint().door().browser() ? config.collectBytes() : config.serverInflatedBytes();
        return new Inflater(limit, config.inflatedRatio()).inflate(sent);
    }

    private CompletionStage<Reply> json(Turn turn, ByteBuffer bytes) {
        int size = bytes.remaining();
        return Json.object(bytes, shape(turn.request.endpoint()))
                .map(body -> body(turn, body, size))
                .orElseGet(() -> refuse(Refused.NOT_JSON));
    }

    private Shape shape(Endpoint endpoint) {
        return Objects.requireNonNull(shapes.get(endpoint));
    }

    private CompletionStage<Reply> body(Turn turn, Sent body, int size) {
        if (!policies.loaded()) {
            return refuse(Refused.busy(Duration.ofSeconds(5)));
        }
        var digits = digits(turn.request, body);
        if (digits == null) {
            return refuse(Refused.invalid("app_id"));
        }
        var app = AppId.valid(digits) ? policies.governing(new AppId(digits)) : Optional.<GovernedApp>empty();
        return app.map(known -> governed(turn, body, known, size)).orElseGet(() -> refuse(Refused.UNKNOWN_APP));
    }

    /** In the address for browsers, in the body for servers, where clients of Segment have it. */
    private static @Nullable String digits(Request request, Sent body) {
        var inPath = request.app();
        if (inPath != null) {
            return inPath;
        }
        boolean segment = request.endpoint().decoder() instanceof SegmentDecoder;
        var basic = segment ? request.basicUser() : Optional.<String>empty();
        return basic.orElseGet(() -> Fields.name(body.get(segment ? "writeKey" : "app_id"), Limits.IDENTITY));
    }

    /** What a request takes of the rate: judging costs by the length of what is looked at as well as by the number of events. */
    private static int cost(int events, int bytes) {
        return Math.max(1, Math.max(events, bytes / BYTES_OF_ONE));
    }

    private CompletionStage<Reply> governed(Turn turn, Sent body, GovernedApp app, int size) {
        var request = turn.request;
        boolean browser = request.endpoint().door().browser();
        boolean authentic = authentic(request, app);
        if (!browser && !authentic) {
            return refuse(Refused.NO_KEY);
        }
        var entries = entries(request.endpoint().decoder(), body);
        if (entries == null) {
            return refuse(Refused.invalid(request.endpoint().decoder().bulk()));
        }
        int cost = cost(entries.size(), size);
        var rate = rates.take(app.app(), request.address(), cost);
        if (!rate.passes()) {
            return tooFast(rate);
        }
        if (turn.entered) {
            return decoded(request, body, app, entries, cost, rate);
        }
        if (shares.enter(app.app())) {
            try {
                return decoded(request, body, app, entries, cost, rate);
            } finally {
                shares.leave(app.app());
            }
        }
        rates.giveBack(app.app(), request.address(), cost);
        var turnToCome = new Turn(request, turn.sent, true);
        return shares.later(app.app(), () -> take(turnToCome))
                .orElseGet(() ->
                        CompletableFuture.completedFuture(new Reply.Not(Refused.busy(Duration.ofSeconds(1)), rate)));
    }

    private static CompletionStage<Reply> tooFast(RateLimits.Standing rate) {
        return CompletableFuture.completedFuture(new Reply.Not(Refused.tooFast(rate.stopping(), rate.delay()), rate));
    }

    /** Whether the request carries the key that the App ID requires, if it requires one. */
    private static boolean authentic(Request request, GovernedApp app) {
        if (app.serverKeyHash().isEmpty()) {
            return true;
        }
        var given = CanonicalJson.sha256(request.key().orElse("")).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(given, app.serverKeyHash().get().getBytes(StandardCharsets.US_ASCII));
    }

    /** The entries of a bulk request, or the body itself; null when the member that should hold them is no array. */
    private static @Nullable List<?> entries(Decoder decoder, Sent body) {
        if (!body.has(decoder.bulk())) {
            return decoder.single() ? List.of(body) : null;
        }
        return body.get(decoder.bulk()) instanceof List<?> list ? list : null;
    }

    private CompletionStage<Reply> decoded(
            Request request, Sent body, GovernedApp app, List<?> entries, int cost, RateLimits.Standing before) {
        var now = clock.instant();
        var decoder = request.endpoint().decoder();
        boolean bulk = body.has(decoder.bulk());
        var items = new ArrayList<Item>(entries.size());
        for (Object entry : entries) {
            boolean beyond = items.size() >= config.bulkEntries();
            items.add(
                    beyond ? new Item.Bad(Refusal.TOO_MANY, decoder.bulk()) : decoder.item(Sent.of(entry), body, now));
        }
        if (!bulk && items.get(0) instanceof Item.Bad bad) {
            return refuse(Refused.invalid(bad.field()));
        }
        var rate = rates.take(before, app.app(), users(items));
        if (!rate.passes()) {
            rates.giveBack(app.app(), request.address(), cost);
            return tooFast(rate);
        }
        var objection = objection(request, app);
        var door = request.endpoint().door();
        var judging = new Judging(app.policy(), circumstances(request, body), door, objection, now);
        var judged = items.stream().map(judging::entry).toList();
        var batch = new Batch(
                app.app(),
                app.revision(),
                door,
                now,
                stale(request, body, app),
                perDevice(app),
                lost(request, body, objection != null),
                judged);
        // Only who holds the App ID's key is told how the rules were applied; whoever comes here had the right one.
        boolean explain = request.explain()
                && !request.endpoint().door().browser()
                && app.serverKeyHash().isPresent();
        return stored(batch, explain, rate);
    }

    /** How many events each user of a request has. Who sends without a name is held to the limits of App ID and address alone. */
    private static Map<String, Integer> users(List<Item> items) {
        var users = new HashMap<String, Integer>();
        for (Item item : items) {
            if (item instanceof Item.Good good) {
                var identity = good.event().identity();
                var user = identity == null ? good.who().userId() : identity;
                if (user != null) {
                    users.merge(user, 1, Integer::sum);
                }
            }
        }
        return users;
    }

    private CompletionStage<Reply> stored(Batch batch, boolean explain, RateLimits.Standing rate) {
        return journal.append(batch)
                .thenApply(appended -> appended.match(
                        committed -> taken(batch, committed.dispositions(), explain, rate),
                        unavailable -> new Reply.Not(Refused.busy(unavailable.retryAfter()), rate)));
    }

    private Reply taken(Batch batch, List<Disposition> dispositions, boolean explain, RateLimits.Standing rate) {
        counting.counted(batch, dispositions);
        return new Reply.Taken(dispositions, explain, rate);
    }

    private static Circumstances circumstances(Request request, Sent body) {
        if (!request.endpoint().door().browser()) {
            return Circumstances.SERVER;
        }
        return new Circumstances(Judging.consent(Fields.text(body.get("consent"), Limits.ID)), request.gpc());
    }

    private static @Nullable String objection(Request request, GovernedApp app) {
        return request.endpoint().door().browser()
                ? Fence.objection(app, request.origin(), request.authority()).orElse(null)
                : null;
    }

    private static boolean stale(Request request, Sent body, GovernedApp app) {
        return request.endpoint().door().browser() && !app.revision().hash().equals(body.get("policy"));
    }

    /** What the collector says it could not keep. A page that is not admitted could say anything. */
    private static int lost(Request request, Sent body, boolean fenced) {
        boolean believed = request.endpoint().door().browser() && !fenced;
        return believed ? (int) Math.max(0, Math.min(Limits.LOST, Fields.number(body.get("lost")))) : 0;
    }

    private static int perDevice(GovernedApp app) {
        var identity = app.policy().document().json().get("identity");
        var given = identity instanceof Map<?, ?> map ? map.get("perDevice") : null;
        return given instanceof Number number ? number.intValue() : PER_DEVICE;
    }

    private CompletionStage<Reply> refuse(Refused why) {
        return CompletableFuture.completedFuture(Reply.no(why));
    }
}
