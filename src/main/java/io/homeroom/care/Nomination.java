package io.homeroom.care;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * That a class teacher named a member's liaison as outstanding for a half-year, with the figures of that time.
 *
 * @param halfYear its first day
 * @param person the liaison's name
 * @param why the teacher's words
 * @param contacts how often the two were in touch
 * @param stories how much news it handed in that was accepted
 * @param inTime every bill that fell due was paid in time
 * @param reason why it was not confirmed; empty otherwise
 */
public record Nomination(
        long id,
        long memberId,
        LocalDate halfYear,
        String person,
        String why,
        int contacts,
        int stories,
        boolean inTime,
        State state,
        LocalDate madeOn,
        String by,
        @Nullable LocalDate settledOn,
        String reason) {

    /** Where it stands. */
    public enum State {
        PROPOSED("待确认"),
        CONFIRMED("已确认"),
        DECLINED("未采纳");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }
    }

    /** 联系6次，采用稿件1篇，会费按时. */
    public String figures() {
        return said(contacts, stories, inTime);
    }

    static String said(int contacts, int stories, boolean inTime) {
        return "联系" + contacts + "次" + (stories > 0 ? "，采用稿件" + stories + "篇" : "") + (inTime ? "，会费按时" : "");
    }
}
