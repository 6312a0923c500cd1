package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("读规则书：一次找出全部错误，每个都有位置")
class RulebooksTest {

    /** A small sound rulebook; the tests spoil one line of it. */
    static final String SOUND = """
        code: demo
        name: 示例协会
        nickname: 示例
        title: 会员办法
        edition: {from: 2024-01-01, cite: DEMO-1}
        readings:
          fee-due: {value: 03-31, cite: DEMO-2, says: 最后交费日, example: true}
          answer-days: {value: 30, cite: DEMO-9, says: 答复天数}
        grades:
          - {name: 普通会员, entry: true, cite: DEMO-3}
          - {name: 核心会员, cite: DEMO-4}
        offices: [秘书处]
        bodies:
          理事会: {}
        fees:
          cite: DEMO-2
          standards:
            - {from: 2024-01-01, amounts: {普通会员: 1000, 核心会员: 2000.50}}
          first-year: {months: false, at: approval, cite: DEMO-2}
        cases:
          exit:
            cite: DEMO-9
            stages:
              - {at: 秘书处, await: letter, cite: DEMO-9}
              - {at: member, await: answer, answer-days: answer-days, cite: DEMO-9}
              - {at: 理事会, cite: DEMO-9}
            effect: deem-withdrawn
        watch:
          - id: overdue
            cite: DEMO-8
            when: {unpaid: {beyond: 0 days}}
            then:
              - {tell: member, says: 请交会费}
          - id: unpaid-a-year
            cite: DEMO-9
            after: overdue
            when: {unpaid: {beyond: 1 year}}
            then:
              - {open: exit, at: 秘书处}
              - {task: {what: letter, to: 秘书处, cite: DEMO-9}}
        """;

    @Test
    void aSoundRulebookIsRead() {
        Rulebooks.Reading reading = Rulebooks.read("demo.yaml", SOUND);

        assertThat(reading.faults()).isEmpty();
        Rulebook book = reading.orThrow();
        assertThat(book.grade("核心会员").orElseThrow().cite()).containsExactly("DEMO-4");
        assertThat(book.fees()).isNotNull();
        assertThat(book.fees().yearly("核心会员", java.time.LocalDate.of(2025, 1, 1)))
                .hasValueSatisfying(m -> assertThat(m.fen()).isEqualTo(200050));
        assertThat(book.reading("fee-due")).isEqualTo("03-31");
        assertThat(book.watch().get(1).after()).isEqualTo("overdue");
    }

    @Test
    @DisplayName("列出的条款没有规则落实，是错误")
    void aListedClauseNeedsARule() {
        assertThat(Rulebooks.read("demo.yaml", SOUND + "clauses: [DEMO-4, DEMO-9]\n")
                        .faults())
                .isEmpty();
        assertThat(Rulebooks.read("demo.yaml", SOUND + "clauses: [DEMO-4, DEMO-10]\n")
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString()).contains("DEMO-10", "还没有落实"));
    }

    @ParameterizedTest(name = "把“{0}”写成“{1}”：{2}")
    @CsvSource(delimiter = '|', textBlock = """
        nickname: 示例            | nikname: 示例                       | demo.yaml:3:1: 没有“nikname”这个键，是否想写“nickname”？
        name: 示例协会            | name: ''                            | demo.yaml:2:7: “”不是文字
        {from: 2024-01-01, cite: DEMO-1} | {from: 2024-02-30, cite: DEMO-1} | demo.yaml:5:17: “2024-02-30”不是日期
        edition: {from: 2024-01-01, cite: DEMO-1} | edition: {cite: DEMO-1} | demo.yaml:5:10: 缺少“from”
        cite: DEMO-4              | cite: WHJX-4                        | demo.yaml:11:24: 条款“WHJX-4”不属于本协会
        cite: DEMO-4              | cite: []                            | demo.yaml:11:5: 没有写明依据的条款
        name: 核心会员            | name: 普通会员                      | demo.yaml:11:5: “普通会员”出现了两次
        1000, 核心会员: 2000.50   | 1000                                | demo.yaml:18:35: 以下等级没有会费金额：核心会员
        核心会员: 2000.50         | 核心会员: 2000.501                  | demo.yaml:18:54: “2000.501”不是金额
        核心会员: 2000.50         | 核心会员: 1, 核心: 2                | demo.yaml:18:57: 没有“核心”这个等级
        at: approval              | at: aproval                         | demo.yaml:19:35: “aproval”不可用，是否想写“approval”？
        await: letter, cite       | await: lettre, cite                 | demo.yaml:24:26: 等待“lettre”，但没有一条规则建立这个任务，没有人能离开这一步
        await: answer, answer-days: answer-days | await: payment, answer-days: answer-days | demo.yaml:25:51: 有答复期限，却没有等待答复
        answer-days: answer-days  | answer-days: reply-days             | demo.yaml:25:50: 没有“reply-days”这个读法
        {at: member, await: answer, answer-days: answer-days, cite: DEMO-9} | {at: member, cite: DEMO-9} | demo.yaml:25:14: 这一步轮到会员
        {at: 理事会, cite: DEMO-9} | {at: 理事会, only-if-failed: true, cite: DEMO-9} | demo.yaml:26:35: 走不到这一步
        {at: 理事会, cite: DEMO-9} | {at: 常务理事会, cite: DEMO-9}      | demo.yaml:26:14: 没有“常务理事会”这个机构或部门
        effect: deem-withdrawn    | lapses: {paid: all}                 | demo.yaml:21:3: 案件“exit”批准以后什么也不发生
        after: overdue            | after: overdu                       | demo.yaml:36:12: 没有“overdu”这条规则，是否想写“overdue”
        beyond: 0 days            | beyond: 2 years                     | demo.yaml:36:12: 重的一级（1年）早于轻的一级（2年）
        cite: DEMO-8              | cite: DEMO-9                        | demo.yaml:35:11: 条款“DEMO-9”在这里作1年，在前面作0天
        beyond: 1 year            | beyond: one year                    | demo.yaml:37:29: “one year”不是期限
        id: unpaid-a-year         | id: overdue                         | demo.yaml:34:5: “overdue”出现了两次
        tell: member              | tell: membr                         | demo.yaml:33:16: 没有“membr”这个收件人，是否想写“member”？
        'open: exit, at: 秘书处'  | 'open: exit, at: 理事'              | demo.yaml:39:26: 没有“理事”这个步骤
        'open: exit, at: 秘书处'  | open: expulsion                     | demo.yaml:39:16: 没有“expulsion”这个案件
        'fee-due: {value: 03-31'  | 'fee-due: {value: 31-03'            | demo.yaml:7:20: “31-03”不是月日
        'from: 2024-01-01, amounts' | 'from: 2024-06-01, amounts'       | demo.yaml:18:5: 制度从 2024-01-01 起施行，会费标准从 2024-06-01 才有
        '{open: exit, at: 秘书处}' | '{tell: 秘书处, says: 请研究}'        | demo.yaml:21:3: 没有一条规则会提出“exit”（open: exit），这个案件走不到
        'to: 秘书处, cite: DEMO-9' | 'to: liaison, cite: DEMO-9'          | demo.yaml:40:35: 待办要交给部门、机构或班主任，不能交给“liaison”：期限没有主人
        '{at: 秘书处, await: letter' | '{at: 秘书处, await: answer'        | demo.yaml:24:26: 等待会员答复的一步，应写 at: member
          exit:                   |   exits:                            | demo.yaml:21:3: 没有“exits”这个案件类型，是否想写“exit”？
        """)
    void aFaultIsShownWhereItStands(String sound, String spoilt, String fault) {
        assertThat(SOUND).contains(sound);

        Rulebooks.Reading reading =
                Rulebooks.read("demo.yaml", SOUND.replaceFirst(java.util.regex.Pattern.quote(sound), spoilt));

        assertThat(reading.rulebook()).isEmpty();
        assertThat(reading.faults()).anySatisfy(f -> assertThat(f.toString()).startsWith(fault));
    }

    @ParameterizedTest(name = "{0}：把“{1}”写成“{2}”")
    @DisplayName("好规则书改错一处就被找出来：走不到、出不去、重叠、有缺口、自相矛盾、期限没有主人")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        bacca | {open: suspension} | {tell: [秘书处], says: 请研究} | 没有一条规则会提出“suspension”（open: suspension），这个案件走不到
        bacca | {at: member, await: answer, answer-days: gives-up-after, cite: BACCA-9-a} | {at: 秘书处, await: answer, answer-days: gives-up-after, cite: BACCA-9-a} | 等待会员答复的一步，应写 at: member；现在没有人能离开这一步
        bacca | headcount-below: 100, revenue-below: 10000000 | headcount-below: 10, revenue-below: 10000000 | “小型”的界限应都高于先判断的“微型”，否则两档重叠，后一档永远轮不到
        bacca | from: 2015-01-01, example: true | from: 2016-01-01, example: true | 制度从 2015-01-01 起施行，会费标准从 2016-01-01 才有：中间一段没有标准可用
        bacca | value: always | value: 06-30..04-01 | “06-30..04-01”不是每年的一段日子（如 04-01..06-30，先早后晚），也不是 always
        bacca | anchor: announced, bar: 5 years, blocks: applying, cite: BACCA-40-b | anchor: announced, bar: 3 years, blocks: applying, cite: BACCA-41-b | 条款“BACCA-41-b”在这里作3年，在前面作5年：同一条款不能有两个期限
        bacca | refused: {"*": BACCA-6-a} | refused: {理事单位: BACCA-6-a} | “理事单位”既写在有“hold-office”权利的等级里，又写着拒绝的依据：只能留一处
        bacca | {task: {what: notify, to: 会员部, | {task: {what: notify, to: member, | 待办要交给部门、机构或班主任，不能交给“member”：期限没有主人
        bacca | , 个人会员: 300}} | }} | 以下等级没有会费金额：个人会员
        bacca | grades: [常务理事单位, 副会长单位, 会长单位] | grades: [常务理事, 副会长单位, 会长单位] | 没有“常务理事”这个等级，可用：个人会员、会员单位
        """)
    void aSmallMutationOfAGoodRulebookIsFound(String code, String sound, String spoilt, String fault)
            throws IOException {
        String text = packaged("config/rulebooks/" + code + ".yaml");
        assertThat(text).contains(sound);

        List<Fault> faults =
                Rulebooks.read(code + ".yaml", text.replace(sound, spoilt)).faults();

        assertThat(faults)
                .anySatisfy(f -> assertThat(f.toString())
                        .matches(code + "\\.yaml:\\d+:\\d+: .*")
                        .contains(fault));
    }

    @Test
    void allFaultsOfAFileAreListedInItsOrder() {
        String spoilt = SOUND.replace("2024-01-01, cite: DEMO-1", "gestern, cite: DEMO-1")
                .replace("0 days", "bald")
                .replace("nickname", "nikname");

        List<Fault> faults = Rulebooks.read("demo.yaml", spoilt).faults();

        assertThat(faults).extracting(Fault::line).containsExactly(1, 3, 5, 31);
        assertThat(faults.get(0).message()).isEqualTo("缺少“nickname”");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a\n- b", "code: [", "a: &x [*x]", "\t\t", "code: !!java.io.File x", "<<: {a: 1}"})
    void nonsenseIsRefusedWithAPlace(String text) {
        Rulebooks.Reading reading = Rulebooks.read("x.yaml", text);

        assertThat(reading.rulebook()).isEmpty();
        assertThat(reading.faults())
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.line()).isPositive());
    }

    @Test
    void aFileThatRefersToItselfOrNestsTooDeepEnds() {
        String bomb = "on: &a {x: [*a, *a]}\n" + SOUND;
        String deep = "readings: " + "[".repeat(5000) + "]".repeat(5000);

        assertThat(Rulebooks.read("bomb.yaml", bomb).faults()).isNotEmpty();
        assertThat(Rulebooks.read("deep.yaml", deep).faults()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    @DisplayName("五个协会的规则书没有错误")
    void theFiveRulebooksAreSound(String code) throws IOException {
        assertThat(Rulebooks.read(code + ".yaml", packaged("config/rulebooks/" + code + ".yaml"))
                        .faults())
                .isEmpty();
    }

    @Test
    @DisplayName("config/rulebook.schema.json 与模型一致")
    void theSchemaFileIsInStepWithTheModel() throws IOException {
        assertThat(packaged("config/rulebook.schema.json")).isEqualTo(RulebookSchema.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    @DisplayName("编辑器按 config/rulebook.schema.json 检查五本规则书，也没有错误")
    void theFiveRulebooksFitTheSchema(String code) throws IOException {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var schema = registry.getSchema(packaged("config/rulebook.schema.json"));
        String text = packaged("config/rulebooks/" + code + ".yaml");

        assertThat(schema.validate(JsonMapper.shared().valueToTree(asEditorsRead(compose(text)))))
                .isEmpty();
        Object spoilt = asEditorsRead(compose(text + "\nnikname: x\n"));
        assertThat(schema.validate(JsonMapper.shared().valueToTree(spoilt))).isNotEmpty();
    }

    private static Node compose(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    }

    /** By YAML 1.2, which knows no dates and takes only true and false for switches. */
    private static Object asEditorsRead(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.getValue()
                    .forEach(t -> map.put(((ScalarNode) t.getKeyNode()).getValue(), asEditorsRead(t.getValueNode())));
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(RulebooksTest::asEditorsRead)
                    .toList();
        }
        ScalarNode scalar = (ScalarNode) node;
        String value = scalar.getValue();
        if (scalar.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN) {
            return value;
        }
        if (value.matches("-?\\d+(\\.\\d+)?")) {
            return new BigDecimal(value);
        }
        return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
    }

    static String packaged(String path) throws IOException {
        try (InputStream in = RulebooksTest.class.getClassLoader().getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
