package io.homeroom.sandbox.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.sandbox.SandboxBench;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("要来的故障")
class GateTest {

    private final SandboxBench bench = new SandboxBench();
    private final Gate gate = new Gate(List.of(bench.weixin), bench.faults);

    private WireAnswer token(String code) {
        return gate.through(
                bench.weixin,
                WireRequest.of(
                        "GET",
                        "/cgi-bin/token?grant_type=client_credential&appid="
                                + bench.accounts.of(code).appId() + "&secret=secret-" + code,
                        ""));
    }

    @Test
    void an_error_strikes_its_association_as_often_as_it_was_asked_for() {
        bench.faults.ask("weixin", "whjx", "/cgi-bin/token", Fault.Kind.ERROR, "45009", 2);

        assertThat(Json.number(Json.read(token("igrs").body()), "errcode", 0)).isZero();
        assertThat(Json.number(Json.read(token("whjx").body()), "errcode", 0)).isEqualTo(45009);
        assertThat(Json.number(Json.read(token("whjx").body()), "errcode", 0)).isEqualTo(45009);
        assertThat(Json.number(Json.read(token("whjx").body()), "errcode", 0)).isZero();
        assertThat(bench.faults.waiting()).isEmpty();
    }

    @Test
    void a_bare_status_comes_without_json_and_a_lost_request_with_nothing() {
        bench.faults.ask("*", "*", "", Fault.Kind.HTTP, "502", 1);
        bench.faults.ask("*", "*", "", Fault.Kind.LOSE_REQUEST, "", 1);

        WireAnswer bad = token("whjx");
        assertThat(bad.status()).isEqualTo(502);
        assertThat(bad.headers()).containsEntry("Content-Type", "text/html");
        assertThat(token("whjx").cut()).isTrue();
        assertThat(token("whjx").cut()).isFalse();
    }

    @Test
    void a_fault_can_be_taken_back_and_nonsense_is_refused() {
        Fault fault = bench.faults.ask("weixin", "*", "", Fault.Kind.ERROR, "-1", 5);
        bench.faults.forget(fault.id());

        assertThat(Json.number(Json.read(token("whjx").body()), "errcode", 0)).isZero();
        assertThatThrownBy(() -> bench.faults.ask("weixin", "*", "", Fault.Kind.DELAY, "soon", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.Kind.of("earthquake")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fault_of_notifications_does_not_strike_calls() {
        bench.faults.ask("*", "*", "", Fault.Kind.NOTIFY_NEVER, "", 1);

        assertThat(Json.number(Json.read(token("whjx").body()), "errcode", 0)).isZero();
        assertThat(bench.faults.notification("whjx", "/notify")).isPresent();
    }
}
