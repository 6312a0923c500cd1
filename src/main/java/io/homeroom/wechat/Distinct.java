package io.homeroom.wechat;

import java.util.HashSet;
import java.util.Set;

/**
 * Tells apart what would otherwise be one message for a channel that compares words: the second of two letters that say the
 * same bears a word of that, and so does a piece that repeats another one of its letter. Each attempt at a letter says the
 * same.
 */
final class Distinct {

    /** So many bytes at most are added. */
    static final int MARK = 96;

    private final int nth;
    private final Set<String> said = new HashSet<>();

    /** @param nth which letter of its words this is, from 1 */
    Distinct(int nth) {
        this.nth = nth;
    }

    /** The next piece, as it is said. */
    String mark(String piece) {
        String marked = nth == 1 ? piece : piece + "\n（第" + nth + "条内容相同的通知，不是重发）";
        for (int again = 2; !said.add(marked); again++) {
            marked = piece + "\n（" + (nth == 1 ? "" : "第" + nth + "条，") + "原文此处第" + again + "遍）";
        }
        return marked;
    }
}
