package io.homeroom.sandbox;

/** A part of WeChat's side that remembers what happened, and can begin anew. */
public interface Forgets {

    /** Empties the memory; what belongs to an account by its settings stays. */
    void forget();
}
