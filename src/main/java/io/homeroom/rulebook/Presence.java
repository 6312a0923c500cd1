package io.homeroom.rulebook;

import java.util.List;

/** Finds what is wrong with meetings that must be held, and with the counting of who stays away from them. */
final class Presence {

    private final Rulebook book;
    private final Marks marks;
    private final Names names;
    private final Numbers numbers;
    private final Acts acts;

    Presence(Rulebook book, Marks marks, Names names, Numbers numbers, Acts acts) {
        this.book = book;
        this.marks = marks;
        this.names = names;
        this.numbers = numbers;
        this.acts = acts;
    }

    void check() {
        for (Rulebook.MeetingDuty duty : book.meetings()) {
            names.body(duty, "body", duty.body());
            names.recipient(duty, "tell", duty.tell());
            numbers.positive(duty, "atLeast", duty.atLeast());
        }
        counters();
    }

    private void fallsTo(Rulebook.Attendance rule) {
        String to = rule.fallsTo();
        if (rule.grades().isEmpty()) {
            names.post(rule, "fallsTo", to);
        } else if (to != null) {
            if (names.grade(rule, "fallsTo", to)
                    && rule.grades().stream().anyMatch(grade -> book.rank(grade) <= book.rank(to))) {
                marks.fault(rule, "fallsTo", "“" + to + "”不低于这条规则说的等级，不能算降级");
            }
        } else if (rule.grades().stream().anyMatch(grade -> book.rank(grade) == 0)) {
            marks.fault(rule, "grades", "最低的等级没有更低的可降");
        }
    }

    private void counters() {
        for (Rulebook.Attendance rule : book.attendance()) {
            names.body(rule, "body", rule.body());
            names.grades(rule, "grades", rule.grades());
            names.posts(rule, "posts", rule.posts());
            names.recipients(rule, "tell", rule.tell());
            names.known(rule, "standIn", rule.standIn(), List.of("own", "any", "none"), "代会规则");
            names.recipients(rule, "warnTell", rule.warnTell());
            Integer limit = rule.limit();
            if (limit == null) {
                if (rule.fallsTo() != null || !rule.warn().isEmpty()) {
                    marks.fault(rule, "", "没有写 limit（连续几次），就不能有 falls-to 和 warn");
                }
                continue;
            }
            numbers.positive(rule, "limit", limit);
            for (int warn : rule.warn()) {
                if (warn < 1 || warn >= limit) {
                    marks.fault(rule, "warn", "提醒的次数应在 1 与 " + (limit - 1) + " 之间：到 " + limit + " 次已经生效");
                }
            }
            fallsTo(rule);
        }
        for (Rulebook.Repeated rule : book.repeated()) {
            names.bodies(rule, "meetings", rule.meetings());
            names.grades(rule, "grades", rule.grades());
            numbers.positive(rule, "alertAt", rule.alertAt());
            numbers.natural(rule, "window", rule.window());
            acts.check(rule.then());
        }
        book.bodies()
                .values()
                .forEach(body -> names.known(body, "standIn", body.standIn(), List.of("own", "none"), "代会规则"));
        if (book.benefits() != null && book.grades().stream().allMatch(g -> g.passes() == 0)) {
            marks.fault(book, "benefits", "写了参会证件，但每个等级都是 0 张");
        }
    }
}
