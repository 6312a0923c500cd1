package io.homeroom.wechat;

import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Invitation;
import io.homeroom.member.InvitationMade;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.result.WxMpQrCodeTicket;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * QR codes of the official account for invitations. WeChat is asked after the invitation is committed, and once more when
 * the picture is wanted and there is none yet; the content is kept for as long as it is valid, to be drawn here.
 */
@Component
class SceneCodes {

    private static final Duration LONGEST = Duration.ofDays(30);

    private final Accounts accounts;
    private final Line line;
    private final Bindings bindings;
    private final JdbcTemplate jdbc;
    private final Executor workers;
    private final Clock clock;

    SceneCodes(
            Accounts accounts,
            Line line,
            Bindings bindings,
            JdbcTemplate jdbc,
            @Qualifier("wechatWorkers") Executor workers,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.line = line;
        this.bindings = bindings;
        this.jdbc = jdbc;
        this.workers = workers;
        this.clock = clock;
    }

    /** Fetches the code of a new invitation, beside the request that made it. */
    @TransactionalEventListener(fallbackExecution = true)
    void fetch(InvitationMade made) {
        String association = Tenant.current();
        if (accounts.mp(association).isPresent()) {
            workers.execute(() -> Tenant.run(association, () -> create(made.invitation())));
        }
    }

    /** What the code of an invitation of the current association contains; empty if it is none or no longer open. */
    Optional<String> content(String scene) {
        return kept(scene).or(() -> bindings.open(scene).flatMap(this::create));
    }

    private Optional<String> kept(String scene) {
        List<String> found = jdbc.queryForList(
                "SELECT url FROM wx_scene WHERE association_id = ? AND scene = ? AND expires_at > ?",
                String.class,
                Tenant.current(),
                scene,
                Answers.utc(clock.instant()));
        return found.stream().findFirst();
    }

    private Optional<String> create(Invitation invitation) {
        String association = Tenant.current();
        Instant now = clock.instant();
        Duration left = Duration.between(now, invitation.expiresAt());
        Duration valid = left.compareTo(LONGEST) > 0 ? LONGEST : left;
        if (valid.toSeconds() < 1) {
            return Optional.empty();
        }
        Optional<String> url = accounts.mp(association).flatMap(mp -> ask(mp, invitation.scene(), valid));
        url.ifPresent(content -> jdbc.update(
                "INSERT INTO wx_scene (association_id, scene, url, expires_at) VALUES (?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE url = VALUES(url), expires_at = VALUES(expires_at)",
                association,
                invitation.scene(),
                content,
                Answers.utc(now.plus(valid))));
        return url;
    }

    private Optional<String> ask(WxMpService mp, String scene, Duration valid) {
        try {
            WxMpQrCodeTicket ticket = line.ask(
                    "mp-" + Tenant.current(),
                    () -> mp.getQrcodeService().qrCodeCreateTmpTicket(scene, Math.toIntExact(valid.toSeconds())));
            return Optional.of(ticket.getUrl());
        } catch (WxErrorException | RuntimeException e) {
            // The line has written down why; the picture is asked for again when it is wanted.
            return Optional.empty();
        }
    }
}
