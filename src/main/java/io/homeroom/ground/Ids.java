package io.homeroom.ground;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys for rows: positive 63-bit numbers that grow with time, so that new rows lie together and ordering by key
 * is ordering by age. 42 bits of milliseconds, then 21 bits that start at random and count up within a
 * millisecond; nodes need no agreement. The time in them is for order only and is never shown.
 */
public final class Ids {

    private static final int LOW_BITS = 21;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /** A key greater than every key made before it by this process. */
    public static long next() {
        long fresh = (System.currentTimeMillis() << LOW_BITS) | RANDOM.nextInt(1 << (LOW_BITS - 1));
        return LAST.updateAndGet(last -> Math.max(last + 1, fresh));
    }

    /** Unguessable text of letters and digits, for scenes, links and order numbers. */
    public static String secret(int length) {
        String alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
