package io.homeroom.dues;

import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.member.MemberRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads bills past the persistence context, for one member or many in one statement each. */
@Component
class BillReader {

    /** Different last days that are read at most. */
    private static final int DUE_DAYS = 400;

    private static final MemberRows.Columns COLUMNS = new MemberRows.Columns(
            "bill",
            "bill_once",
            List.of("id", "fee_year", "through_year", "amount_fen", "paid_fen", "case_id"),
            List.of("due_on", "paid_on", "raised_on"),
            List.of("kind", "state", "why", "clauses"));
    private static final String BILL = COLUMNS.select();
    private static final Comparator<Bill> BY_AGE =
            Comparator.comparingInt(Bill::year).thenComparingLong(Bill::id);

    private final JdbcClient jdbc;

    BillReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Bill> of(long member) {
        return jdbc.sql(BILL + " and member_id = :member order by fee_year, id")
                .param("association", Tenant.current())
                .param("member", member)
                .query((row, n) -> bill(row))
                .list();
    }

    List<Bill> openDue(LocalDate dueOn) {
        return jdbc.sql(BILL + " and state = 'open' and due_on = :due order by id")
                .param("association", Tenant.current())
                .param("due", dueOn)
                .query((row, n) -> bill(row))
                .list();
    }

    List<LocalDate> openDueDays(LocalDate from) {
        return jdbc.sql("select distinct due_on from bill where association_id = :association and state = 'open'"
                        + " and due_on >= :from order by due_on limit " + DUE_DAYS)
                .param("association", Tenant.current())
                .param("from", from)
                .query(LocalDate.class)
                .list();
    }

    Map<Long, List<Bill>> of(Collection<Long> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(BILL + " and member_id in (:members) order by fee_year, id")
                .param("association", Tenant.current())
                .param("members", members)
                .query((row, n) -> bill(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Bill::memberId));
    }

    /** The members' bills, to be read together with other rows about them; each member's come by year. */
    static MemberRows.Part part(Map<Long, List<Bill>> into) {
        return new MemberRows.Part(COLUMNS, row -> {
            Bill bill = bill(row);
            List<Bill> own = into.computeIfAbsent(bill.memberId(), member -> new ArrayList<>());
            int at = Collections.binarySearch(own, bill, BY_AGE);
            own.add(at < 0 ? -at - 1 : at, bill);
        });
    }

    Optional<Bill> find(long bill) {
        return jdbc.sql(BILL + " and id = :id")
                .param("association", Tenant.current())
                .param("id", bill)
                .query((row, n) -> bill(row))
                .optional();
    }

    Money owedOn(Collection<Long> bills) {
        if (bills.isEmpty()) {
            return Money.ZERO;
        }
        return new Money(jdbc.sql("select coalesce(sum(amount_fen - paid_fen), 0) from bill"
                        + " where association_id = :association and id in (:bills) and state = 'open'")
                .param("association", Tenant.current())
                .param("bills", bills)
                .query(Long.class)
                .single());
    }

    /** What members owe in all; less than nothing for credit. Members without dues are zero. */
    Map<Long, Money> owed(Collection<Long> members) {
        Map<Long, Money> owed = new HashMap<>();
        if (members.isEmpty()) {
            return owed;
        }
        members.forEach(member -> owed.put(member, Money.ZERO));
        add(
                owed,
                members,
                "select member_id, sum(amount_fen - paid_fen) from bill where association_id = :association"
                        + " and member_id in (:members) and state = 'open' group by member_id",
                1);
        add(
                owed,
                members,
                "select member_id, sum(rest_fen) from booking where association_id = :association"
                        + " and member_id in (:members) group by member_id",
                -1);
        return owed;
    }

    private void add(Map<Long, Money> owed, Collection<Long> members, String sums, int sign) {
        jdbc.sql(sums)
                .param("association", Tenant.current())
                .param("members", members)
                .query((ResultSet row) -> {
                    owed.merge(row.getLong(1), new Money(sign * row.getLong(2)), Money::plus);
                });
    }

    Optional<LocalDate> paidBefore(long member) {
        return jdbc.sql("select paid_through from dues_account where association_id = :association"
                        + " and member_id = :member and paid_through is not null")
                .param("association", Tenant.current())
                .param("member", member)
                .query(LocalDate.class)
                .optional();
    }

    /** Bills by the payments that went to them. */
    Map<Long, List<Long>> paidBy(long member) {
        Map<Long, List<Long>> paid = new LinkedHashMap<>();
        jdbc.sql("select payment_id, bill_id from payment_allocation where association_id = :association"
                        + " and member_id = :member order by id")
                .param("association", Tenant.current())
                .param("member", member)
                .query((ResultSet row) -> {
                    List<Long> bills = paid.computeIfAbsent(row.getLong(1), payment -> new java.util.ArrayList<>());
                    if (!bills.contains(row.getLong(2))) {
                        bills.add(row.getLong(2));
                    }
                });
        return paid;
    }

    /** Unpaid top-ups, by member. */
    List<Long> membersWithOpenTopUps() {
        return jdbc.sql("select distinct member_id from bill where association_id = :association and kind = 'top-up'"
                        + " and state = 'open' order by member_id")
                .param("association", Tenant.current())
                .query(Long.class)
                .list();
    }

    private static Bill bill(ResultSet row) throws SQLException {
        return bill(new MemberRows.Row(row));
    }

    private static Bill bill(MemberRows.Row row) throws SQLException {
        BillState state = BillState.of(row.text(1));
        long amount = row.number(3);
        String clauses = row.text(3);
        return new Bill(
                row.number(0),
                row.member(),
                (int) row.number(1),
                BillKind.of(row.text(0)),
                new Money(amount),
                new Money(state == BillState.OPEN ? amount - row.number(4) : 0),
                row.dayOrNone(0),
                state,
                row.dayOrNone(1),
                row.text(2),
                clauses.isEmpty() ? List.of() : List.of(clauses.split(",")),
                (int) row.number(2),
                row.day(2),
                row.numberOrNone(5));
    }

    /** How many members owe since how long, on a day: each by its oldest overdue bill. */
    Map<String, Integer> owing(LocalDate day) {
        return jdbc.sql("select coalesce(sum(case when oldest >= :month then 1 else 0 end), 0) as fresh,"
                        + " coalesce(sum(case when oldest < :month and oldest >= :quarter then 1 else 0 end), 0) as late,"
                        + " coalesce(sum(case when oldest < :quarter and oldest >= :twelve then 1 else 0 end), 0) as long_due,"
                        + " coalesce(sum(case when oldest < :twelve then 1 else 0 end), 0) as over_a_year from (select min(due_on)"
                        + " as oldest from bill where association_id = :association and state = 'open' and due_on < :day group by"
                        + " member_id) owing")
                .param("association", Tenant.current())
                .param("day", day)
                .param("month", day.minusDays(30))
                .param("quarter", day.minusDays(90))
                .param("twelve", day.minusYears(1))
                .query((row, n) -> {
                    Map<String, Integer> stages = new LinkedHashMap<>();
                    stages.put("30天内", row.getInt("fresh"));
                    stages.put("31至90天", row.getInt("late"));
                    stages.put("91天至一年", row.getInt("long_due"));
                    stages.put("一年以上", row.getInt("over_a_year"));
                    return stages;
                })
                .single();
    }
}
