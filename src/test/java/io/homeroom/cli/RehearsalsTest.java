package io.homeroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.testing.TestDatabase;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Rehearsals on the real services, tables and duties: our own beside the rulebooks, and the shared ones where they are at hand. */
@Tag("mysql")
@DisplayName("演练")
class RehearsalsTest {

    private static final List<String> CODES = List.of("igrs", "dsia", "bacca", "aii", "whjx");
    private static final Path RULEBOOKS = Path.of("config", "rulebooks");
    private static final Path LEDGER = Path.of("..", "shared", "bylaws", "clauses.yaml");
    private static final Path OTHERWISE = Path.of("src", "test", "resources", "otherwise.yaml");
    private static final Path SHARED = Path.of("..", "shared", "rehearsals");

    private static ConfigurableApplicationContext hall;

    @BeforeAll
    static void openHall() throws IOException {
        hall = Rehearse.open(TestDatabase.fresh().arguments());
        for (String code : CODES) {
            Rulebooks.Reading reading = Rulebooks.read(code, Files.readString(RULEBOOKS.resolve(code + ".yaml")));
            assertThat(reading.faults()).isEmpty();
            hall.getBean(Lawbook.class).only(code, reading.rulebook().orElseThrow());
        }
    }

    @AfterAll
    static void closeHall() {
        hall.close();
    }

    @TestFactory
    @DisplayName("规则书自带的演练都通过")
    Stream<DynamicTest> ourOwnPass() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String code : CODES) {
            Path file = RULEBOOKS.resolve(code + ".rehearsals.yaml");
            if (Files.exists(file)) {
                files.add(file);
            }
        }
        Map<String, Coverage> covered = new TreeMap<>();
        Stream<DynamicTest> whole = CODES.stream()
                .map(code -> DynamicTest.dynamicTest(code + "：每一条都有一步看见它生效，没有只写在标题里的", () -> {
                    assertThat(covered.get(code).missing(book(code))).isEmpty();
                    assertThat(covered.get(code).inHeadersOnly(book(code))).isEmpty();
                }));
        return Stream.concat(tests(files, covered), whole);
    }

    /** Each reading as it says it could be read otherwise: the shipped text edited so, and a rehearsal that sees it at work. */
    @TestFactory
    @DisplayName("读法里写的另一种读法：照写的改规则书，改了就照改的办")
    Stream<DynamicTest> whatReadingsSayOtherwiseActs() throws IOException {
        List<Map<String, Object>> edited;
        try (Reader text = Files.newBufferedReader(OTHERWISE)) {
            edited = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        }
        return edited.stream()
                .map(one -> DynamicTest.dynamicTest(one.get("rulebook") + "：" + one.get("reading"), () -> act(one)));
    }

    private static void act(Map<String, Object> one) throws IOException {
        String code = (String) one.get("rulebook");
        Rulebook shipped = book(code);
        String key = (String) one.get("reading");
        assertThat(shipped.readings()).containsKey(key);
        String law = Files.readString(RULEBOOKS.resolve(code + ".yaml"));
        for (Object edit : (List<?>) one.get("edits")) {
            String find = (String) ((Map<?, ?>) edit).get("find");
            assertThat(law.split(Pattern.quote(find), -1)).as(find).hasSize(2);
            law = law.replace(find, (String) ((Map<?, ?>) edit).get("put"));
        }
        Rulebooks.Reading reading = Rulebooks.read(code, law);
        assertThat(reading.faults()).isEmpty();
        String story = "rulebook: " + code + "\nscenarios:\n  - title: " + key + "\n    clauses: "
                + shipped.readings().get(key).cite() + "\n" + ((String) one.get("story")).indent(4);
        Lawbook lawbook = hall.getBean(Lawbook.class);
        lawbook.only(code, reading.rulebook().orElseThrow());
        try {
            assertThat(hall.getBean(Rehearser.class).run("otherwise.yaml", story))
                    .allSatisfy(result -> assertThat(result.why()).isNull());
        } finally {
            lawbook.only(code, shipped);
        }
    }

    @TestFactory
    @DisplayName("共享的演练都通过")
    Stream<DynamicTest> theSharedPass() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), "没有共享的演练（../shared/rehearsals），这里略过");
        try (Stream<Path> found = Files.list(SHARED)) {
            return tests(
                    found.filter(file -> file.toString().endsWith(".yaml"))
                            .sorted()
                            .toList(),
                    new TreeMap<>());
        }
    }

    private static Stream<DynamicTest> tests(List<Path> files, Map<String, Coverage> covered) throws IOException {
        Rehearser rehearser = hall.getBean(Rehearser.class);
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files) {
            for (Rehearsal rehearsal : Rehearsal.read(file.toString(), Files.readString(file))) {
                String branch = rehearsal.branch() == null ? "" : " / " + rehearsal.branch();
                tests.add(DynamicTest.dynamicTest(file.getFileName() + "：" + rehearsal.title() + branch, () -> {
                    Rehearser.Result result = rehearser.run(rehearsal);
                    assertThat(result.why()).isNull();
                    assertThat(result.passed()).isTrue();
                    covered.computeIfAbsent(rehearsal.rulebook(), code -> new Coverage())
                            .add(result);
                }));
            }
        }
        return tests.stream();
    }

    @Test
    @DisplayName("写错的期望会失败，说明哪一步、应为什么、实为什么")
    void aWrongExpectationFails() {
        Rehearser.Result result = run("""
            rulebook: whjx
            scenarios:
              - title: 期望写错了
                clauses: [WHJX-12-1]
                members: {a: {joined: 2020-03-01}}
                steps: [{day: 2025-01-02, expect: {a: {standing: ended}}}]
            """);
        assertThat(result.passed()).isFalse();
        assertThat(result.step()).isEqualTo(1);
        assertThat(result.why()).contains("a.standing", "应为 ended", "实为 active");
    }

    @Test
    @DisplayName("rehearse 缺一年的日历：以工作日计的没有期限、告诉管理员；有这一年的就有期限，谁也不打扰")
    void aYearWithoutCalendarIsSaidAndNotGuessed() {
        String story = """
            rulebook: bacca
            scenarios:
              - title: 跨年的十个工作日
                clauses: [BACCA-20]
                set: {calendars: [%s]}
                steps:
                  - {day: 2025-12-24, do: [{apply: {member: n}}]}
                  - day: 2025-12-25
                    do:
                      - decide: {case: n.admission, by: 会员部, result: approve}
                      - decide: {case: n.admission, by: 秘书长, result: approve}
                      - decide: {case: n.admission, by: 理事会, result: approve}
                    expect: {n: {tasks: [{what: notify, due: %s}]}, association: {%s: [{to: admin}]}}
            """;
        assertThat(run(story.formatted("2025", "none", "notices")).why()).isNull();
        assertThat(run(story.formatted("2025, 2026", "2026-01-09", "no-notices"))
                        .why())
                .isNull();
        assertThat(run(story.formatted("2025", "2026-01-09", "notices")).why()).contains("notify");
    }

    @Test
    @DisplayName("该被拒绝的办成了、依据不对、日期倒退，都算未过")
    void refusalsAreHeldToTheirClauses() {
        assertThat(run("""
            rulebook: whjx
            scenarios:
              - title: 本可办成的事
                clauses: [WHJX-3-b]
                steps: [{day: 2025-01-02, do: [{apply: {member: n}}], refused: [WHJX-3-b]}]
            """).why()).contains("却办成了");
        assertThat(run("""
            rulebook: whjx
            scenarios:
              - title: 依据不是这一条
                clauses: [WHJX-3-b]
                steps: [{day: 2025-01-02, do: [{apply: {member: p, kind: individual}}], refused: [WHJX-11]}]
            """).why()).contains("WHJX-3-b");
        assertThat(run("""
            rulebook: whjx
            scenarios:
              - title: 日期倒退
                clauses: [WHJX-3-b]
                steps: [{day: 2025-01-02}, {day: 2025-01-01}]
            """).why()).contains("日期倒退");
    }

    @Test
    @DisplayName("不认识的键在文件里就被拒绝，并指出位置")
    void unknownKeysAreRefused() {
        assertThatThrownBy(() -> run("""
            rulebook: whjx
            scenarios:
              - title: 多了一个键
                clauses: [WHJX-3-b]
                weather: fine
                steps: [{day: 2025-01-02}]
            """)).hasMessageContaining("weather").hasMessageContaining("scenarios/0");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("步骤写错的，在运行之前就指出位置")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {day: 2025-01-02, do: [{pay: {member: a, amout: 1}}]}                       | /do/0/pay：不认识“amout”
        {day: 2025-01-02, do: [{payed: {member: a}}]}                               | /do/0：不认识“payed”
        {day: 2025-01-02, do: [{ask: {member: a, about: fee}, jobs: again}]}        | /do/0：一项只能写一个动作
        {day: 2025-01-02, do: [{jobs: again}, {jobs: again}], refused: [WHJX-3-b]}  | refused 的一步只能有一个动作
        {day: 2025-01-02, from: 2025-01-03}                                         | from 要和 refused 写在一起
        {day: 2025-02-30}                                                           | “2025-02-30”不是日期
        {day: 2025-01-02, expect: {a: {owned: 1}}}                                  | expect/a：不认识“owned”
        {day: 2025-01-02, do: [{apply: {member: n, facts: {visits: true}}}]}        | /facts：不认识“visits”
        """)
    void aMisspeltStepIsAnErrorInTheFile(String step, String fault) {
        assertThatThrownBy(() -> run("""
            rulebook: whjx
            scenarios:
              - title: 写错的步骤
                clauses: [WHJX-3-b]
                members: {a: {joined: 2020-03-01}}
                steps: [{day: 2025-01-01}, STEP]
            """.replace("STEP", step))).hasMessageContaining(fault);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("没有的名字、没有立过的案、没有的待办，是文件的错，不是拒绝")
    @ValueSource(
            strings = {
                "do: [{pay: {member: z, amount: 1}}]",
                "do: [{decide: {case: a.exit, by: 理事会, result: approve}}]",
                "do: [{done: {task: a.letter}}]",
                "do: [{done: {task: z.receipt}}]",
                "expect: {z: {owed: 0}}"
            })
    void whatIsNotThereIsAnErrorAndNoRefusal(String step) {
        Rehearser.Result result = run("""
            rulebook: whjx
            scenarios:
              - title: 没有的东西
                clauses: [WHJX-3-b]
                members: {a: {joined: 2020-03-01}}
                steps: [{day: 2025-01-01}, {STEP}]
            """.replace("STEP", step));

        assertThat(result.passed()).isFalse();
        assertThat(result.step()).isEqualTo(2);
        assertThat(result.why()).contains("没有");
    }

    private static Rehearser.Result run(String text) {
        return hall.getBean(Rehearser.class).run("test.yaml", text).get(0);
    }

    private static Rulebook book(String code) {
        return hall.getBean(Lawbook.class).of(code, java.time.LocalDate.of(2026, 1, 1));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    @DisplayName("有实际效果的条款，规则书自带的演练一条不缺")
    void ourOwnCoverEveryClause(String code) throws IOException {
        Path file = RULEBOOKS.resolve(code + ".rehearsals.yaml");
        Set<String> rehearsed = Rehearsal.read(file.toString(), Files.readString(file)).stream()
                .flatMap(rehearsal -> rehearsal.clauses().stream())
                .collect(Collectors.toSet());
        assertThat(book(code).clauses()).isNotEmpty();
        assertThat(rehearsed).containsAll(Coverage.of(book(code)));
    }

    @Test
    @DisplayName("rehearse --coverage 把只写在标题里的条款另列出来：有一步看见它生效才算演练过，没过的演练什么也不算")
    void aHeadingIsOnlyAClaim() {
        String story = """
            rulebook: whjx
            scenarios:
              - title: 个人不能入会
                clauses: [WHJX-3-b, WHJX-11]
                steps: [{day: 2025-01-02, do: [{apply: {member: p, kind: individual}}], refused: [WHJX-3-b, %s]}]
            """;
        Coverage seen = new Coverage();
        seen.add(run(story.formatted("WHJX-12-1")));
        assertThat(seen.inHeadersOnly(book("whjx"))).containsExactly("WHJX-11");
        assertThat(seen.missing(book("whjx"))).contains("WHJX-12-1").doesNotContain("WHJX-3-b", "WHJX-11");

        Coverage failed = new Coverage();
        failed.add(run(story.formatted("WHJX-12-1").replace("WHJX-3-b, WHJX-12-1", "WHJX-12-1")));
        assertThat(failed.inHeadersOnly(book("whjx"))).containsExactly("WHJX-11", "WHJX-3-b");
    }

    @Test
    @DisplayName("规则书列出的条款，正是条款清单里有实际效果的那些")
    void theListsAreWhole() throws IOException {
        assumeTrue(Files.isRegularFile(LEDGER), "没有条款清单（../shared/bylaws），这里略过");
        Map<String, Set<String>> ledger = new TreeMap<>();
        String clause = "";
        for (String line : Files.readAllLines(LEDGER)) {
            if (line.startsWith("- id: ")) {
                clause = line.substring("- id: ".length()).strip();
            } else if (line.startsWith("  kind: ") && !line.endsWith("informative")) {
                ledger.computeIfAbsent(
                                clause.substring(0, clause.indexOf('-')).toLowerCase(java.util.Locale.ROOT),
                                code -> new TreeSet<>())
                        .add(clause);
            }
        }
        for (String code : CODES) {
            assertThat(book(code).clauses()).as(code).containsExactlyInAnyOrderElementsOf(ledger.get(code));
        }
    }

    @Test
    @DisplayName("规则书引用的每一条都能列出来")
    void coverageListsWhatARulebookCites() {
        Rulebook book = hall.getBean(Lawbook.class).of("whjx", java.time.LocalDate.of(2026, 1, 1));
        assertThat(new TreeSet<>(Coverage.of(book)))
                .contains("WHJX-12-1", "WHJX-8-5b")
                .doesNotContain("XDOC-9");
    }
}
