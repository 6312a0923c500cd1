package io.homeroom.sandbox.phone;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many customer-service messages an account may send to one person: five within 48 hours after a message of the
 * person, three within a minute after it clicked in the menu, subscribed or scanned (official documentation, "客服消息",
 * as of 2023-06-12).
 */
final class ServiceWindow {

    /** What the person did. */
    enum Opening {
        MESSAGE(5, Duration.ofHours(48)),
        MENU(3, Duration.ofMinutes(1)),
        SUBSCRIBE(3, Duration.ofMinutes(1)),
        SCAN(3, Duration.ofMinutes(1));

        private final int messages;
        private final Duration lasts;

        Opening(int messages, Duration lasts) {
            this.messages = messages;
            this.lasts = lasts;
        }
    }

    /** Whether a message may go. */
    enum Verdict {
        ALLOWED,
        CLOSED,
        EXHAUSTED
    }

    private record Grant(Instant until, int left) {}

    private final Map<Opening, Grant> grants = new EnumMap<>(Opening.class);

    void open(Opening opening, Instant now) {
        grants.put(opening, new Grant(now.plus(opening.lasts), opening.messages));
    }

    void close() {
        grants.clear();
    }

    /** Takes one message out of the window that ends first. */
    Verdict take(Instant now) {
        grants.values().removeIf(grant -> !grant.until().isAfter(now));
        if (grants.isEmpty()) {
            return Verdict.CLOSED;
        }
        var first = grants.entrySet().stream()
                .filter(entry -> entry.getValue().left() > 0)
                .min(Map.Entry.comparingByValue(java.util.Comparator.comparing(Grant::until)));
        if (first.isEmpty()) {
            return Verdict.EXHAUSTED;
        }
        Grant grant = first.get().getValue();
        grants.put(first.get().getKey(), new Grant(grant.until(), grant.left() - 1));
        return Verdict.ALLOWED;
    }
}
