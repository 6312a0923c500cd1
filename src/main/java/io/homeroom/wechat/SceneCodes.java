package io.homeroom.wechat;

import io.homeroom.ground.Tenant;
import io.homeroom.member.SceneQr;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.result.WxMpQrCodeTicket;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** QR codes of the official account, with the content of each kept for as long as it is valid, to be drawn here. */
@Component
class SceneCodes implements SceneQr {

    private static final Duration LONGEST = Duration.ofDays(30);

    private final Accounts accounts;
    private final Line line;
    private final WechatSettings settings;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    SceneCodes(
            Accounts accounts,
            Line line,
            WechatSettings settings,
            JdbcTemplate jdbc,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.line = line;
        this.settings = settings;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Code create(String scene, Duration validFor) {
        String association = Tenant.current();
        Duration valid = validFor.compareTo(LONGEST) > 0 ? LONGEST : validFor;
        WxMpService mp = accounts.mp(association)
                .orElseThrow(() -> new Unavailable("该协会没有配置公众号", new IllegalStateException(association)));
        String url;
        try {
            int seconds = Math.toIntExact(Math.max(1, valid.toSeconds()));
            WxMpQrCodeTicket ticket =
                    line.ask("mp-" + association, () -> mp.getQrcodeService().qrCodeCreateTmpTicket(scene, seconds));
            url = ticket.getUrl();
        } catch (WxErrorException | RuntimeException e) {
            throw new Unavailable("微信没有给出二维码", e);
        }
        Instant expiresAt = clock.instant().plus(valid);
        jdbc.update(
                "INSERT INTO wx_scene (association_id, scene, url, expires_at) VALUES (?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE url = VALUES(url), expires_at = VALUES(expires_at)",
                association,
                scene,
                url,
                Answers.utc(expiresAt));
        return new Code(url, settings.publicBaseUrl() + "/qr/" + association + "/" + scene + ".png");
    }

    /** Content of a code that is still valid. */
    Optional<String> content(String association, String scene) {
        List<String> found = jdbc.queryForList(
                "SELECT url FROM wx_scene WHERE association_id = ? AND scene = ? AND expires_at > ?",
                String.class,
                association,
                scene,
                Answers.utc(clock.instant()));
        return found.stream().findFirst();
    }
}
