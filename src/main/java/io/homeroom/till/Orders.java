package io.homeroom.till;

import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Orders at the payment gateway. */
@Service
public class Orders {
    public Outcome<Order> open(long member, Set<Long> bills, Money amount, Channel channel, @Nullable String openid) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Order> open(
            long member,
            Set<Long> bills,
            @Nullable String forWhat,
            Money amount,
            Channel channel,
            @Nullable String openid,
            String description) {
        throw new UnsupportedOperationException();
    }

    public Optional<Order> byNumber(String outTradeNo) {
        throw new UnsupportedOperationException();
    }

    public List<Order> of(long member) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Order> paid(PaidNotice notice) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Refund> refunded(String outRefundNo, Gateway.RefundResult result) {
        throw new UnsupportedOperationException();
    }

    public void settled(Collection<Long> bills) {
        throw new UnsupportedOperationException();
    }

    public List<Order> toQuery(Instant now) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Order> refresh(String outTradeNo) {
        throw new UnsupportedOperationException();
    }

    public void tend(Instant now) {
        throw new UnsupportedOperationException();
    }
}
