package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("现行规则：版本、决议和演练的设定")
class LawbookTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    private final Lawbook law = new Lawbook();

    @Test
    void theEditionOfTheDayAnswers() {
        law.put("demo", edition("2026-07-01", "新版"));
        law.put("demo", edition("2024-01-01", "旧版"));

        assertThat(law.of("demo", LocalDate.of(2026, 6, 30)).title()).isEqualTo("旧版");
        assertThat(law.of("demo", LocalDate.of(2026, 7, 1)).title()).isEqualTo("新版");
        assertThat(law.of("demo", LocalDate.of(2020, 1, 1)).title())
                .as("nothing older is known")
                .isEqualTo("旧版");
        law.put("demo", edition("2026-07-01", "更正"));
        assertThat(law.editions("demo")).extracting(Rulebook::title).containsExactly("旧版", "更正");
        assertThat(Tenant.in("demo", () -> law.of(DAY)).title()).isEqualTo("旧版");
    }

    @Test
    void anAssociationWithoutRulebookIsADefect() {
        assertThatThrownBy(() -> law.of("demo", DAY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("BACCA-35 批准的会费标准自其生效日起盖过规则书")
    void resolvedFeesHoldFromTheirDay() {
        List<Fees.Standard> resolved = new ArrayList<>();
        law.put("demo", edition("2024-01-01", "办法"));
        law.overlay(association -> resolved);
        resolved.add(new Fees.Standard(LocalDate.of(2026, 1, 1), false, Map.of("普通会员", Money.ofYuan(1500))));

        assertThat(yearly("普通会员", DAY)).as("not asked yet").isEqualTo(Money.ofYuan(1000));
        law.refresh("demo");

        assertThat(yearly("普通会员", LocalDate.of(2025, 12, 31))).isEqualTo(Money.ofYuan(1000));
        assertThat(yearly("普通会员", DAY)).isEqualTo(Money.ofYuan(1500));
        assertThat(yearly("核心会员", DAY)).as("not resolved about").isEqualTo(new Money(200050));
    }

    @Test
    void aRehearsalSetsFeesAndReadings() {
        Rulebook book = Lawbook.withSettings(
                edition("2024-01-01", "办法"), Map.of("普通会员", Money.ofYuan(8)), Map.of("fee-due", "none"));
        law.only("demo", book);

        assertThat(yearly("普通会员", LocalDate.of(1990, 1, 1))).isEqualTo(Money.ofYuan(8));
        assertThat(yearly("核心会员", DAY)).isEqualTo(new Money(200050));
        assertThat(book.reading("fee-due")).isEqualTo("none");
        assertThat(book.readings().get("fee-due").cite()).containsExactly("DEMO-2");
    }

    @Test
    void whatTheRulebookDoesNotKnowCannotBeSet() {
        Rulebook book = edition("2024-01-01", "办法");

        assertThatThrownBy(() -> Lawbook.withSettings(book, Map.of("会员", Money.ZERO), Map.of()))
                .hasMessageContaining("会员");
        assertThatThrownBy(() -> Lawbook.withSettings(book, Map.of(), Map.of("fee-duo", "03-31")))
                .hasMessageContaining("是否想写“fee-due”");
        assertThatThrownBy(() -> Lawbook.withSettings(Cases.book("aii"), Map.of("普通会员单位", Money.ofYuan(1)), Map.of()))
                .hasMessageContaining("没有会费");
    }

    @Test
    @DisplayName("写着的、在施行的和文件里的分得清：修订盖过文件同一天的版本，文件还是原样")
    void whatIsWrittenAndWhatIsInForce() {
        List<Rulebook> amended = new ArrayList<>();
        List<Lawbook.Chosen> chosen = new ArrayList<>();
        assertThatThrownBy(() -> law.written("demo")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> law.filed("demo")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> law.print("demo")).isInstanceOf(IllegalStateException.class);
        law.put("demo", edition("2024-01-01", "文件"), "文件的原文");
        law.overlay(overlaying(amended, chosen));
        String print = law.print("demo");
        assertThat(print).hasSize(64);
        assertThat(law.text("demo")).contains("文件的原文");
        assertThat(law.text("other")).isEmpty();
        assertThat(law.associations()).containsExactly("demo");

        amended.add(edition("2026-07-01", "修订"));
        law.refresh("demo");
        assertThat(law.written("demo")).extracting(Rulebook::title).containsExactly("文件", "修订");
        assertThat(law.filed("demo").title()).isEqualTo("文件");
        assertThat(law.print("demo")).isNotEqualTo(print);
        assertThat(Tenant.in("demo", () -> law.turn(LocalDate.of(2026, 6, 30)))).contains(LocalDate.of(2026, 7, 1));
        assertThat(Tenant.in("demo", () -> law.turn(LocalDate.of(2026, 7, 1)))).isEmpty();

        amended.set(0, edition("2024-01-01", "修订"));
        law.refresh("demo");
        assertThat(law.written("demo")).extracting(Rulebook::title).containsExactly("修订");
        assertThat(law.filed("demo").title()).isEqualTo("文件");
        law.refresh("other");
        assertThat(law.associations()).containsExactly("demo");
    }

    @Test
    @DisplayName("选的读法自其日起；同一点后选的算数；回到原值也从其日起；写着的不变")
    void chosenReadingsHoldFromTheirDay() {
        List<Lawbook.Chosen> chosen = new ArrayList<>();
        law.put("demo", edition("2024-01-01", "办法"));
        law.overlay(overlaying(List.of(), chosen));
        String print = law.print("demo");
        chosen.add(new Lawbook.Chosen("fee-due", "04-30", DAY));
        chosen.add(new Lawbook.Chosen("fee-due", "05-31", DAY));
        chosen.add(new Lawbook.Chosen("fee-due", null, LocalDate.of(2027, 1, 1)));
        chosen.add(new Lawbook.Chosen("no-such-reading", "x", DAY));
        law.refresh("demo");

        assertThat(due("2025-12-31")).isEqualTo("03-31");
        assertThat(due("2026-01-01")).isEqualTo("05-31");
        assertThat(due("2026-12-31")).isEqualTo("05-31");
        assertThat(due("2027-01-01")).isEqualTo("03-31");
        assertThat(law.written("demo")).hasSize(1);
        assertThat(law.print("demo")).as("nothing was written").isEqualTo(print);
        assertThat(law.of("demo", DAY).readings().get("no-such-reading")).isNull();
    }

    @Test
    @DisplayName("先看看会怎样：多一版、只这几版、换一种读法，都不动现行的")
    void supposingChangesNothing() {
        law.put("demo", edition("2024-01-01", "办法"));
        law.put("demo", edition("2025-01-01", "新办法"));
        List<Rulebook> before = law.editions("demo");

        assertThat(law.supposing("demo", edition("2026-07-01", "修订")))
                .extracting(Rulebook::title)
                .containsExactly("办法", "新办法", "修订");
        assertThat(law.supposing("demo", null, List.of(edition("2025-01-01", "修订"))))
                .extracting(Rulebook::title)
                .containsExactly("办法", "修订");
        assertThat(law.supposing("demo", edition("2026-01-01", "新文件"), List.of()))
                .extracting(Rulebook::title)
                .containsExactly("新文件");
        List<Rulebook> read = law.choosing("demo", new Lawbook.Chosen("fee-due", "none", DAY));
        assertThat(read).extracting(book -> book.reading("fee-due")).containsExactly("03-31", "03-31", "none");
        assertThat(law.editions("demo")).isEqualTo(before);
    }

    private String due(String day) {
        return law.of("demo", LocalDate.parse(day)).reading("fee-due");
    }

    private static Lawbook.Overlay overlaying(List<Rulebook> amended, List<Lawbook.Chosen> chosen) {
        return new Lawbook.Overlay() {
            @Override
            public List<Fees.Standard> standards(String association) {
                return List.of();
            }

            @Override
            public List<Lawbook.Chosen> readings(String association) {
                return chosen;
            }

            @Override
            public List<Rulebook> amendments(String association) {
                return amended;
            }
        };
    }

    private Money yearly(String grade, LocalDate day) {
        Fees fees = law.of("demo", DAY).fees();
        assertThat(fees).isNotNull();
        return fees.yearly(grade, day).orElseThrow();
    }

    private static Rulebook edition(String from, String title) {
        return Rulebooks.read(
                        "demo.yaml",
                        RulebooksTest.SOUND
                                .replace("from: 2024-01-01, cite", "from: " + from + ", cite")
                                .replace("title: 会员办法", "title: " + title))
                .orThrow();
    }
}
