package dev.weir.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The collector on a page of another origin than Weir's: it can read every answer, and stops where there is nothing to hope for. */
@QuarkusTest
class ForeignPageTest {

    private static final String BOX = "Object.keys(localStorage).filter(k => k.includes('-batch-')).length";

    @Test
    void a_page_outside_the_fence_reads_its_answer_and_keeps_no_batch() {
        var tenant = Tenant.of("production", PolicyDocument.balanced(), "https://somewhere-else.example");
        Renewal.now();

        var statuses = visit(tenant, 1, page -> {});

        assertThat(statuses).containsOnly(200);
        assertThat(tenant.rows(
                        "select distinct status, reason from event where environment = ?",
                        tenant.environment().value()))
                .containsExactly("quarantined | ORIGIN_FENCE");
    }

    @Test
    void an_open_page_whose_app_id_is_retired_gives_up_after_one_answer() {
        var tenant = Tenant.of("production", PolicyDocument.balanced(), "https://somewhere-else.example");
        Renewal.now();

        var statuses = visit(tenant, 2, page -> {
            tenant.retire(OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(1));
            Renewal.now();
            page.evaluate("heap.track('Too late')");
        });

        assertThat(statuses).containsExactly(200, 404);
        assertThat(tenant.stored().toString()).doesNotContain("Too late");
    }

    /** What happens on the page after its first batch was answered. */
    private interface Later {
        void on(Page page);
    }

    /** Opens a page of another site with the collector, waits for so many answers and until no batch is left, and gives the status of each answer. */
    private static List<Integer> visit(Tenant tenant, int answers, Later later) {
        var statuses = new ArrayList<Integer>();
        var sent = new AtomicInteger();
        try (var site = new Site();
                var context = Chromium.shared().newContext()) {
            site.page(
                    "/",
                    "<!doctype html><title>Shop</title><script src=" + SignedIn.base() + "/js/heap-" + tenant.app()
                            + ".js></script><button>Go</button>");
            var page = context.newPage();
            page.onRequest(request -> sent.addAndGet(collects(request.url()) ? 1 : 0));
            page.onResponse(response -> {
                if (collects(response.url())) {
                    statuses.add(response.status());
                }
            });
            page.navigate(site.origin() + "/");
            page.waitForCondition(() -> statuses.size() == 1);
            page.waitForFunction(BOX + " === 0");
            later.on(page);
            page.waitForCondition(() -> statuses.size() == answers);
            page.waitForFunction(BOX + " === 0");
            assertThat(sent.get()).as("no batch was sent twice").isEqualTo(statuses.size());
        }
        return statuses;
    }

    private static boolean collects(String url) {
        return url.contains("/api/collect/");
    }
}
