package io.homeroom.wechat;

import io.homeroom.ground.Tenant;
import io.homeroom.portal.WebLogin;
import java.net.URI;
import java.util.Optional;
import me.chanjar.weixin.common.bean.oauth2.WxOAuth2AccessToken;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import org.springframework.stereotype.Component;

/** WeChat's web login, silent: it tells the openid and nothing else. */
@Component
class OAuth implements WebLogin {

    private static final String SILENT = "snsapi_base";

    private final Accounts accounts;
    private final Line line;

    OAuth(Accounts accounts, Line line) {
        this.accounts = accounts;
        this.line = line;
    }

    @Override
    public URI authorize(URI back, String state) {
        return URI.create(account().getOAuth2Service().buildAuthorizationUrl(back.toString(), SILENT, state));
    }

    @Override
    public Optional<String> openid(String code) {
        WxMpService mp = account();
        try {
            WxOAuth2AccessToken token = line.ask(
                    "mp-" + Tenant.current(), () -> mp.getOAuth2Service().getAccessToken(code));
            // A person who only previews the page is shown to us under a made-up openid.
            boolean madeUp = Integer.valueOf(1).equals(token.getSnapshotUser());
            return madeUp ? Optional.empty() : Optional.ofNullable(token.getOpenId());
        } catch (WxErrorException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private WxMpService account() {
        String code = Tenant.current();
        return accounts.mp(code).orElseThrow(() -> new IllegalStateException(code + " has no official account"));
    }
}
