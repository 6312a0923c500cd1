package io.homeroom.notice;

/** By which way a notice goes. */
public enum Channel {
    /** The official account; the address is an openid. */
    WECHAT,
    /** The WeCom app; the address is a WeCom user id. */
    WECOM,
    /** The robot in the secretariat's group; there is one for each association. */
    ROBOT,
    /** As a line of the secretariat's next digest, or, with a WeCom user id as address, of a class teacher's morning. */
    DIGEST,
    /** Only shown in the console: the addressee has no other way. */
    CONSOLE,
    /** Nobody could be found who would hear it. */
    NONE;

    /** Lower case, as stored and in REST. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
