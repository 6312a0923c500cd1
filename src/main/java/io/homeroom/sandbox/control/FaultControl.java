package io.homeroom.sandbox.control;

import static io.homeroom.sandbox.control.PhoneControl.required;

import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.gate.Fault;
import io.homeroom.sandbox.gate.Faults;
import io.homeroom.sandbox.wecom.WecomServer;
import io.homeroom.sandbox.weixin.WeixinServer;
import io.homeroom.sandbox.wire.Json;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.node.ObjectNode;

/**
 * Faults.
 *
 * <ul>
 *   <li>{@code GET faults} · {@code POST faults {server, code, path, kind, value, times}} as in {@link Fault} · {@code
 *       DELETE faults} · {@code DELETE faults/{id}}
 *   <li>{@code POST tokens/expire {code}}: all access tokens of the association end now
 * </ul>
 */
@SandboxPage
@RequestMapping("/sandbox/api")
class FaultControl {

    private final Faults faults;
    private final WeixinServer weixin;
    private final WecomServer wecom;

    FaultControl(Faults faults, WeixinServer weixin, WecomServer wecom) {
        this.faults = faults;
        this.weixin = weixin;
        this.wecom = wecom;
    }

    @GetMapping("/faults")
    List<Map<String, Object>> waiting() {
        return faults.waiting().stream().map(FaultControl::view).toList();
    }

    @PostMapping("/faults")
    Map<String, Object> ask(@RequestBody ObjectNode body) {
        String code = Json.text(body, "code");
        return view(faults.ask(
                required(body, "server"),
                code.isEmpty() ? "*" : code,
                Json.text(body, "path"),
                Fault.Kind.of(required(body, "kind")),
                Json.text(body, "value"),
                (int) Json.number(body, "times", 1)));
    }

    @DeleteMapping("/faults")
    void forgetAll() {
        faults.forgetAll();
    }

    @DeleteMapping("/faults/{id}")
    void forget(@PathVariable("id") long id) {
        faults.forget(id);
    }

    @PostMapping("/tokens/expire")
    void expire(@RequestBody ObjectNode body) {
        String code = required(body, "code");
        weixin.expireTokens(code);
        wecom.expireTokens(code);
    }

    private static Map<String, Object> view(Fault fault) {
        return Map.of(
                "id", fault.id(),
                "server", fault.server(),
                "code", fault.code(),
                "path", fault.path(),
                "kind", fault.kind().word(),
                "value", fault.value(),
                "times", fault.times());
    }
}
