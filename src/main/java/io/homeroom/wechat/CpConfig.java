package io.homeroom.wechat;

import me.chanjar.weixin.common.bean.WxAccessToken;
import me.chanjar.weixin.cp.config.impl.WxCpDefaultConfigImpl;
import org.jspecify.annotations.Nullable;

/** A WeCom app's settings for WxJava, with its token in the shared table. */
final class CpConfig extends WxCpDefaultConfigImpl {

    private static final long serialVersionUID = 1L;

    private final transient SharedToken access;

    CpConfig(Vault vault, String association) {
        access = new SharedToken(vault, association, "cp-access");
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

    /** The inherited one would print the secret. */
    @Override
    public String toString() {
        return "CpConfig[" + getCorpId() + "]";
    }
}
