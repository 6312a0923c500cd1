package io.homeroom.casework;

import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Meetings;
import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Span;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The ways up: which grade a member may apply for, and which conditions it meets today. */
@Component
class Ladder {

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Bills bills;
    private final Meetings meetings;

    Ladder(Lawbook law, BusinessClock clock, Roster roster, Bills bills, Meetings meetings) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.bills = bills;
        this.meetings = meetings;
    }

    /** The self-check for one target grade, as if filed today. */
    Eligibility check(Member member, String to) {
        Rulebook book = law.of(clock.today());
        Rulebook.Upgrade rule = book.upgrade();
        if (rule == null) {
            return new Eligibility(to, false, List.of(), null, List.of());
        }
        List<String> never = rule.never().get(to);
        if (never != null) {
            return new Eligibility(to, false, never, null, List.of());
        }
        Rulebook.Path path = rule.paths().stream()
                .filter(p -> p.to().equals(to) && p.from().contains(member.grade()))
                .findFirst()
                .orElse(null);
        if (path == null) {
            return new Eligibility(to, false, rule.pathCite(), null, List.of());
        }
        List<String> unmet = new ArrayList<>();
        List<Eligibility.Line> lines = new ArrayList<>();
        LocalDate from = null;
        String named = path.conditions();
        for (Rulebook.Condition condition : named == null
                ? List.<Rulebook.Condition>of()
                : rule.conditions().getOrDefault(named, List.of())) {
            Boolean met = null;
            LocalDate ripe = null;
            Span tenure = condition.tenure();
            if (tenure != null) {
                boolean inTier =
                        condition.grades().isEmpty() || condition.grades().contains(member.grade());
                LocalDate since = book.holds("tenure-adds-up")
                        ? heldSince(member, condition.grades())
                        : heldSince(member, List.of(member.grade()));
                LocalDate first = Deadlines.firstAfter(since, tenure, book.says("anniversary-counts"));
                // Time in a grade that the condition does not name never fulfils it (the path is for exceptions then).
                met = inTier && !clock.today().isBefore(first);
                ripe = met || !inTier ? null : first;
                from = inTier ? first : from;
            } else if (condition.paidOnTime()) {
                met = paidInTime(member, condition, book);
            } else if (condition.absences() != null) {
                Span window = condition.window();
                met = window == null
                        || meetings.within(member.id(), condition.meetings(), window, windowEnds(book))
                                <= condition.absences();
            }
            boolean later = tenure != null && ripe != null && UpgradeDays.tenureAtDecision(book);
            if (met != null && !met && !later) {
                unmet.addAll(condition.cite());
            }
            lines.add(new Eligibility.Line(condition.cite(), condition.says(), met, ripe));
        }
        return new Eligibility(to, unmet.isEmpty(), unmet, from, lines);
    }

    /** The latest year may end on the day of filing or, read so, with the last calendar year (IGRS-20-A4, B4). */
    private LocalDate windowEnds(Rulebook book) {
        LocalDate today = clock.today();
        return book.setting("absence-year").filter("calendar"::equals).isPresent()
                ? LocalDate.of(today.getYear() - 1, 12, 31)
                : today;
    }

    /** Since when the member has been in one of these grades without a break. */
    private LocalDate heldSince(Member member, List<String> grades) {
        LocalDate since = member.since() == null ? clock.today() : member.since();
        if (grades.size() < 2) {
            return since;
        }
        List<Entry> grade = roster.history(member.id()).stream()
                .filter(entry -> entry.kind() == EntryKind.GRADE || entry.kind() == EntryKind.JOINED)
                .filter(entry -> !entry.on().isAfter(clock.today()))
                .sorted(java.util.Comparator.comparing(Entry::on))
                .toList();
        for (int i = grade.size() - 1; i >= 0; i--) {
            Entry entry = grade.get(i);
            String held = entry.data().get("grade");
            if (held == null || !grades.contains(held)) {
                break;
            }
            String stated = entry.data().get("since");
            LocalDate start = stated == null ? entry.on() : LocalDate.parse(stated);
            since = start.isBefore(since) ? start : since;
        }
        return since;
    }

    /** No bill that fell due in the present tier, or ever, was paid late or is late now (IGRS-20-A3, B3). */
    private boolean paidInTime(Member member, Rulebook.Condition condition, Rulebook book) {
        List<String> tier = book.upgrade() == null
                ? List.of()
                : book.upgrade().conditions().values().stream()
                        .filter(list -> list.contains(condition))
                        .flatMap(List::stream)
                        .flatMap(c -> c.grades().stream())
                        .distinct()
                        .toList();
        boolean ever = book.setting("paid-look-back").filter("ever"::equals).isPresent();
        LocalDate since = ever ? LocalDate.MIN : heldSince(member, tier);
        for (Bill bill : bills.of(member.id())) {
            LocalDate due = bill.dueOn();
            if (bill.state() == BillState.CANCELLED || due == null || due.isBefore(since)) {
                continue;
            }
            boolean late = bill.state() == BillState.PAID ? !bill.paidInTime() : bill.overdue(clock.today());
            if (late) {
                return false;
            }
        }
        return true;
    }

    /** The conditions of an upgrade that people judge. */
    static List<Rulebook.Condition> judged(Rulebook book, Member member, String to) {
        Rulebook.Upgrade rule = book.upgrade();
        if (rule == null) {
            return List.of();
        }
        return rule.paths().stream()
                .filter(path -> path.to().equals(to) && path.from().contains(member.grade()))
                .map(Rulebook.Path::conditions)
                .filter(java.util.Objects::nonNull)
                .flatMap(named -> rule.conditions().getOrDefault(named, List.of()).stream())
                .filter(Rulebook.Condition::judged)
                .toList();
    }

    /** Why a member may not come down to a grade; null if a path leads there. */
    static @Nullable Refusal downgrade(Rulebook book, Member member, String to) {
        Rulebook.Downgrade rule = book.downgrade();
        return rule != null && leads(rule.paths(), member, to)
                ? null
                : new Refusal(rule == null ? List.of() : rule.pathCite(), "不能由" + member.grade() + "降为" + to, null);
    }

    /** Why a member may not rise to a grade any more: since the filing it has come into a grade without a path there. */
    static @Nullable Refusal upgrade(Rulebook book, Member member, String to) {
        Rulebook.Upgrade rule = book.upgrade();
        return rule != null && leads(rule.paths(), member, to)
                ? null
                : new Refusal(rule == null ? List.of() : rule.pathCite(), "不能由" + member.grade() + "升为" + to, null);
    }

    private static boolean leads(List<Rulebook.Path> paths, Member member, String to) {
        return paths.stream()
                .anyMatch(path -> path.to().equals(to) && path.from().contains(member.grade()));
    }

    /** Whether a nomination names enough members of the right grade. */
    boolean nominated(Rulebook.Exceptional rule, List<Long> by) {
        long fit = by.stream()
                .map(roster::find)
                .filter(found -> found.map(m -> m.belongs() && m.grade().equals(rule.grade()))
                        .orElse(false))
                .count();
        return fit >= rule.nominators();
    }
}
