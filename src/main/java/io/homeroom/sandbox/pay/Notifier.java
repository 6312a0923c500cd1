package io.homeroom.sandbox.pay;

import io.homeroom.sandbox.PlatformKey;
import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Later;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.ResourceCipher;
import io.homeroom.sandbox.wire.Rsa;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends notifications ("支付结果通知"): the resource encrypted with the APIv3 key, the whole signed in four headers, and
 * sent again after 15 s, 15 s, 30 s, 3 min … until the merchant answers 200 or 204; each try has five seconds.
 */
@SandboxPart
public class Notifier {

    /** Pauses before the second to the sixteenth try: 24 h 4 min in all. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(60),
            Duration.ofHours(3),
            Duration.ofHours(3),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(6));

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STALE = Duration.ofMinutes(10);

    /** How a single notification is signed. */
    enum Seal {
        TRUE,
        /** With a key that is not WeChat's. */
        FORGED,
        /** Truly, but with a time stamp of ten minutes ago. */
        STALE,
        /** With the probe signature that a merchant must refuse. */
        PROBE
    }

    /** Hears how each try went; status 0 means that there was no answer. */
    @FunctionalInterface
    interface Heard {
        void tried(String id, String event, int attempt, int status);
    }

    /**
     * What is told.
     *
     * @param event {@code TRANSACTION.SUCCESS}, {@code REFUND.SUCCESS} …
     * @param type {@code transaction} or {@code refund}
     * @param summary a few words
     * @param resource what is encrypted
     */
    record Message(String event, String type, String summary, ObjectNode resource) {}

    private final Outbound outbound;
    private final Later later;
    private final Clock clock;
    private final PlatformKey platform;

    public Notifier(Outbound outbound, Later later, @Qualifier("wireClock") Clock clock, PlatformKey platform) {
        this.outbound = outbound;
        this.later = later;
        this.clock = clock;
        this.platform = platform;
    }

    /** Sends after a while, and again by the schedule until it is accepted. */
    void send(SandboxAccount account, String address, Message message, Duration delay, Heard heard) {
        String id = UUID.randomUUID().toString();
        byte[] body = envelope(account, id, message);
        later.after(delay, () -> attempt(account, address, body, id, message, 1, heard));
    }

    /** Sends once, sealed in some way, whatever the answer. */
    void once(SandboxAccount account, String address, Message message, Seal seal, Heard heard) {
        String id = UUID.randomUUID().toString();
        byte[] body = envelope(account, id, message);
        later.after(Duration.ZERO, () -> heard.tried(id, message.event(), 1, post(account, address, body, seal)));
    }

    private void attempt(
            SandboxAccount account, String address, byte[] body, String id, Message message, int number, Heard heard) {
        int status = post(account, address, body, Seal.TRUE);
        heard.tried(id, message.event(), number, status);
        if (status != 200 && status != 204 && number <= PAUSES.size()) {
            later.after(PAUSES.get(number - 1), () -> attempt(account, address, body, id, message, number + 1, heard));
        }
    }

    private byte[] envelope(SandboxAccount account, String id, Message message) {
        String nonce = Randoms.letters(12);
        String plain = new String(Json.bytes(message.resource()), StandardCharsets.UTF_8);
        ObjectNode resource = Json.object()
                .put("original_type", message.type())
                .put("algorithm", "AEAD_AES_256_GCM")
                .put("ciphertext", new ResourceCipher(account.apiV3Key()).encrypt(plain, nonce, message.type()))
                .put("associated_data", message.type())
                .put("nonce", nonce);
        ObjectNode envelope = Json.object()
                .put("id", id)
                .put("create_time", PayOrder.time(clock.instant()))
                .put("resource_type", "encrypt-resource")
                .put("event_type", message.event())
                .put("summary", message.summary());
        envelope.set("resource", resource);
        return Json.bytes(envelope);
    }

    private int post(SandboxAccount account, String address, byte[] body, Seal seal) {
        Instant stamp = seal == Seal.STALE ? clock.instant().minus(STALE) : clock.instant();
        Map<String, String> headers = new LinkedHashMap<>(headers(account, platform.key(), stamp, body));
        if (seal == Seal.FORGED) {
            headers.putAll(headers(account, Rsa.generate().getPrivate(), stamp, body));
        }
        if (seal == Seal.PROBE) {
            headers.put("Wechatpay-Signature", "WECHATPAY/SIGNTEST/" + Randoms.letters(325));
        }
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Mozilla/4.0");
        try {
            return outbound.post(URI.create(address), headers, body, PATIENCE).status();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The headers that prove who sent a body: over time stamp, nonce and body, a line each. */
    static Map<String, String> headers(SandboxAccount account, PrivateKey key, Instant stamp, byte[] body) {
        String timestamp = Long.toString(stamp.getEpochSecond());
        String nonce = Randoms.letters(32);
        String signed = timestamp + "\n" + nonce + "\n" + new String(body, StandardCharsets.UTF_8) + "\n";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Wechatpay-Timestamp", timestamp);
        headers.put("Wechatpay-Nonce", nonce);
        headers.put("Wechatpay-Signature", Rsa.sign(key, signed));
        headers.put("Wechatpay-Serial", account.publicKeyId());
        headers.put("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        return headers;
    }
}
