package io.homeroom.ground;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An amount in renminbi, held as whole fen.
 *
 * @param fen hundredths of a yuan; negative for a credit
 */
public record Money(long fen) implements Comparable<Money> {

    public static final Money ZERO = new Money(0);

    /**
     * Reads an amount in yuan.
     *
     * @throws ArithmeticException if it has a fraction of a fen or does not fit
     */
    public static Money ofYuan(BigDecimal yuan) {
        return new Money(yuan.movePointRight(2).longValueExact());
    }

    /** Reads whole yuan. */
    public static Money ofYuan(long yuan) {
        return new Money(Math.multiplyExact(yuan, 100L));
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(fen, other.fen));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(fen, other.fen));
    }

    public Money times(int factor) {
        return new Money(Math.multiplyExact(fen, (long) factor));
    }

    /** The share {@code numerator/denominator} of this amount; {@code mode} says what becomes of a broken fen. */
    public Money share(long numerator, long denominator, RoundingMode mode) {
        BigInteger product = BigInteger.valueOf(fen).multiply(BigInteger.valueOf(numerator));
        return new Money(new BigDecimal(product)
                .divide(BigDecimal.valueOf(denominator), 0, mode)
                .longValueExact());
    }

    public Money min(Money other) {
        return fen <= other.fen ? this : other;
    }

    public boolean isZero() {
        return fen == 0;
    }

    public boolean isPositive() {
        return fen > 0;
    }

    public BigDecimal yuan() {
        return BigDecimal.valueOf(fen, 2);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(fen, other.fen);
    }

    /** As people read it: {@code ¥6,000.00}, a credit as {@code -¥20.00}. */
    @Override
    public String toString() {
        // Said for every finding of every member each night: a formatter would cost more than the judgement.
        long amount = Math.abs(fen);
        long rest = amount % 100;
        StringBuilder text = new StringBuilder(Long.toString(amount / 100));
        for (int at = text.length() - 3; at > 0; at -= 3) {
            text.insert(at, ',');
        }
        text.append(rest < 10 ? ".0" : ".").append(rest);
        return text.insert(0, fen < 0 ? "-¥" : "¥").toString();
    }
}
