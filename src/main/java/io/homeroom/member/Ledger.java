package io.homeroom.member;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Derives a member's state from its entries, whole, each time: no entry is ever applied to an older state, so nothing can
 * drift. Pure.
 */
final class Ledger {

    /**
     * An entry as it stands in the ledger.
     *
     * @param id grows with the time of recording; breaks ties within a day
     * @param annulledOn the day from which it counts as never made
     */
    record Line(long id, Entry entry, @Nullable LocalDate annulledOn) {

        boolean counts(LocalDate day) {
            return !entry.on().isAfter(day) && (annulledOn == null || annulledOn.isAfter(day));
        }
    }

    private String name = "";
    private Kind kind = Kind.UNIT;
    private String grade = "";
    private Standing base = Standing.NONE;
    private @Nullable LocalDate joinedOn;
    private @Nullable LocalDate since;
    private @Nullable LocalDate endedOn;
    private @Nullable EndedAs endedAs;
    private @Nullable Long teacherId;
    private @Nullable String branch;
    private @Nullable Long employerId;
    private boolean number;
    private final Set<String> posts = new LinkedHashSet<>();
    /** First day of the suspension that a rule brought; it lasts until it is lifted. */
    private @Nullable LocalDate suspendedSince;
    /** Suspensions that sanctions brought, each for its own term, beside the one by rule. */
    private final List<Sanction> rests = new ArrayList<>();

    private @Nullable LocalDate restoredOn;
    private @Nullable LocalDate appliedOn;
    private @Nullable LocalDate announcedOn;
    private @Nullable LocalDate listedFrom;
    private @Nullable LocalDate listedTo;
    private final List<Sanction> sanctions = new ArrayList<>();
    private final Map<String, String> data = new TreeMap<>();

    private Ledger() {}

    /**
     * What the entries make of a member on a day.
     *
     * @param known what does not come from the ledger
     */
    static Member member(Known known, List<Line> lines, LocalDate day) {
        Ledger ledger = new Ledger();
        lines.stream()
                .filter(line -> line.counts(day))
                .sorted(Comparator.comparing((Line line) -> line.entry().on()).thenComparingLong(Line::id))
                .forEach(line -> ledger.take(line.entry()));
        return ledger.shown(known, day);
    }

    /**
     * What is known of a member beside its ledger.
     *
     * @param uscc kept out of the ledger because it is sealed
     */
    record Known(long id, @Nullable String uscc, @Nullable LocalDate reviewOn) {}

    /** The first day after {@code day} on which one of the entries changes the state by itself. */
    static @Nullable LocalDate wakes(Entry entry, LocalDate day) {
        if (entry.on().isAfter(day)) {
            return entry.on();
        }
        String until = entry.data().get("until");
        if (until != null && (entry.kind() == EntryKind.SUSPENDED || entry.kind() == EntryKind.SANCTIONED)) {
            LocalDate over = LocalDate.parse(until).plusDays(1);
            return over.isAfter(day) ? over : null;
        }
        return null;
    }

    private void take(Entry entry) {
        LocalDate on = entry.on();
        Map<String, String> facts = entry.data();
        switch (entry.kind()) {
            case APPLIED -> {
                base = Standing.APPLICANT;
                appliedOn = on;
                identity(facts);
                grade = facts.getOrDefault("grade", grade);
            }
            case REJECTED -> base = Standing.NONE;
            case JOINED -> {
                base = Standing.ACTIVE;
                joinedOn = on;
                identity(facts);
                grade = facts.getOrDefault("grade", grade);
                since = since(facts, on);
                endedOn = null;
                endedAs = null;
                announcedOn = null;
                suspendedSince = null;
                rests.clear();
            }
            case GRADE -> {
                grade = facts.getOrDefault("grade", grade);
                since = since(facts, on);
            }
            case POST_GAINED -> posts.add(required(facts, "post"));
            case POST_LOST -> posts.remove(required(facts, "post"));
            case NUMBER_GIVEN -> {
                number = true;
                if (facts.containsKey("number")) {
                    data.put("number", facts.get("number"));
                }
            }
            case NUMBER_VOID -> number = false;
            case SUSPENDED -> {
                if (facts.containsKey("sanction") || facts.containsKey("until")) {
                    rests.add(new Sanction(facts.getOrDefault("sanction", ""), on, day(facts, "until")));
                } else if (suspendedSince == null) {
                    suspendedSince = on; // a second ground does not begin its time anew
                }
            }
            case RESTORED -> {
                restoredOn = on;
                suspendedSince = null;
                rests.removeIf(rest -> rest.until() == null);
                if (base == Standing.ENDED) {
                    base = Standing.ACTIVE;
                    endedOn = null;
                    endedAs = null;
                    announcedOn = null;
                }
            }
            case SANCTIONED -> sanctions.add(new Sanction(required(facts, "sanction"), on, day(facts, "until")));
            case ENDED -> {
                base = Standing.ENDED;
                endedOn = on;
                endedAs = EndedAs.of(required(facts, "as"));
                posts.clear();
                number = false;
                suspendedSince = null;
                rests.clear();
            }
            case ANNOUNCED -> announcedOn = on;
            case TEACHER -> teacherId = key(facts, "teacher");
            case EMPLOYER -> employerId = key(facts, "employer");
            case DATA -> {
                identity(facts);
                facts.forEach((field, value) -> {
                    if (field.equals("branch")) {
                        branch = value.isEmpty() ? null : value;
                    } else if (!field.equals("name") && !field.equals("kind")) {
                        data.put(field, value);
                    }
                });
            }
            case LISTED -> {
                LocalDate until = day(facts, "until");
                listedFrom = on;
                listedTo = until == null ? null : until.plusDays(1);
            }
            case DELISTED -> listedTo = on;
            case REGISTERED -> {
                data.put("registered", on.toString());
                data.put("registered-as", facts.getOrDefault("kind", ""));
                if (facts.containsKey("until")) {
                    data.put("registered-until", facts.get("until"));
                }
            }
            case MERGED, SPLIT -> {
                // The entry is its own record; what it means for grade, posts and standing comes as entries of its own.
            }
        }
    }

    private void identity(Map<String, String> facts) {
        name = facts.getOrDefault("name", name);
        if (facts.containsKey("kind")) {
            kind = Kind.of(facts.get("kind"));
        }
    }

    private static LocalDate since(Map<String, String> facts, LocalDate on) {
        LocalDate stated = day(facts, "since");
        return stated == null ? on : stated;
    }

    private static @Nullable LocalDate day(Map<String, String> facts, String field) {
        String text = facts.get(field);
        return text == null ? null : LocalDate.parse(text);
    }

    private static @Nullable Long key(Map<String, String> facts, String field) {
        String text = required(facts, field);
        return text.isEmpty() ? null : Long.valueOf(text);
    }

    private static String required(Map<String, String> facts, String field) {
        String text = facts.get(field);
        if (text == null) {
            throw new IllegalArgumentException("The entry says no " + field);
        }
        return text;
    }

    private Member shown(Known known, LocalDate day) {
        Sanction rest = rests.stream().filter(one -> one.on(day)).findFirst().orElse(null);
        LocalDate resting = suspendedSince != null ? suspendedSince : rest == null ? null : rest.since();
        Standing standing = base == Standing.ACTIVE && resting != null ? Standing.SUSPENDED : base;
        if (suspendedSince == null && rest != null) {
            data.put(Member.RESTS_BY, rest.name());
            if (rest.until() != null) {
                data.put(Member.RESTS_UNTIL, rest.until().toString());
            }
        }
        return new Member(
                known.id(),
                name,
                kind,
                grade,
                standing,
                joinedOn,
                since,
                endedOn,
                endedAs,
                known.uscc(),
                teacherId,
                branch,
                employerId,
                number,
                List.copyOf(posts),
                standing == Standing.SUSPENDED ? resting : null,
                restoredOn,
                known.reviewOn(),
                appliedOn,
                announcedOn,
                listedFrom,
                listedTo,
                List.copyOf(sanctions),
                Map.copyOf(data));
    }
}
