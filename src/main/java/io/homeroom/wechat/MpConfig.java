package io.homeroom.wechat;

import me.chanjar.weixin.common.bean.WxAccessToken;
import me.chanjar.weixin.common.enums.TicketType;
import me.chanjar.weixin.mp.config.impl.WxMpDefaultConfigImpl;
import org.jspecify.annotations.Nullable;

/** An official account's settings for WxJava, with its tokens in the shared table. */
final class MpConfig extends WxMpDefaultConfigImpl {

    private static final long serialVersionUID = 1L;

    private final transient SharedToken access;
    private final transient SharedToken ticket;

    MpConfig(Vault vault, String association) {
        access = new SharedToken(vault, association, "mp-access");
        ticket = new SharedToken(vault, association, "mp-jsapi");
    }

    @Override
    public @Nullable String getAccessToken() {
        return access.get().orElse(null);
    }

    @Override
    public boolean isAccessTokenExpired() {
        return access.get().isEmpty();
    }

    @Override
    public synchronized void updateAccessToken(WxAccessToken token) {
        access.set(token.getAccessToken(), token.getExpiresIn());
    }

    @Override
    public synchronized void updateAccessToken(String token, int expiresInSeconds) {
        access.set(token, expiresInSeconds);
    }

    @Override
    public void expireAccessToken() {
        access.drop();
    }

    @Override
    public @Nullable String getTicket(TicketType type) {
        return type == TicketType.JSAPI ? ticket.get().orElse(null) : super.getTicket(type);
    }

    @Override
    public boolean isTicketExpired(TicketType type) {
        return type == TicketType.JSAPI ? ticket.get().isEmpty() : super.isTicketExpired(type);
    }

    @Override
    public synchronized void updateTicket(TicketType type, String text, int expiresInSeconds) {
        if (type == TicketType.JSAPI) {
            ticket.set(text, expiresInSeconds);
        } else {
            super.updateTicket(type, text, expiresInSeconds);
        }
    }

    @Override
    public void expireTicket(TicketType type) {
        if (type == TicketType.JSAPI) {
            ticket.drop();
        } else {
            super.expireTicket(type);
        }
    }

    /** The inherited one would print the secret. */
    @Override
    public String toString() {
        return "MpConfig[" + getAppId() + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
