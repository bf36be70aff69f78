package dev.weir.web;

import java.util.Optional;

/** Says why the person of this request is refused, where that is not about one page. Implemented above. */
public interface WhyNot {

    Optional<String> reason();
}
