package io.homeroom.desk;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What became of things told: asked by rooms below the one that sends. A severe step is not taken before the notice that
 * precedes it is known to have arrived.
 */
public interface Delivery {

    /** Of these keys of {@link Tell}, those whose notice is known to have arrived. */
    Set<String> delivered(Collection<String> keys);

    /** Whether the notice told under a key is known to have arrived. */
    default boolean delivered(String key) {
        return !delivered(List.of(key)).isEmpty();
    }
}
