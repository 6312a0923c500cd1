package io.homeroom.console;

/**
 * What was asked for is not there, or not there for this person, which must look the same. Ends a handler from any depth,
 * as Spring's own {@code ResponseStatusException} does.
 */
final class NotHere extends RuntimeException {

    static final String GONE = "它可能已不在，或属于别的协会、别的班级。";

    NotHere() {
        this(GONE);
    }

    /** @param why in the visitor's words, where the reason is no secret */
    NotHere(String why) {
        super(why, null, false, false);
    }
}
