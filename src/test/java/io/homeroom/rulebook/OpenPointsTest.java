package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.homeroom.testing.ShippedRulebook;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

@DisplayName("章程没说清的地方：每一处都写着怎样读、由哪里决定")
class OpenPointsTest {

    private static final Path LEDGER = Path.of("..", "shared", "bylaws", "clauses.yaml");

    @ParameterizedTest
    @DisplayName("条款清单里每一条有歧义的，规则书都有一个读法")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    void everyAmbiguousClauseHasAReading(String code) throws IOException {
        assumeTrue(Files.isRegularFile(LEDGER), "没有条款清单（../shared/bylaws），这里略过");
        Rulebook book = ShippedRulebook.of(code);
        Set<String> read = new TreeSet<>();
        book.readings().values().forEach(reading -> read.addAll(reading.cite()));

        List<Map<String, Object>> ledger;
        try (Reader text = Files.newBufferedReader(LEDGER)) {
            ledger = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        }
        List<String> open = ledger.stream()
                .filter(clause -> clause.containsKey("ambiguity"))
                .map(clause -> (String) clause.get("id"))
                .filter(id -> id.startsWith(code.toUpperCase(Locale.ROOT) + "-") || id.startsWith("XDOC-"))
                .toList();

        assertThat(open).hasSizeGreaterThan(15);
        assertThat(read).containsAll(open);
    }

    @ParameterizedTest(name = "{0}：{1}")
    @DisplayName("一条路径走到规则书的一处，名称和条款都能指")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        whjx | re-entry/WHJX-15-a/anchor | application
        whjx | edition/from | 2020-10-27
        whjx | apply/no-visit/cite | WHJX-4-a
        whjx | fees/standards | - {from: 2020-01-01, example: true, amounts: {会员: 8000}}
        whjx | watch/unpaid-a-year/when | {unpaid: {beyond: 1 years}}
        aii | cases/resolution/matters/AII-27/理事会/counted | base: seats
        bacca | fees/due | 06-30
        bacca | reports/penalty/BACCA-12/tell | 诚信自律委员会办公室
        igrs | upgrade/conditions/core/IGRS-20-A4 | absences: 0
        """)
    void aPathLeadsToWhatIsWritten(String code, String path, String written) {
        Rulebook book = ShippedRulebook.of(code);

        assertThat(Pointer.written(book, path))
                .hasValueSatisfying(text -> assertThat(text).startsWith(written));
    }

    @ParameterizedTest
    @DisplayName("没有写，也是一种决定")
    @CsvSource({"aii,re-entry", "aii,cases/admission/due", "aii,fees", "whjx,liaison/required"})
    void silenceDecidesToo(String code, String path) {
        assertThat(Pointer.written(ShippedRulebook.of(code), path)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("指不到、指不清的地方是错误，带行和列")
    @CsvSource(delimiter = '|', textBlock = """
        at: cases/exit/stage            | 7:11: at 指的地方找不到：“cases/exit”里没有“stage”，是否想写“stages”？
        at: [grades, cases/exits]       | 7:20: at 指的地方找不到：“cases”里没有“exits”，是否想写“exit”？
        at: cases/exit/stages/DEMO-9    | 7:11: at 指的地方找不到：“cases/exit/stages”里不止一处是“DEMO-9”
        at: cases/exit/due/count        | 7:11: at 指的地方找不到：“cases/exit/due”没有写，里面不会有“count”
        at: name/示例                   | 7:11: at 指的地方找不到：“name”里没有“示例”
        at: ""                          | 7:11: “”不是文字
        at: []                          | 7:6: 没有写怎样读：请写 value，或在 at 写
        value: 1, at: grades            | 7:21: 写了 value，就不由别处决定
        """)
    void aPathThatLeadsNowhereIsAFault(String written, String fault) {
        String text = RulebooksTest.SOUND.replace(
                "  fee-due:", "  x: {" + written + ", cite: DEMO-3, says: 问, otherwise: 另一种}\n  fee-due:");

        assertThat(Rulebooks.read("demo.yaml", text).faults())
                .anySatisfy(found -> assertThat(found.toString()).startsWith("demo.yaml:" + fault));
    }

    @ParameterizedTest(name = "{0} 写 {1}")
    @DisplayName("自由填写的读法，界限之内的收，之外的说应写什么")
    @CsvSource({
        "agenda-lead, 0, true",
        "agenda-lead, 60, true",
        "agenda-lead, 61, false",
        "agenda-lead, none, false",
        "half-years, 1, true",
        "half-years, 6, true",
        "half-years, 0, false",
        "half-years, 7, false",
        "members-per-teacher, 1, true",
        "members-per-teacher, none, true",
        "members-per-teacher, 0, false",
        "members-per-teacher, 1000, false",
        "liaison-number, 1, true",
        "liaison-number, 5, true",
        "liaison-number, 0, false",
        "liaison-number, 6, false",
        "appeal-within, none, true",
        "appeal-within, 1, true",
        "appeal-within, 999, true",
        "appeal-within, 0, false",
        "appeal-within, 1000, false",
        "gives-up-after, none, true",
        "gives-up-after, 1, true",
        "gives-up-after, 999, true",
        "gives-up-after, 0, false",
        "gives-up-after, 1000, false",
        "two-roles, same, true",
        "two-roles, separate, true",
        "two-roles, one, false",
        "silence-approves, both, true",
        "silence-approves, true, false",
        "upgrade-rounds, one, true",
        "upgrade-rounds, 1, false",
        "tenure-at, decision, true",
        "tenure-at, approval, false",
        "penalty-at, approval, true",
        "penalty-at, decision, false",
        "penalty-dated, service, true",
        "penalty-day-counts, false, true",
        "cap-tested, filing, true",
        "cap-tested, payment, false"
    })
    void whatIsWrittenFreelyHasItsBounds(String key, String value, boolean fits) {
        assertThat(ReadingValues.isKnown(key)).isTrue();
        assertThat(ReadingValues.fault(key, value) == null).isEqualTo(fits);
        assertThat(ReadingValues.hint(key)).isNotBlank();
    }

    @ParameterizedTest(name = "{0} 的 {1} 说作 {2}")
    @DisplayName("没有限度的值有一个词；说那个词就是那个值，别的照写")
    @CsvSource({
        "fee-due, none, 没有",
        "data-confirmation, none, 不问",
        "appeal-within, none, 随时可以",
        "gives-up-after, none, 不设期限",
        "members-per-teacher, none, 不限",
        "review-period, always, 全年",
        "price-event, free, 免费",
        "price-event, 会员单位 80，理事单位 free, 会员单位 80，理事单位 免费",
        "fee-due, 03-31, 03-31",
        "answer-days, 30, 30"
    })
    void aValueIsSaidInAWordAndHeardByIt(String key, String value, String word) {
        assertThat(ReadingValues.word(key, value)).isEqualTo(word);
        assertThat(ReadingValues.value(key, word)).isEqualTo(value);
        assertThat(ReadingValues.hint(key)).doesNotContain("none", "always", "free");
    }

    @Test
    void theFileOfARulebookIsToldItsOwnSpelling() {
        String text = RulebooksTest.SOUND.replaceFirst("fee-due: \\{value: [^,]+,", "fee-due: {value: 没有,");

        assertThat(Rulebooks.read("demo.yaml", text).faults())
                .anySatisfy(fault -> assertThat(fault.message()).contains("不是月日", "文件里“没有”写作 none"));
    }

    @Test
    void whatTheSoftwareGoesByNeedsAValueAndEveryOtherPointAnAlternative() {
        String elsewhere = RulebooksTest.SOUND.replace("{value: 30, cite: DEMO-9,", "{at: grades, cite: DEMO-9,");
        String single =
                RulebooksTest.SOUND.replace("  fee-due:", "  x: {at: grades/核心会员, cite: DEMO-3, says: 问}\n  fee-due:");

        assertThat(Rulebooks.read("demo.yaml", elsewhere).faults())
                .anySatisfy(fault ->
                        assertThat(fault.toString()).isEqualTo("demo.yaml:8:16: “answer-days”由软件照着执行，须写 value"))
                .anySatisfy(fault -> assertThat(fault.message()).startsWith("没有“answer-days”这个读法"));
        assertThat(Rulebooks.read("demo.yaml", single).faults())
                .extracting(Fault::message)
                .containsExactly("没有写还可以怎样读（otherwise）");
    }

    @Test
    @DisplayName("只说明读法的地方不算落实：条款须由规则引用；也不能当作设置来改")
    void aReadingThatPointsElsewhereIsNoRuleAndNoSetting() {
        Rulebook book = Rulebooks.read(
                        "demo.yaml",
                        RulebooksTest.SOUND.replace(
                                "  fee-due:", "  x: {at: grades, cite: DEMO-77, says: 问, otherwise: 另一种}\n  fee-due:"))
                .orThrow();

        assertThat(Citations.of(book)).contains("DEMO-3").doesNotContain("DEMO-77");
        assertThat(book.setting("x")).isEmpty();
        assertThatThrownBy(() -> Lawbook.withSettings(book, Map.of(), Map.of("x", "true")))
                .hasMessage("“x”由规则书的 grades 决定，不能在这里设");
    }
}
