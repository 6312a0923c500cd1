package io.homeroom.casework;

import io.homeroom.member.Entry;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Rulebook;

/**
 * Entities under one member number (BACCA-13-b): field-1, field-2, …; the member itself bears the bare number or, read so,
 * the first suffix.
 */
final class Numbered {

    private Numbered() {}

    /** Adds one more value under the first number that is free. */
    static Entry one(Rulebook book, Member member, String field, String value, Entry entry) {
        boolean all = book.setting("entity-suffix").filter("all"::equals).isPresent();
        String own = member.uscc();
        if (all && own != null && !member.data().containsKey(field + "-1")) {
            return entry.with(field + "-1", own).with(field + "-2", value);
        }
        int number = 1;
        while (member.data().containsKey(field + "-" + number)) {
            number++;
        }
        return entry.with(field + "-" + number, value);
    }
}
