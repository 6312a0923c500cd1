package io.homeroom.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("订单的每一步")
class OrderRowTest {

    private static final Instant OPENED = Instant.parse("2025-01-06T04:00:00Z");

    private static OrderRow order(OrderState state) {
        OrderRow row = new OrderRow();
        row.state = state.code();
        row.createdAt = OPENED;
        row.expiresAt = OPENED.plus(OrderRow.VALID);
        row.openKey = "key";
        return row;
    }

    @ParameterizedTest
    @EnumSource(value = OrderState.class, mode = EnumSource.Mode.EXCLUDE, names = "PAID")
    @DisplayName("钱到了就是到了，不论订单处于何种状态")
    void lateMoneyIsMoney(OrderState state) {
        OrderRow row = order(state);

        row.paid("T1");

        assertThat(row.state()).isEqualTo(OrderState.PAID);
        assertThat(row.transactionId).isEqualTo("T1");
        assertThat(row.queryAt).isNull();
        assertThatThrownBy(() -> row.paid("T2")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderState.class,
            names = {"PAID", "CLOSED", "EXPIRED"})
    @DisplayName("已了结的订单不能再放弃或关闭")
    void whatIsOverStaysOver(OrderState state) {
        OrderRow row = order(state);

        assertThatThrownBy(() -> row.giveUp(OPENED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> row.closed(OPENED)).isInstanceOf(IllegalStateException.class);
        assertThat(row.state()).isEqualTo(state);
    }

    @Test
    @DisplayName("到时未付为过期，主动放弃为关闭；两者都让出位置")
    void closingHasTwoNames() {
        OrderRow ranOut = order(OrderState.PAYING);
        ranOut.closed(ranOut.expiresAt);
        assertThat(ranOut.state()).isEqualTo(OrderState.EXPIRED);
        assertThat(ranOut.openKey).isNull();

        OrderRow dropped = order(OrderState.PAYING);
        dropped.giveUp(OPENED);
        assertThat(dropped.openKey).isNull();
        assertThat(dropped.queryAt).isEqualTo(OPENED);
        dropped.closed(dropped.expiresAt);
        assertThat(dropped.state()).isEqualTo(OrderState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(OrderState.class)
    @DisplayName("迟来的下单答复不会让订单退回去")
    void aSlowAnswerDoesNotTurnBack(OrderState state) {
        OrderRow row = order(state);

        row.placed("p", null);

        assertThat(row.state()).isEqualTo(state == OrderState.CREATED ? OrderState.PAYING : state);
    }

    @Test
    @DisplayName("查单的间隔只增不减，不越过订单的终点；终点之后继续，直到关掉")
    void waitsGrow() {
        OrderRow row = order(OrderState.PAYING);
        Instant now = OrderRow.firstQuery(OPENED);
        assertThat(Duration.between(OPENED, now)).isLessThanOrEqualTo(Duration.ofMinutes(1));
        Duration before = Duration.ZERO;
        while (now.isBefore(row.expiresAt)) {
            row.queried(now);
            Instant next = row.queryAt;
            assertThat(next).isNotNull().isAfter(now);
            Duration wait = Duration.between(now, next);
            assertThat(wait.compareTo(before) >= 0 || row.expiresAt.equals(next))
                    .isTrue();
            before = wait;
            now = next;
        }
        assertThat(now).isEqualTo(row.expiresAt);
        row.queried(now);
        assertThat(row.queryAt).isAfter(now);
    }
}
