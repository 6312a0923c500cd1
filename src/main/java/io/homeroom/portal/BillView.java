package io.homeroom.portal;

import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.ground.Days;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bill as a page shows it.
 *
 * @param id key, as text
 * @param title 2026年度会费
 * @param head title with where it stands
 * @param amount in all
 * @param amountNow what is to be paid now; the whole amount once it is paid
 * @param open something is owed
 * @param mood {@code good due bad} or empty, the colour of the word
 * @param word where it stands
 * @param when until when, or since when
 * @param rows name and text, line by line
 */
record BillView(
        String id,
        String title,
        String head,
        String amount,
        String amountNow,
        boolean open,
        String mood,
        String word,
        String when,
        List<Row> rows) {

    /** A clause in the running text of a bill's reason. */
    private static final Pattern BRACKETED = Pattern.compile("（依据((?:[^（）]|（[^（）]*）)+)）");

    /** A line of the details. */
    record Row(String name, String text) {}

    /** A bill without its member's name. */
    static BillView of(Bill bill, Rulebook law, LocalDate today, List<Payment> payments) {
        return of(bill, law, today, payments, null);
    }

    /**
     * @param member whose bill it is, null where that must not be shown
     * @param payments those that went to this bill; a refunded one changes its word
     */
    static BillView of(Bill bill, Rulebook law, LocalDate today, List<Payment> payments, @Nullable Member member) {
        boolean refunded = bill.state() == BillState.OPEN
                && payments.stream().anyMatch(p -> p.state() == PayState.REFUNDED || p.state() == PayState.REFUNDING);
        boolean overdue = bill.overdue(today);
        boolean open = bill.state() == BillState.OPEN && bill.owed().isPositive();
        String word;
        String mood;
        if (open) {
            word = overdue ? "已过期限" : refunded ? "已退款，待缴" : "待缴";
            mood = overdue ? "bad" : "due";
        } else if (bill.state() == BillState.CANCELLED) {
            word = "已撤销";
            mood = "";
        } else {
            word = "已缴";
            mood = "good";
        }
        List<Row> rows = new ArrayList<>();
        if (member != null) {
            rows.add(new Row(member.kind() == Kind.UNIT ? "会员单位" : "会员", member.name()));
            rows.add(new Row("会员级别", member.grade()));
        }
        rows.add(new Row(
                "缴费年度",
                bill.throughYear() > bill.year() ? bill.year() + "—" + bill.throughYear() + "年" : bill.year() + "年"));
        LocalDate due = bill.dueOn();
        if (due != null) {
            rows.add(new Row("截止日期", Days.said(due, today) + (open ? "，" + Days.left(due, today) : "")));
        }
        rows.add(new Row("应缴", bill.amount().toString()));
        if (open && bill.owed().compareTo(bill.amount()) != 0) {
            rows.add(new Row("已缴", bill.amount().minus(bill.owed()).toString()));
        }
        LocalDate paidOn = bill.paidOn();
        if (paidOn != null) {
            rows.add(new Row("缴清日期", Days.dated(paidOn)));
        }
        for (Payment payment : payments) {
            rows.add(new Row(
                    Days.dated(payment.receivedOn()),
                    payment.amount() + " " + payment.method().word() + " "
                            + payment.state().word()));
        }
        rows.add(new Row("金额由来", because(bill, law)));
        rows.add(new Row("账单号", String.valueOf(bill.id())));
        String when;
        if (open) {
            when = due == null ? "没有截止日期" : Days.said(due, today) + "到期，" + Days.left(due, today);
        } else {
            when = paidOn == null ? word : Days.dated(paidOn) + " 缴清";
        }
        return new BillView(
                String.valueOf(bill.id()),
                bill.title(),
                bill.title() + (open ? " 待缴" : " " + word),
                bill.amount().toString(),
                (open ? bill.owed() : bill.amount()).toString(),
                open,
                mood,
                word,
                when,
                rows);
    }

    private static String because(Bill bill, Rulebook law) {
        String why = BRACKETED.matcher(bill.why()).replaceAll("〔$1〕");
        return why.contains("〔") ? why : why + law.cite(bill.clauses());
    }
}
