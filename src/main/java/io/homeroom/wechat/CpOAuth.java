package io.homeroom.wechat;

import io.homeroom.ground.Tenant;
import io.homeroom.portal.StaffLogin;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import me.chanjar.weixin.common.error.WxErrorException;
import org.springframework.stereotype.Component;

/** WeCom's web login, silent: it tells the user id of a colleague, and nothing of anybody else. */
@Component
class CpOAuth implements StaffLogin {

    private final Accounts accounts;
    private final WechatSettings settings;
    private final Line line;

    CpOAuth(Accounts accounts, WechatSettings settings, Line line) {
        this.accounts = accounts;
        this.settings = settings;
        this.line = line;
    }

    /** WxJava's own builder knows one host only, whatever was configured. */
    @Override
    public URI authorize(URI back, String state) {
        String code = Tenant.current();
        WechatSettings.Cp app = settings.cp(code);
        if (app == null) {
            throw new IllegalStateException(code + " has no WeCom app");
        }
        return URI.create(settings.wechat().endpoints().open() + "/connect/oauth2/authorize?appid=" + app.corpId()
                + "&redirect_uri=" + URLEncoder.encode(back.toString(), StandardCharsets.UTF_8)
                + "&response_type=code&scope=snsapi_base&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8)
                + "&agentid=" + app.agent() + "#wechat_redirect");
    }

    @Override
    public Optional<String> userId(String code) {
        String association = Tenant.current();
        return accounts.cp(association).flatMap(cp -> {
            try {
                return Optional.ofNullable(line.ask(
                                "cp-" + association, () -> cp.getOauth2Service().getUserInfo(code))
                        .getUserId());
            } catch (WxErrorException | RuntimeException e) {
                return Optional.empty();
            }
        });
    }
}
