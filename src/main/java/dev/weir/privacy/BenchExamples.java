package dev.weir.privacy;

import dev.weir.privacy.BenchView.Example;
import java.util.List;
import java.util.Optional;

/** Things to try on the bench. Everybody in them is invented. */
final class BenchExamples {

    static final List<Example> ALL = List.of(
            new Example("click", "A click in an account page", "json", """
                    {
                      "type": "click",
                      "text": "Write to ada@example.com",
                      "href": "mailto:ada@example.com",
                      "path": [
                        {"t": "a", "c": ["contact"], "a": {"data-user": "ada"}, "n": 1, "k": 1},
                        {"t": "div", "i": "profile", "n": 2, "k": 1},
                        {"t": "body"},
                        {"t": "html"}
                      ],
                      "page": {"url": "https://shop.example/account/48213?token=s3cr3t&utm_source=news#top", "title": "Ada's account"},
                      "session": {"referrer": "https://mail.example/?session_id=77", "landing": "https://shop.example/?code=abc"}
                    }"""),
            new Example("batch", "A batch of the collector", "json", """
                    {
                      "v": 1, "consent": "granted",
                      "session": {"id": "1", "landing": "https://shop.example/"},
                      "page": {"url": "https://shop.example/cart?coupon=SAVE10", "title": "Cart"},
                      "events": [
                        {"type": "pageview"},
                        {"type": "click", "text": "Pay now", "path": [{"t": "button", "i": "pay", "n": 1, "k": 1}, {"t": "body"}]},
                        {"type": "change", "path": [{"t": "input", "a": {"type": "password"}, "n": 1, "k": 1}, {"t": "form"}]}
                      ]
                    }"""),
            new Example("call", "A call of the server API", "json", """
                    {
                      "app_id": "1234567890",
                      "event": "Order placed",
                      "identity": "ada@example.com",
                      "properties": {"plan": "pro", "card": "4111 1111 1111 1111", "ip": "203.0.113.7", "items": 3}
                    }"""),
            new Example(
                    "url",
                    "An address",
                    "url",
                    "https://shop.example/account/48213/orders?access_token=abc&q=mugs&email=ada%40example.com#details"),
            new Example("html", "A piece of a page", "html", """
                    <form class="signup">
                      <label for="mail">E-mail</label> <input id="mail" type="email" value="ada@example.com">
                      <input id="pin" type="password" autocomplete="current-password">
                      <div class="heap-ignore"><button>Show my balance</button></div>
                      <a href="/account/48213?sid=9">Signed in as ada@example.com</a>
                      <button type="submit" class="primary">Sign up</button>
                    </form>"""));

    private BenchExamples() {}

    static Optional<Example> named(String name) {
        return ALL.stream().filter(example -> example.name().equals(name)).findFirst();
    }
}
