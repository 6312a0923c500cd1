package io.homeroom.notice;

/**
 * How many letters of a kind a channel takes from one sender on a day of the business calendar.
 *
 * @param name of the kind: {@code template}
 * @param word what people call such a letter
 * @param most letters a day, at least one
 * @param calm so many of them may be such as are not urgent: the rest is kept for what is
 */
public record Quota(String name, String word, int most, int calm) {

    /** One in so many is kept for the urgent. */
    private static final int KEPT = 20;

    public Quota {
        if (calm < 1 || most < calm) {
            throw new IllegalArgumentException("A channel that takes nothing carries nothing");
        }
    }

    /** So many a day, a twentieth of them for the urgent alone. */
    public static Quota of(String name, String word, int most) {
        return new Quota(name, word, most, Math.max(1, most - most / KEPT));
    }
}
