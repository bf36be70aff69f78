package dev.weir.testsupport;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the page that is open, as it stands: light on a desk, then dark on a phone, without loading it again. The themes follow
 * the system's where nobody has chosen one, and a choice sets nothing but the same {@code color-scheme} ({@code weir.css}).
 *
 * <p>With {@code -Dpictures} there are all four looks, and each is kept for eyes in {@code target/pictures}; else only what has
 * something wrong is.
 */
public final class Axe {

    private static final String SCRIPT = script();

    /** All of axe's rules. What is folded is opened first, menus over the page excepted; `menus` opens just those. */
    private static final String OPEN = """
            menus => document.querySelectorAll('details').forEach(d => {
              if (d.matches('.pop, .phone-menu') == menus) d.open = true;
            })
            """;

    /** Of what passes nothing is written down, and style sheets are not parsed once more: no rule that is on asks for them. */
    private static final String LOOK = """
            async () => (await axe.run({reporter: 'no-passes', resultTypes: ['violations'], preload: {assets: ['media']}})).violations.map(
              v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' · '))
            """;

    private static final boolean PICTURES = System.getProperty("pictures") != null;

    private record Look(ColorScheme theme, int width) {
        String words() {
            return (theme == ColorScheme.LIGHT ? "light-" : "dark-") + width;
        }
    }

    private static final List<Look> LOOKS = PICTURES
            ? List.of(
                    new Look(ColorScheme.LIGHT, 1280),
                    new Look(ColorScheme.DARK, 1280),
                    new Look(ColorScheme.LIGHT, 390),
                    new Look(ColorScheme.DARK, 390))
            : List.of(new Look(ColorScheme.LIGHT, 1280), new Look(ColorScheme.DARK, 390));

    private Axe() {}

    /** What is wrong, in words; empty when nothing is. */
    public static List<String> look(Page page, String name) {
        return look(page, name, false);
    }

    /** As {@link #look}, with the menus over the page open. */
    public static List<String> lookAtMenus(Page page, String name) {
        return look(page, name, true);
    }

    private static List<String> look(Page page, String name, boolean menus) {
        var wrong = new ArrayList<String>();
        page.evaluate(SCRIPT);
        page.evaluate(OPEN, menus);
        for (Look look : LOOKS) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.theme()));
            page.setViewportSize(look.width(), 900);
            var found = new ArrayList<String>();
            for (Object violation : (List<?>) page.evaluate(LOOK)) {
                found.add(name + " " + look.words() + ": " + violation);
            }
            if (!(Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")) {
                found.add(name + " " + look.words() + ": wider than the window");
            }
            if (PICTURES || !found.isEmpty()) {
                picture(page, name + " " + look.words());
            }
            wrong.addAll(found);
        }
        return wrong;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "pictures", name.replaceAll("[^A-Za-z0-9]+", "-") + ".png"))
                .setFullPage(true));
    }

    private static String script() {
        try (var in = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new AssertionError("axe-core is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
