package dev.weir.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One page of the shop. The same ones exist as documents of their own and as routes of a single-page app. */
enum View {
    HOME("", "Sluice & Co."),
    SEARCH("search", "Search"),
    SIGN_UP("sign-up", "Sign up"),
    WELCOME("welcome", "Welcome"),
    CART("cart", "Cart"),
    CHECKOUT("checkout", "Checkout"),
    THANKS("thanks", "Thank you"),
    /** Titles leak, too: this one is planted. */
    ACCOUNT("account/83920017", "Account of jane.doe@example.com");

    static final List<View> ALL = List.of(values());

    private final String path;
    private final String title;

    View(String path, String title) {
        this.path = path;
        this.title = title;
    }

    public String id() {
        return path.isEmpty() ? "home" : path.replaceFirst("/.*", "");
    }

    public String path() {
        return path;
    }

    public String title() {
        return title;
    }

    static Optional<View> at(String path) {
        return Arrays.stream(values()).filter(view -> view.path.equals(path)).findFirst();
    }
}
