package io.homeroom.notice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was told something.
 *
 * @param to as it was addressed: {@code member}, {@code liaison}, {@code staff:ID}, 秘书处 …
 * @param person who that was: {@code liaison}, {@code representative}, {@code self} for a member's contact, else as {@code to}
 * @param memberId whom it is about
 * @param sentAt when a channel took it
 * @param deliveredAt when it is known to have arrived
 * @param why why it failed or is unconfirmed
 */
public record Notice(
        long id,
        String to,
        String person,
        @Nullable Long memberId,
        String about,
        List<String> clauses,
        String text,
        Map<String, String> data,
        Channel channel,
        Instant createdAt,
        @Nullable Instant sentAt,
        @Nullable Instant deliveredAt,
        State state,
        int attempts,
        @Nullable String why) {

    /** How far it came. */
    public enum State {
        WAITING("待发"),
        SENT("已发出"),
        DELIVERED("已送达"),
        UNCONFIRMED("未确认"),
        FAILED("未送达");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }

        /** Lower case, as stored and in REST. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Notice {
        clauses = List.copyOf(clauses);
        data = Map.copyOf(data);
    }
}
