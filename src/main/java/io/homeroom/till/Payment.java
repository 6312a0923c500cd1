package io.homeroom.till;

import io.homeroom.ground.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Money that arrived.
 *
 * @param id key
 * @param memberId whose it is
 * @param amount positive
 * @param method how it came
 * @param receivedAt when
 * @param externalId the gateway's or bank's own number; at most one payment bears it
 * @param memo the purpose stated
 * @param forWhat a year, {@code term} for the rest of the council's term, or null for whatever is open
 * @param state where it stands
 * @param order number of the order it came through, if any
 * @param by who recorded it: a staff user name, {@code wechat}
 */
public record Payment(
        long id,
        long memberId,
        Money amount,
        Method method,
        Instant receivedAt,
        @Nullable String externalId,
        String memo,
        @Nullable String forWhat,
        PayState state,
        @Nullable String order,
        String by) {

    /** Days begin and end in Shanghai (XDOC-5). */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** The day on which it counts as paid. */
    public LocalDate receivedOn() {
        return receivedAt.atZone(ZONE).toLocalDate();
    }
}
