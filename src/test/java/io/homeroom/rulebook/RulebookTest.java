package io.homeroom.rulebook;

import static io.homeroom.rulebook.Cases.CALENDAR;
import static io.homeroom.rulebook.Cases.bill;
import static io.homeroom.rulebook.Cases.book;
import static io.homeroom.rulebook.Cases.day;
import static io.homeroom.rulebook.Cases.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.ground.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("规则书回答：等级、职务、权利、金额、日子、依据和将来")
class RulebookTest {

    @ParameterizedTest(name = "{0} 含 {1}：{2}")
    @DisplayName("DSIA-4 一条线上职务高的含低的，不同线的互不相含，不认识的只含自己")
    @CsvSource({
        "会长,   理事,   true",
        "理事,   会长,   false",
        "理事,   理事,   true",
        "监事长, 监事,   true",
        "监事长, 理事,   false",
        "会长,   监事,   false",
        "会员代表, 理事, false",
        "理事,   会员代表, false",
        "荣誉会长, 理事, false",
        "会长,   荣誉,   false",
        "荣誉,   荣誉,   true",
    })
    void aHigherPostIncludesTheLowerOnesOfItsLine(String held, String wanted, boolean includes) {
        assertThat(book("dsia").includes(held, wanted)).isEqualTo(includes);
    }

    @Test
    @DisplayName("等级的高低；不认识的没有")
    void gradesHaveRanks() {
        Rulebook igrs = book("igrs");

        assertThat(List.of("观察会员", "普通会员", "推广会员", "核心会员", "会员"))
                .extracting(igrs::rank)
                .containsExactly(0, 1, 2, 3, -1);
        assertThat(igrs.grade("核心会员")).get().extracting(Rulebook.Grade::cap).isEqualTo(15);
        assertThat(igrs.grade("会员")).isEmpty();
        assertThat(book("dsia").post("监事")).get().extracting(Rulebook.Post::max).isEqualTo(5);
        assertThat(book("dsia").post("会员")).isEmpty();
    }

    @Test
    @DisplayName("权利：按等级、按职务（含更高的），什么都没写的人人都有")
    void rightsAreHeldByGradeOrPost() {
        Rulebook dsia = book("dsia");
        Rulebook igrs = book("igrs");
        Rulebook.Right vote = Objects.requireNonNull(dsia.rights().get("vote"));
        Rulebook.Right discuss = Objects.requireNonNull(igrs.rights().get("discuss"));

        assertThat(vote.heldBy(dsia, "会员", List.of())).isFalse();
        assertThat(vote.heldBy(dsia, "会员", List.of("监事", "副会长"))).isTrue();
        assertThat(vote.heldBy(dsia, "会员", List.of("监事"))).isFalse();
        assertThat(discuss.heldBy(igrs, "普通会员", List.of())).isTrue();
        assertThat(discuss.heldBy(igrs, "观察会员", List.of())).isFalse();
        assertThat(discuss.heldBy(igrs, null, List.of())).isFalse();
        assertThat(Objects.requireNonNull(igrs.rights().get("listen")).heldBy(igrs, null, List.of()))
                .isTrue();
        assertThat(Rulebook.Right.word("vote")).isEqualTo("表决、选举和被选举");
        assertThat(Rulebook.Right.word("karaoke")).isEqualTo("karaoke");
    }

    @Test
    @DisplayName("DSIA-9 换代表时空出来的职务：理事、监事及更高的，会员代表不在内")
    void officesFallVacantWithTheirHolder() {
        Rulebook dsia = book("dsia");
        Rulebook.Change change = Objects.requireNonNull(dsia.changes().get("representative"));

        assertThat(dsia.offices(change, List.of("会员代表", "副会长", "监事"))).containsExactly("副会长", "监事");
        assertThat(dsia.offices(change, List.of("会员代表"))).isEmpty();
    }

    @Test
    @DisplayName("DSIA-9 监事长照不照此，由 offices-not 说")
    void anOfficeMayBeLeftOut() throws IOException {
        Rulebook dsia = altered("dsia", "( +offices: \\[理事, 监事])", "$1\n    offices-not: [监事长]");
        Rulebook.Change without = Objects.requireNonNull(dsia.changes().get("representative"));
        assertThat(dsia.offices(without, List.of("副会长", "监事", "监事长"))).containsExactly("副会长", "监事");
    }

    @Test
    @DisplayName("本协会的机构和部门才作决定；分会有没有事做，看规则里写没写")
    void officesAndBodiesDecide() {
        Rulebook igrs = book("igrs");

        assertThat(igrs.decides("秘书处")).isTrue();
        assertThat(igrs.decides("核心会员大会")).isTrue();
        assertThat(igrs.decides("member")).isFalse();
        assertThat(igrs.hasBranches()).isFalse();
        assertThat(book("bacca").hasBranches()).isTrue();
        Rulebook answered = demo("answers:\n  contact: {cite: DEMO-9, says: 由分会联络, branch: true}\n");
        assertThat(answered.hasBranches()).isTrue();
        assertThat(demo("answers:\n  contact: {cite: DEMO-9, says: 由秘书处联络}\n").hasBranches())
                .isFalse();
    }

    @Test
    @DisplayName("升到某一级自己有一条路的，按那条路；没有的是空")
    void someRisesHaveAWayOfTheirOwn() throws IOException {
        Rulebook own = altered("aii", "(to: 理事单位), (cite: AII-13-a})", "$1, stages: [{at: 理事会, cite: AII-13-a}], $2");

        assertThat(own.wayTo("理事单位")).extracting(Track.Stage::at).containsExactly("理事会");
        assertThat(own.wayTo("副理事长单位")).isEmpty();
        assertThat(own.wayTo("普通会员单位")).isEmpty();
        assertThat(book("aii").wayTo("理事单位")).as("goes the common way").isEmpty();
        assertThat(book("whjx").upgrade()).isNull();
        assertThat(book("whjx").wayTo("会员")).isEmpty();
    }

    @ParameterizedTest(name = "{0} 从{1}月起：{2}")
    @DisplayName("WHJX-8 半年从哪天起：不写的从一月、七月，读法可以改")
    @CsvSource({
        "2026-01-01, , 2026-01-01",
        "2026-06-30, , 2026-01-01",
        "2026-07-01, , 2026-07-01",
        "2026-12-31, , 2026-07-01",
        "2026-03-31, 4, 2025-10-01",
        "2026-04-01, 4, 2026-04-01",
        "2026-09-30, 4, 2026-04-01",
        "2026-10-01, 4, 2026-10-01",
        "2026-05-31, 6, 2025-12-01",
    })
    void halfYearsBeginInTheMonthThatIsRead(String day, @Nullable String month, String first) {
        Rulebook whjx = month == null
                ? book("igrs")
                : Lawbook.withSettings(book("whjx"), Map.of(), Map.of("half-years", month));

        assertThat(whjx.halfYear(day(day))).isEqualTo(first);
    }

    @ParameterizedTest(name = "{0}/{1}（含本数={2}）的 {3}：最少 {4}")
    @DisplayName("达到比例最少要多少，一个不多")
    @CsvSource({
        "2, 3, true,  9,  6",
        "2, 3, false, 9,  7",
        "2, 3, true,  10, 7",
        "1, 2, false, 10, 6",
        "1, 2, true,  10, 5",
        "1, 1, false, 4,  5",
        "1, 2, true,  0,  0",
    })
    void theFewestThatReachAShare(int numerator, int denominator, boolean inclusive, int whole, int fewest) {
        assertThat(new Rulebook.Share(numerator, denominator, inclusive).fewest(whole))
                .isEqualTo(fewest);
    }

    @Test
    @DisplayName("读法的题目是它的第一句；依据、是与否，没有这个读法时也有话说")
    void readingsSayWhatTheyAreAbout() {
        Rulebook demo = demo("");
        Rulebook.Reading due = Objects.requireNonNull(demo.readings().get("fee-due"));
        Rulebook.Reading roles = Objects.requireNonNull(book("igrs").readings().get("two-roles"));

        assertThat(due.title()).isEqualTo("最后交费日");
        assertThat(roles.title()).isEqualTo("联络人与会员代表是不是同一个人");
        assertThat(demo.grounds("fee-due")).containsExactly("DEMO-2");
        assertThat(demo.grounds("no-such-reading")).isEmpty();
        assertThat(demo.holds("no-such-reading")).isTrue();
        assertThat(book("aii").holds("remote-ballot")).isFalse();
        assertThat(book("aii").holds("tie-passes")).isTrue();
    }

    @Test
    @DisplayName("文字里读法的键换成它说的事，其余原样")
    void keysOfReadingsAreWorded() {
        Rulebook demo = demo("");

        assertThat(demo.worded("见 fee-due，不是 fee-duo。")).isEqualTo("见 “最后交费日”，不是 fee-duo。");
        assertThat(demo.worded("answer-days")).isEqualTo("“答复天数”");
        assertThat(demo.worded("什么也没有")).isEqualTo("什么也没有");
        List<String> pieces = new ArrayList<>();
        demo.worded("看 fee-due 和 answer-days", (piece, key) -> pieces.add(piece + "=" + key));
        assertThat(pieces).containsExactly("看 =null", "“最后交费日”=fee-due", " 和 =null", "“答复天数”=answer-days", "=null");
    }

    @Test
    @DisplayName("IGRS-18-k、DSIA-3-5 联络员和代表人：默认两个角色；读作一个人的，不收两个名字，换一个就是换代表人")
    void oneOrTwoPeopleSpeakForAUnit() {
        Rulebook two = book("dsia");
        Rulebook one = Lawbook.withSettings(two, Map.of(), Map.of("two-roles", "same"));

        assertThat(two.onePerson()).isFalse();
        assertThat(two.apart("王力", "李雷")).isNull();
        assertThat(two.changed("liaison")).isEqualTo("liaison");
        assertThat(one.onePerson()).isTrue();
        assertThat(one.apart("王力", "王力")).isNull();
        assertThat(one.apart("", "李雷")).isNull();
        assertThat(one.apart("王力", "")).isNull();
        assertThat(one.apart("王力", "李雷")).isNotNull().satisfies(refusal -> {
            assertThat(refusal.clauses()).containsExactly("DSIA-3-5", "DSIA-10-a");
            assertThat(refusal.reason()).contains("王力", "李雷");
        });
        assertThat(one.changed("liaison")).isEqualTo("representative");
        assertThat(one.changed("address")).isEqualTo("address");
        assertThat(Rulebook.isPerson("liaison")).isTrue();
        assertThat(Rulebook.isPerson("representative")).isTrue();
        assertThat(Rulebook.isPerson("address")).isFalse();
    }

    @Test
    @DisplayName("一个人兼两个角色的，变更照两条规则一起办；没有规则的办不了")
    void oneChangeFollowsBothRules() {
        Rulebook igrs = Lawbook.withSettings(book("igrs"), Map.of(), Map.of("two-roles", "same"));
        Rulebook.Change apart = Objects.requireNonNull(book("igrs").change("liaison"));
        Rulebook.Change both = Objects.requireNonNull(igrs.change("representative"));

        assertThat(both.cite()).containsAll(apart.cite());
        assertThat(both.beforehand()).isEqualTo(apart.beforehand()).isTrue();
        assertThat(igrs.change("liaison")).isEqualTo(both);
        assertThat(igrs.change("address")).isEqualTo(book("igrs").change("address"));
        assertThat(demo("").change("liaison")).isNull();
    }

    private static Rulebook altered(String code, String regex, String then) throws IOException {
        String text = Files.readString(Path.of("config/rulebooks/" + code + ".yaml"));
        assertThat(text).containsPattern(regex);
        return Rulebooks.read(code + ".yaml", text.replaceAll(regex, then)).orThrow();
    }

    private static Rulebook demo(String more) {
        return Rulebooks.read("demo.yaml", RulebooksTest.SOUND + more).orThrow();
    }

    @Test
    @DisplayName("依据写在一行的末尾：至多三条，同一条只写一次，通用的读法不写")
    void clausesStandAtTheEndOfALine() {
        Rulebook aii = book("aii");

        assertThat(aii.cite(List.of())).isEmpty();
        assertThat(aii.cite(List.of("XDOC-2"))).isEmpty();
        assertThat(aii.cite(List.of("XDOC-2", "AII-FEE", "AII-FEE"))).isEqualTo("〔章程没有会费的规定〕");
        assertThat(aii.cite(List.of("AII-9", "AII-16", "AII-27", "AII-30")).split("、"))
                .hasSize(3);
        assertThat(aii.label("AII-HDR")).isEqualTo("2020年8月修订版");
        assertThat(aii.label("AII-9")).isEqualTo("第九条");
    }

    @Test
    @DisplayName("读法：写了才算数；不写的是与否一律为否")
    void readingsAreReadOrRefused() {
        Rulebook aii = book("aii");

        assertThat(aii.reading("tie-passes")).isEqualTo("true");
        assertThat(aii.says("tie-passes")).isTrue();
        assertThat(aii.says("remote-ballot")).isFalse();
        assertThat(aii.says("no-such-reading")).isFalse();
        assertThatThrownBy(() -> aii.reading("no-such-reading"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such-reading");
    }

    @Test
    @DisplayName("会费：最后交费日由规则或读法给出；标准自其日起；写着捐赠的不是会费")
    void feesKnowTheirDayAmountAndGifts() {
        Fees bacca = Objects.requireNonNull(book("bacca").fees());
        Rulebook igrs = book("igrs");
        Fees dues = Objects.requireNonNull(igrs.fees());
        Rulebook open = Lawbook.withSettings(igrs, Map.of(), Map.of("fee-due", "none"));

        assertThat(bacca.dueOn(book("bacca"), 2026)).isEqualTo("2026-06-30");
        assertThat(dues.dueOn(igrs, 2026)).isEqualTo("2026-04-30");
        assertThat(dues.dueOn(open, 2026)).isNull();
        assertThat(dues.dueOn(book("aii"), 2026)).as("no such reading").isNull();
        assertThat(bacca.yearly("理事单位", day("2014-12-31"))).isEmpty();
        assertThat(bacca.yearly("理事单位", day("2015-01-01"))).contains(Money.ofYuan(20000));
        assertThat(bacca.yearly("无此等级", day("2015-01-01"))).isEmpty();
        Fees.Donation gift = Objects.requireNonNull(bacca.donation());
        assertThat(gift.meant("2026年展会赞助款")).isTrue();
        assertThat(gift.meant("2026年会费")).isFalse();
    }

    @Test
    @DisplayName("较晚的标准盖过较早的，不论写的次序；没到日子的还不算")
    void theLatestStandardBeforeTheDayHolds() {
        Rulebook demo = Rulebooks.read(
                        "demo.yaml",
                        RulebooksTest.SOUND.replace(
                                "    - {from: 2024-01-01, amounts",
                                "    - {from: 2026-01-01, amounts: {普通会员: 3000, 核心会员: 4000}}\n"
                                        + "    - {from: 2024-01-01, amounts"))
                .orThrow();
        Fees fees = Objects.requireNonNull(demo.fees());

        assertThat(fees.yearly("普通会员", day("2025-12-31"))).contains(Money.ofYuan(1000));
        assertThat(fees.yearly("普通会员", day("2026-01-01"))).contains(Money.ofYuan(3000));
        assertThat(fees.yearly("普通会员", day("2023-12-31"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}/{1}（含本数={2}），{3}/{4}：达到={5}，恰好={6}")
    @DisplayName("比例只用整数比较，人数再多也不溢出")
    @CsvSource({
        "2, 3, true,  2,          3,          true,  true",
        "2, 3, false, 2,          3,          false, true",
        "2, 3, false, 3,          4,          true,  false",
        "1, 2, true,  1000000000, 2000000001, false, false",
        "1, 2, true,  1500000000, 3000000000, true,  true",
        "1, 2, false, 1500000001, 3000000000, true,  false",
        "2, 3, true,  0,          1,          false, false",
    })
    void sharesAreComparedInIntegers(
            int numerator, int denominator, boolean inclusive, long part, long whole, boolean reached, boolean exact) {
        Rulebook.Share share = new Rulebook.Share(numerator, denominator, inclusive);

        assertThat(share.reachedBy(part, whole)).isEqualTo(reached);
        assertThat(share.exactly(part, whole)).isEqualTo(exact);
    }

    @Test
    @DisplayName("DSIA-14 可以用替代材料的，交哪一份都算")
    void aDocumentMayHaveAStandIn() {
        List<Track.Document> papers =
                Objects.requireNonNull(book("dsia").cases().get("withdrawal")).documents();

        assertThat(papers.get(1).isIn(List.of("会员证书"))).isTrue();
        assertThat(papers.get(1).isIn(List.of("遗失声明"))).isTrue();
        assertThat(papers.get(1).isIn(List.of("退会书面报告"))).isFalse();
        assertThat(papers.get(0).isIn(List.of("退会书面报告"))).isTrue();
        assertThat(papers.get(0).isIn(List.of())).isFalse();
    }

    @Test
    @DisplayName("后果的依据、数字和句子")
    void aConsequenceCarriesItsGroundsAndFigures() {
        Act own = new Act(List.of("member"), null, null, null, null, List.of("WHJX-8"), "{会员}{年度}");
        Act none = new Act(List.of("member"), null, null, null, null, List.of(), null);
        Consequence bare = new Consequence(
                "k", "r", List.of("WHJX-1"), List.of(own, none), null, null, null, Map.of("会员", "甲"), false, false);

        assertThat(bare.clauses(own)).containsExactly("WHJX-8");
        assertThat(bare.clauses(none)).containsExactly("WHJX-1");
        assertThat(bare.text("{会员}{年度}")).isEqualTo("甲{年度}");
        assertThat(bare.data()).isEmpty();
        Consequence billed = new Consequence(
                "k", "r", List.of(), List.of(), 7L, Money.ofYuan(12), day("2026-03-31"), Map.of(), false, false);
        assertThat(billed.data())
                .containsOnly(Map.entry("amountFen", "1200"), Map.entry("dueOn", "2026-03-31"), Map.entry("bill", "7"));
        assertThat(Consequence.words("甲", null, null)).containsOnly(Map.entry("会员", "甲"));
        assertThat(Consequence.words("甲", bill(2026, "2026-03-31"), "某日"))
                .containsOnly(
                        Map.entry("会员", "甲"),
                        Map.entry("年度", "2026"),
                        Map.entry("金额", "¥8,000.00"),
                        Map.entry("期限", "某日"));
    }

    @Test
    @DisplayName("规则引用的条款：本协会的都在，单独列出的清单不算引用")
    void citationsAreWhatRulesRestOn() {
        Set<String> cited = Citations.of(Rulebooks.read("demo.yaml", RulebooksTest.SOUND + "clauses: [DEMO-3]\n")
                .orThrow());

        assertThat(cited).containsExactly("DEMO-1", "DEMO-2", "DEMO-3", "DEMO-4", "DEMO-8", "DEMO-9");
        assertThat(Citations.of(book("bacca")))
                .contains("BACCA-6-a", "BACCA-37-5")
                .noneMatch(c -> c.startsWith("XDOC"));
    }

    @Test
    @DisplayName("IGRS-26-5 只是时间过去会怎样：依次发生，各一次，到最后一天为止")
    void whatWouldFollowByItself() {
        Facts facts = member(List.of(bill(2026, "2026-04-30")), List.of(), List.of());

        List<Forecast.Event> events = forecast(facts, "2026-04-29", "2026-07-01", null);

        assertThat(events)
                .extracting(e -> e.day() + " " + e.key())
                .containsExactly(
                        "2026-04-29 reminder/bill-2026:-1",
                        "2026-05-01 overdue/bill-2026",
                        "2026-05-30 reminder/bill-2026:30",
                        "2026-07-01 two-months-overdue/bill-2026");
        assertThat(events.get(1).says()).isEqualTo("列为考虑降级的因素（示例公司2026年度会费¥8,000.00尚未到账，已过最后交费日2026年4月30日）");
        assertThat(events.get(1).severe()).isFalse();
        assertThat(events.get(1).clauses()).containsExactly("IGRS-23-2");
        assertThat(events.get(3).says()).startsWith("提出除名议案（");
        assertThat(events.get(3).severe()).isTrue();
        assertThat(events.get(0).rule()).isEqualTo("reminder");
        assertThat(forecast(facts, "2026-04-29", "2026-06-30", null)).hasSize(3);
        assertThat(forecast(facts, "2026-05-01", "2026-04-30", null)).isEmpty();
        assertThat(forecast(member(List.of(), List.of(), List.of()), "2026-01-01", "2030-01-01", null))
                .isEmpty();
    }

    @Test
    @DisplayName("新版本从其施行日起说话，哪怕那天之前什么也不会发生")
    void anEditionSpeaksFromItsFirstDay() {
        Facts facts = member(List.of(bill(2026, "2026-04-30")), List.of(), List.of());
        LocalDate turn = day("2026-07-20");

        assertThat(forecast(facts, "2026-07-10", "2026-12-31", turn))
                .extracting(e -> e.day() + " " + e.rule())
                .startsWith("2026-07-20 overdue")
                .contains("2026-07-21 two-months-overdue");
        assertThat(forecast(facts, "2026-07-10", "2026-07-19", turn)).isEmpty();
    }

    /** Under IGRS, or until a day under a rulebook that knows no fee. */
    private static List<Forecast.Event> forecast(Facts facts, String from, String through, @Nullable LocalDate turn) {
        return Forecast.of(
                on -> turn != null && on.isBefore(turn) ? book("aii") : book("igrs"),
                turn == null ? Set.of() : Set.of(turn),
                CALENDAR,
                facts,
                day(from),
                day(through));
    }
}
