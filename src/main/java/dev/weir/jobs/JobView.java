package dev.weir.jobs;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One job as a page shows it. */
record JobView(Job job, String title, List<Line> lines, boolean cancelling, String outcome) {

    /** One number that the kind counts. */
    record Line(String label, long count) {}

    static JobView of(Job job, Work work, boolean cancelling) {
        var lines = new ArrayList<Line>();
        for (Map.Entry<String, String> word : work.words().entrySet()) {
            var count = job.counts().get(word.getKey());
            if (count != null) {
                lines.add(new Line(word.getValue(), count));
            }
        }
        return new JobView(job, work.title(), lines, cancelling && !job.state().over(), work.outcome(job));
    }

    public boolean over() {
        return job.state().over();
    }

    public String cancelAddress() {
        return "/console/jobs/" + job.id() + "/cancel";
    }

    public String state() {
        return job.state().id();
    }

    public String tone() {
        return switch (job.state()) {
            case WAITING -> "";
            case RUNNING -> "info";
            case DONE -> "ok";
            case CANCELLED -> "warn";
            case FAILED -> "bad";
        };
    }

    public String where() {
        return job.environment().map(EnvironmentKey::value).orElse("all environments");
    }

    public String progress() {
        return job.percent().map(percent -> percent + " %").orElse("not known yet");
    }

    public long percent() {
        return job.percent().orElse(0L);
    }

    public String asked() {
        return Moments.momentInUtc(job.askedAt());
    }

    public String started() {
        return when(job.startedAt());
    }

    public String ended() {
        return when(job.endedAt());
    }

    private static String when(Optional<Instant> moment) {
        return moment.map(Moments::momentInUtc).orElse("");
    }
}
