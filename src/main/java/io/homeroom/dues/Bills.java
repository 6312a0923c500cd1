package io.homeroom.dues;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.MemberRows;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Orders;
import io.homeroom.till.Till;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What members owe, and why. Works inside a tenant. */
@Service
@Transactional
public class Bills {

    private final EntityManager rows;
    private final Accounts accounts;
    private final BillReader reader;
    private final Assessment assessment;
    private final Roster roster;
    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final ObjectProvider<TermEnd> terms;
    private final Orders orders;
    private final Till till;
    private final ApplicationEventPublisher events;

    Bills(
            EntityManager rows,
            Accounts accounts,
            BillReader reader,
            Assessment assessment,
            Roster roster,
            Lawbook lawbook,
            BusinessClock clock,
            ObjectProvider<TermEnd> terms,
            Orders orders,
            Till till,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.accounts = accounts;
        this.reader = reader;
        this.assessment = assessment;
        this.roster = roster;
        this.lawbook = lawbook;
        this.clock = clock;
        this.terms = terms;
        this.orders = orders;
        this.till = till;
        this.events = events;
    }

    /** A member's bills by year, cancelled ones too. */
    @Transactional(readOnly = true)
    public List<Bill> of(long member) {
        return reader.of(member);
    }

    /** The members' bills as a part of what is read about them; each member's come by year. */
    public static MemberRows.Part part(Map<Long, List<Bill>> into) {
        return BillReader.part(into);
    }

    /** Bills of many members in one query; members without any are left out. */
    @Transactional(readOnly = true)
    public Map<Long, List<Bill>> ofAll(Collection<Long> members) {
        return reader.of(members);
    }

    /** The bill of a key. */
    @Transactional(readOnly = true)
    public Optional<Bill> find(long bill) {
        return reader.find(bill);
    }

    /** Open bills whose last day is this one. */
    @Transactional(readOnly = true)
    public List<Bill> openDue(LocalDate dueOn) {
        return reader.openDue(dueOn);
    }

    /** The last days of open bills from a day on, each once, for more than a year. */
    @Transactional(readOnly = true)
    public List<LocalDate> openDueDays(LocalDate from) {
        return reader.openDueDays(from);
    }

    /** What a member owes in all; negative for credit. */
    @Transactional(readOnly = true)
    public Money owed(long member) {
        return reader.owed(List.of(member)).getOrDefault(member, Money.ZERO);
    }

    /** {@link #owed} for many in two queries. */
    @Transactional(readOnly = true)
    public Map<Long, Money> owedAll(Collection<Long> members) {
        return reader.owed(members);
    }

    /** Whether any bill is past its last day. */
    @Transactional(readOnly = true)
    public boolean overdue(long member, LocalDate day) {
        return reader.of(member).stream().anyMatch(bill -> bill.overdue(day));
    }

    /** Last day of the last year paid before which nothing is open; empty if none was ever paid. */
    @Transactional(readOnly = true)
    public Optional<LocalDate> paidThrough(long member) {
        return paidThrough(member, reader.of(member));
    }

    /** The same by the member's bills as just read. */
    @Transactional(readOnly = true)
    public Optional<LocalDate> paidThrough(long member, List<Bill> all) {
        List<Bill> bills =
                all.stream().filter(bill -> bill.kind() != BillKind.TOP_UP).toList();
        int open = bills.stream()
                .filter(bill -> bill.state() == BillState.OPEN)
                .mapToInt(Bill::year)
                .min()
                .orElse(Integer.MAX_VALUE);
        int before = reader.paidBefore(member).map(LocalDate::getYear).orElse(0);
        int paid = bills.stream()
                .filter(bill -> bill.state() == BillState.PAID && bill.throughYear() < open)
                .mapToInt(Bill::throughYear)
                .max()
                .orElse(0);
        int year = Math.max(before, paid);
        return year == 0 ? Optional.empty() : Optional.of(LocalDate.of(year, 12, 31));
    }

    /**
     * The amounts that the pay page offers: all that is owed, and, where the bylaws let members prepay, that with the rest
     * of the council's term.
     */
    @Transactional(readOnly = true)
    public List<Money> mayPay(long member) {
        List<Money> offers = new ArrayList<>();
        Money owed = owed(member);
        if (owed.isPositive()) {
            offers.add(owed);
        }
        prepayment(member)
                .map(price -> price.amount().plus(owed))
                .filter(Money::isPositive)
                .ifPresent(offers::add);
        return offers;
    }

    private Optional<Price> prepayment(long member) {
        LocalDate today = clock.today();
        Rulebook book = lawbook.of(today);
        Fees fees = book.fees();
        Member who = roster.get(member);
        if (fees == null || fees.term() == null || !who.belongs() || Price.mustPayTerm(book, fees, who.grade())) {
            return Optional.empty();
        }
        int year = today.getYear();
        LocalDate before = reader.paidBefore(member).orElse(null);
        List<Bill> bills = reader.of(member);
        while (covered(bills, before, year)) {
            year++;
        }
        int from = year;
        return Assessment.termEnd(terms, fees)
                .flatMap(end -> Price.term(book, fees, who.grade(), from, end, false, today));
    }

    private static boolean covered(List<Bill> bills, @Nullable LocalDate before, int year) {
        return (before != null && before.getYear() >= year)
                || bills.stream()
                        .anyMatch(bill -> bill.kind() != BillKind.TOP_UP
                                && bill.state() != BillState.CANCELLED
                                && bill.year() <= year
                                && year <= bill.throughYear());
    }

    /** Which bills each of a member's payments went to, by payment. */
    @Transactional(readOnly = true)
    public Map<Long, List<Long>> paidBy(long member) {
        return reader.paidBy(member);
    }

    /** The bills that a payment of this amount would settle in full. */
    @Transactional(readOnly = true)
    public List<Bill> wouldSettle(long member, Money amount) {
        List<Bill> open = reader.of(member).stream()
                .filter(bill -> bill.state() == BillState.OPEN)
                .toList();
        Allotment allotment = Allotment.of(
                amount,
                open.stream()
                        .map(bill -> new Allotment.Open(bill.id(), bill.year(), bill.kind(), bill.owed()))
                        .toList());
        return open.stream()
                .filter(bill -> allotment.parts().contains(new Allotment.Part(bill.id(), bill.owed())))
                .toList();
    }

    /**
     * Bills a newcomer for this year; asked again, answers the bill there is.
     *
     * @param startOn start of the membership, from which months count; the day of application where it is not yet decided
     * @param dueOn last day of payment, null for none
     * @param caseId the case that asks for it
     * @return the bill, or that the bylaws know no fee
     */
    public Outcome<Bill> firstYear(long member, LocalDate startOn, @Nullable LocalDate dueOn, @Nullable Long caseId) {
        LocalDate today = clock.today();
        Rulebook book = lawbook.of(today);
        Fees fees = book.fees();
        if (fees == null) {
            return Outcome.refused("本会没有会费。", book.noFee().toArray(String[]::new));
        }
        Member who = roster.get(member);
        Account account = accounts.lock(member);
        Optional<BillRow> there = account.covering(today.getYear());
        if (there.isPresent()) {
            return Outcome.done(there.get().show());
        }
        if (!fees.waiver().isEmpty() && unitPaid(who, today.getYear())) {
            return Outcome.refused(
                    "所在单位已交" + today.getYear() + "年会费，个人会费免收。", fees.waiver().toArray(String[]::new));
        }
        Optional<BillRow> made = assessment.first(book, fees, who, today.getYear(), startOn, today);
        if (made.isEmpty()) {
            return Outcome.refused(who.grade() + "没有会费标准，请先设定。", fees.cite().toArray(String[]::new));
        }
        BillRow bill = made.get();
        bill.dueOn = dueOn;
        bill.caseId = caseId;
        return Outcome.done(raise(account, bill, today));
    }

    /** Whether the member that employs a person has paid a year's fee. */
    private boolean unitPaid(Member who, int year) {
        Long employer = who.employerId();
        if (who.kind() != Kind.INDIVIDUAL || employer == null) {
            return false;
        }
        boolean belongs = roster.find(employer)
                .map(unit -> unit.belongs() && unit.kind() == Kind.UNIT)
                .orElse(false);
        return belongs && paid(reader.of(employer), reader.paidBefore(employer).orElse(null), year);
    }

    private static boolean paid(List<Bill> bills, @Nullable LocalDate before, int year) {
        return covered(
                bills.stream().filter(bill -> bill.state() == BillState.PAID).toList(), before, year);
    }

    Bill raise(Account account, BillRow bill, LocalDate today) {
        account.raise(bill, today);
        rows.flush();
        events.publishEvent(new BillRaised(bill.show(), false, false));
        afterChange(account);
        return bill.show();
    }

    /** Tells what was settled, after everything is written. */
    void afterChange(Account account) {
        rows.flush();
        roster.touch(account.member);
        orders.stale(account.member);
        events.publishEvent(new DebtChanged(account.member));
        account.settled().forEach(bill -> events.publishEvent(new BillPaid(bill.show())));
        if (!account.settled().isEmpty() && account.owesNothing()) {
            events.publishEvent(new AllPaid(account.member));
        }
    }

    /**
     * Bills every member for a calendar year, in batches of one transaction each; those that have a bill or have paid
     * for it are passed over, so that a second run changes nothing.
     *
     * @return how many bills were made
     */
    @Transactional(propagation = org.springframework.transaction.annotation.Propagation.SUPPORTS)
    public int assess(int year) {
        return assessment.assess(year, clock.today());
    }

    /** {@link #assess(int)} as of a day that may have passed, as when a missed night is made up for. */
    @Transactional(propagation = org.springframework.transaction.annotation.Propagation.SUPPORTS)
    public int assess(int year, LocalDate day) {
        return assessment.assess(year, day);
    }

    /**
     * Bills the difference to a higher grade for the rest of the year; asked again for the same case, answers the bill
     * there is.
     *
     * @return empty where the grade costs no more: nothing is to be paid, and nothing is given back
     */
    public Optional<Bill> topUp(long member, String fromGrade, String toGrade, LocalDate day, @Nullable Long caseId) {
        Rulebook book = lawbook.of(day);
        Fees fees = book.fees();
        if (fees == null) {
            return Optional.empty();
        }
        Account account = accounts.lock(member);
        Optional<BillRow> there = account.bills.stream()
                .filter(bill -> bill.kind() == BillKind.TOP_UP
                        && bill.state() != BillState.CANCELLED
                        && caseId != null
                        && caseId.equals(bill.caseId))
                .findFirst();
        if (there.isPresent()) {
            return there.map(BillRow::show);
        }
        return Price.topUp(book, fees, fromGrade, toGrade, day).map(price -> {
            BillRow bill = new BillRow(Ids.next(), member, BillKind.TOP_UP, day.getYear(), price, null, day);
            bill.between(fromGrade, toGrade, caseId);
            return raise(account, bill, day);
        });
    }

    /** Quotes unpaid top-ups anew, as on the first of a month. */
    public void requoteTopUps(LocalDate day) {
        Rulebook book = lawbook.of(day);
        Fees fees = book.fees();
        if (fees == null || fees.topUp() == null) {
            return;
        }
        for (long member : reader.membersWithOpenTopUps()) {
            if (!roster.get(member).belongs()) {
                continue;
            }
            Account account = accounts.lock(member);
            String grade = roster.get(member).grade();
            List.copyOf(account.bills).stream()
                    .filter(bill -> bill.kind() == BillKind.TOP_UP && bill.isOpen())
                    // Whoever has the grade already owes for the time from that day on, however late it pays.
                    .filter(bill -> !grade.equals(bill.toGrade))
                    .forEach(bill -> requote(account, bill, book, fees, day));
            afterChange(account);
        }
    }

    private static void requote(Account account, BillRow bill, Rulebook book, Fees fees, LocalDate day) {
        String from = String.valueOf(bill.fromGrade);
        String to = String.valueOf(bill.toGrade);
        Price.topUp(book, fees, from, to, day).ifPresent(price -> {
            bill.feeYear = day.getYear();
            reprice(account, bill, price, day);
        });
    }

    /** Gives a bill a new price; what was paid beyond it becomes credit. */
    private static void reprice(Account account, BillRow bill, Price price, LocalDate day) {
        Money surplus = new Money(bill.paidFen).minus(price.amount());
        if (surplus.isPositive()) {
            account.release(bill, surplus);
        }
        bill.cost(price);
        account.settle(bill, day);
        account.spendCredit(day);
    }

    /**
     * Bills the rest of the council's term to a member whose grade must prepay it, from the first year that is not yet
     * billed or paid.
     *
     * @return empty where the bylaws ask for no such thing, the term's end is unknown, or nothing is left to bill
     */
    public Optional<Bill> term(long member, LocalDate day, @Nullable Long caseId) {
        Rulebook book = lawbook.of(day);
        Fees fees = book.fees();
        Member who = roster.get(member);
        if (fees == null || !Price.mustPayTerm(book, fees, who.grade())) {
            return Optional.empty();
        }
        Account account = accounts.lock(member);
        int from = account.firstUncovered(day.getYear());
        return Assessment.termEnd(terms, fees)
                .flatMap(end -> Price.term(book, fees, who.grade(), from, end, true, day))
                .map(price -> {
                    BillRow bill = new BillRow(Ids.next(), member, BillKind.TERM, from, price, day, day);
                    bill.caseId = caseId;
                    return raise(account, bill, day);
                });
    }

    /**
     * Bills a member for the years that passed it by while its membership was taken to have ended, as after an expulsion
     * that was annulled. Whoever was never billed stays so.
     */
    public void makeUp(long member) {
        LocalDate today = clock.today();
        Rulebook book = lawbook.of(today);
        Fees fees = book.fees();
        Member who = roster.get(member);
        if (fees == null || !who.belongs() || (fees.withNumber() && !who.number())) {
            return;
        }
        Account account = accounts.lock(member);
        int year = account.lastCovered();
        while (year > 0 && year < today.getYear()) {
            year++;
            LocalDate then = LocalDate.of(year, 1, 1);
            LocalDate standard = fees.yearly(who.grade(), then).isPresent() ? then : today;
            if (!unitPaid(who, year)) {
                Optional<BillRow> missed = assessment.yearly(book, fees, member, who.grade(), year, standard, today);
                if (missed.isPresent()) {
                    raise(account, missed.get(), today);
                    year = missed.get().throughYear;
                }
            }
        }
    }

    /**
     * Lowers the bill of a year; what was paid beyond it becomes credit.
     *
     * @param to the new amount, not above the old one
     * @param clauses by which clauses
     * @param by who decided it, for the bill's explanation
     */
    public Outcome<Bill> reduce(long member, int year, Money to, List<String> clauses, String by) {
        LocalDate today = clock.today();
        Rulebook book = lawbook.of(today);
        Account account = accounts.lock(member);
        BillRow bill = account.covering(year).orElse(null);
        if (bill == null) {
            return Outcome.refused("没有" + year + "年的会费账单。", clauses.toArray(String[]::new));
        }
        if (to.fen() < 0 || to.fen() > bill.amountFen) {
            return Outcome.refused("减免后的金额须在零与原金额之间。", clauses.toArray(String[]::new));
        }
        String why = year + "年会费由 " + new Money(bill.amountFen) + " 减为 " + to + "，" + by + "同意"
                + clauses.stream()
                        .findFirst()
                        .map(clause -> "（依据" + book.label(clause) + "）")
                        .orElse("");
        reprice(
                account,
                bill,
                new Price(to, why, Price.both(clauses, bill.show().clauses()), bill.throughYear, bill.coversTo),
                today);
        afterChange(account);
        return Outcome.done(bill.show());
    }

    /** Withdraws a bill; what was paid on it becomes credit. A bill already cancelled stays as it is. */
    public void cancel(long bill, List<String> clauses, String why) {
        Bill known = reader.find(bill).orElseThrow(() -> new IllegalArgumentException("No bill " + bill));
        Account account = accounts.lock(known.memberId());
        BillRow row =
                account.bills.stream().filter(one -> one.id == bill).findFirst().orElseThrow();
        if (row.state() == BillState.CANCELLED) {
            return;
        }
        account.release(row, new Money(row.paidFen));
        row.cancel(why, clauses);
        account.spendCredit(clock.today());
        afterChange(account);
    }

    /**
     * Bills the years from one through another that neither a bill nor an earlier payment covers, as when a membership
     * comes back.
     *
     * @param caseId the case that asks for it
     */
    public void years(long member, int from, int through, @Nullable Long caseId) {
        LocalDate today = clock.today();
        Rulebook book = lawbook.of(today);
        Fees fees = book.fees();
        if (fees == null) {
            return;
        }
        String grade = roster.get(member).grade();
        Account account = accounts.lock(member);
        for (int year = account.firstUncovered(from); year <= through; year = account.firstUncovered(year + 1)) {
            LocalDate then = LocalDate.of(year, 1, 1);
            LocalDate standard = fees.yearly(grade, then).isPresent() ? then : today;
            assessment.yearly(book, fees, member, grade, year, standard, today).ifPresent(bill -> {
                bill.caseId = caseId;
                raise(account, bill, today);
            });
        }
    }

    /** Withdraws whatever is open, as when a membership ends and nothing is owed any more; paid parts become credit. */
    public void writeOff(long member, List<String> clauses, String why) {
        reader.of(member).stream()
                .filter(bill -> bill.state() == BillState.OPEN)
                .forEach(bill -> cancel(bill.id(), clauses, why));
    }

    /**
     * Waives a year's fee, as BACCA-9-b does for people whose unit has paid: an open bill is cancelled, and what was paid
     * for the year goes back. A second call has no effect.
     *
     * @return what goes back
     */
    public Money waive(long member, int year, List<String> clauses, String why) {
        LocalDate today = clock.today();
        Account account = accounts.lock(member);
        String cited = String.join(",", clauses);
        boolean before = account.bills.stream()
                .anyMatch(bill ->
                        bill.feeYear == year && bill.state() == BillState.CANCELLED && bill.clauses.equals(cited));
        if (before) {
            return Money.ZERO;
        }
        BillRow bill = account.covering(year)
                .filter(one -> one.kind() == BillKind.ANNUAL)
                .orElse(null);
        if (bill == null) {
            return paidEarlier(account, member, year, clauses, why, today);
        }
        List<Account.Freed> freed = account.release(bill, new Money(bill.paidFen));
        bill.cancel(why, clauses);
        rows.flush();
        Money back = Money.ZERO;
        for (Account.Freed part : freed) {
            till.refund(member, part.payment(), part.amount(), why, clauses);
            back = back.plus(part.amount());
        }
        afterChange(account);
        return back;
    }

    /**
     * Withdraws the bills that a case asked for, as when an application is refused after payment: what was paid on them,
     * and any credit, goes back.
     *
     * @param back whether it goes back at once; else it stays as credit and people decide
     * @return what goes back, or stands as credit
     */
    public Money withdraw(long member, long caseId, List<String> clauses, String why, boolean back) {
        Account account = accounts.lock(member);
        List<BillRow> asked = account.bills.stream()
                .filter(bill -> bill.state() != BillState.CANCELLED
                        && Long.valueOf(caseId).equals(bill.caseId))
                .toList();
        for (BillRow bill : asked) {
            account.release(bill, new Money(bill.paidFen));
            bill.cancel(why, clauses);
        }
        account.spendCredit(clock.today());
        rows.flush();
        Money freed = Money.ZERO;
        if (!asked.isEmpty()) {
            for (Account.Freed rest : account.rests()) {
                if (back) {
                    till.refund(member, rest.payment(), rest.amount(), why, clauses);
                }
                freed = freed.plus(rest.amount());
            }
            afterChange(account);
        }
        return freed;
    }

    /** A year paid before this book began goes back by the standard of its beginning; no payment is known. */
    private Money paidEarlier(
            Account account, long member, int year, List<String> clauses, String why, LocalDate today) {
        Rulebook book = lawbook.of(today);
        Fees fees = book.fees();
        if (fees == null || account.paidThrough == null || account.paidThrough.getYear() < year) {
            return Money.ZERO;
        }
        Optional<Price> price = Price.year(book, fees, roster.get(member).grade(), year, LocalDate.of(year, 1, 1));
        if (price.isEmpty() || !price.get().amount().isPositive()) {
            return Money.ZERO;
        }
        BillRow trace = new BillRow(Ids.next(), member, BillKind.ANNUAL, year, price.get(), null, today);
        trace.cancel(why, clauses);
        rows.persist(trace);
        rows.flush();
        till.refund(member, null, price.get().amount(), why, clauses);
        return price.get().amount();
    }
}
