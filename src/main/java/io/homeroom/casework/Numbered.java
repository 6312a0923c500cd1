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
        boolean first = all && own != null && !member.data().containsKey(field + "-1");
        int number = first ? 2 : 1;
        while (member.data().containsKey(field + "-" + number)) {
            number++;
        }
        Entry numbered = first ? entry.with(field + "-1", own) : entry;
        return numbered.with(field + "-" + number, value);
    }
}
