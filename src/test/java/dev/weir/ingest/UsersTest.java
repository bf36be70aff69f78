package dev.weir.ingest;

import static dev.weir.ingest.Sender.counts;
import static dev.weir.ingest.Sender.post;
import static dev.weir.ingest.Sender.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Renewal;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, accounts and who is who; and the forms in which partners and clients of Segment send. */
@QuarkusTest
class UsersTest {

    private static Tenant tenant() {
        var tenant = Tenant.development();
        Renewal.now();
        return tenant;
    }

    private static Response send(Tenant tenant, String path, String rest) {
        return post(path, "{\"app_id\":\"" + tenant.app() + "\"," + rest + "}");
    }

    private static List<String> known(Tenant tenant) {
        return tenant.rows(
                "select kind, subject, name, value from subject_property where environment = ? order by kind, subject, name",
                tenant.environment().value());
    }

    @Test
    void the_last_value_of_a_property_wins() {
        var tenant = tenant();

        send(tenant, "/api/add_user_properties", "\"identity\":\"u1\",\"properties\":{\"plan\":\"free\",\"age\":30}");
        var answer = send(
                tenant,
                "/api/add_user_properties",
                "\"identity\":\"u1\",\"properties\":{\"plan\":\"pro\",\"mail\":\"ann@shop.example\"}");

        assertThat(counts(answer, 1)).containsEntry("accepted", 1).containsEntry("redacted", 1);
        assertThat(known(tenant))
                .containsExactly("user | u1 | age | 30", "user | u1 | mail | [email]", "user | u1 | plan | pro");
    }

    @Test
    void a_user_has_at_most_five_hundred_properties_and_the_answer_says_so() {
        var tenant = tenant();

        var first = send(tenant, "/api/add_user_properties", properties("u1", 0, 200));
        var second = send(tenant, "/api/add_user_properties", properties("u1", 200, 399));
        var third = send(tenant, "/api/add_user_properties", properties("u1", 398, 402));
        var another = send(tenant, "/api/add_user_properties", properties("u2", 0, 200));
        var full = send(tenant, "/api/add_user_properties", properties("u1", 402, 600));
        var known =
                send(tenant, "/api/add_user_properties", "\"identity\":\"u1\",\"properties\":{\"p7\":\"new\",\"q\":1}");
        var account = send(tenant, "/api/add_account_properties", "\"account_id\":\"u1\",\"properties\":{\"q\":1}");

        for (Response roomy : List.of(first, second, third, another, account)) {
            assertThat(counts(roomy, 1)).containsEntry("accepted", 1).doesNotContainKey("flagged");
        }
        for (Response limited : List.of(full, known)) {
            assertThat(counts(limited, 1))
                    .containsEntry("accepted", 1)
                    .containsEntry("flagged", Map.of("PROPERTY_LIMIT", 1));
        }
        var held = known(tenant);
        assertThat(held).filteredOn(row -> row.startsWith("user | u1 |")).hasSize(500);
        assertThat(held)
                .contains("user | u1 | p7 | new", "account | u1 | q | 1")
                .doesNotContain("user | u1 | q | 1");
        assertThat(tenant.number(
                        "select coalesce(sum(n), 0) from tally where environment = ? and outcome = 'found'"
                                + " and reason = 'PROPERTY_LIMIT'",
                        tenant.environment().value()))
                .isEqualTo(2);
        assertThat(tenant.rows(
                        "select findings from event where environment = ? and findings like '%PROPERTY_LIMIT%'",
                        tenant.environment().value()))
                .hasSize(2);
    }

    private static String properties(String identity, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"p" + i + "\":" + i)
                .collect(Collectors.joining(",", "\"identity\":\"" + identity + "\",\"properties\":{", "}"));
    }

    @Test
    void users_in_bulk_and_accounts_are_kept_apart() {
        var tenant = tenant();

        var users = send(
                tenant,
                "/api/add_user_properties",
                "\"users\":[{\"identity\":\"u1\",\"properties\":{\"a\":1}},{\"identity\":\"u2\"},{\"identity\":\"u3\",\"properties\":{\"ID\":7}}]");
        var accounts = send(
                tenant,
                "/api/add_account_properties",
                "\"accounts\":[{\"account_id\":\"u1\",\"properties\":{\"a\":\"x\"}},5]");
        var account = send(
                tenant,
                "/api/add_account_properties",
                "\"account_id\":\"acme\",\"properties\":{\"tags\":[\"a\",1,true]}");

        assertThat(counts(users, 3)).containsEntry("accepted", 1).containsEntry("dropped", Map.of("INVALID_EVENT", 2));
        assertThat(counts(accounts, 2)).containsEntry("accepted", 1);
        assertThat(counts(account, 1)).containsEntry("accepted", 1);
        assertThat(known(tenant))
                .containsExactly("account | acme | tags | a||1||true", "account | u1 | a | x", "user | u1 | a | 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "Id", "iD", "ID"})
    void a_property_called_id_is_refused(String key) {
        var tenant = tenant();

        var answer = send(tenant, "/api/add_user_properties", "\"identity\":\"u\",\"properties\":{\"" + key + "\":1}");

        answer.then().statusCode(400);
        assertThat(known(tenant)).isEmpty();
    }

    @Test
    void properties_of_somebody_with_a_refused_identity_are_not_applied() {
        var tenant = tenant();

        var answer =
                send(tenant, "/api/add_user_properties", "\"identity\":\"null\",\"properties\":{\"plan\":\"pro\"}");

        assertThat(counts(answer, 1)).containsEntry("quarantined", 1);
        assertThat(known(tenant)).isEmpty();
    }

    @Test
    void a_user_has_one_identity_and_the_answer_says_what_happened_to_another() {
        var tenant = tenant();

        var first = send(tenant, "/api/v1/identify", "\"user_id\":\"5\",\"identity\":\"ann\"");
        var again = send(tenant, "/api/v1/identify", "\"user_id\":5,\"identity\":\"ann\",\"timestamp\":null");
        var other = send(tenant, "/api/v1/identify", "\"user_id\":\"5\",\"identity\":\"bob\"");

        assertThat(counts(first, 1)).containsEntry("accepted", 1);
        assertThat(counts(again, 1)).containsEntry("accepted", 1);
        assertThat(counts(other, 1)).containsEntry("dropped", Map.of("IDENTITY_TAKEN", 1));
    }

    @Test
    void an_identity_has_at_most_ten_users_in_thirty_days() {
        var tenant = tenant();
        for (int user = 1; user <= 10; user++) {
            assertThat(counts(send(tenant, "/api/v1/identify", "\"user_id\":" + user + ",\"identity\":\"ann\""), 1))
                    .containsEntry("accepted", 1);
        }

        var eleventh = send(tenant, "/api/v1/identify", "\"user_id\":11,\"identity\":\"ann\"");

        assertThat(counts(eleventh, 1)).containsEntry("dropped", Map.of("IDENTITY_LIMIT", 1));
        tenant.change(
                "update identity_link set linked_at = linked_at - interval '31' day where environment = ? and user_id = '1'",
                tenant.environment().value());
        assertThat(counts(send(tenant, "/api/v1/identify", "\"user_id\":11,\"identity\":\"ann\""), 1))
                .containsEntry("accepted", 1);
    }

    @Test
    void partners_name_a_user_in_one_of_four_ways() {
        var tenant = tenant();

        var answer = send(
                tenant,
                "/api/integrations/track",
                "\"library\":\"server\",\"events\":["
                        + "{\"event\":\"a\",\"user_identifier\":{\"identity\":\"u1\"},\"custom_properties\":{\"n\":\"1\"},\"idempotency_key\":\"msg-12345678\",\"timestamp\":\"2021-08-17T15:21:15.449Z\"},"
                        + "{\"event\":\"b\",\"user_identifier\":{\"anonymous_id\":\"Ann Smith\"},\"timestamp\":1629213675},"
                        + "{\"event\":\"c\",\"user_identifier\":{\"user_id\":\"77\"}},"
                        + "{\"event\":\"d\",\"user_identifier\":{\"email\":\"ann@shop.example\"}},"
                        + "{\"event\":\"e\",\"user_identifier\":{}}]");

        assertThat(counts(answer, 5))
                .containsEntry("accepted", 3)
                .containsEntry("quarantined", 1)
                .containsEntry("dropped", Map.of("INVALID_EVENT", 1));
        assertThat(tenant.stored().toString())
                .doesNotContain("Ann Smith")
                .doesNotContain("ann@")
                .contains("2021-08-17");
        assertThat(tenant.number(
                        "select count(*) from event where environment = ? and happened_at < timestamp with time zone '2022-01-01 00:00:00+00'",
                        tenant.environment().value()))
                .isEqualTo(2);
    }

    @Test
    void partners_add_properties_to_users() {
        var tenant = tenant();

        var answer = send(
                tenant,
                "/api/integrations/add_user_properties",
                "\"library\":\"server\",\"users\":[{\"user_identifier\":{\"identity\":\"u1\"},\"custom_properties\":{\"plan\":\"pro\"}}]");

        assertThat(counts(answer, 1)).containsEntry("accepted", 1);
        assertThat(known(tenant)).containsExactly("user | u1 | plan | pro");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batch", "/v1/import/"})
    void clients_of_segment_are_understood(String path) {
        var tenant = tenant();
        var messages = "{\"batch\":["
                + "{\"type\":\"track\",\"event\":\"Paid\",\"userId\":\"u1\",\"messageId\":\"m1\",\"properties\":{\"total\":5},\"context\":{\"ip\":\"203.0.113.9\",\"traits\":{\"email\":\"ann@shop.example\"}},\"timestamp\":\"2026-01-02T03:04:05.000Z\"},"
                + "{\"type\":\"page\",\"anonymousId\":\"a-1\",\"messageId\":\"m2\",\"properties\":{\"url\":\"https://shop.example/?token=s3cr3t\",\"title\":\"Cart\"}},"
                + "{\"type\":\"identify\",\"userId\":\"u1\",\"anonymousId\":\"a-1\",\"messageId\":\"m3\",\"traits\":{\"plan\":\"pro\",\"email\":\"ann@shop.example\"}},"
                + "{\"type\":\"group\",\"userId\":\"u1\",\"groupId\":\"g\"},"
                + "{\"type\":\"track\",\"userId\":\"u1\"}],\"sentAt\":\"2026-01-02T03:04:05.000Z\"}";
        var basic = Base64.getEncoder().encodeToString((tenant.app() + ":").getBytes(StandardCharsets.UTF_8));

        var answer = request()
                .header("Authorization", "Basic " + basic)
                .contentType("application/json")
                .body(messages)
                .post(path);
        var again = request()
                .header("Authorization", "Basic " + basic)
                .contentType("application/json")
                .body(messages)
                .post(path);

        assertThat(counts(answer, 5))
                .containsEntry("accepted", 3)
                .containsEntry("dropped", Map.of("INVALID_EVENT", 1, "UNSUPPORTED", 1));
        assertThat(counts(again, 5)).containsEntry("duplicate", 3);
        assertThat(known(tenant)).containsExactly("user | u1 | email | [email]", "user | u1 | plan | pro");
        assertThat(tenant.stored().toString())
                .doesNotContain("s3cr3t")
                .doesNotContain("ann@")
                .doesNotContain("203.0.113.9");
    }

    @Test
    void the_app_id_may_be_the_write_key_in_the_body() {
        var tenant = tenant();

        var answer = post(
                "/v1/batch",
                "{\"writeKey\":\"" + tenant.app()
                        + "\",\"batch\":[{\"type\":\"track\",\"event\":\"x\",\"userId\":\"u\"}]}");

        assertThat(counts(answer, 1)).containsEntry("accepted", 1);
    }
}
