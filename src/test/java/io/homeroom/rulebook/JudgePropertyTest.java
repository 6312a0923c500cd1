package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.ground.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dhomeroom.seed=…} tries other members than the usual ones. */
@DisplayName("裁判的性质：在随机但可重复的会员上都成立")
class JudgePropertyTest {

    private static final long SEED = Long.getLong("homeroom.seed", 20260331);
    private static final int MEMBERS = 60;
    private static final LocalDate FROM = LocalDate.of(2025, 11, 1);
    private static final LocalDate TO = LocalDate.of(2026, 12, 31);

    @ParameterizedTest
    @DisplayName("到“下次变化日”之前，结论和后果都不变")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    void untilTheNextDayOfChangeNothingChanges(String code) {
        Rulebook book = Cases.book(code);
        Random random = new Random(SEED);
        for (int i = 0; i < MEMBERS; i++) {
            Facts facts = facts(random, book);
            LocalDate day = FROM.plusDays(random.nextInt(300));
            facts = Cases.night(book, facts, day, new ArrayList<>());
            Ruling ruling = Judge.judge(book, Cases.CALENDAR, facts, day);
            LocalDate next = ruling.next().orElse(day.plusDays(800));
            for (LocalDate later = day; later.isBefore(next); later = later.plusDays(1)) {
                Ruling same = Judge.judge(book, Cases.CALENDAR, facts, later);
                assertThat(same.findings())
                        .as("%s on %s, seed %d", facts, later, SEED)
                        .isEqualTo(ruling.findings());
                assertThat(same.consequences())
                        .as("%s on %s, seed %d", facts, later, SEED)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @DisplayName("只看到期的日子，与天天全看，结果相同")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    void lookingOnlyWhenDueEqualsLookingEveryDay(String code) {
        Rulebook book = Cases.book(code);
        Random random = new Random(SEED);
        for (int i = 0; i < MEMBERS; i++) {
            Facts facts = facts(random, book);
            List<String> daily = Cases.live(book, facts, FROM, TO);
            List<String> due = new ArrayList<>();
            Facts now = facts;
            LocalDate day = FROM;
            while (day != null && !day.isAfter(TO)) {
                now = Cases.night(book, now, day, due);
                day = Judge.judge(book, Cases.CALENDAR, now, day).next().orElse(null);
            }
            assertThat(due).as("%s, seed %d", facts, SEED).isEqualTo(daily);
        }
    }

    @ParameterizedTest
    @DisplayName("同样的事实总得同样的结论；每个后果只来一次；重的一级不早于轻的一级")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    void rulingsAreDeterministicAndStagesInOrder(String code) {
        Rulebook book = Cases.book(code);
        Random random = new Random(SEED);
        for (int i = 0; i < MEMBERS; i++) {
            Facts facts = facts(random, book);
            assertThat(Judge.judge(book, Cases.CALENDAR, facts, FROM))
                    .as("%s, seed %d", facts, SEED)
                    .isEqualTo(Judge.judge(book, Cases.CALENDAR, facts, FROM));
            List<String> log = Cases.live(book, facts, FROM, TO);
            List<String> keys = log.stream().map(l -> l.substring(11)).toList();
            assertThat(keys).as("%s, seed %d", facts, SEED).doesNotHaveDuplicates();
            for (Watch watch : book.watch()) {
                if (watch.after() == null) {
                    continue;
                }
                for (int at = 0; at < keys.size(); at++) {
                    // without a due day a bill is never overdue, and the milder rule has nothing to say about it
                    if (keys.get(at).startsWith(watch.id() + "/") && hasDueDay(facts, keys.get(at))) {
                        String milder = watch.after()
                                + keys.get(at).substring(watch.id().length());
                        assertThat(keys.subList(0, at))
                                .as("before %s, seed %d", keys.get(at), SEED)
                                .contains(milder);
                    }
                }
            }
        }
    }

    private static boolean hasDueDay(Facts facts, String key) {
        return facts.bills().stream().anyMatch(b -> key.endsWith("bill-" + b.id()) && b.dueOn() != null);
    }

    private static Facts facts(Random random, Rulebook book) {
        LocalDate joined = LocalDate.of(2019, 1, 1).plusDays(random.nextInt(2200));
        List<Facts.Due> bills = new ArrayList<>();
        if (book.fees() != null) {
            for (int year = 2024; year <= 2026; year++) {
                if (random.nextInt(3) > 0) {
                    LocalDate due = random.nextInt(6) == 0
                            ? null
                            : book.fees().due() != null
                                    ? book.fees().due().atYear(year)
                                    : LocalDate.of(year, 1 + random.nextInt(12), 28);
                    bills.add(new Facts.Due(
                            year,
                            year,
                            year + "年度会费",
                            Money.ofYuan(1000),
                            Money.ofYuan(1 + random.nextInt(1000)),
                            due,
                            LocalDate.of(Math.min(year, 2025), 1, 1)));
                }
            }
        }
        boolean suspended = book.code().equals("bacca") && random.nextInt(3) == 0;
        LocalDate since = FROM.minusYears(5).plusDays(random.nextInt(400));
        boolean fresh = random.nextInt(4) == 0;
        return new Facts(
                "示例公司",
                suspended ? "suspended" : "active",
                null,
                joined,
                fresh ? joined : null,
                false,
                random.nextBoolean(),
                !fresh,
                suspended ? new Facts.Rest(since, true) : null,
                suspended && random.nextInt(5) == 0,
                joined,
                random.nextInt(5) == 0
                        ? List.of(new Facts.Penalty("警告", FROM.plusDays(random.nextInt(60)), FROM.plusDays(100)))
                        : List.of(),
                bills,
                some(random, joined, 3),
                some(random, LocalDate.of(2023, 1, 1), 8),
                random.nextBoolean()
                        ? Map.of()
                        : Map.of("会员代表大会", new Facts.Sittings(some(random, FROM.minusYears(1), 2), List.of())),
                Map.of());
    }

    private static List<LocalDate> some(Random random, LocalDate from, int most) {
        return Stream.generate(() -> from.plusDays(random.nextInt(1400)))
                .limit(random.nextInt(most + 1))
                .filter(d -> d.isBefore(FROM))
                .sorted()
                .toList();
    }
}
