package io.homeroom.rulebook;

import java.util.HashSet;
import java.util.List;

/**
 * Finds what is well-formed but wrong: names that nothing bears, and ways that do not hold together. Looks itself at the
 * rulebook as a whole and at its fees; each other part has its own class, and {@link Contradictions}, {@link Thresholds},
 * {@link Reach} and {@link Deadlined} find what only shows between rules.
 */
final class Soundness {

    private static final List<String> EVENTS = List.of(
            "nature-changed",
            "bankrupt",
            "dissolved",
            "deregistered",
            "penalty",
            "permit-expired",
            "permit-withdrawn",
            "dishonest-debtor",
            "representative-unfit",
            "delisted",
            "merged",
            "split",
            "resigned");

    private final Rulebook book;
    private final Marks marks;
    private final Names names;
    private final Acts acts;

    Soundness(Rulebook book, Marks marks) {
        this.book = book;
        this.marks = marks;
        this.names = new Names(book, marks);
        this.acts = new Acts(book, marks, names);
    }

    void check() {
        Numbers numbers = new Numbers(marks);
        header();
        fees();
        reports();
        new OpenPoints(book, marks).check();
        new Grounding(book, marks, names).check();
        new People(book, marks, names, numbers).check();
        new Requests(book, marks, names, numbers, acts).check();
        new Courses(book, marks, names, numbers, acts).check();
        new Watches(book, marks, names, numbers, acts).check();
        new Presence(book, marks, names, numbers, acts).check();
        new Offers(book, marks, names).check();
        new Contradictions(book, marks).check();
        new Thresholds(book, marks).check();
        new Reach(book, marks).check();
        new Deadlined(book, marks).check();
    }

    private void header() {
        if (!book.code().matches("[a-z][a-z0-9]{1,11}")) {
            marks.fault(book, "code", "协会代码应是 2 至 12 个小写字母或数字，字母开头");
        }
        if (book.grades().isEmpty()) {
            marks.fault(book, "grades", "至少要有一个会员等级");
        } else if (book.grades().stream().noneMatch(Rulebook.Grade::entry)) {
            marks.fault(book, "grades", "没有一个等级可供新会员加入：请在其中一级写 entry: true");
        }
        names.unique(
                book, "grades", book.grades().stream().map(Rulebook.Grade::name).toList());
        names.unique(
                book, "posts", book.posts().stream().map(Rulebook.Post::name).toList());
        names.unique(book, "offices", book.offices());
        names.unique(book, "watch", book.watch().stream().map(Watch::id).toList());
        names.unique(
                book,
                "sanctions",
                book.sanctions().stream().map(Rulebook.Sanction::name).toList());
        if (book.fees() == null && book.noFee().isEmpty()) {
            marks.fault(book, "", "没有会费的，请在 no-fee 写明依据的条款；有会费的，请写 fees");
        }
        if (book.fees() != null && !book.noFee().isEmpty()) {
            marks.fault(book, "noFee", "既写了会费，又写了没有会费");
        }
    }

    private void fees() {
        Fees fees = book.fees();
        if (fees == null) {
            return;
        }
        if (fees.due() == null && !book.readings().containsKey("fee-due")) {
            marks.fault(fees, "", "没有最后交费日：请写 due，或在 readings 里设 fee-due（可以是 none）");
        }
        for (Fees.Standard standard : fees.standards()) {
            standard.amounts().keySet().forEach(g -> names.grade(standard, "amounts", g));
        }
        if (fees.term() != null) {
            names.body(fees.term(), "body", fees.term().body());
            names.grade(fees.term(), "from", fees.term().from());
        }
        if (fees.standardBy() != null) {
            names.decider(fees.standardBy(), "body", fees.standardBy().body());
        }
        acts.task(fees.receipt());
        names.recipients(fees, "reminderTo", fees.reminderTo());
        if (new HashSet<>(fees.reminders()).size() != fees.reminders().size()) {
            marks.fault(fees, "reminders", "同一天提醒两次");
        }
    }

    /** What follows an event, and a report from outside. */
    private void reports() {
        book.on().values().forEach(acts::check);
        book.reports().forEach((event, then) -> {
            names.known(book, "reports", event, EVENTS, "报告事项");
            acts.check(then);
        });
    }
}
