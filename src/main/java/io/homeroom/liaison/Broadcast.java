package io.homeroom.liaison;

import java.time.Instant;
import java.util.Locale;

/**
 * A message for a class group.
 *
 * @param reached how many of the class were in the group when it was queued, {@code missing} how many were not
 * @param why why it stands as it does; empty if all is well
 */
public record Broadcast(
        long id,
        long staffId,
        String chatId,
        String sender,
        String text,
        State state,
        Instant madeAt,
        int attempts,
        String messageId,
        String why,
        int reached,
        int missing) {

    /** How far it came. */
    public enum State {
        QUEUED("待提交"),
        /** Being handed to WeCom at this moment. */
        TRIED("提交中"),
        WAITING("等你在企业微信里确认"),
        SENT("已发出"),
        LIMIT("本月该群次数已满"),
        FAILED("没有发出"),
        UNCONFIRMED("不确定是否提交");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }

        /** Lower case, as stored. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
