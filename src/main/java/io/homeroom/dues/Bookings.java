package io.homeroom.dues;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Booking;
import io.homeroom.till.Payment;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Puts payments on bills. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Bookings implements Booking {

    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final String TERM = "term";

    private final EntityManager rows;
    private final Accounts accounts;
    private final BillReader reader;
    private final Roster roster;
    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final ObjectProvider<TermEnd> terms;
    private final ApplicationEventPublisher events;

    Bookings(
            EntityManager rows,
            Accounts accounts,
            BillReader reader,
            Roster roster,
            Lawbook lawbook,
            BusinessClock clock,
            ObjectProvider<TermEnd> terms,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.accounts = accounts;
        this.reader = reader;
        this.roster = roster;
        this.lawbook = lawbook;
        this.clock = clock;
        this.terms = terms;
        this.events = events;
    }

    @Override
    public Outcome<List<Long>> book(Payment payment) {
        Rulebook book = lawbook.of(payment.receivedOn());
        Fees fees = book.fees();
        if (fees == null) {
            return Outcome.refused("本会没有会费，这笔款项不予入账，请原路退回。", book.noFee().toArray(String[]::new));
        }
        long member = payment.memberId();
        LocalDate on = payment.receivedOn();
        Account account = accounts.lock(member);
        BookingRow booking = account.add(payment.id(), payment.amount(), on);
        String wanted = payment.forWhat();
        if (TERM.equals(wanted)) {
            prepayTerm(account, book, fees);
        } else if (wanted != null && YEAR.matcher(wanted).matches()) {
            // Whoever pays may say for which year; the rest of it goes by age.
            account.bills.stream()
                    .filter(bill -> bill.isOpen() && bill.covers(Integer.parseInt(wanted)))
                    .findFirst()
                    .ifPresent(bill -> account.payFirst(booking, bill, on));
        }
        account.share(booking, on);
        account.spendCredit(on);
        rows.flush();
        roster.touch(member);
        events.publishEvent(new DebtChanged(member));
        List<Long> paid = reader.paidBy(member).getOrDefault(payment.id(), List.of());
        account.settled().forEach(bill -> events.publishEvent(new BillPaid(bill.show())));
        if (!account.settled().isEmpty() && account.owesNothing()) {
            events.publishEvent(new AllPaid(member));
        }
        return Outcome.done(paid);
    }

    /** Bills the rest of the term where the money covers it and all that is open; else it is money like any other. */
    private void prepayTerm(Account account, Rulebook book, Fees fees) {
        LocalDate today = clock.today();
        Member who = roster.get(account.member);
        int from = account.firstUncovered(today.getYear());
        Optional<Price> price = Assessment.termEnd(terms, fees)
                .flatMap(end -> Price.term(book, fees, who.grade(), from, end, false, today));
        Money open = account.bills.stream().map(BillRow::owed).reduce(Money.ZERO, Money::plus);
        price.filter(cost -> account.credit().compareTo(open.plus(cost.amount())) >= 0)
                .ifPresent(cost -> {
                    BillRow bill = new BillRow(Ids.next(), who.id(), BillKind.TERM, from, cost, null, today);
                    rows.persist(bill);
                    account.bills.add(bill);
                });
    }

    @Override
    public void unbook(Payment payment) {
        Account account = accounts.lock(payment.memberId());
        for (BillRow bill : account.remove(payment.id())) {
            // A prepayment that never arrived leaves nothing to pay.
            if (bill.kind() == BillKind.TERM && bill.dueOn == null && bill.paidFen == 0) {
                bill.cancel("预缴款项未到账，账单撤回。", bill.show().clauses());
            }
        }
        account.spendCredit(clock.today());
        rows.flush();
        roster.touch(payment.memberId());
        events.publishEvent(new DebtChanged(payment.memberId()));
    }

    @Override
    public void withhold(Payment payment, Money amount) {
        accounts.lock(payment.memberId()).withhold(payment.id(), amount);
        rows.flush();
    }

    @Override
    public Money owedOn(Set<Long> bills) {
        return reader.owedOn(bills);
    }
}
