package io.homeroom.console;

import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.member.Member;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Where a member stands, in one sentence with its clause, and what comes next. */
@Component
class Verdicts {

    record Step(String text, String cites) {}

    record Verdict(String text, String cites, List<Step> next) {}

    private final Bills bills;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    Verdicts(Bills bills, Lawbooks lawbooks, BusinessClock clock) {
        this.bills = bills;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    Verdict of(Visitor visitor, Member member) {
        LocalDate today = clock.today();
        Rulebook book = lawbooks.of(visitor.code());
        return new Verdict(standing(member, today) + dues(member, book, today), cites(member, book), List.of());
    }

    private static String standing(Member member, LocalDate today) {
        LocalDate suspended = member.suspendedSince();
        LocalDate ended = member.endedOn();
        return switch (member.standing()) {
            case ACTIVE -> member.grade() + "，资格正常。";
            case SUSPENDED -> "会员权利" + (suspended == null ? "" : "自" + Words.day(suspended, today) + "起") + "暂停。";
            case APPLICANT -> "正在申请入会。";
            case ENDED ->
                Words.ended(member.endedAs()) + (ended == null ? "" : "，" + Words.day(ended, today) + "起") + "。";
            case NONE -> "不是会员。";
        };
    }

    private String dues(Member member, Rulebook book, LocalDate today) {
        if (book.fees() == null) {
            return member.standing().belongs() ? "本协会不收会费。" : "";
        }
        List<Bill> open = bills.of(member.id()).stream()
                .filter(bill -> bill.owed().isPositive())
                .sorted(Comparator.comparing(Bill::year))
                .toList();
        if (open.isEmpty()) {
            return member.standing() == Standing.ACTIVE ? "会费已缴清。" : "";
        }
        Bill first = open.get(0);
        Money sum = open.stream().map(Bill::owed).reduce(Money.ZERO, Money::plus);
        String what = open.size() == 1 ? Words.bill(first) + " " + sum : open.size() + "笔会费共 " + sum;
        LocalDate due = first.dueOn();
        if (due == null) {
            return what + " 尚未到账。";
        }
        String when = due.isBefore(today)
                ? "最早一笔" + Words.day(due, today) + "到期，" + Words.left(due, today)
                : Words.day(due, today) + "到期，" + Words.left(due, today);
        return what + " 尚未到账，" + when + "。";
    }

    private static String cites(Member member, Rulebook book) {
        List<String> clauses = Optional.ofNullable(book.fees()).map(Fees::cite).orElse(book.noFee());
        return member.standing().belongs() ? Words.cites(clauses) : "";
    }
}
