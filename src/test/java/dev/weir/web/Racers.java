package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Described.Operation;
import dev.weir.testsupport.SignedIn;
import dev.weir.web.Race.Sent;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The tokens of two Admins and an Auditor, and how they look and send. */
record Racers(String ada, String bob, String eve) {

    Response look(String thing) {
        var answer = with(ada).get(thing);
        assertThat(answer.statusCode()).as(thing).isEqualTo(200);
        return answer;
    }

    static Response send(Operation operation, Race race, Sent sent) {
        var request = with(race.who()).contentType("application/json").body(sent.body());
        if (!sent.match().isEmpty()) {
            request.header("If-Match", sent.match());
        }
        return request.request(operation.method(), race.address());
    }

    static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }
}
