package dev.weir.collector;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A page with a secret in every channel by which a page can give one away, and a visitor who uses all of it. */
final class CanaryPage {

    /** What the balanced preset lets through, and nothing else: the visible text of buttons and links, and the title. */
    static final Set<String> BALANCED = Set.of(
            "title",
            "text of a button",
            "text of a link",
            "text of role=button",
            "text of role=tab",
            "text of a summary",
            "text of a button in a shadow tree",
            "slotted text of a button");

    static final Map<String, String> SECRETS = secrets();

    private CanaryPage() {}

    private static Map<String, String> secrets() {
        var secrets = new LinkedHashMap<String, String>();
        // The documented set.
        secrets.put("title", "Sekretitle");
        secrets.put("text of a button", "SekretMainButton");
        secrets.put("text of a link", "SekretLinkText");
        secrets.put("text of role=button", "SekretRoleButton");
        secrets.put("text of role=tab", "SekretTab");
        secrets.put("text of a summary", "SekretSummary");
        secrets.put("text of a button in a shadow tree", "SekretShadowButton");
        secrets.put("slotted text of a button", "SekretSlotted");
        // Values.
        for (String channel : List.of(
                "Prefilled",
                "Typed",
                "HiddenValue",
                "HiddenSet",
                "Checkbox",
                "Radio",
                "Filename",
                "Submit",
                "ButtonValue",
                "ResetValue",
                "AreaDefault",
                "AreaTyped",
                "OptionValue",
                "OptionText",
                "MultipleValue",
                "MultipleText",
                "Datalist",
                "Group",
                "Output",
                "Progress",
                "Password1",
                "Shown",
                "Otp",
                "Autofill",
                "Searched",
                "ShadowTyped",
                "EditableText",
                "EditableLink",
                "EditableButton",
                "EditableTyped",
                "Range")) {
            secrets.put("value " + channel, "Sekret" + channel);
        }
        secrets.put("value of an e-mail field", "s11@canary.example");
        secrets.put("value of a phone field", "+14155552674");
        secrets.put("value of an address field", "https://sekreturl.example/");
        secrets.put("value of a number field", "918273645");
        secrets.put("value of a date field", "1961-03-07");
        secrets.put("value of a card field", "5555555555554444");
        // Attributes.
        for (String channel : List.of(
                "Placeholder",
                "TitleAttribute",
                "AriaLabel",
                "AriaDescription",
                "ImageAlt",
                "ImageSrc",
                "FormAction",
                "FormData",
                "LinkImage",
                "LinkTitle",
                "LinkData",
                "Ping",
                "DataAttribute",
                "InlineStyle",
                "Poster",
                "Alt",
                "Srcset",
                "Cite",
                "ShadowTitle",
                "Body",
                "RowScript",
                "Onclick",
                "FrameSrc",
                "FrameTitle",
                "RedactedName",
                "RedactedTestId")) {
            secrets.put("attribute " + channel, "Sekret" + channel);
        }
        secrets.put("e-mail in an id", "s07@canary.example");
        secrets.put("e-mail in a class", "s08@canary.example");
        secrets.put("e-mail in a frame's name", "s20@canary.example");
        secrets.put("e-mail in a name", "s09@canary.example");
        secrets.put("e-mail in a test id", "s10@canary.example");
        // Text that is neither a button's nor a link's, or is hidden, ignored or redacted.
        for (String channel : List.of(
                "Heading",
                "Paragraph",
                "Cell",
                "Item",
                "Label",
                "Legend",
                "Details",
                "RoleOption",
                "Clickable",
                "Quote",
                "ShadowText",
                "Closed",
                "SvgTitle",
                "SvgText",
                "SvgLink",
                "InnerFrame",
                "Noscript",
                "Template",
                "MetaDescription",
                "MetaUser",
                "LinkRel",
                "StyleSheet",
                "CssContent",
                "Comment",
                "Json",
                "IgnoredSpan",
                "Invisible",
                "IgnoreClass",
                "IgnoreAttribute",
                "DataIgnore",
                "NoCapture",
                "Exclude",
                "Private",
                "RedactedText")) {
            secrets.put("text " + channel, "Sekret" + channel);
        }
        // Personal data in the visible text of buttons and links, and in the title.
        secrets.put("e-mail in the title", "s01@canary.example");
        secrets.put("e-mail in a button", "s03@canary.example");
        secrets.put("e-mail in full-width characters", "ｓ０４@canary.example");
        secrets.put("card in a button", "4111 1111 1111 1111");
        secrets.put("card over two elements", "8888 1881");
        secrets.put("SSN in a button", "536-22-8917");
        secrets.put("phone in a link", "415 555 2671");
        secrets.put("IBAN in a link", "DE89 3704 0044 0532 0130 00");
        secrets.put("IP address in a link", "203.0.113.77");
        secrets.put("JWT in a link", "eyJzdWIiOiJTZWtyZXRKd3QifQ");
        // Addresses.
        for (String channel : List.of(
                "FormTarget",
                "Javascript",
                "DataUrl",
                "LinkQuery",
                "LinkEncoded",
                "LinkFragment",
                "Userinfo",
                "Userpass",
                "SvgHref",
                "PageQuery",
                "PageEncoded",
                "PageFragment",
                "ReferrerQuery",
                "RouteQuery",
                "RouteHash")) {
            secrets.put("address " + channel, "Sekret" + channel);
        }
        secrets.put("e-mail in a form's action", "s02@canary.example");
        secrets.put("mailto:", "s05@canary.example");
        secrets.put("tel:", "+14155552672");
        secrets.put("sms:", "+14155552673");
        secrets.put("number in a link's path", "8837465001");
        secrets.put("e-mail in a link's path", "s06@canary.example");
        secrets.put("token in a link's path", "9f86d081884c7d659a2feaa0c55ad015");
        secrets.put("number in the page's path", "7755331199");
        secrets.put("e-mail in the referrer's path", "s12@canary.example");
        secrets.put("number in a route's path", "6644220011");
        secrets.put("e-mail in an unlisted parameter", "s13@canary.example");
        // What the page tells on purpose.
        secrets.put("e-mail in a property", "s14@canary.example");
        secrets.put("property in a nested object", "SekretNested");
        secrets.put("e-mail in an array", "s15@canary.example");
        secrets.put("e-mail in a property's name", "s16@canary.example");
        secrets.put("e-mail in an event's name", "s17@canary.example");
        secrets.put("e-mail in a user property", "s18@canary.example");
        secrets.put("card in an event property", "4000056655665556");
        secrets.put("e-mail as identity", "s19@canary.example");
        return secrets;
    }

    /** Uses the page. Returns all that was there to be read: each secret must be in it, or its channel was not used. */
    static String visit(Site site, Page page) {
        site.pageFile("/shop/7755331199", "canary.html");
        site.page(
                "/mail/s12@canary.example",
                "<!doctype html><meta name=referrer content=unsafe-url><a href='" + site.origin()
                        + "/shop/7755331199?token=SekretPageQuery&%74oken=SekretPageEncoded&note=s13%2540canary.example#access_token=SekretPageFragment'>Go</a>");
        var seen = new StringBuilder();
        page.navigate(site.origin() + "/mail/s12@canary.example?token=SekretReferrerQuery");
        page.click("a");
        page.waitForLoadState();
        seen.append(page.evaluate("location.href + ' ' + document.referrer"));

        page.fill("#typed", "SekretTyped");
        page.fill("#email", "s11@canary.example");
        page.fill("#tel", "+14155552674");
        page.fill("#search", "SekretSearched");
        page.fill("#url", "https://sekreturl.example/");
        page.fill("#number", "918273645");
        page.fill("#date", "1961-03-07");
        page.fill("#password", "SekretPassword1");
        page.evaluate("document.querySelector('#shown').type = 'text'");
        page.fill("#shown", "SekretShown");
        page.fill("#card", "5555555555554444");
        page.fill("#otp", "SekretOtp");
        page.fill("#area", "SekretAreaTyped");
        page.selectOption("#select", "SekretOptionValue");
        page.selectOption("#multiple", "SekretMultipleValue");
        page.setInputFiles("#file", new FilePayload("SekretFilename.pdf", "application/pdf", new byte[] {1}));
        page.fill("#shadow", "SekretShadowTyped");
        page.click("#editable");
        page.keyboard().type("SekretEditableTyped");
        page.evaluate("document.querySelector('#hiddenset').value = 'SekretHiddenSet';"
                + "document.querySelector('#autofill').value = 'SekretAutofill'");
        page.frameLocator("#frame").locator("button").click();
        settle(page);
        useEverything(page);
        seen.append(page.evaluate(READ));

        page.evaluate("""
                () => {
                  tell('track', 'Order by s17@canary.example', {email: 's14@canary.example', nested: {note: 'SekretNested'},
                    list: ['s15@canary.example'], 's16@canary.example': 1});
                  tell('addUserProperties', {contact: 's18@canary.example'});
                  tell('addEventProperties', {payment: '4000056655665556'});
                  tell('identify', 's19@canary.example');
                  tell('track', 'End');
                  history.pushState({}, '', '/orders/6644220011?token=SekretRouteQuery');
                }""");
        seen.append(page.evaluate("location.href + raw.join(' ')"));
        page.evaluate("location.hash = '#/reset?token=SekretRouteHash'");
        page.locator("body > button").first().click();
        seen.append(page.evaluate("location.href"));
        page.evaluate("history.pushState({}, '', '/done')");
        settle(page);
        site.until(() -> site.received().toString().contains("/done\""), () -> "the last page");
        return seen.toString();
    }

    /** A click on every element, a change of every field, a submit of every form, wherever they are. */
    private static void useEverything(Page page) {
        int count = ((Number) page.evaluate("""
                () => {
                  const all = [];
                  const walk = root => root.querySelectorAll('*').forEach(e => { all.push(e); e.shadowRoot && walk(e.shadowRoot); });
                  walk(document);
                  window.everything = all;
                  return all.length;
                }""")).intValue();
        for (int from = 0; from < count; from += 25) {
            page.evaluate("""
                    from => everything.slice(from, from + 25).forEach(e => {
                      e.dispatchEvent(new MouseEvent('click', {bubbles: true, composed: true, cancelable: true}));
                      if (e.matches('input,select,textarea')) e.dispatchEvent(new Event('change', {bubbles: true}));
                      if (e.matches('form')) e.dispatchEvent(new SubmitEvent('submit', {bubbles: true, cancelable: true}));
                    })""", from);
            settle(page);
        }
    }

    private static void settle(Page page) {
        page.evaluate("dispatchEvent(new Event('pagehide'))");
        page.waitForFunction("!Object.keys(localStorage).some(k => k.includes('-batch-'))");
    }

    private static final String READ = """
            () => {
              const found = [document.documentElement.outerHTML, document.title, ...raw];
              const walk = root => root.querySelectorAll('*').forEach(e => {
                if (e.shadowRoot) { found.push(e.shadowRoot.innerHTML); walk(e.shadowRoot); }
                if ('value' in e) found.push(e.value);
              });
              walk(document);
              return found.join(' ') + raw.join(' ');
            }""";

    /** The channels whose secret is in a text, as it is or percent-encoded, in any case. */
    static Set<String> leaked(String text) {
        var leaked = new TreeSet<String>();
        var readable = readable(text);
        SECRETS.forEach((channel, secret) -> {
            if (readable.contains(secret.toLowerCase(Locale.ROOT))) {
                leaked.add(channel);
            }
        });
        return leaked;
    }

    /** The channels that were not used: their secret was nowhere to be read. */
    static List<String> unused(String seen) {
        var unused = new ArrayList<String>();
        var readable = readable(seen);
        SECRETS.forEach((channel, secret) -> {
            if (!readable.contains(secret.toLowerCase(Locale.ROOT))) {
                unused.add(channel);
            }
        });
        return unused;
    }

    private static String readable(String text) {
        var readable = new StringBuilder(text);
        var layer = text;
        for (int i = 0; i < 2; i++) {
            try {
                layer = URLDecoder.decode(layer.replaceAll("%(?![0-9a-fA-F]{2})", "%25"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                break;
            }
            readable.append(' ').append(layer);
        }
        return readable.toString().toLowerCase(Locale.ROOT);
    }
}
