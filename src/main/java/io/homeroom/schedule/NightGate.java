package io.homeroom.schedule;

import java.time.LocalDate;

/**
 * Asked before an association's nights are run on this node. Beans of higher rooms; called inside the tenant, outside any
 * transaction, on one node at a time.
 */
public interface NightGate {

    /**
     * Whether this node may run them; if not they are left to another one.
     *
     * @param first the first day that is to be run
     */
    boolean opens(LocalDate first);
}
