package io.homeroom.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.MiddleRooms;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.testing.NeedsMysql;
import io.homeroom.testing.TestDatabase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The night of a small and of a large roster with the same number of members due, and a night in which all are due, on
 * MySQL in a small heap. Base of a night is one SQL statement that reads those rows; base of the large night is the small
 * one. {@code -Dbench.members} says how large is large.
 */
@NeedsMysql
@SpringBootTest(
        classes = MiddleRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.whjx.rulebook=config/rulebooks/whjx.yaml"
        })
@DisplayName("夜间检视的成本")
class ReviewBench {

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private static final LocalDate DAY = LocalDate.of(2026, 5, 20);
    /** Between two looks at the heap, each of which stops everything. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final int LARGE = Integer.getInteger("bench.members", 1_000_000);
    private static final int DUE = Math.min(10_000, LARGE / 10);
    /** MB by which a night with ten times the members may differ: what lies about differs that much by itself. */
    private static final double FLAT = 32;

    private static final int ROUNDS = 7;
    private static final int CHUNK = 1_000;

    @Autowired
    Review review;

    @Autowired
    Lawbook law;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    BusinessClock clock;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase mysql = TestDatabase.mysql();
        registry.add("spring.datasource.url", mysql::url);
        registry.add("spring.datasource.username", mysql::user);
        registry.add("spring.datasource.password", mysql::password);
    }

    @Test
    void theNightCostsWhatIsDueNotWhatIsThere() {
        int small = LARGE / 10;
        int large = LARGE;
        Rulebook book = law.of("whjx", DAY);
        clock.restart(DAY.atStartOfDay());
        for (int size : List.of(small, large)) {
            law.put("bench-" + size, book);
            populate("bench-" + size, size, size / DUE);
        }
        jdbc.execute("analyze table member, bill");
        List<Double> nights = new ArrayList<>();
        List<Double> largeNights = new ArrayList<>();
        List<Double> reads = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            nights.add(night("bench-" + small, small));
            largeNights.add(night("bench-" + large, large));
            reads.add(read("bench-" + large, large));
        }
        double base = median(reads);
        double ours = median(nights);
        double oursLarge = median(largeNights);
        report("night-" + small + "-members-" + DUE + "-due-over-one-select", ours, base);
        report("night-" + large + "-members-" + DUE + "-due-over-one-select", oursLarge, base);
        report("night-" + large + "-over-night-" + small, oursLarge, ours);
    }

    /**
     * Everybody owes and is due, and nothing follows. The base reads the same columns of the same rows in one statement
     * and does nothing with them. The heap that stays in use is looked at in a night of its own, since looking costs.
     */
    @Test
    void aFullReviewBesideABareScan() {
        int small = LARGE / 10;
        int large = LARGE;
        Rulebook book = law.of("whjx", DAY);
        clock.restart(DAY.atStartOfDay());
        for (int size : List.of(small, large)) {
            law.put("full-" + size, book);
            populate("full-" + size, size, 1);
        }
        jdbc.execute("analyze table member, bill");
        List<Double> fewer = new ArrayList<>();
        List<Double> reads = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            fewer.add(full("full-" + small));
            reads.add(scan("full-" + large, large));
        }
        double ours = full("full-" + large);
        double base = Collections.min(reads);
        report("full-review-" + large + "-over-bare-scan", ours, base);
        report("full-review-" + large + "-over-ten-of-" + small, ours, 10 * Collections.min(fewer));
        say(String.format(
                Locale.ROOT,
                "bench full-review-%d %.0f members/s, %.1f us each",
                large,
                large / ours * 1e3,
                ours * 1e3 / large));

        double some = heap("full-" + small);
        double all = heap("full-" + large);
        say(String.format(
                Locale.ROOT,
                "bench heap-in-use-%d-over-%d ours=%.1fMB base=%.1fMB ratio=%.2f",
                large,
                small,
                all,
                some,
                all / some));
        assertThat(all).as("heap in use with ten times the members").isLessThan(some + FLAT);
    }

    private double full(String association) {
        jdbc.update("update member set review_on = ? where association_id = ?", DAY, association);
        long begun = System.nanoTime();
        Tenant.run(association, () -> review.run(DAY));
        double millis = (System.nanoTime() - begun) / 1e6;
        Integer left = jdbc.queryForObject(
                "select count(*) from member where association_id = ? and (review_on is null or review_on <= ?)",
                Integer.class,
                association,
                DAY);
        assertThat(left).as("all of " + association + " looked at").isZero();
        return millis;
    }

    private double scan(String association, int size) {
        int[] rows = {0};
        long begun = System.nanoTime();
        jdbc.query(
                connection -> {
                    PreparedStatement select = connection.prepareStatement(
                            "select m.id, m.name, m.kind, m.grade, m.standing, m.joined_on, m.since_on, m.ended_on,"
                                    + " m.ended_as, m.applied_on, m.announced_on, m.listed_from, m.listed_to,"
                                    + " m.suspended_since, m.has_number, m.teacher_id, m.branch, m.employer_id,"
                                    + " m.code_sealed, m.posts, m.sanctions, m.data, m.review_on, b.id, b.member_id,"
                                    + " b.fee_year, b.through_year, b.kind, b.amount_fen, b.paid_fen, b.due_on, b.state,"
                                    + " b.paid_on, b.why, b.clauses, b.raised_on, b.case_id from member m left join bill b"
                                    + " on b.association_id = m.association_id and b.member_id = m.id where"
                                    + " m.association_id = ? order by m.id",
                            ResultSet.TYPE_FORWARD_ONLY,
                            ResultSet.CONCUR_READ_ONLY);
                    // the driver hands on row by row and keeps none
                    select.setFetchSize(Integer.MIN_VALUE);
                    select.setString(1, association);
                    return select;
                },
                (RowCallbackHandler) row -> {
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        row.getObject(i);
                    }
                    rows[0]++;
                });
        double millis = (System.nanoTime() - begun) / 1e6;
        assertThat(rows[0]).isEqualTo(size);
        return millis;
    }

    /** The most that was in use after any collection of a full night, in MB. */
    private double heap(String association) {
        AtomicLong most = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        Thread looking = new Thread(() -> {
            Runtime runtime = Runtime.getRuntime();
            while (!over.get()) {
                System.gc();
                most.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        });
        looking.start();
        try {
            full(association);
        } finally {
            over.set(true);
        }
        return most.get() / 1048576.0;
    }

    private double night(String association, int size) {
        jdbc.update(
                "update member set review_on = ? where association_id = ? and suspended_since is null"
                        + " and branch = 'due'",
                DAY,
                association);
        long begun = System.nanoTime();
        Tenant.run(association, () -> review.run(DAY));
        double millis = (System.nanoTime() - begun) / 1e6;
        Integer left = jdbc.queryForObject(
                "select count(*) from member where association_id = ? and review_on <= ?",
                Integer.class,
                association,
                DAY);
        assertThat(left).as("all of " + size + " looked at").isZero();
        return millis;
    }

    private double read(String association, int size) {
        jdbc.update("update member set review_on = ? where association_id = ? and branch = 'due'", DAY, association);
        long begun = System.nanoTime();
        int[] rows = {0};
        jdbc.query(
                "select * from member use index (member_review) where association_id = ? and review_on <= ? order by"
                        + " id",
                row -> {
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        row.getObject(i);
                    }
                    rows[0]++;
                },
                association,
                DAY);
        double millis = (System.nanoTime() - begun) / 1e6;
        assertThat(rows[0]).as("due of " + size).isEqualTo(DUE);
        return millis;
    }

    /** Paid-up members, of whom every so many-th owes this year's bill and is due today without anything following. */
    private void populate(String association, int size, int step) {
        for (int start = 0; start < size; start += CHUNK) {
            List<Object[]> members = new ArrayList<>();
            List<Object[]> bills = new ArrayList<>();
            for (int i = start; i < start + CHUNK; i++) {
                long id = Ids.next();
                boolean due = i % step == 0;
                members.add(new Object[] {
                    association,
                    id,
                    "会员单位" + i,
                    "unit",
                    "会员",
                    "active",
                    LocalDate.of(2020, 3, 1),
                    LocalDate.of(2020, 3, 1),
                    1,
                    7L,
                    due ? "due" : null,
                    "[]",
                    "[]",
                    "{}",
                    due ? DAY : LocalDate.of(2027, 1, 1)
                });
                if (due) {
                    bills.add(new Object[] {
                        association,
                        Ids.next(),
                        id,
                        2026,
                        2026,
                        "annual",
                        800_000L,
                        0L,
                        LocalDate.of(2026, 3, 31),
                        "open",
                        "示例",
                        "WHJX-5-5",
                        LocalDate.of(2026, 1, 1),
                        0L
                    });
                }
            }
            jdbc.batchUpdate(
                    "insert into member (association_id, id, name, kind, grade, standing, joined_on, since_on,"
                            + " has_number, teacher_id, branch, posts, sanctions, data, review_on)"
                            + " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    members);
            jdbc.batchUpdate(
                    "insert into bill (association_id, id, member_id, fee_year, through_year, kind, amount_fen,"
                            + " paid_fen, due_on, state, why, clauses, raised_on, part)"
                            + " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    bills);
        }
    }

    private static double median(List<Double> values) {
        // the first rounds warm up
        List<Double> late = new ArrayList<>(values.subList(2, values.size()));
        Collections.sort(late);
        return late.get(late.size() / 2);
    }

    private static void report(String name, double ours, double base) {
        say(String.format(Locale.ROOT, "bench %s ours=%.1fms base=%.1fms ratio=%.2f", name, ours, base, ours / base));
    }

    /** Not closed: that would close the terminal for everybody after. */
    private static void say(String line) {
        OUT.println(line);
    }
}
