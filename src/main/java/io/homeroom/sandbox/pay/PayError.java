package io.homeroom.sandbox.pay;

import io.homeroom.sandbox.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** An error of the v3 API: an HTTP status and a code ("错误码和错误提示"). */
final class PayError extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    PayError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static PayError parameter(String message) {
        return new PayError(400, "PARAM_ERROR", message);
    }

    static PayError request(String message) {
        return new PayError(400, "INVALID_REQUEST", message);
    }

    static PayError signature(String message) {
        return new PayError(401, "SIGN_ERROR", message);
    }

    /** The error that a code stands for. */
    static PayError of(String code) {
        return switch (code) {
            case "SYSTEM_ERROR" -> new PayError(500, code, "系统异常，请稍后重试");
            case "FREQUENCY_LIMITED" -> new PayError(429, code, "频率超限");
            case "SIGN_ERROR" -> signature("签名错误，请检查后再试");
            case "NOT_ENOUGH" -> new PayError(403, code, "余额不足");
            case "RULE_LIMIT", "NO_AUTH", "OUT_TRADE_NO_USED", "TRADE_ERROR" -> new PayError(403, code, "业务规则限制");
            case "ORDER_NOT_EXIST", "RESOURCE_NOT_EXISTS" -> new PayError(404, code, "订单不存在");
            default -> new PayError(400, code, "请求错误");
        };
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        return Json.object().put("code", code).put("message", String.valueOf(getMessage()));
    }
}
