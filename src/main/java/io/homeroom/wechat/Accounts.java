package io.homeroom.wechat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import me.chanjar.weixin.cp.api.WxCpService;
import me.chanjar.weixin.cp.api.impl.WxCpServiceImpl;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.api.impl.WxMpServiceImpl;
import me.chanjar.weixin.mp.config.WxMpHostConfig;
import org.springframework.stereotype.Component;

/**
 * The accounts of all associations: a service of WxJava and a seal for each. WxJava's own way to serve several accounts
 * switches them by thread, which loses its way on other threads.
 */
@Component
class Accounts {

    private final WechatSettings settings;
    private final Wire wire;
    private final Vault vault;
    private final Map<String, WxMpService> mp = new ConcurrentHashMap<>();
    private final Map<String, WxCpService> cp = new ConcurrentHashMap<>();
    private final Map<String, Seal> mpSeals = new ConcurrentHashMap<>();
    private final Map<String, Seal> cpSeals = new ConcurrentHashMap<>();

    Accounts(WechatSettings settings, Wire wire, Vault vault) {
        this.settings = settings;
        this.wire = wire;
        this.vault = vault;
        settings.associations().keySet().forEach(this::seals);
    }

    private void seals(String code) {
        WechatSettings.Mp account = settings.mp(code);
        if (account != null && account.appId() != null) {
            mpSeals.put(code, new Seal(account.token(), account.aesKey(), account.appId()));
        }
        WechatSettings.Cp app = settings.cp(code);
        if (app != null && app.corpId() != null) {
            cpSeals.put(code, new Seal(app.token(), app.aesKey(), app.corpId()));
        }
    }

    /** Seal of the association's official account; empty if it has none. */
    Optional<Seal> mpSeal(String code) {
        return Optional.ofNullable(mpSeals.get(code));
    }

    /** Seal of the association's WeCom app; empty if it has none or takes no messages. */
    Optional<Seal> cpSeal(String code) {
        return Optional.ofNullable(cpSeals.get(code)).filter(Seal::encrypts);
    }

    /** WxJava's service of the association's official account; empty if it has none. */
    Optional<WxMpService> mp(String code) {
        WechatSettings.Mp account = settings.mp(code);
        return account == null ? Optional.empty() : Optional.of(mp.computeIfAbsent(code, c -> connect(c, account)));
    }

    /** WxJava's service of the association's WeCom app; empty if it has none. */
    Optional<WxCpService> cp(String code) {
        WechatSettings.Cp app = settings.cp(code);
        return app == null ? Optional.empty() : Optional.of(cp.computeIfAbsent(code, c -> connect(c, app)));
    }

    private WxMpService connect(String code, WechatSettings.Mp account) {
        MpConfig config = new MpConfig(vault, code);
        config.setAppId(account.appId());
        config.setSecret(account.secret());
        config.setToken(account.token());
        config.setAesKey(account.aesKey());
        WechatSettings.Endpoints endpoints = settings.wechat().endpoints();
        config.setHostConfig(new WxMpHostConfig(endpoints.mp(), endpoints.open(), endpoints.mp()));
        // A call repeated with this gets the same token while it is good, so nodes do not take it from each other.
        config.useStableAccessToken(true);
        config.setApacheHttpClientBuilder(wire);
        WxMpService service = new WxMpServiceImpl();
        service.setWxMpConfigStorage(config);
        // Waiting is the outbox's business; by default a busy WeChat would hold this thread for half a minute.
        service.setMaxRetryTimes(1);
        service.setRetrySleepMillis(200);
        return service;
    }

    private WxCpService connect(String code, WechatSettings.Cp app) {
        CpConfig config = new CpConfig(vault, code);
        config.setCorpId(app.corpId());
        config.setCorpSecret(app.secret());
        config.setAgentId(app.agent());
        config.setToken(app.token());
        config.setAesKey(app.aesKey());
        config.setBaseApiUrl(settings.wechat().endpoints().cp());
        config.setApacheHttpClientBuilder(wire);
        WxCpService service = new WxCpServiceImpl();
        service.setWxCpConfigStorage(config);
        // Not 0: that turns every error into one without a code.
        service.setMaxRetryTimes(1);
        service.setRetrySleepMillis(200);
        return service;
    }
}
