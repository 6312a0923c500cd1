package io.homeroom.api;

import io.homeroom.ground.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Acts that a caller may send twice. The key is claimed, the act done and the answer kept in one transaction: a crash
 * leaves either all of it or nothing, and a second sender waits for the first at the unique key. Keys are kept for
 * good, since the money is.
 */
@Component
class Idempotency {

    /** What an act answers; a refusal is an answer too, and what it left behind (money that must go back) is kept. */
    record Answer(HttpStatus status, Object body) {}

    private record Kept(String request, int status, String body) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock wire;
    private final TransactionTemplate transaction;

    Idempotency(
            JdbcClient jdbc,
            JsonMapper json,
            @Qualifier("wireClock") Clock wire,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.json = json;
        this.wire = wire;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Does the act once for this key and gives the same answer each time.
     *
     * @param key the sender's key; null does the act without remembering it
     * @param scope what the key is unique within: account, method and path
     * @param request what was sent; the same key with another request is a fault of the sender
     */
    ResponseEntity<Object> once(@Nullable String key, String scope, JsonNode request, Supplier<Answer> act) {
        if (key == null) {
            return Objects.requireNonNull(transaction.execute(status -> {
                Answer answer = act.get();
                return answer(answer.status().value(), json.writeValueAsString(answer.body()));
            }));
        }
        if (key.isBlank() || key.length() > 128 || key.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw ApiProblem.fault("Idempotency-Key", "用 1 到 128 个可见的英文字符，例如一个 UUID");
        }
        String hashed = sha256(scope + "\n" + key);
        String sent = sha256(canonical(request));
        Optional<Kept> before = find(hashed);
        if (before.isEmpty()) {
            try {
                return Objects.requireNonNull(transaction.execute(status -> {
                    claim(hashed, sent);
                    Answer answer = act.get();
                    String body = json.writeValueAsString(answer.body());
                    keep(hashed, answer.status().value(), body);
                    return answer(answer.status().value(), body);
                }));
            } catch (DuplicateKeyException raced) {
                before = find(hashed);
                if (before.isEmpty()) {
                    throw raced;
                }
            }
        }
        Kept kept = before.orElseThrow();
        if (!MessageDigest.isEqual(
                kept.request().getBytes(StandardCharsets.US_ASCII), sent.getBytes(StandardCharsets.US_ASCII))) {
            throw ApiProblem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT, "键已用过", "这个 Idempotency-Key 已用于另一笔内容不同的请求。新的事请换一个新键。");
        }
        return answer(kept.status(), kept.body());
    }

    private static ResponseEntity<Object> answer(int status, String body) {
        return ResponseEntity.status(status)
                .contentType(status < 400 ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON)
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Kept> find(String key) {
        return jdbc.sql("select request, status, body from idempotency where association_id = :tenant and id = :id")
                .param("tenant", Tenant.current())
                .param("id", key)
                .query((row, n) -> new Kept(row.getString(1), row.getInt(2), row.getString(3)))
                .optional();
    }

    private void claim(String key, String request) {
        jdbc.sql("insert into idempotency (association_id, id, request, status, body, created_at)"
                        + " values (:tenant, :id, :request, 0, '', :now)")
                .param("tenant", Tenant.current())
                .param("id", key)
                .param("request", request)
                .param("now", LocalDateTime.ofInstant(wire.instant(), ZoneOffset.UTC))
                .update();
    }

    private void keep(String key, int status, String body) {
        jdbc.sql("update idempotency set status = :status, body = :body where association_id = :tenant and id = :id")
                .param("status", status)
                .param("body", body)
                .param("tenant", Tenant.current())
                .param("id", key)
                .update();
    }

    /** The order of fields does not make another request. */
    private static String canonical(JsonNode node) {
        if (!node.isObject()) {
            return node.toString();
        }
        StringBuilder text = new StringBuilder("{");
        node.propertyNames().stream()
                .sorted()
                .forEach(name -> text.append(name)
                        .append(':')
                        .append(canonical(node.get(name)))
                        .append('\n'));
        return text.append('}').toString();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
