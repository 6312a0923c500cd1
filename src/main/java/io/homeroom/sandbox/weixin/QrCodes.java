package io.homeroom.sandbox.weixin;

import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Randoms;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** QR codes with a scene ("生成带参数的二维码"). */
@SandboxPart
public class QrCodes {

    private static final int KEPT = 20_000;
    private static final long LONGEST = 2_592_000;

    /**
     * A code.
     *
     * @param code association
     * @param scene what comes with the event
     * @param ticket names the picture
     * @param url what the picture says
     * @param until when it stops to work; null for a permanent one
     */
    public record QrCode(
            String code,
            String scene,
            String ticket,
            String url,
            @Nullable Instant until) {}

    private final Clock clock;
    private final Map<String, QrCode> byTicket = new LinkedHashMap<>();

    public QrCodes(@Qualifier("wireClock") Clock clock) {
        this.clock = clock;
    }

    /** By ticket, whether it still works or not. */
    public synchronized Optional<QrCode> byTicket(String ticket) {
        return Optional.ofNullable(byTicket.get(ticket));
    }

    /** By what the picture says. */
    public synchronized Optional<QrCode> byUrl(String url) {
        return byTicket.values().stream().filter(code -> code.url().equals(url)).findFirst();
    }

    /** The newest with that scene. */
    public synchronized Optional<QrCode> byScene(String code, String scene) {
        return byTicket.values().stream()
                .filter(found -> found.code().equals(code) && found.scene().equals(scene))
                .reduce((first, second) -> second);
    }

    /** Whether scanning it still does something. */
    public boolean works(QrCode code) {
        return code.until() == null || clock.instant().isBefore(code.until());
    }

    ObjectNode create(String code, ObjectNode request) throws ApiError {
        String action = Json.text(request, "action_name");
        JsonNode scene = Json.child(Json.child(request, "action_info"), "scene");
        boolean permanent = action.startsWith("QR_LIMIT_");
        String value = switch (action) {
            case "QR_SCENE" -> number(scene, 0xFFFFFFFFL);
            case "QR_LIMIT_SCENE" -> number(scene, 100_000);
            case "QR_STR_SCENE", "QR_LIMIT_STR_SCENE" -> text(scene);
            default -> throw new ApiError(40048, "invalid action_name");
        };
        long seconds = Math.min(LONGEST, Math.max(60, Json.number(request, "expire_seconds", 60)));
        QrCode made = new QrCode(
                code,
                value,
                "gQ" + Randoms.token(94),
                "http://weixin.qq.com/q/02" + Randoms.token(26),
                permanent ? null : clock.instant().plusSeconds(seconds));
        synchronized (this) {
            byTicket.put(made.ticket(), made);
            if (byTicket.size() > KEPT) {
                byTicket.remove(byTicket.keySet().iterator().next());
            }
        }
        ObjectNode answer = Json.object().put("ticket", made.ticket());
        if (!permanent) {
            answer.put("expire_seconds", seconds);
        }
        return answer.put("url", made.url());
    }

    private static String number(JsonNode scene, long highest) throws ApiError {
        long id = Json.number(scene, "scene_id", 0);
        if (id < 1 || id > highest) {
            throw new ApiError(40053, "invalid action info");
        }
        return Long.toString(id);
    }

    private static String text(JsonNode scene) throws ApiError {
        String value = Json.text(scene, "scene_str");
        if (value.isEmpty() || value.length() > 64) {
            throw new ApiError(40053, "invalid action info");
        }
        return value;
    }
}
