package io.homeroom.chat;

import io.homeroom.desk.Card;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command answers a colleague.
 *
 * @param text said at once; empty where there is nothing to say
 * @param next at most three words to go on with
 * @param cards sent after it, each with whom it is about
 * @param settled what the touched card shows in place of its buttons; empty to leave it as it is
 */
record StaffReply(String text, List<Suggestion> next, List<About> cards, String settled) {

    /** A card and the member it is about, 0 for none. */
    record About(long memberId, Card card) {}

    StaffReply {
        next = List.copyOf(next);
        cards = List.copyOf(cards);
    }

    static StaffReply of(String... lines) {
        return new StaffReply(String.join("\n", List.of(lines)), List.of(), List.of(), "");
    }

    StaffReply next(String word, String label) {
        List<Suggestion> more = new ArrayList<>(next);
        more.add(new Suggestion(word, label));
        return new StaffReply(text, more, cards, settled);
    }

    StaffReply card(long memberId, Card card) {
        List<About> more = new ArrayList<>(cards);
        more.add(new About(memberId, card));
        return new StaffReply(text, next, more, settled);
    }

    /** The touched card cannot be touched again and shows this, at most ten characters. */
    StaffReply settles(String word) {
        return new StaffReply(text, next, cards, word);
    }

    /** The passive answer: the text, and what can be said next in its last line. */
    String asText() {
        return new Reply(text, next).asText();
    }
}
