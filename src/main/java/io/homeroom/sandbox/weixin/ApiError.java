package io.homeroom.sandbox.weixin;

/** An errcode that WeChat answers, with its errmsg. */
final class ApiError extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    ApiError(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String errmsg() {
        return String.valueOf(getMessage());
    }

    /** What WeChat says with this code, where no call has its own words. */
    static ApiError of(int code) {
        return new ApiError(
                code,
                switch (code) {
                    case -1 -> "system error";
                    case 40001 ->
                        "invalid credential, access_token is invalid or not latest, could get access_token by"
                                + " getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r";
                    case 40003 -> "invalid openid";
                    case 40013 -> "invalid appid";
                    case 40014 -> "invalid access_token";
                    case 40029 -> "invalid code";
                    case 40037 -> "invalid template_id";
                    case 40125 -> "invalid appsecret";
                    case 40163 -> "code been used";
                    case 40164 -> "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist";
                    case 41001 -> "access_token missing";
                    case 42001 -> "access_token expired";
                    case 43004 -> "require subscribe";
                    case 43101 -> "user refuse to accept the msg";
                    case 45009 -> "reach max api daily quota limit";
                    case 45011 -> "api minute-quota reach limit, must slower, retry next minute";
                    case 45015 -> "response out of time limit or subscription is canceled";
                    case 45047 -> "out of response count limit";
                    case 48001 -> "api unauthorized";
                    default -> "error";
                });
    }
}
