package io.homeroom.till;

import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Takes money. */
@Service
public class Till {
    public Outcome<Payment> receive(
            long member,
            Money amount,
            Method method,
            Instant receivedAt,
            @Nullable String externalId,
            String memo,
            @Nullable String forWhat,
            String by) {
        throw new UnsupportedOperationException();
    }

    public List<Payment> of(long member) {
        throw new UnsupportedOperationException();
    }

    public Optional<Payment> find(long payment) {
        throw new UnsupportedOperationException();
    }

    public List<Payment> search(@Nullable PayState state, long after, int limit) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Payment> matched(long payment, String by) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Payment> reverse(long payment, String by) {
        throw new UnsupportedOperationException();
    }

    public Refund refund(long member, @Nullable Long payment, Money amount, String reason, List<String> clauses) {
        throw new UnsupportedOperationException();
    }

    public void refundDone(long refund, Instant at, String by) {
        throw new UnsupportedOperationException();
    }

    public List<Refund> refunds(long member) {
        throw new UnsupportedOperationException();
    }

    public Optional<Refund> refund(long refund) {
        throw new UnsupportedOperationException();
    }

    public Money refunded(long member) {
        throw new UnsupportedOperationException();
    }
}
