package io.homeroom.wechat;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator sets for this room; every property is described in {@code config/application.yaml}.
 *
 * @param publicBaseUrl how WeChat and members reach this server, no slash at the end
 * @param associations by code; an association without a section has no account of that kind
 */
@ConfigurationProperties("homeroom")
record WechatSettings(
        @DefaultValue("http://localhost:8080") String publicBaseUrl,
        @DefaultValue Wechat wechat,
        @DefaultValue Map<String, Association> associations) {

    WechatSettings {
        publicBaseUrl = withoutSlash(publicBaseUrl);
        associations = Map.copyOf(associations);
    }

    /**
     * How this server deals with WeChat's.
     *
     * @param patience our part of the five seconds that WeChat waits for the answer to a message
     */
    record Wechat(
            @DefaultValue Endpoints endpoints,
            @DefaultValue("4300ms") Duration patience) {}

    /** Base addresses of WeChat's servers, or of whatever stands in for them; {@code js} is its script for pages. */
    record Endpoints(
            @DefaultValue("https://api.weixin.qq.com") String mp,
            @DefaultValue("https://open.weixin.qq.com") String open,
            @DefaultValue("https://qyapi.weixin.qq.com") String cp,
            @DefaultValue("https://api.mch.weixin.qq.com") String pay,

            @DefaultValue("https://res.wx.qq.com/open/js/jweixin-1.2.0.js")
            String js) {

        Endpoints {
            mp = withoutSlash(mp);
            open = withoutSlash(open);
            cp = withoutSlash(cp);
            pay = withoutSlash(pay);
        }
    }

    record Association(
            @Nullable Mp mp, @Nullable Cp cp, @Nullable Pay pay) {}

    /**
     * An official account.
     *
     * @param aesKey EncodingAESKey; without one the account is in plain mode
     * @param templates bill, reminder, payment, decision, notice: ids of template messages
     * @param templatesADay so many of them the platform takes from the account a day
     */
    record Mp(
            @Nullable String appId,
            @DefaultValue("") String secret,
            @DefaultValue("") String token,
            @Nullable String aesKey,
            @DefaultValue Map<String, String> templates,
            @DefaultValue("100000") int templatesADay) {

        Mp {
            templates = Map.copyOf(templates);
            if (templatesADay < 1) {
                throw new IllegalArgumentException("templates-a-day 至少是 1，不是 " + templatesADay);
            }
        }

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "Mp[" + appId + "]";
        }
    }

    /** A self-built app in WeCom, and the robot in the secretariat's group. */
    record Cp(
            @Nullable String corpId,
            @Nullable Integer agentId,
            @DefaultValue("") String secret,
            @DefaultValue("") String token,
            @Nullable String aesKey,
            @Nullable String secretariatRobotKey) {

        /** The number of the app; 0 where none is set. An empty variable is none, and no reason not to start. */
        int agent() {
            return agentId == null ? 0 : agentId;
        }

        @Override
        public String toString() {
            return "Cp[" + corpId + "]";
        }
    }

    /** A merchant of WeChat Pay in public-key mode; keys as PEM text or as a resource location {@code file:…}. */
    record Pay(
            @Nullable String mchId,
            @DefaultValue("") String apiV3Key,
            @DefaultValue("") String privateKey,
            @DefaultValue("") String certificateSerial,
            @DefaultValue("") String publicKeyId,
            @DefaultValue("") String publicKey) {

        @Override
        public String toString() {
            return "Pay[" + mchId + "]";
        }
    }

    /** The association's official account, or null where there is none. */
    @Nullable
    Mp mp(String code) {
        Association association = associations.get(code);
        Mp mp = association == null ? null : association.mp();
        return mp == null || blank(mp.appId()) ? null : mp;
    }

    /** The association's WeCom app, or null. */
    @Nullable
    Cp cp(String code) {
        Association association = associations.get(code);
        Cp cp = association == null ? null : association.cp();
        return cp == null || blank(cp.corpId()) ? null : cp;
    }

    /** The association's merchant, or null. */
    @Nullable
    Pay pay(String code) {
        Association association = associations.get(code);
        Pay pay = association == null ? null : association.pay();
        return pay == null || blank(pay.mchId()) ? null : pay;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
