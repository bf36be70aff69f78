package dev.weir.web;

import dev.weir.web.Places.Place;
import dev.weir.web.SignedIn.Person;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the layout shows around a page: person, environments, rail, theme. Reads the request; never decides who may do what. */
@Named("shell")
@RequestScoped
public class Shell {

    public static final String THEME_COOKIE = "weir-theme";
    public static final String PLACE_COOKIE = "weir-environment";
    public static final Set<String> THEMES = Set.of("auto", "light", "dark");

    private static final String ROOT = "/console";

    private final HttpServerRequest request;
    private final Assets assets;
    private final Instance<SignedIn> signedIn;
    private final Instance<Places> places;
    private final Instance<Navigation> navigation;
    private final Instance<Alarms> alarms;

    private boolean asked;
    private @Nullable Person person;
    private @Nullable List<Place> all;
    private @Nullable List<Alarms.Alarm> ringing;

    Shell(
            HttpServerRequest request,
            Assets assets,
            Instance<SignedIn> signedIn,
            Instance<Places> places,
            Instance<Navigation> navigation,
            Instance<Alarms> alarms) {
        this.request = request;
        this.assets = assets;
        this.signedIn = signedIn;
        this.places = places;
        this.navigation = navigation;
        this.alarms = alarms;
    }

    /** One entry as the rail shows it. */
    public record Entry(String label, String href, String icon, boolean active) {}

    /** Entries that stand together; {@code label} is empty where they need no heading. */
    public record Section(String label, List<Entry> entries) {}

    /** One environment of the switcher, with the address of this same page there. */
    public record Choice(Place place, String href, boolean current) {}

    /** {@code auto} follows the reader's system. */
    public String theme() {
        var cookie = request.getCookie(THEME_COOKIE);
        return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : "auto";
    }

    /** Changes with every change of the style sheet or the script, so that they may be cached for long. */
    public String assets() {
        return assets.version();
    }

    public @Nullable Person person() {
        if (!asked) {
            asked = true;
            person = signedIn.isResolvable() ? signedIn.get().person().orElse(null) : null;
        }
        return person;
    }

    /** From now on shows nothing that would have to be asked for: no person, no rail. For the page that says what has failed. */
    void standAlone() {
        asked = true;
        person = null;
        all = List.of();
    }

    /** What everybody who has signed in is to see on every page. */
    public List<Alarms.Alarm> alarms() {
        if (ringing == null) {
            ringing = person() == null
                    ? List.of()
                    : alarms.stream().flatMap(one -> one.alarms().stream()).toList();
        }
        return ringing;
    }

    public boolean is(String role) {
        var someone = person();
        return someone != null && someone.roles().contains(role);
    }

    /** "Admin, Auditor". */
    public String roles() {
        var someone = person();
        return someone == null
                ? ""
                : someone.roles().stream()
                        .map(role -> role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    public List<Place> places() {
        if (all == null) {
            all = places.isResolvable() && person() != null
                    ? List.copyOf(places.get().places())
                    : List.of();
        }
        return all;
    }

    /** The environment of the address; else the one looked at last; else the first. */
    public @Nullable Place place() {
        return inAddress()
                .flatMap(at -> named(segments().get(at)))
                .or(() -> named(String.valueOf(request.getParam("environment"))))
                .or(() -> Optional.ofNullable(request.getCookie(PLACE_COOKIE)).flatMap(c -> named(c.getValue())))
                .or(() -> places().stream().findFirst())
                .orElse(null);
    }

    public List<Choice> choices() {
        var here = place();
        return places().stream()
                .map(place -> new Choice(place, there(place), place.equals(here)))
                .toList();
    }

    /** The rail, from the top. */
    public List<Section> sections() {
        var items = items();
        var active = active(items);
        return Stream.of(NavigationItem.Group.values())
                .map(group -> new Section(
                        group.label(),
                        items.stream()
                                .filter(item -> item.group() == group)
                                .map(item -> new Entry(
                                        item.label(),
                                        href(item),
                                        item.icon(),
                                        href(item).equals(active)))
                                .toList()))
                .filter(section -> !section.entries().isEmpty())
                .toList();
    }

    private List<NavigationItem> items() {
        var here = place();
        return navigation.stream()
                .flatMap(feature -> feature.items().stream())
                .filter(item -> item.roles().isEmpty() || item.roles().stream().anyMatch(this::is))
                .filter(item -> here != null || !item.needsEnvironment())
                .sorted(Comparator.comparingInt(NavigationItem::order))
                .toList();
    }

    private String href(NavigationItem item) {
        var here = place();
        return item.path()
                .replace(
                        NavigationItem.ENVIRONMENT,
                        here == null ? "" : here.key().value());
    }

    /** The longest address that this page lies under; empty where there is none. */
    private String active(List<NavigationItem> items) {
        return items.stream()
                .map(this::href)
                .filter(this::under)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    /** This page's path and query, for forms that come back here; what answers a form has no address to come back to. */
    public String here() {
        return request.method().equals(HttpMethod.GET) ? request.uri() : nearest();
    }

    /** The page of the rail that this one belongs to. */
    private String nearest() {
        var active = active(items());
        return active.isEmpty() ? ROOT : active;
    }

    /** This page in another environment: what lies deeper, as one revision, is not there. */
    private String there(Place place) {
        var segments = segments();
        return inAddress()
                .map(at -> at == 1 && segments.size() > 2
                        ? ROOT + "/" + place.key() + "/" + segments.get(2)
                        : "/" + String.join("/", segments.subList(0, at)) + "/" + place.key())
                .orElseGet(() -> nearest() + "?environment=" + place.key());
    }

    /** Which segment names an environment: {@code /console/production/live}, {@code /console/environments/production}. */
    private Optional<Integer> inAddress() {
        var segments = segments();
        return Stream.of(1, 2)
                .filter(at -> at < segments.size() && named(segments.get(at)).isPresent())
                .findFirst();
    }

    /** Every page lies under the root, which is an entry of its own all the same. */
    private boolean under(String address) {
        var path = request.path();
        return path.equals(address) || (!address.equals(ROOT) && path.startsWith(address + "/"));
    }

    private Optional<Place> named(String key) {
        return places().stream()
                .filter(place -> place.key().value().equals(key))
                .findFirst();
    }

    /** {@code /console/production/live} gives console, production, live. */
    private List<String> segments() {
        return List.of(request.path().substring(1).split("/", -1));
    }
}
