package io.homeroom.member;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a newcomer, written as ledger entries. Pure. */
final class Beginning {

    private static final String BY = "roster";

    private Beginning() {}

    static List<Entry> of(NewMember one, LocalDate today) {
        List<Entry> entries = new ArrayList<>();
        LocalDate first = one.joined() == null ? today : one.joined();
        EntryKind opening = one.joined() == null ? EntryKind.APPLIED : EntryKind.JOINED;
        Entry opened = Entry.of(opening, first, "", BY)
                .with("name", one.name())
                .with("kind", one.kind().code())
                .with("grade", one.grade());
        entries.add(
                one.since() == null ? opened : opened.with("since", one.since().toString()));
        if (one.number()) {
            entries.add(Entry.of(EntryKind.NUMBER_GIVEN, first, "", BY));
        }
        for (String post : one.posts()) {
            entries.add(Entry.of(EntryKind.POST_GAINED, first, "", BY).with("post", post));
        }
        key(entries, EntryKind.TEACHER, first, "teacher", one.teacherId());
        key(entries, EntryKind.EMPLOYER, first, "employer", one.employerId());
        if (one.branch() != null) {
            entries.add(Entry.of(EntryKind.DATA, first, "", BY).with("branch", one.branch()));
        }
        if (!one.data().isEmpty()) {
            entries.add(new Entry(EntryKind.DATA, first, "", BY, null, Map.copyOf(one.data())));
        }
        day(entries, EntryKind.SUSPENDED, one.suspended());
        day(entries, EntryKind.LISTED, one.listedFrom());
        day(entries, EntryKind.DELISTED, one.listedTo());
        if (one.endedOn() != null && one.endedAs() != null) {
            entries.add(Entry.of(EntryKind.ENDED, one.endedOn(), "", BY)
                    .with("as", one.endedAs().code()));
        }
        day(entries, EntryKind.ANNOUNCED, one.announcedOn());
        return entries;
    }

    private static void key(List<Entry> entries, EntryKind kind, LocalDate on, String field, @Nullable Long value) {
        if (value != null) {
            entries.add(Entry.of(kind, on, "", BY).with(field, value.toString()));
        }
    }

    private static void day(List<Entry> entries, EntryKind kind, @Nullable LocalDate on) {
        if (on != null) {
            entries.add(Entry.of(kind, on, "", BY));
        }
    }
}
