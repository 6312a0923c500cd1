package io.homeroom.console;

/**
 * What was asked for is not there, or not there for this person, which must look the same. Ends a handler from any depth,
 * as Spring's own {@code ResponseStatusException} does.
 */
final class NotHere extends RuntimeException {

    NotHere() {
        super("Not here", null, false, false);
    }
}
