package dev.weir.stream;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Where events go to Kafka: ready while the topic takes them. */
@Readiness
@ApplicationScoped
class TopicCheck implements HealthCheck {

    private final Streaming streaming;
    private final Topic topic;

    TopicCheck(Streaming streaming, Topic topic) {
        this.streaming = streaming;
        this.topic = topic;
    }

    @Override
    public HealthCheckResponse call() {
        boolean used = streaming.sends();
        return HealthCheckResponse.named("topic")
                .status(!used || topic.open())
                .withData("used", used)
                .build();
    }
}
