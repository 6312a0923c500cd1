package io.homeroom.dues;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the bills of a year for a whole roster, page by page, and those of one newcomer. */
@Component
class Assessment {

    private static final int PAGE = 500;

    private final EntityManager rows;
    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final Accounts accounts;
    private final Roster roster;
    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final ObjectProvider<TermEnd> terms;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    Assessment(
            EntityManager rows,
            JdbcClient jdbc,
            JdbcTemplate batch,
            Accounts accounts,
            Roster roster,
            Lawbook lawbook,
            BusinessClock clock,
            ObjectProvider<TermEnd> terms,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.jdbc = jdbc;
        this.batch = batch;
        this.accounts = accounts;
        this.roster = roster;
        this.lawbook = lawbook;
        this.clock = clock;
        this.terms = terms;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    /** Until when the council that a term rule speaks of is in office, if that is known. */
    static Optional<LocalDate> termEnd(ObjectProvider<TermEnd> terms, Fees fees) {
        Fees.Term rule = fees.term();
        return rule == null
                ? Optional.empty()
                : terms.orderedStream()
                        .map(one -> one.of(rule.body()))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    /**
     * The bill of a year for a member of a grade; a term bill where the grade must prepay; none without a standard.
     *
     * @param day whose standard holds
     * @param today when it is made
     */
    Optional<BillRow> yearly(
            Rulebook book, Fees fees, long member, String grade, int year, LocalDate day, LocalDate today) {
        LocalDate due = fees.dueOn(book, year);
        if (year >= today.getYear() && Price.mustPayTerm(book, fees, grade)) {
            Optional<Price> term =
                    termEnd(terms, fees).flatMap(end -> Price.term(book, fees, grade, year, end, true, day));
            if (term.isPresent()) {
                return term.map(price -> new BillRow(Ids.next(), member, BillKind.TERM, year, price, due, today));
            }
        }
        return Price.year(book, fees, grade, year, day)
                .map(price -> new BillRow(Ids.next(), member, BillKind.ANNUAL, year, price, due, today));
    }

    /**
     * The bill of the year in which a membership began or is first billed. It has no last day. Where the grade must prepay
     * the term, the years after it are on the same bill.
     */
    Optional<BillRow> first(Rulebook book, Fees fees, Member who, int year, LocalDate startOn, LocalDate day) {
        LocalDate today = clock.today();
        return Price.firstYear(book, fees, who.grade(), year, startOn, day).map(first -> {
            if (year >= today.getYear() && Price.mustPayTerm(book, fees, who.grade())) {
                Optional<Price> rest = termEnd(terms, fees)
                        .flatMap(end -> Price.term(book, fees, who.grade(), year + 1, end, true, day));
                if (rest.isPresent()) {
                    Price whole = new Price(
                            first.amount().plus(rest.get().amount()),
                            first.why() + "；" + rest.get().why(),
                            Price.both(first.clauses(), rest.get().clauses()),
                            rest.get().throughYear(),
                            rest.get().coversTo());
                    return new BillRow(Ids.next(), who.id(), BillKind.TERM, year, whole, null, today);
                }
            }
            return new BillRow(Ids.next(), who.id(), BillKind.ANNUAL, year, first, null, today);
        });
    }

    int assess(int year, LocalDate day) {
        Rulebook book = lawbook.of(day);
        Fees fees = book.fees();
        if (fees == null) {
            return 0;
        }
        int made = 0;
        long after = 0;
        List<Unbilled> page;
        do {
            long from = after;
            page = transaction.execute(status -> {
                List<Unbilled> found = unbilled(fees, year, from);
                bill(book, fees, year, found, day);
                return found;
            });
            if (page == null || page.isEmpty()) {
                break;
            }
            made += page.size();
            after = page.get(page.size() - 1).member();
        } while (page.size() == PAGE);
        return made;
    }

    /** A member without a bill for the year. */
    private record Unbilled(long member, String grade, boolean credit) {}

    private List<Unbilled> unbilled(Fees fees, int year, long after) {
        String number = fees.withNumber() ? " and m.has_number = 1" : "";
        // A unit that has paid for the year frees its people of their own fee for it.
        String waived = fees.waiver().isEmpty()
                ? ""
                : " and not (m.kind = '" + Kind.INDIVIDUAL.code() + "' and m.employer_id is not null and exists"
                        + " (select 1 from member e where e.association_id = m.association_id and e.id ="
                        + " m.employer_id and e.standing in ('active', 'suspended')) and (exists"
                        + " (select 1 from bill u where u.association_id ="
                        + " m.association_id and u.member_id = m.employer_id"
                        + " and u.kind <> 'top-up' and u.state = 'paid' and"
                        + " u.fee_year <= :year and u.through_year >= :year) or exists (select 1 from dues_account ua"
                        + " where ua.association_id = m.association_id and ua.member_id = m.employer_id and"
                        + " ua.paid_through >= :last)))";
        return jdbc.sql("select m.id, m.grade, exists (select 1 from booking k where k.association_id ="
                        + " m.association_id and k.member_id = m.id and k.rest_fen > 0) as has_credit from member"
                        + " m left join dues_account a on a.association_id = m.association_id and a.member_id ="
                        + " m.id where m.association_id = :association and m.id > :after and m.standing in"
                        + " ('active', 'suspended') and m.joined_on < :first and (a.paid_through is null or"
                        + " a.paid_through < :last)" + number + waived
                        + " and not exists (select 1 from bill b where b.association_id = m.association_id and"
                        + " b.member_id = m.id and b.kind <> 'top-up' and b.fee_year <= :year and"
                        + " b.through_year >= :year) order by m.id limit :page")
                .param("association", Tenant.current())
                .param("after", after)
                .param("first", LocalDate.of(year, 1, 1))
                .param("last", LocalDate.of(year, 12, 31))
                .param("year", year)
                .param("page", PAGE)
                .query((row, n) ->
                        new Unbilled(row.getLong("id"), row.getString("grade"), row.getBoolean("has_credit")))
                .list();
    }

    private void bill(Rulebook book, Fees fees, int year, List<Unbilled> page, LocalDate today) {
        List<BillRow> bills = new ArrayList<>();
        List<Bill> shown = new ArrayList<>();
        List<Bill> settled = new ArrayList<>();
        for (Unbilled one : page) {
            Optional<BillRow> made = yearly(book, fees, one.member(), one.grade(), year, today, today);
            if (made.isEmpty()) {
                continue;
            }
            if (one.credit()) {
                Account account = accounts.lock(one.member());
                account.raise(made.get(), today);
                account.settled().forEach(bill -> settled.add(bill.show()));
                shown.add(made.get().show());
            } else {
                bills.add(made.get());
            }
        }
        insert(bills);
        rows.flush();
        roster.touchAll(page.stream().map(Unbilled::member).toList(), today);
        bills.forEach(bill -> shown.add(bill.show()));
        shown.forEach(bill -> events.publishEvent(new BillRaised(bill, true, false)));
        settled.forEach(bill -> events.publishEvent(new BillPaid(bill)));
    }

    private void insert(List<BillRow> bills) {
        String association = Tenant.current();
        batch.batchUpdate(
                "insert into bill (association_id, id, member_id, fee_year, through_year, kind, amount_fen, paid_fen,"
                        + " due_on, state, why, clauses, raised_on, covers_to, part) values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?,"
                        + " ?, ?, ?, ?, 0)",
                bills,
                PAGE,
                (statement, bill) -> {
                    statement.setString(1, association);
                    statement.setLong(2, bill.id);
                    statement.setLong(3, bill.memberId);
                    statement.setInt(4, bill.feeYear);
                    statement.setInt(5, bill.throughYear);
                    statement.setString(6, bill.kind);
                    statement.setLong(7, bill.amountFen);
                    statement.setObject(8, bill.dueOn, Types.DATE);
                    statement.setString(9, bill.state);
                    statement.setString(10, bill.why);
                    statement.setString(11, bill.clauses);
                    statement.setObject(12, bill.raisedOn, Types.DATE);
                    statement.setObject(13, bill.coversTo, Types.DATE);
                });
    }

    /** Bills somebody just entered for every year from its start, or from the last one paid, to this one or its end. */
    List<Bill> enter(Member who, @Nullable LocalDate paidThrough) {
        LocalDate today = clock.today();
        Rulebook book = lawbook.of(today);
        Fees fees = book.fees();
        LocalDate joined = who.joinedOn();
        if (fees == null) {
            return List.of();
        }
        accounts.begin(who.id(), paidThrough);
        if (joined == null || (fees.withNumber() && !who.number() && who.belongs())) {
            return List.of();
        }
        int last = who.endedOn() == null ? today.getYear() : who.endedOn().getYear();
        int year = paidThrough == null ? joined.getYear() : paidThrough.getYear() + 1;
        List<Bill> made = new ArrayList<>();
        while (year <= last) {
            LocalDate then = LocalDate.of(year, 1, 1);
            LocalDate standard = fees.yearly(who.grade(), then).isPresent() ? then : today;
            Optional<BillRow> bill = year == joined.getYear()
                    ? first(book, fees, who, year, joined, standard)
                    : yearly(book, fees, who.id(), who.grade(), year, standard, today);
            if (bill.isEmpty()) {
                break;
            }
            rows.persist(bill.get());
            made.add(bill.get().show());
            year = bill.get().throughYear + 1;
        }
        rows.flush();
        made.forEach(bill -> events.publishEvent(new BillRaised(bill, true, true)));
        return made;
    }
}
