package dev.weir.release;

import dev.weir.kernel.CanonicalJson;
import jakarta.enterprise.context.ApplicationScoped;

/** What there is to see of a request, as a tag: another one as soon as anything of it is. Comments are only added. */
@ApplicationScoped
class RequestTags {

    private final RequestRows requests;
    private final ReviewerRows reviewers;

    RequestTags(RequestRows requests, ReviewerRows reviewers) {
        this.requests = requests;
        this.reviewers = reviewers;
    }

    String of(ChangeRequest request, boolean outdated) {
        return CanonicalJson.sha256(request.hash()
                + request.state().id()
                + outdated
                + request.decidedBy()
                + request.decidedAt()
                + requests.commentsOn(request)
                + reviewers.of(request));
    }
}
