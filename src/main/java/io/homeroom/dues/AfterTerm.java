package io.homeroom.dues;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where a term that ends within a year was paid only to its end (BACCA-31-b, read so), the months that are left of that
 * year are billed on the first day after: by the grade that the member has then, once.
 */
@Component
class AfterTerm implements Duty {

    private static final int AFTER_THE_YEARS_BILLS = 12;

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Bills bills;
    private final Roster roster;
    private final Lawbook law;

    AfterTerm(JdbcClient jdbc, Accounts accounts, Bills bills, Roster roster, Lawbook law) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.bills = bills;
        this.roster = roster;
        this.law = law;
    }

    @Override
    public String name() {
        return "after-term";
    }

    @Override
    public int order() {
        return AFTER_THE_YEARS_BILLS;
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        List<Long> members = jdbc.sql("select member_id from bill where association_id = :association"
                        + " and kind = 'term' and state <> 'cancelled' and covers_to = :covered order by member_id")
                .param("association", Tenant.current())
                .param("covered", day.minusDays(1))
                .query(Long.class)
                .list();
        Rulebook book = law.of(day);
        Fees fees = book.fees();
        if (fees != null) {
            roster.findAll(members).values().stream()
                    .filter(Member::belongs)
                    .forEach(who -> bill(book, fees, who, day));
        }
    }

    private void bill(Rulebook book, Fees fees, Member who, LocalDate day) {
        Account account = accounts.lock(who.id());
        for (BillRow term : List.copyOf(account.bills)) {
            LocalDate covered = day.minusDays(1);
            boolean ends = covered.equals(term.coversTo) && term.state() != BillState.CANCELLED;
            boolean billed = account.bills.stream()
                    .anyMatch(bill -> Long.valueOf(term.id).equals(bill.part));
            if (!ends || billed) {
                continue;
            }
            Price.afterTerm(book, fees, who.grade(), covered, day).ifPresent(price -> {
                BillRow rest = new BillRow(Ids.next(), who.id(), BillKind.ANNUAL, day.getYear(), price, null, day);
                rest.after(term);
                bills.raise(account, rest, day);
            });
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LocalDate> next(LocalDate after) {
        return jdbc.sql("select covers_to from bill where association_id = :association and kind = 'term'"
                        + " and state <> 'cancelled' and covers_to >= :after order by covers_to limit 1")
                .param("association", Tenant.current())
                .param("after", after)
                .query(LocalDate.class)
                .optional()
                .map(covered -> covered.plusDays(1));
    }
}
