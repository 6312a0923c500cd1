package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("BACCA-27 会员价：免费、百分之几，或者按等级")
class PriceTermsTest {

    @ParameterizedTest(name = "“{0}”，{1}：{2}%")
    @DisplayName("按等级写的只给写到的等级，没写到的付全价；不分等级的人人一样")
    @CsvSource(delimiter = '|', textBlock = """
        free                          | 会员单位 | 0
        80                            | 会员单位 | 80
        80                            |          | 80
        会员单位 80，理事单位 free    | 会员单位 | 80
        会员单位 80，理事单位 free    | 理事单位 | 0
        会员单位 80, 理事单位 free    | 理事单位 | 0
        会员单位 80，理事单位 free    | 个人会员 | 100
        会员单位 80，理事单位 free    |          | 100
        理事单位 free，90             | 个人会员 | 90
        """)
    void whatSomebodyPays(String value, @Nullable String grade, int percent) {
        assertThat(PriceTerms.percent(value, grade)).isEqualTo(percent);
    }

    @ParameterizedTest(name = "“{0}”：{1}")
    @DisplayName("写得成写不成：1 到 100，或者免费；零和更多不行")
    @CsvSource(delimiter = '|', textBlock = """
        free                | true
        1                   | true
        99                  | true
        100                 | true
        0                   | false
        101                 | false
        080                 | false
        gratis              | false
        会员单位 80，free   | true
        会员单位 80，       | false
        会员 单位 80        | false
        """)
    void whatMayBeWritten(String value, boolean fits) {
        assertThat(PriceTerms.fit(value)).isEqualTo(fits);
        assertThat(ReadingValues.fault("price-event", value) == null).isEqualTo(fits);
        assertThat(ReadingValues.fault("no-price", value)).as("not a price").isNull();
    }
}
