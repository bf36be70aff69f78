package dev.weir.catalog;

import dev.weir.web.Questions;
import jakarta.enterprise.context.ApplicationScoped;

/** A preview, of a filter or of standards, shows what is stored, and changes nothing. */
@ApplicationScoped
class PreviewQuestions implements Questions {

    @Override
    public boolean asks(String path) {
        return false;
    }

    @Override
    public boolean reads(String path) {
        return path.equals(PreviewResource.HOME) || path.equals(StandardsResource.PREVIEW);
    }
}
