package io.homeroom.liaison;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message to a class: one task in WeCom, or one part of what its robot says.
 *
 * @param round what was sent together bears one number
 * @param part which piece of a long text, from 1
 * @param chatId the group; empty one to one and for robots
 * @param audience for whom it is, in words
 * @param file key of the picture or file that goes with it
 * @param notBefore waits for this moment of the business clock
 * @param reached to how many of the class it goes, {@code missing} how many it cannot reach; as it was queued
 * @param why why it stands as it does; empty if all is well
 * @param confirmedAt when its sender confirmed it in the client; null before, and for robots, which need no confirmation
 */
public record Broadcast(
        long id,
        long round,
        int part,
        Way way,
        long staffId,
        String chatId,
        String sender,
        String text,
        @Nullable Long file,
        GroupLine.@Nullable Link link,
        String audience,
        State state,
        Instant madeAt,
        @Nullable Instant notBefore,
        int attempts,
        String messageId,
        String why,
        int reached,
        int missing,
        @Nullable Instant confirmedAt) {

    /** By which way it goes. */
    public enum Way {
        GROUP("班级群"),
        SINGLE("一对一"),
        ROBOT("班级机器人");

        private final String word;

        Way(String word) {
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
    }

    /** How far it came. */
    public enum State {
        QUEUED("待提交"),
        /** Being handed to WeCom at this moment. */
        TRIED("提交中"),
        WAITING("等老师在企业微信里确认"),
        SENT("已发出"),
        LIMIT("本月次数已满"),
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

    /** The first words of it. */
    public String begins() {
        String line = text.isEmpty() ? link == null ? "图片或文件" : link.title() : text.replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) > 20
                ? line.substring(0, line.offsetByCodePoints(0, 20)) + "…"
                : line;
    }
}
