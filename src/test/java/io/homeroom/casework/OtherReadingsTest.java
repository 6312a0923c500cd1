package io.homeroom.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.when;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.desk.Delivery;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sitting.Mark;
import io.homeroom.governance.Sitting.Seat;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.testing.ShippedRulebook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@OnFiveRulebooks
@DisplayName("另选的读法：不答复、没有答复、一年一轮，界限上和手续上都照选的办")
class OtherReadingsTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final String ASSEMBLY = "核心会员大会";

    @Autowired
    Cases cases;

    @Autowired
    CaseDuty duty;

    @Autowired
    Itineraries itineraries;

    @Autowired
    Agenda agenda;

    @Autowired
    Sittings sittings;

    @Autowired
    Roster roster;

    @Autowired
    Notices notices;

    @Autowired
    Lawbook law;

    @Autowired
    BusinessClock clock;

    @Autowired
    JdbcClient jdbc;

    /** The reviews' tests deliver what they like; here the notices themselves say what arrived. */
    @MockitoBean(name = "post")
    Delivery delivery;

    @BeforeEach
    void whatArrived() {
        when(delivery.delivered(anyCollection()))
                .thenAnswer(call -> notices.delivered(call.<Collection<String>>getArgument(0)));
    }

    @ParameterizedTest(name = "通知送达：{0}")
    @DisplayName("【京二协第九条】不答复视为放弃的读法：问过、送达了才算；没有送达的不算，告诉秘书处去问")
    @CsvSource({"true", "false"})
    void nobodyGivesUpWhatItWasNeverAsked(boolean arrived) {
        String code = "silent-" + arrived;
        put(code, "bacca", Map.of("gives-up-after", "10"));
        Member unit = enter(code, "新来公司", Kind.UNIT, "会员单位");
        Member person = in(
                code,
                MONDAY,
                () -> roster.enter(NewMember.draft("张三", Kind.INDIVIDUAL, "个人会员")
                        .joined(LocalDate.of(2022, 3, 1))
                        .employer(unit.id())
                        .done()));
        CaseView choice = in(
                code,
                MONDAY,
                () -> cases.openByRule(person.id(), "choice", null, List.of("BACCA-9-a"), null, "unit-joined:1:2:0"));
        assertThat(choice.due()).isEqualTo(MONDAY.plusDays(10));
        assertThat(in(code, MONDAY, () -> itineraries.of(choice.id()).orElseThrow())
                        .atEnd())
                .isEqualTo("到期不答复视为放弃");

        night(code, MONDAY.plusDays(3));
        night(code, MONDAY.plusDays(9));
        if (!arrived) {
            jdbc.sql("update notice set state = 'failed' where association_id = :code")
                    .param("code", code)
                    .update();
        }
        night(code, MONDAY.plusDays(10));
        assertThat(standing(code, person)).as("on the last day").isEqualTo(Standing.ACTIVE);
        night(code, MONDAY.plusDays(11));

        assertThat(standing(code, person)).isEqualTo(arrived ? Standing.ENDED : Standing.ACTIVE);
        assertThat(told(code, "秘书处").stream().anyMatch(text -> text.contains("通知也没有送达，不能视为放弃")))
                .isEqualTo(!arrived);
        assertThat(in(
                                code,
                                MONDAY.plusDays(11),
                                () -> cases.find(choice.id()).orElseThrow().closedOn())
                        == null)
                .as("who was not reached may still answer")
                .isEqualTo(!arrived);
    }

    @ParameterizedTest(name = "读作 {0} → {1}")
    @DisplayName("【京二协第九条】请本人选择的话，照读法说不答复会怎样")
    @CsvSource({"none, 不答复视为保留", "15, 15天内不答复视为放弃"})
    void theQuestionSaysWhatSilenceMeans(String days, String says) {
        assertThat(CaseDeadlines.unanswered(
                        Lawbook.withSettings(ShippedRulebook.of("bacca"), Map.of(), Map.of("gives-up-after", days))))
                .isEqualTo(says);
    }

    @ParameterizedTest(name = "读作 {0} → {1}")
    @DisplayName("【京二协第七条】处罚从送达之日算的读法：申请时就问送达日期")
    @CsvSource({"decision, 决定日期；没有不填", "service, 处罚决定书送达日期；没有不填"})
    void theApplicationAsksForTheDayThatCounts(String dated, String hint) {
        Rulebook book = Lawbook.withSettings(ShippedRulebook.of("bacca"), Map.of(), Map.of("penalty-dated", dated));

        assertThat(Questionnaire.of(book, Kind.UNIT, MONDAY).fields())
                .filteredOn(field -> field.key().equals("penalty"))
                .extracting(Questionnaire.Field::hint)
                .containsExactly(hint);
    }

    @Test
    @DisplayName("【闪联第二十五条】没有答复视为同意的读法：事先说清，期满写进过程，会员和秘书处都知道")
    void silenceIsSaidBeforehandAndKeptOnRecord() {
        put("consent", "igrs", Map.of("silence-approves", "withdrawal"));
        Member member = enter("consent", "要走公司", Kind.UNIT, "普通会员");
        CaseView leaving = in(
                "consent",
                MONDAY,
                () -> cases.open(Opening.byMember("withdrawal", member.id(), Map.of()))
                        .get());
        LocalDate due = LocalDate.of(2026, 4, 2);
        assertThat(leaving.due()).isEqualTo(due);
        assertThat(way("consent", MONDAY, leaving).atEnd()).isEqualTo("到期没有答复视为同意");
        night("consent", due.minusDays(7));
        assertThat(told("consent", "秘书处")).anyMatch(text -> text.endsWith("前办结，到期没有答复视为同意"));

        night("consent", due);
        night("consent", due.plusDays(1));

        Itinerary way = way("consent", due.plusDays(1), leaving);
        assertThat(way.view().outcome()).isEqualTo("approved");
        assertThat(way.stops())
                .extracting(Itinerary.Stop::says)
                .containsExactly("提出", "期满没有答复，视为同意", "书面答复", "办理交接", "会籍终止");
        assertThat(told("consent", "秘书处")).anyMatch(text -> text.contains("前没有答复，已视为同意"));
        assertThat(standing("consent", member)).as("until the handover").isEqualTo(Standing.ACTIVE);
    }

    @Test
    @DisplayName("【闪联第十五条】一年一轮的读法：同一次大会的几件次日补记也是这一轮；大会之外、下一次大会都不收，写明条款和哪天起")
    void whatIsEnteredLateBelongsToTheRoundOfItsMeeting() {
        String code = "one-round";
        put(code, "igrs", Map.of("upgrade-rounds", "one"));
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            seats.add(new Seat(
                    enter(code, "核心" + (char) ('A' + i), Kind.UNIT, ASSEMBLY.substring(0, 4))
                            .id(),
                    Mark.PRESENT,
                    ""));
        }
        long first = upgrade(code, "一号公司");
        long second = upgrade(code, "二号公司");
        long third = upgrade(code, "三号公司");
        Sitting met = in(code, MONDAY, () -> {
            Sitting planned =
                    sittings.plan(ASSEMBLY, MONDAY, "", "三楼", false, "", "test").get();
            return sittings.mark(planned.id(), planned.version(), seats, "test").get();
        });
        assertThat(in(code, MONDAY, () -> agenda.decide(met.id(), first, 6, 0, null, null, "test"))
                        .isDone())
                .isTrue();
        LocalDate next = MONDAY.plusDays(1);
        assertThat(in(code, next, () -> agenda.decide(met.id(), second, 6, 0, null, null, "test"))
                        .isDone())
                .as("votes of one meeting, whenever they are entered")
                .isTrue();

        Refusal byHand = refused(
                in(code, next, () -> cases.decide(third, new Decision(ASSEMBLY, false, null, null, 6, 6, 0, "test"))));
        assertThat(byHand.clauses()).containsExactly("IGRS-15-a", "IGRS-21-c");
        assertThat(byHand.from()).isEqualTo("2027-01-01");
        assertThat(byHand.reason()).contains("2026年3月2日表决过一轮，一年只办一轮", "最早2027年1月1日可以决定");
        Sitting autumn = in(
                        code, next, () -> sittings.plan(ASSEMBLY, MONDAY.plusMonths(6), "", "三楼", false, "", "test"))
                .get();
        in(code, next, () -> {
            agenda.fill(autumn.id());
            agenda.fill(autumn.id());
            return true;
        });
        assertThat(in(code, next, () -> agenda.of(autumn))).isEmpty();
        assertThat(told(code, "member").stream().filter(text -> text.contains("等明年的第一次核心会员大会表决")))
                .as("who came too late hears it once")
                .hasSize(1);
        Sitting winter = in(
                        code,
                        LocalDate.of(2026, 12, 28),
                        () -> sittings.plan(ASSEMBLY, LocalDate.of(2027, 1, 5), "", "三楼", false, "", "test"))
                .get();
        assertThat(in(code, LocalDate.of(2026, 12, 28), () -> {
                    agenda.fill(winter.id());
                    return agenda.of(winter);
                }))
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.matter().id()).isEqualTo(third);
                    assertThat(point.against()).as("by its day").isNull();
                });
    }

    private long upgrade(String code, String name) {
        Member member = in(
                code,
                MONDAY,
                () -> roster.enter(NewMember.draft(name, Kind.UNIT, "普通会员")
                        .joined(LocalDate.of(2020, 3, 1))
                        .paidThrough(LocalDate.of(2026, 12, 31))
                        .done()));
        return in(code, MONDAY, () -> {
            long file = cases.open(Opening.byMember("upgrade", member.id(), Map.of("to", "核心会员")))
                    .get()
                    .id();
            cases.decide(file, Decision.of("秘书处", "approve", null, "test")).get();
            return file;
        });
    }

    private void put(String code, String shipped, Map<String, String> readings) {
        law.put(code, Lawbook.withSettings(ShippedRulebook.of(shipped), Map.of(), readings));
    }

    private Member enter(String code, String name, Kind kind, String grade) {
        return in(code, MONDAY, () -> roster.enter(NewMember.of(name, kind, grade, LocalDate.of(2020, 3, 1))));
    }

    private void night(String code, LocalDate day) {
        in(code, day, () -> {
            duty.run(day);
            return true;
        });
    }

    private Itinerary way(String code, LocalDate day, CaseView file) {
        return in(code, day, () -> itineraries.of(file.id()).orElseThrow());
    }

    private Standing standing(String code, Member member) {
        return Tenant.in(code, () -> roster.get(member.id()).standing());
    }

    private List<String> told(String code, String to) {
        return Tenant.in(
                code,
                () -> notices.search(NoticeSearch.all().to(to).page(0, 50)).stream()
                        .map(Notice::text)
                        .toList());
    }

    private static Refusal refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private <T> T in(String code, LocalDate day, Supplier<T> work) {
        clock.restart(day.atTime(10, 0));
        return Tenant.in(code, work);
    }
}
