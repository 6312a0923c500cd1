package io.homeroom.rulebook;

import static io.homeroom.rulebook.Cases.CALENDAR;
import static io.homeroom.rulebook.Cases.bill;
import static io.homeroom.rulebook.Cases.book;
import static io.homeroom.rulebook.Cases.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.ground.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("五部规则书的每一种结论：条款、说明、日子、所用的事实、怎样会改变")
class EveryFindingTest {

    private static final LocalDate TODAY = day("2026-09-20");

    @ParameterizedTest
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    @DisplayName("走遍一部规则书能得出的结论，哪一种缺一样都不行")
    void everyKindOfFindingSaysAllFour(String code) {
        Rulebook law = read(code);
        List<Finding> found = members(law).stream()
                .flatMap(facts -> Judge.judge(law, CALENDAR, facts, TODAY).findings().stream())
                .toList();

        Set<String> kinds = found.stream().map(Finding::code).collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>(Set.of("ended", "suspended"));
        law.watch().stream()
                .filter(watch -> watch.when().before().isEmpty())
                .map(Watch::id)
                .forEach(expected::add);
        if (law.fees() != null) {
            expected.add("owed");
        }
        if (!law.sanctions().isEmpty()) {
            expected.add("sanction");
        }
        assertThat(kinds).containsAll(expected);
        assertThat(found).allSatisfy(finding -> {
            assertThat(finding.says()).isNotBlank().doesNotContain("null", "{");
            assertThat(finding.ends()).isNotBlank().doesNotContain("null", "{");
            assertThat(finding.facts()).isNotEmpty();
            if (finding.since() == null) {
                assertThat(finding.code()).as("holds from no day on of its own").isEqualTo("owed");
            }
            // Of these two the ledger tells the clause where the bylaws do not; Explain adds it.
            if (!Set.of("ended", "suspended").contains(finding.code())) {
                assertThat(finding.clauses()).as(finding.code()).isNotEmpty();
            }
            assertThat(finding.clauses())
                    .allMatch(clause ->
                            clause.startsWith(code.toUpperCase(Locale.ROOT) + "-") || clause.startsWith("XDOC-"));
        });
    }

    @Test
    @DisplayName("BACCA-37-0 处分暂停权利的：依据处分的条款")
    void aSuspensionBySanctionRestsOnTheSanctionsClause() {
        Facts facts = facts(
                "suspended",
                null,
                new Facts.Rest(day("2026-06-01"), false),
                List.of(new Facts.Penalty("暂停行使会员权利", day("2026-06-01"), day("2026-12-31"))),
                List.of());

        assertThat(Judge.judge(book("bacca"), CALENDAR, facts, TODAY).findings())
                .filteredOn(finding -> finding.code().equals("suspended"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.clauses()).containsExactly("BACCA-37-0");
                    assertThat(finding.ends()).isEqualTo("处理期满或撤销后恢复");
                });
    }

    @Test
    @DisplayName("期限落在没有日历的年份：结论写明是哪一年，有日历的年份不写")
    void yearsWithoutACalendarAreSaid() {
        Rulebook whjx = book("whjx");

        assertThat(Judge.judge(whjx, CALENDAR, owing(bill(2025, "2025-03-31")), TODAY)
                        .uncharted())
                .isEmpty();
        assertThat(Judge.judge(whjx, CALENDAR, owing(bill(2026, "2026-03-31")), TODAY)
                        .uncharted())
                .containsExactly(2027);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-31:-", "2026-04-01:finding", "2026-06-30:finding", "2026-07-01:-"})
    @DisplayName("BACCA-21-b 受理期的前一天、第一天、最后一天、次日")
    void aRenewalIsDueInItsPeriod(String at) {
        LocalDate on = day(at.substring(0, 10));
        boolean due = at.endsWith("finding");
        Ruling ruling = Judge.judge(period(), CALENDAR, registered("2026-12-31", null, false), on);

        assertThat(ruling.findings())
                .filteredOn(one -> one.code().equals("renewal-due"))
                .hasSize(due ? 1 : 0);
    }

    @Test
    @DisplayName("BACCA-21-b 办了的、在办的、有效期过了下一个受理期的，这一期不必办")
    void notEverybodyHasToRenew() {
        LocalDate on = day("2026-05-06");
        assertThat(renewals(registered("2026-12-31", "2026-04-20", false), on)).isEmpty();
        assertThat(renewals(registered("2026-12-31", null, true), on)).isEmpty();
        assertThat(renewals(registered("2027-04-01", null, false), on)).isEmpty();
        assertThat(renewals(registered("2027-03-31", null, false), on)).hasSize(1);
        assertThat(renewals(registered(null, null, false), on)).hasSize(1);
        assertThat(renewals(registered(null, "2026-04-20", false), on)).isEmpty();
        assertThat(renewals(registered("2024-12-31", "2025-05-20", false), on))
                .as("out of force long ago")
                .hasSize(1);
    }

    private static List<Finding> renewals(Facts facts, LocalDate on) {
        return Judge.judge(period(), CALENDAR, facts, on).findings().stream()
                .filter(one -> one.code().equals("renewal-due"))
                .toList();
    }

    private static Rulebook period() {
        return Lawbook.withSettings(book("bacca"), Map.of(), Map.of("review-period", "04-01..06-30"));
    }

    /** Bylaws as they are, but open points read so that everything may happen. */
    private static Rulebook read(String code) {
        Rulebook law = book(code);
        Map<String, String> wanted =
                Map.of("review-period", "09-15..10-20", "fee-due", "03-31", "data-confirmation", "12");
        return Lawbook.withSettings(
                law,
                Map.of(),
                wanted.entrySet().stream()
                        .filter(one -> law.readings().containsKey(one.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Members in every plight that the judge knows. */
    private static List<Facts> members(Rulebook law) {
        List<Facts> members = new ArrayList<>();
        List<Facts.Due> owed = List.of(
                bill(2024, "2024-03-31"),
                bill(2026, "2026-12-31"),
                new Facts.Due(7, 2025, "2025年度会费", Money.ofYuan(10), Money.ofYuan(10), null, day("2025-01-01")));
        members.add(facts("active", null, null, List.of(), owed));
        members.add(registered("2026-08-31", null, false));
        members.add(facts("suspended", null, new Facts.Rest(day("2020-06-01"), true), List.of(), List.of()));
        members.add(facts("ended", day("2026-05-20"), null, List.of(), owed));
        law.sanctions()
                .forEach(rule -> Stream.of(day("2026-12-31"), (LocalDate) null)
                        .forEach(until -> members.add(facts(
                                "suspended",
                                null,
                                new Facts.Rest(day("2026-06-01"), false),
                                List.of(new Facts.Penalty(rule.name(), day("2026-06-01"), until)),
                                List.of()))));
        return members;
    }

    private static Facts owing(Facts.Due bill) {
        return facts("active", null, null, List.of(), List.of(bill));
    }

    private static Facts registered(@Nullable String until, @Nullable String renewedOn, boolean pending) {
        return with(
                "active",
                null,
                null,
                List.of(),
                List.of(),
                true,
                new Facts.Registration(
                        until == null ? null : day(until), renewedOn == null ? null : day(renewedOn), pending));
    }

    private static Facts facts(
            String standing,
            @Nullable LocalDate ended,
            Facts.@Nullable Rest rest,
            List<Facts.Penalty> sanctions,
            List<Facts.Due> bills) {
        return with(standing, ended, rest, sanctions, bills, false, null);
    }

    /** Without a class teacher, idle for long though much was offered, its data never looked through. */
    private static Facts with(
            String standing,
            @Nullable LocalDate ended,
            Facts.@Nullable Rest rest,
            List<Facts.Penalty> sanctions,
            List<Facts.Due> bills,
            boolean registered,
            Facts.@Nullable Registration registration) {
        List<LocalDate> offered = List.of(day("2024-06-01"), day("2025-01-15"), day("2025-09-01"), day("2026-03-01"));
        return new Facts(
                "示例公司",
                standing,
                ended,
                day("2020-03-01"),
                day("2020-03-01"),
                false,
                false,
                registered,
                registration,
                day("2021-01-01"),
                rest,
                false,
                day("2020-03-01"),
                sanctions,
                bills,
                List.of(),
                offered,
                Map.of("会员代表大会", new Facts.Sittings(offered, List.of())),
                Map.of(),
                List.of());
    }
}
