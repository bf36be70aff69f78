package dev.weir.access;

import dev.weir.kernel.CanonicalJson;
import io.quarkus.elytron.security.common.BcryptUtil;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a password may be and how it is kept: bcrypt over a SHA-256, because bcrypt itself reads 72 bytes only. Long is good; no
 * rule about kinds of characters; what everybody tries first is refused.
 */
final class Passwords {

    static final int SHORTEST = 12;
    static final int LONGEST = 128;

    private static final int COST = 12;

    /** Verified against when there is nothing to verify against, so that an unknown login takes as long as a known one. */
    private static final String NOBODYS = BcryptUtil.bcryptHash("nobody has this password", COST);

    /** What most guessed passwords are made of, after digits and signs are taken away and letters put back for look-alikes. */
    private static final List<String> USUAL = List.of(
            "password",
            "passwort",
            "passw",
            "pass",
            "secret",
            "geheim",
            "welcome",
            "willkommen",
            "letmein",
            "changeme",
            "default",
            "admin",
            "administrator",
            "root",
            "user",
            "login",
            "test",
            "guest",
            "master",
            "super",
            "hello",
            "hallo",
            "iloveyou",
            "love",
            "sunshine",
            "princess",
            "dragon",
            "monkey",
            "shadow",
            "football",
            "baseball",
            "soccer",
            "superman",
            "batman",
            "trustno",
            "starwars",
            "pokemon",
            "whatever",
            "freedom",
            "computer",
            "internet",
            "samsung",
            "google",
            "michael",
            "jordan",
            "jennifer",
            "charlie",
            "qwerty",
            "qwertz",
            "azerty",
            "qwertyuiop",
            "qwertzuiop",
            "asdf",
            "asdfgh",
            "asdfghjkl",
            "zxcvbn",
            "zxcvbnm",
            "yxcvbnm",
            "qazwsx",
            "qazwsxedc",
            "abc",
            "abcd",
            "abcdef",
            "abcdefgh",
            "summer",
            "winter",
            "spring",
            "autumn",
            "january",
            "monday",
            "company",
            "server",
            "weir",
            "analytics",
            "governance",
            "my",
            "the",
            "is",
            "new",
            "old",
            "your",
            "i",
            "you",
            "me",
            "a",
            "x");

    private static final Pattern MADE_OF_USUAL = Pattern.compile("(?:" + String.join("|", USUAL) + ")*");
    private static final Pattern REPEATED = Pattern.compile("(.{1,6}?)\\1+.{0,5}");
    private static final Pattern NOT_A_LETTER = Pattern.compile("[^\\p{L}]");
    private static final Pattern ENDS = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");
    private static final int STEPS_OF_A_SEQUENCE = 8;

    private Passwords() {}

    static String hash(String password) {
        return hash(password, COST);
    }

    /** Tests use a lower cost; what is kept names its own. */
    static String hash(String password, int cost) {
        return BcryptUtil.bcryptHash(prepared(password), cost);
    }

    static boolean matches(String password, @Nullable String hash) {
        boolean same = BcryptUtil.matches(prepared(password), hash == null ? NOBODYS : hash);
        return same && hash != null;
    }

    /** Why this can't be somebody's password, in words; empty when it can. */
    static Optional<String> objection(String password, String login) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return Optional.of("Use at least " + SHORTEST + " characters. A few words in a row are easy to remember.");
        }
        if (length > LONGEST) {
            return Optional.of("Use at most " + LONGEST + " characters.");
        }
        var lower = password.toLowerCase(Locale.ROOT);
        if (lower.contains(login.toLowerCase(Locale.ROOT)) && login.length() > 2) {
            return Optional.of("The password must not contain the sign-in name.");
        }
        if (usual(lower) || REPEATED.matcher(lower).matches() || sequence(lower)) {
            return Optional.of("This is among the first passwords that anybody would try. Use something of your own.");
        }
        return Optional.empty();
    }

    private static boolean usual(String lower) {
        var letters = NOT_A_LETTER.matcher(lookAlikes(lower)).replaceAll("");
        var plain = NOT_A_LETTER.matcher(lower).replaceAll("");
        // What is hung on in front or behind stands for no letter: P@ssw0rd12345.
        var core = NOT_A_LETTER
                .matcher(lookAlikes(ENDS.matcher(lower).replaceAll("")))
                .replaceAll("");
        return MADE_OF_USUAL.matcher(letters).matches()
                || MADE_OF_USUAL.matcher(plain).matches()
                || MADE_OF_USUAL.matcher(core).matches();
    }

    private static String lookAlikes(String lower) {
        return lower.replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('5', 's')
                .replace('7', 't')
                .replace('@', 'a')
                .replace('$', 's')
                .replace('!', 'i');
    }

    /** Whether most of it runs up or down one by one: {@code 1234567890ab}. */
    private static boolean sequence(String lower) {
        int steps = 0;
        for (int i = 1; i < lower.length(); i++) {
            if (Math.abs(lower.charAt(i) - lower.charAt(i - 1)) == 1) {
                steps++;
            }
        }
        return steps >= STEPS_OF_A_SEQUENCE && steps * 3 >= (lower.length() - 1) * 2;
    }

    private static String prepared(String password) {
        return CanonicalJson.sha256(Normalizer.normalize(password, Normalizer.Form.NFC));
    }
}
