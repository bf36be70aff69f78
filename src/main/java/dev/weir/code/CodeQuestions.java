package dev.weir.code;

import dev.weir.web.Questions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/** Asking for drift changes nothing. */
@ApplicationScoped
class CodeQuestions implements Questions {

    private static final Pattern DRIFT = Pattern.compile("/api/v1/policy/[a-z0-9-]{1,32}/code/drift");

    @Override
    public boolean asks(String path) {
        return DRIFT.matcher(path).matches();
    }
}
