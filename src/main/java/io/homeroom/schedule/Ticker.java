package io.homeroom.schedule;

import java.time.Duration;

/**
 * A small job repeated by the wire's time, on one node at a time, such as sending what waits. Beans of higher
 * rooms; called once in every association's tenant, outside any transaction.
 */
public interface Ticker {

    /** Stable name of the job. */
    String name();

    /** Time between two beginnings, at least a second. */
    Duration every();

    /** Whether it also runs once in the morning of each day to which the business clock is moved. */
    default boolean eachMorning() {
        return false;
    }

    /** Does what is due now and returns; must bear being cut off anywhere. */
    void tick();
}
