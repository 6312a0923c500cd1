package io.homeroom.wechat;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers of the doors for WeChat's servers, and what is written down about those who were sent away. */
@Component
class Doors {

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private static final MediaType XML = new MediaType("text", "xml", StandardCharsets.UTF_8);
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final ObjectProvider<MeterRegistry> meters;

    Doors(ObjectProvider<MeterRegistry> meters) {
        this.meters = meters;
    }

    /** Sends away: a status, and no word that would help a forger. */
    ResponseEntity<byte[]> refuse(HttpServletRequest request, String code, Knock.Refused why) {
        note(request, code, why.status(), why.getMessage());
        return ResponseEntity.status(why.status()).build();
    }

    /** Writes down and counts who was sent away; the reason bears nothing of what was sent. */
    void note(HttpServletRequest request, String code, int status, @Nullable String why) {
        LOG.warn("{} {} refused with {}: {}", code, request.getRequestURI(), status, why);
        meters.ifAvailable(registry -> registry.counter(
                        "homeroom.wechat.refused", "association", code, "status", Integer.toString(status))
                .increment());
    }

    static ResponseEntity<byte[]> unknown() {
        return ResponseEntity.notFound().build();
    }

    static ResponseEntity<byte[]> comeAgain() {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
    }

    static ResponseEntity<byte[]> empty() {
        return ResponseEntity.ok().build();
    }

    static ResponseEntity<byte[]> xml(String document) {
        return ResponseEntity.ok().contentType(XML).body(document.getBytes(StandardCharsets.UTF_8));
    }

    static ResponseEntity<byte[]> text(byte[] plain) {
        return ResponseEntity.ok().contentType(TEXT).body(plain);
    }
}
