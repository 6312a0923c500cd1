package io.homeroom.console;

import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sums over the whole association, which no front door has reason to keep: read with plain SQL, one statement each,
 * never written. A list of class teachers narrows them to their members; null does not.
 */
@Component
class Figures {

    /** What is owed and overdue within a stretch of days since the due day. */
    record Age(String label, int members, Money owed) {}

    /** How many bills and how much a year asked for, and what of it came in. */
    record Year(int bills, Money asked, Money open, int openBills) {}

    private static final String CLASS = " and (:all = 1 or m.teacher_id in (:teachers))";
    private static final List<Long> NOBODY = List.of(0L);

    private final JdbcClient jdbc;

    Figures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Overdue money by age: up to 30 days, 90 days, a year, longer. */
    List<Age> ageing(LocalDate today, @Nullable List<Long> teachers) {
        List<Age> ages = new ArrayList<>();
        LocalDate[] bounds = {
            today, today.minusDays(30), today.minusDays(90), today.minusYears(1), LocalDate.of(1900, 1, 1)
        };
        String[] labels = {"30天内", "31至90天", "91天至一年", "一年以上"};
        for (int i = 0; i < labels.length; i++) {
            String label = labels[i];
            ages.add(
                    jdbc.sql("select count(distinct b.member_id), coalesce(sum(b.amount_fen - b.paid_fen), 0) from bill"
                                    + " b join member m on m.association_id = b.association_id and m.id = b.member_id"
                                    + " where b.association_id = :a and b.state = 'open' and b.due_on < :before and"
                                    + " b.due_on >= :from" + CLASS)
                            .param("a", Tenant.current())
                            .param("before", bounds[i])
                            .param("from", bounds[i + 1])
                            .param("all", teachers == null ? 1 : 0)
                            .param("teachers", teachers == null ? NOBODY : teachers)
                            .query((row, n) -> new Age(label, row.getInt(1), new Money(row.getLong(2))))
                            .single());
        }
        return ages;
    }

    /** Everything owed, due or not. */
    Money owed(@Nullable List<Long> teachers) {
        return jdbc.sql("select coalesce(sum(b.amount_fen - b.paid_fen), 0) from bill b"
                        + " join member m on m.association_id = b.association_id and m.id = b.member_id"
                        + " where b.association_id = :a and b.state = 'open'" + CLASS)
                .param("a", Tenant.current())
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query((row, n) -> new Money(row.getLong(1)))
                .single();
    }

    /** The bills of a fee year. */
    Year year(int year, @Nullable List<Long> teachers) {
        return jdbc.sql("select count(*), coalesce(sum(b.amount_fen), 0), coalesce(sum(b.amount_fen - b.paid_fen), 0),"
                        + " coalesce(sum(case when b.state = 'open' then 1 else 0 end), 0) from bill b"
                        + " join member m on m.association_id = b.association_id and m.id = b.member_id"
                        + " where b.association_id = :a and b.fee_year = :year and b.state <> 'cancelled'" + CLASS)
                .param("a", Tenant.current())
                .param("year", year)
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query((row, n) ->
                        new Year(row.getInt(1), new Money(row.getLong(2)), new Money(row.getLong(3)), row.getInt(4)))
                .single();
    }

    /** Money received in a calendar year up to the end of each month, twelve sums in fen; later months repeat the last. */
    List<Long> collected(int year, @Nullable List<Long> teachers) {
        LocalDateTime from = LocalDate.of(year, 1, 1)
                .atStartOfDay(io.homeroom.schedule.BusinessClock.ZONE)
                .withZoneSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
        Map<Integer, Long> months = new TreeMap<>();
        jdbc.sql("select p.received_at, p.amount_fen from payment p"
                        + " join member m on m.association_id = p.association_id and m.id = p.member_id"
                        + " where p.association_id = :a and p.state = 'settled' and p.received_at >= :from"
                        + " and p.received_at < :to" + CLASS)
                .param("a", Tenant.current())
                .param("from", from)
                .param("to", from.plusYears(1))
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query(row -> {
                    int month = row.getObject(1, LocalDateTime.class)
                            .atOffset(ZoneOffset.UTC)
                            .atZoneSameInstant(io.homeroom.schedule.BusinessClock.ZONE)
                            .getMonthValue();
                    months.merge(month, row.getLong(2), Long::sum);
                });
        List<Long> sums = new ArrayList<>();
        long sum = 0;
        for (int month = 1; month <= 12; month++) {
            sum += months.getOrDefault(month, 0L);
            sums.add(sum);
        }
        return sums;
    }

    /** Tasks and bills that end on each day of a stretch, first and last included. */
    Map<LocalDate, Integer> endings(LocalDate from, LocalDate to, @Nullable List<Long> teachers) {
        Map<LocalDate, Integer> days = new TreeMap<>();
        jdbc.sql("select t.due_on, count(*) from task t"
                        + " left join member m on m.association_id = t.association_id and m.id = t.member_id"
                        + " where t.association_id = :a and t.state = 'open' and t.due_on between :from and :to" + CLASS
                        + " group by t.due_on")
                .param("a", Tenant.current())
                .param("from", from)
                .param("to", to)
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query(row -> {
                    days.merge(row.getObject(1, LocalDate.class), row.getInt(2), Integer::sum);
                });
        jdbc.sql("select b.due_on, count(*) from bill b"
                        + " join member m on m.association_id = b.association_id and m.id = b.member_id"
                        + " where b.association_id = :a and b.state = 'open' and b.due_on between :from and :to" + CLASS
                        + " group by b.due_on")
                .param("a", Tenant.current())
                .param("from", from)
                .param("to", to)
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query(row -> {
                    days.merge(row.getObject(1, LocalDate.class), row.getInt(2), Integer::sum);
                });
        return days;
    }

    /** Members by standing. */
    Map<String, Integer> standings(@Nullable List<Long> teachers) {
        Map<String, Integer> counts = new TreeMap<>();
        jdbc.sql("select m.standing, count(*) from member m where m.association_id = :a" + CLASS
                        + " group by m.standing")
                .param("a", Tenant.current())
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query(row -> {
                    counts.put(row.getString(1), row.getInt(2));
                });
        return counts;
    }

    /** Active members without anybody bound. */
    int unbound(@Nullable List<Long> teachers) {
        return jdbc.sql("select count(*) from member m where m.association_id = :a and m.standing in ('active',"
                        + " 'suspended')"
                        + CLASS
                        + " and not exists (select 1 from contact c where c.association_id = m.association_id"
                        + " and c.member_id = m.id and c.openid is not null)")
                .param("a", Tenant.current())
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query(Integer.class)
                .single();
    }

    /** Ids of bills in a state, newest first, below an id. */
    List<Long> bills(String state, LocalDate today, long before, int limit, @Nullable List<Long> teachers) {
        String narrowed = switch (state) {
            case "overdue" -> " and b.state = 'open' and b.due_on < :today";
            case "open" -> " and b.state = 'open' and (b.due_on is null or b.due_on >= :today)";
            case "paid" -> " and b.state = 'paid' and :today = :today";
            default -> " and :today = :today";
        };
        return jdbc.sql("select b.id from bill b join member m on m.association_id = b.association_id and m.id ="
                        + " b.member_id where b.association_id = :a and b.id < :before" + narrowed + CLASS
                        + " order by b.id desc limit " + limit)
                .param("a", Tenant.current())
                .param("today", today)
                .param("before", before == 0 ? Long.MAX_VALUE : before)
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query(Long.class)
                .list();
    }

    /** Ids of payments in a state, newest first, below an id; null means all. */
    List<Long> payments(@Nullable String state, long before, int limit, @Nullable List<Long> teachers) {
        return jdbc.sql("select p.id from payment p"
                        + " join member m on m.association_id = p.association_id and m.id = p.member_id"
                        + " where p.association_id = :a and p.id < :before and (:state is null or p.state = :state)"
                        + CLASS + " order by p.id desc limit " + limit)
                .param("a", Tenant.current())
                .param("before", before == 0 ? Long.MAX_VALUE : before)
                .param("state", state)
                .param("all", teachers == null ? 1 : 0)
                .param("teachers", teachers == null ? NOBODY : teachers)
                .query(Long.class)
                .list();
    }

    /** Whether there is any bill or payment. */
    boolean money() {
        return jdbc.sql("select (exists (select 1 from bill where association_id = :a)"
                        + " or exists (select 1 from payment where association_id = :a))")
                .param("a", Tenant.current())
                .query(Boolean.class)
                .single();
    }

    int paymentsIn(String... states) {
        int sum = 0;
        for (String state : states) {
            sum += jdbc.sql("select count(*) from payment where association_id = :a and state = :state")
                    .param("a", Tenant.current())
                    .param("state", state)
                    .query(Integer.class)
                    .single();
        }
        return sum;
    }

    /** Payments that arrived since a moment: how many, how much. */
    Money receivedSince(LocalDate day) {
        return jdbc.sql("select coalesce(sum(amount_fen), 0) from payment where association_id = :a"
                        + " and state = 'settled' and received_at >= :from")
                .param("a", Tenant.current())
                .param(
                        "from",
                        day.atStartOfDay(io.homeroom.schedule.BusinessClock.ZONE)
                                .withZoneSameInstant(ZoneOffset.UTC)
                                .toLocalDateTime())
                .query((row, n) -> new Money(row.getLong(1)))
                .single();
    }
}
