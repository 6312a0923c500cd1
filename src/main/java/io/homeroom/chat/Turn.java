package io.homeroom.chat;

import io.homeroom.member.Bound;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says once, and how it is understood.
 *
 * @param letters what was said, without signs and spaces
 * @param number what it may choose of a list
 * @param bound for whom the person may speak
 * @param about the member that is spoken of; null for a stranger, and while it is open which
 */
record Turn(
        String openid,
        String text,
        String letters,
        OptionalInt number,
        Understanding.Guess guess,
        List<Bound> bound,
        @Nullable Bound about) {

    private static final Set<String> YES = Set.of("好", "好的", "行", "可以", "要");

    /** The one thing that was clearly meant. */
    @Nullable
    Intent clear() {
        return guess.clear() ? guess.first() : null;
    }

    /** What was asked in the same breath as what is answered now. */
    List<Intent> besides(Intent answered) {
        return answered == clear() ? guess.besides() : List.of();
    }

    @Nullable
    Long member() {
        return about == null ? null : about.memberId();
    }

    boolean saysYes() {
        return YES.contains(letters);
    }

    /** Chooses none of so many. */
    boolean outside(int among) {
        return number.isEmpty() || number.getAsInt() > among;
    }

    boolean speaksFor(long member) {
        return bound.stream().anyMatch(one -> one.memberId() == member);
    }

    /** The same words, said of a member that has been chosen. */
    Turn of(List<Bound> now, Bound member) {
        return new Turn(openid, text, letters, number, guess, now, member);
    }
}
