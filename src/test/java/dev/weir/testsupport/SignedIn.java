package dev.weir.testsupport;

import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.Cookie;
import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.restassured.RestAssured;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Somebody who has signed in through the real form with a real local account. Speaks HTTP as the console's pages do: it carries the
 * session and the form token, so tests never switch a check off.
 *
 * <pre>{@code
 * SignedIn.as(Role.ADMIN).request().formParam("name", "Shop").post("/console/environments");
 * Page page = SignedIn.as(Role.AUDITOR).browser().newPage();   // Chromium, base address set
 * }</pre>
 */
public final class SignedIn {

    public static final String PASSWORD = "correct horse of the weir";

    private static final Pattern TOKEN = Pattern.compile("wpt_[A-Za-z0-9_-]{43}");

    private final String login;
    private final String session;
    private final String csrf;

    private SignedIn(String login, String session, String csrf) {
        this.login = login;
        this.session = session;
        this.csrf = csrf;
    }

    /** A person of this role, the same one each time, in a session of its own. */
    public static SignedIn as(String role) {
        var login = "test-" + role;
        account(login, "Test " + role.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + role.substring(1), role);
        return signIn(login, PASSWORD);
    }

    public static SignedIn signIn(String login, String password) {
        var page = anonymous().get("/console/login");
        var csrf = page.cookie("weir_csrf");
        var answer = anonymous()
                .cookie("weir_csrf", csrf)
                .formParam("csrf-token", csrf)
                .formParam("login", login)
                .formParam("password", password)
                .post("/console/login");
        if (answer.statusCode() != 303) {
            throw new AssertionError("signing in was answered " + answer.statusCode());
        }
        return new SignedIn(login, answer.cookie("weir_session"), csrf);
    }

    /** A request of nobody, that follows no redirect. */
    public static RequestSpecification anonymous() {
        return given().config(RestAssuredConfig.config()
                .redirect(RedirectConfig.redirectConfig().followRedirects(false)));
    }

    /** A request with session and form token, that follows no redirect. */
    public RequestSpecification request() {
        return anonymous()
                .cookie("weir_session", session)
                .cookie("weir_csrf", csrf)
                .header("X-CSRF-TOKEN", csrf);
    }

    /** A new token for a program of this person's, by the form that people use. */
    public String token(String name, String scope) {
        var page = request()
                .formParam("name", name)
                .formParam("scope", scope)
                .formParam("days", "7")
                .post("/console/account/tokens")
                .asString();
        var secret = TOKEN.matcher(page);
        if (!secret.find()) {
            throw new AssertionError("no token was made");
        }
        return secret.group();
    }

    /** A Chromium window of this person's; close it after use. Addresses may be relative. */
    public BrowserContext browser() {
        return browser(Chromium.shared());
    }

    /** The same in this Chromium. */
    public BrowserContext browser(Browser chromium) {
        var context = chromium.newContext(new Browser.NewContextOptions().setBaseURL(base()));
        context.addCookies(List.of(
                new Cookie("weir_session", session).setUrl(base() + "/console").setHttpOnly(true),
                new Cookie("weir_csrf", csrf).setUrl(base() + "/console").setHttpOnly(true)));
        return context;
    }

    /** {@code http://host:port} of the Weir under test. */
    public static String base() {
        var base = URI.create(RestAssured.baseURI);
        return base.getPort() > 0
                ? base.getScheme() + "://" + base.getAuthority()
                : base.getScheme() + "://" + base.getHost() + ":" + RestAssured.port;
    }

    public String login() {
        return login;
    }

    public String session() {
        return session;
    }

    /** Makes the account, with {@link #PASSWORD}, unless it is there; a cheap hash, so that signing in is quick. */
    public static void account(String login, String name, String role) {
        var hash = BcryptUtil.bcryptHash(sha256(PASSWORD), 4);
        AgroalDataSource source =
                Arc.container().instance(AgroalDataSource.class).get();
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(
                        "insert into account (id, login, name, role, password_hash, disabled, created_at)"
                                + " values (?, ?, ?, ?, ?, false, ?) on conflict do nothing")) {
            statement.setString(1, UUID.randomUUID().toString());
            statement.setString(2, login);
            statement.setString(3, name);
            statement.setString(4, role);
            statement.setString(5, hash);
            statement.setObject(6, OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError("no account could be made", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
