package io.homeroom.till;

import io.homeroom.schedule.Ticker;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Looks after orders and refunds that wait for the gateway: what its notifications do not tell is asked for. */
@Component
class OrderKeeper implements Ticker {

    private final Orders orders;
    private final Clock wire;

    OrderKeeper(Orders orders, @Qualifier("wireClock") Clock wire) {
        this.orders = orders;
        this.wire = wire;
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void tick() {
        orders.tend(wire.instant());
    }
}
