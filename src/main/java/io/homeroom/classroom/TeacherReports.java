package io.homeroom.classroom;

import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a class teacher achieved in a stretch of time, the ground of rewards and penalties (WHJX-9-5). */
@Service
@Transactional(readOnly = true)
public class TeacherReports {

    private static final int GOOD = 95;
    private static final int POOR = 70;
    private static final int MOST = 80;
    private static final int HALF = 50;

    private final Classes classes;
    private final Staff staff;
    private final Bills bills;
    private final Till till;
    private final Lawbook law;

    TeacherReports(Classes classes, Staff staff, Bills bills, Till till, Lawbook law) {
        this.classes = classes;
        this.staff = staff;
        this.bills = bills;
        this.till = till;
        this.law = law;
    }

    /**
     * A class teacher's figures, for the class as it is now.
     *
     * @param members how many it has
     * @param contacts how often the teacher was in touch with members
     * @param reached with how many of them
     * @param due bills of the class falling due within
     * @param settled what has been paid of these, whenever it came
     * @param collected money received from the class within
     */
    public record Report(
            LocalDate from,
            LocalDate to,
            int members,
            int contacts,
            int reached,
            Money due,
            Money settled,
            Money collected) {

        /** What part of what fell due has been paid, in whole percent, rounded down; all of it where nothing did. */
        public int rate() {
            return due.isPositive() ? (int) (settled.fen() * 100 / due.fen()) : 100;
        }

        private int reach() {
            return members == 0 ? 100 : reached * 100 / members;
        }

        /** What the figures of a half-year speak for; the department proposes and people decide. */
        public Advice advice() {
            if (members == 0) {
                return Advice.NONE;
            }
            return rate() >= GOOD && reach() >= MOST
                    ? Advice.REWARD
                    : rate() < POOR || reach() < HALF ? Advice.TALK : Advice.NONE;
        }
    }

    /** What is proposed about a class teacher. */
    public enum Advice {
        REWARD("建议表扬"),
        TALK("建议约谈"),
        NONE("");

        private final String word;

        Advice(String word) {
            this.word = word;
        }

        /** As shown on screen; empty where nothing is proposed. */
        public String word() {
            return word;
        }
    }

    /** The report of one class teacher. */
    public record Line(StaffMember teacher, Report report) {}

    /** The figures of all class teachers who have a class or look after one. */
    public List<Line> all(ReportPeriod period) {
        Map<Long, Integer> sizes = classes.sizes();
        return staff.teachers().stream()
                .filter(teacher -> !teacher.roles().contains(Role.ADMIN) || sizes.containsKey(teacher.id()))
                .map(teacher -> new Line(teacher, report(teacher.id(), period.from(), period.to())))
                .toList();
    }

    /** The figures of the half-year that was over before a day. */
    public Report halfYearBefore(long staffId, LocalDate day) {
        ReportPeriod period = ReportPeriod.halfYear(law.of(day), day).before();
        return report(staffId, period.from(), period.to());
    }

    /** The figures of a stretch, both ends included; for the class as it is now. */
    public Report report(long staffId, LocalDate from, LocalDate to) {
        Money due = Money.ZERO;
        Money open = Money.ZERO;
        List<Long> members = classes.classOf(staffId).stream().map(Member::id).toList();
        for (List<Bill> some : bills.ofAll(members).values()) {
            for (Bill bill : some) {
                LocalDate last = bill.dueOn();
                if (bill.state() != BillState.CANCELLED && last != null && !last.isBefore(from) && !last.isAfter(to)) {
                    due = due.plus(bill.amount());
                    open = open.plus(bill.owed());
                }
            }
        }
        return new Report(
                from,
                to,
                members.size(),
                classes.contacts(staffId, from, to),
                classes.reached(staffId, from, to),
                due,
                due.minus(open),
                till.received(members, from, to));
    }
}
