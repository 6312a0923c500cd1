package io.homeroom.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("金额：整数分")
class MoneyTest {

    @ParameterizedTest(name = "{0} 分是 {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0|¥0.00",
                "5|¥0.05",
                "99|¥0.99",
                "100|¥1.00",
                "99999|¥999.99",
                "100000|¥1,000.00",
                "123456789|¥1,234,567.89",
                "-2000|-¥20.00",
                "-7|-¥0.07"
            })
    void itIsReadInYuanWithThousandsApart(long fen, String text) {
        assertThat(new Money(fen)).hasToString(text);
    }

    @Test
    void aBrokenFenIsRefusedOrRoundedAsSaid() {
        assertThatThrownBy(() -> Money.ofYuan(new BigDecimal("0.001"))).isInstanceOf(ArithmeticException.class);
        assertThat(new Money(1000).share(1, 3, RoundingMode.HALF_UP)).isEqualTo(new Money(333));
        assertThat(new Money(1000).share(2, 3, RoundingMode.HALF_UP)).isEqualTo(new Money(667));
    }

    @Test
    void whatDoesNotFitIsNotCutOff() {
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE).plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofYuan(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }
}
