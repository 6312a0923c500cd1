package io.homeroom.dues;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.ground.Money;
import io.homeroom.member.MemberEntered;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Opens the account of everybody who is entered, and tells in one message what is open for earlier years. The word waits
 * until the transaction is about to commit: what is paid in the same act was never owed.
 */
@Component
class Newcomers {

    /** Members whose bills are read at once. */
    private static final int PAGE = 500;

    private final EntityManager rows;
    private final Assessment assessment;
    private final BillReader bills;
    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Newcomers(
            EntityManager rows,
            Assessment assessment,
            BillReader bills,
            Lawbook lawbook,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.assessment = assessment;
        this.bills = bills;
        this.lawbook = lawbook;
        this.clock = clock;
        this.events = events;
    }

    /** Those who were entered in a transaction. */
    private final class Entry implements TransactionSynchronization {

        private final List<Long> members = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            rows.flush(); // bills are read past the session
            for (int from = 0; from < members.size(); from += PAGE) {
                List<Long> page = members.subList(from, Math.min(members.size(), from + PAGE));
                Map<Long, List<Bill>> all = bills.of(page);
                page.forEach(member -> tell(member, all.getOrDefault(member, List.of())));
            }
            members.clear();
        }
    }

    @EventListener
    void on(MemberEntered entered) {
        List<Bill> made = assessment.enter(entered.member(), entered.paidThrough());
        if (!made.isEmpty() && entered.member().belongs()) {
            entry().members.add(entered.member().id());
        }
    }

    private Entry entry() {
        Optional<Entry> begun = TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Entry.class::isInstance)
                .map(Entry.class::cast)
                .findFirst();
        return begun.orElseGet(() -> {
            Entry first = new Entry();
            TransactionSynchronizationManager.registerSynchronization(first);
            return first;
        });
    }

    private void tell(long member, List<Bill> all) {
        List<Bill> open = all.stream()
                .filter(bill -> bill.state() == BillState.OPEN && bill.owed().isPositive())
                .toList();
        if (open.isEmpty()) {
            return;
        }
        Set<String> clauses = new LinkedHashSet<>();
        open.forEach(bill -> clauses.addAll(bill.clauses()));
        events.publishEvent(Tell.of("member", member, "bill", words(open, clauses))
                .cites(List.copyOf(clauses))
                .once("bills-at-entry:" + member));
    }

    private String words(List<Bill> open, Set<String> clauses) {
        LocalDate today = clock.today();
        String cited = lawbook.of(today).cite(clauses);
        if (open.size() == 1) {
            Bill bill = open.get(0);
            LocalDate due = bill.dueOn();
            String until = due == null || due.isBefore(today) ? "" : "，请在" + Days.said(due, today) + "前缴纳";
            return bill.title() + " " + bill.owed() + " 尚未到账" + until + cited + "。回复「缴费」办理。";
        }
        Money owed = open.stream().map(Bill::owed).reduce(Money.ZERO, Money::plus);
        return years(open) + "的会费尚未到账，共" + open.size() + "张账单，合计 " + owed + cited + "。回复「账单」可查看和缴纳。";
    }

    /** From the first year to the last, or each by name where some between them are paid. */
    private static String years(List<Bill> open) {
        boolean inARow = true;
        for (int i = 1; i < open.size(); i++) {
            inARow &= open.get(i).year() <= open.get(i - 1).throughYear() + 1;
        }
        return inARow
                ? open.get(0).year() + "年至" + open.get(open.size() - 1).throughYear() + "年"
                : open.stream().map(bill -> bill.year() + "年").distinct().collect(Collectors.joining("、"));
    }
}
