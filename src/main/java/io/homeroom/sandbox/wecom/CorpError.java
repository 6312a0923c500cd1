package io.homeroom.sandbox.wecom;

/** An errcode that WeCom answers, with its errmsg. */
final class CorpError extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    CorpError(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String errmsg() {
        return String.valueOf(getMessage());
    }

    /** What WeCom says with this code, where no call has its own words. */
    static CorpError of(int code) {
        return new CorpError(
                code,
                switch (code) {
                    case -1 -> "system error";
                    case 40001 -> "invalid credential";
                    case 40003 -> "invalid UserID";
                    case 40007 -> "invalid media_id";
                    case 40008 -> "invalid message type";
                    case 40013 -> "invalid corpid";
                    case 40014 -> "invalid access_token";
                    case 40029 -> "invalid code";
                    case 40056 -> "invalid agentid";
                    case 40050 -> "chatid not found";
                    case 40096 -> "invalid external userid";
                    case 41001 -> "access_token missing";
                    case 42001 -> "access_token expired";
                    case 44004 -> "empty content";
                    case 45009 -> "api freq out of limit";
                    case 45033 -> "api concurrent out of limit";
                    case 48002 -> "api forbidden";
                    case 60011 -> "no privilege to access/modify contact/party/agent";
                    case 60020 -> "not allow to access from your ip";
                    case 60111 -> "userid not found";
                    case 81013 -> "user & party & tag all invalid";
                    case 84061 -> "not external contact";
                    case 84074 -> "no follow user permission";
                    case 86008 -> "illegal chatid";
                    case 93000 -> "invalid webhook url";
                    case 301002 -> "not allowed operate another agent with this accesstoken";
                    default -> "error";
                });
    }
}
