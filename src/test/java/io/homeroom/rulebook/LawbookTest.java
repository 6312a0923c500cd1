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
