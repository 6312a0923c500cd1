package io.homeroom.casework;

import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Member;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a class teacher achieved in a stretch of time, the ground of rewards and penalties (WHJX-9-5). */
@Service
@Transactional(readOnly = true)
public class TeacherReports {

    private final Classes classes;
    private final Bills bills;
    private final Till till;

    TeacherReports(Classes classes, Bills bills, Till till) {
        this.classes = classes;
        this.bills = bills;
        this.till = till;
    }

    /**
     * A class teacher's figures.
     *
     * @param contacts how often the teacher was in touch with members
     * @param due bills of the class falling due within
     * @param collected money received from the class within
     */
    public record Report(LocalDate from, LocalDate to, int contacts, Money due, Money collected) {}

    /** The figures of the calendar half-year that was over before a day. */
    public Report halfYearBefore(long staffId, LocalDate day) {
        boolean second = day.getMonthValue() <= 6;
        LocalDate from = second ? LocalDate.of(day.getYear() - 1, 7, 1) : LocalDate.of(day.getYear(), 1, 1);
        return report(staffId, from, from.plusMonths(6).minusDays(1));
    }

    /** The figures of a stretch, both ends included; for the class as it is now. */
    public Report report(long staffId, LocalDate from, LocalDate to) {
        Money due = Money.ZERO;
        Money collected = Money.ZERO;
        List<Member> members = classes.classOf(staffId);
        for (List<Bill> some :
                bills.ofAll(members.stream().map(Member::id).toList()).values()) {
            for (Bill bill : some) {
                LocalDate last = bill.dueOn();
                if (bill.state() != BillState.CANCELLED && last != null && within(last, from, to)) {
                    due = due.plus(bill.amount());
                }
            }
        }
        for (Member member : members) {
            for (Payment payment : till.of(member.id())) {
                if (payment.state() == PayState.SETTLED && within(payment.receivedOn(), from, to)) {
                    collected = collected.plus(payment.amount());
                }
            }
        }
        return new Report(from, to, classes.contacts(staffId, from, to), due, collected);
    }

    private static boolean within(LocalDate day, LocalDate from, LocalDate to) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
