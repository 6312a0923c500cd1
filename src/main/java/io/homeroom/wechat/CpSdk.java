package io.homeroom.wechat;

import io.homeroom.ground.Tenant;
import io.homeroom.portal.StaffSdk;
import java.util.Optional;
import me.chanjar.weixin.common.bean.WxJsapiSignature;
import me.chanjar.weixin.common.error.WxErrorException;
import org.springframework.stereotype.Component;

/** WeCom's JS-SDK: signs pages with the app's ticket, which is fetched once for two hours. */
@Component
class CpSdk implements StaffSdk {

    private final Accounts accounts;
    private final WechatSettings settings;
    private final Line line;

    CpSdk(Accounts accounts, WechatSettings settings, Line line) {
        this.accounts = accounts;
        this.settings = settings;
        this.line = line;
    }

    @Override
    public String script() {
        return settings.wechat().endpoints().js();
    }

    @Override
    public Optional<Signed> sign(String url) {
        String association = Tenant.current();
        return accounts.cp(association).flatMap(cp -> {
            try {
                WxJsapiSignature made = line.ask("cp-" + association, () -> cp.createJsapiSignature(url));
                return Optional.of(new Signed(
                        made.getAppId(), Long.toString(made.getTimestamp()), made.getNonceStr(), made.getSignature()));
            } catch (WxErrorException | RuntimeException e) {
                return Optional.empty();
            }
        });
    }
}
