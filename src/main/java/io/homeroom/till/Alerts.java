package io.homeroom.till;

import io.homeroom.ground.Tenant;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells finance of each occasion once, however often the gateway repeats itself. */
@Component
class Alerts {

    private final JdbcClient jdbc;
    private final Clock wire;
    private final ApplicationEventPublisher events;

    Alerts(JdbcClient jdbc, @Qualifier("wireClock") Clock wire, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.wire = wire;
        this.events = events;
    }

    void once(String key, String kind, String text) {
        try {
            jdbc.sql("insert into money_alert (association_id, alert_key, kind, text, noted_at)"
                            + " values (:association, :key, :kind, :text, :now)")
                    .param("association", Tenant.current())
                    .param("key", key)
                    .param("kind", kind)
                    .param("text", text)
                    .param("now", LocalDateTime.ofInstant(wire.instant(), ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException toldBefore) {
            return;
        }
        events.publishEvent(new MoneyAlert(kind, text));
    }
}
