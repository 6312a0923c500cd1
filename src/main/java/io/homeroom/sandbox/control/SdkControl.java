package io.homeroom.sandbox.control;

import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.wecom.WecomServer;
import io.homeroom.sandbox.wire.Json;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.node.ObjectNode;

/**
 * WeCom's client, as far as pages speak with it: {@code GET /sandbox/jweixin.js} is its script, {@code POST
 * /sandbox/api/jssdk {appId, timestamp, nonceStr, signature, url}} looks whether a page was signed with the app's ticket.
 */
@SandboxPage
class SdkControl {

    private final WecomServer wecom;

    SdkControl(WecomServer wecom) {
        this.wecom = wecom;
    }

    @GetMapping("/sandbox/jweixin.js")
    ResponseEntity<Resource> script() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/javascript;charset=UTF-8"))
                .body(new ClassPathResource("io/homeroom/sandbox/jweixin.js"));
    }

    @PostMapping("/sandbox/api/jssdk")
    ObjectNode config(@RequestBody ObjectNode asked) {
        boolean signed = wecom.signed(
                Json.text(asked, "appId"),
                Json.text(asked, "nonceStr"),
                Json.text(asked, "timestamp"),
                Json.text(asked, "url"),
                Json.text(asked, "signature"));
        return Json.object().put("errMsg", signed ? "config:ok" : "config:invalid signature");
    }
}
