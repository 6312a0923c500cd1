package io.homeroom.rulebook;

import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Span;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds what is wrong with the rules that wait for a day: what they wait for, what follows, and which is the milder. */
final class Watches {

    private final Rulebook book;
    private final Marks marks;
    private final Names names;
    private final Numbers numbers;
    private final Acts acts;

    Watches(Rulebook book, Marks marks, Names names, Numbers numbers, Acts acts) {
        this.book = book;
        this.marks = marks;
        this.names = names;
        this.numbers = numbers;
        this.acts = acts;
    }

    void check() {
        Set<String> seen = new LinkedHashSet<>();
        for (Watch watch : book.watch()) {
            Watch.When when = watch.when();
            boolean any = when.unpaid() != null
                    || when.inactive() != null
                    || when.absentFrom() != null
                    || when.suspended() != null
                    || when.teacherless()
                    || when.unregistered() != null
                    || when.lapsed()
                    || when.renewal() != null
                    || when.unconfirmed() != null;
            if (!any) {
                marks.fault(watch, "when", "没有写明等待什么");
            }
            if (watch.then().isEmpty()) {
                marks.fault(watch, "then", "条件成立后什么也不发生");
            }
            names.body(when, "absentFrom", when.absentFrom());
            if (when.absentFrom() != null && when.unpaid() == null && !when.feeYear()) {
                marks.fault(when, "absentFrom", "缺席要与欠费（unpaid）一起写，或者写 fee-year：以最后交费日之后的一年计");
            }
            if (when.feeYear()) {
                feeYear(when);
            }
            if (when.unpaid() != null && book.fees() == null) {
                marks.fault(when, "unpaid", "没有会费，就没有欠费");
            }
            if (when.unpaid() != null) {
                numbers.natural(when.unpaid(), "beyond", when.unpaid().beyond());
            }
            if (when.inactive() != null) {
                numbers.natural(when.inactive(), "span", when.inactive().span());
            }
            numbers.natural(when, "suspended", when.suspended());
            numbers.natural(when, "unregistered", when.unregistered());
            if (when.renewal() != null) {
                numbers.natural(when.renewal(), "ahead", when.renewal().ahead());
                names.reading(when.renewal(), "reading", when.renewal().reading());
            }
            if (when.unconfirmed() != null) {
                numbers.natural(when.unconfirmed(), "beyond", when.unconfirmed().beyond());
                names.reading(when.unconfirmed(), "reading", when.unconfirmed().reading());
            }
            for (int day : when.before()) {
                if (day < 1) {
                    marks.fault(when, "before", "提前的天数应是正数");
                }
            }
            if (watch.after() != null) {
                milder(watch, seen);
            }
            seen.add(watch.id());
            acts.check(watch.then());
        }
    }

    private void feeYear(Watch.When when) {
        if (book.fees() == null) {
            marks.fault(when, "feeYear", "没有会费，就没有最后交费日");
        } else if (when.unpaid() != null) {
            marks.fault(when, "feeYear", "已写了欠费（unpaid），期限从那张账单的最后交费日起算，不必再写 fee-year");
        } else if (when.inactive() == null && when.absentFrom() == null) {
            marks.fault(when, "feeYear", "要写明这一年里没有做什么：inactive 或 absent-from");
        }
    }

    private void milder(Watch watch, Set<String> seen) {
        String after = watch.after();
        if (after == null) {
            return;
        }
        if (!seen.contains(after)) {
            boolean later = book.watch().stream().anyMatch(w -> w.id().equals(after));
            marks.fault(
                    watch,
                    "after",
                    later ? "“" + after + "”写在后面：轻的一级要写在重的一级之前" : "没有“" + after + "”这条规则" + Binder.near(after, seen));
            return;
        }
        Watch mild = book.watch().stream()
                .filter(w -> w.id().equals(after))
                .findFirst()
                .orElseThrow();
        Watch.Unpaid here = watch.when().unpaid();
        Watch.Unpaid there = mild.when().unpaid();
        LocalDate sample = LocalDate.of(2025, 1, 1);
        if (here != null
                && there != null
                && here.from() == null
                && there.from() == null
                && here.beyond().unit() != Span.Unit.WORKDAYS
                && there.beyond().unit() != Span.Unit.WORKDAYS
                && Deadlines.lastDay(sample, here.beyond()).isBefore(Deadlines.lastDay(sample, there.beyond()))) {
            marks.fault(
                    watch,
                    "after",
                    "重的一级（" + here.beyond().words() + "）早于轻的一级（"
                            + there.beyond().words() + "）");
        }
    }
}
