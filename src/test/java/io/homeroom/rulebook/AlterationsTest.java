package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("两版规则书差在哪几处、依据哪几条")
class AlterationsTest {

    @Test
    @DisplayName("没有改动，或者只是施行的日子不同，就没有可说的")
    void nothingDiffers() {
        assertThat(Alterations.between(sound("", ""), sound("", ""))).isEmpty();
        assertThat(Alterations.between(
                        sound("", ""), sound("edition: {from: 2024-01-01", "edition: {from: 2026-01-01")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}：{2} {3}")
    @DisplayName("改了哪一部分，依据是改动的那一条自己现在的，没有就是它所属的")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        title: 会员办法 | title: 会籍办法 | 标题 |
        {name: 核心会员, cite: DEMO-4} | {name: 核心会员, cap: 15, cite: DEMO-4} | 等级 | DEMO-4
        {name: 核心会员, cite: DEMO-4} | {name: 核心会员, cite: DEMO-5} | 等级 | DEMO-5
        fee-due: {value: 03-31 | fee-due: {value: 04-30 | 未明之处的读法 | DEMO-2
        amounts: {普通会员: 1000, | amounts: {普通会员: 1200, | 会费 | DEMO-2
        first-year: {months: false, at: approval, cite: DEMO-2} | first-year: {months: true, at: approval, cite: DEMO-6} | 会费 | DEMO-6
        - {at: 理事会, cite: DEMO-9}¶ | - {at: 秘书处, cite: DEMO-7}¶ | 案件怎么走 | DEMO-7
        unpaid: {beyond: 1 year} | unpaid: {beyond: 2 years} | 到时会发生什么 | DEMO-9
        - {tell: member, says: 请交会费} | - {tell: member, says: 请交会费}¶      - {tell: teacher, says: 有欠费} | 到时会发生什么 | DEMO-8
        理事会: {} | 理事会: {cite: DEMO-5} | 机构 | DEMO-5
        """)
    void aPartThatDiffers(String now, String then, String part, String clauses) {
        Rulebook altered = sound(now.replace('¶', '\n'), then.replace('¶', '\n'));
        Set<String> cited = clauses == null ? Set.of() : Set.of(clauses.split(" "));

        assertThat(Alterations.between(sound("", ""), altered)).isEqualTo(Map.of(part, cited));
        assertThat(Alterations.between(altered, sound("", "")).keySet()).containsExactly(part);
    }

    @Test
    @DisplayName("一条规则没有了，依据是它原来的；多了一条，依据是新的；只换了先后，也算改动")
    void rulesComeAndGo() {
        Rulebook more = sound("watch:\n", """
                watch:
                  - id: late
                    cite: DEMO-7
                    when: {unpaid: {beyond: 2 months}}
                    then:
                      - {tell: member, says: 又晚了}
                """);

        assertThat(Alterations.between(sound("", ""), more)).isEqualTo(Map.of("到时会发生什么", Set.of("DEMO-7")));
        assertThat(Alterations.between(more, sound("", ""))).isEqualTo(Map.of("到时会发生什么", Set.of("DEMO-7")));

        String ordinary = "  - {name: 普通会员, entry: true, cite: DEMO-3}\n";
        String core = "  - {name: 核心会员, cite: DEMO-4}\n";
        assertThat(Alterations.between(sound("", ""), sound(ordinary + core, core + ordinary)))
                .isEqualTo(Map.of("等级", Set.of()));
    }

    @Test
    @DisplayName("几处一起改，各说各的")
    void severalPartsAreToldApart() {
        Rulebook altered = sound("title: 会员办法", "title: 会籍办法", "offices: [秘书处]", "offices: [秘书处, 会员部]");

        assertThat(Alterations.between(sound("", ""), altered).keySet()).containsExactlyInAnyOrder("标题", "机构");
    }

    /** The sound rulebook, each text in it replaced by the one after it. */
    private static Rulebook sound(String... changes) {
        String text = RulebooksTest.SOUND;
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).contains(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        return Rulebooks.read("demo.yaml", text).orThrow();
    }
}
