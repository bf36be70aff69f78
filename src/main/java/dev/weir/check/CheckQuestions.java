package dev.weir.check;

import dev.weir.web.Questions;
import jakarta.enterprise.context.ApplicationScoped;

/** A check changes nothing. */
@ApplicationScoped
class CheckQuestions implements Questions {

    @Override
    public boolean asks(String path) {
        return path.equals("/api/v1/check");
    }
}
