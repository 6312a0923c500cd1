package io.homeroom.notice;

import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code homeroom.notice.*}.
 *
 * @param deliver {@code outbox}, or {@code at-once}: nothing is sent and every notice counts as delivered when written, as
 *     rehearsals ask
 * @param quietFrom from this time of day on, nothing but the urgent is sent
 * @param quietTo until this one
 * @param weeklyBudget so many notices that are not urgent reach one address in seven days; more wait
 * @param digestAt when the secretariat's digest is sent on working days
 */
@ConfigurationProperties("homeroom.notice")
record NoticeSettings(
        @DefaultValue("outbox") String deliver,
        @DefaultValue("21:30") LocalTime quietFrom,
        @DefaultValue("08:00") LocalTime quietTo,
        @DefaultValue("20") int weeklyBudget,
        @DefaultValue("08:30") LocalTime digestAt) {

    boolean atOnce() {
        return switch (deliver) {
            case "at-once" -> true;
            case "outbox" -> false;
            default ->
                throw new IllegalArgumentException("homeroom.notice.deliver is outbox or at-once, not " + deliver);
        };
    }

    /** Whether this time of day is quiet; the quiet hours may run past midnight. */
    boolean isQuiet(LocalTime time) {
        boolean afterBegin = !time.isBefore(quietFrom);
        boolean beforeEnd = time.isBefore(quietTo);
        return quietFrom.isAfter(quietTo) ? afterBegin || beforeEnd : afterBegin && beforeEnd;
    }
}
