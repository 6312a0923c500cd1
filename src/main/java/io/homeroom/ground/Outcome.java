package io.homeroom.ground;

import java.util.function.Function;

/** What a front door answers: the thing done, or the refusal with its clause. */
public sealed interface Outcome<T> {

    /** It was done. */
    record Done<T>(T value) implements Outcome<T> {}

    /** It was not done, and nothing changed but the audit log and notices. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    static <T> Outcome<T> refused(String reason, String... clauses) {
        return new Refused<>(new Refusal(reason, clauses));
    }

    default boolean isDone() {
        return this instanceof Done<T>;
    }

    /**
     * The value.
     *
     * @throws IllegalStateException if this is a refusal: a caller that did not ask is a defect
     */
    default T get() {
        if (this instanceof Done<T> done) {
            return done.value();
        }
        throw new IllegalStateException("Refused: " + ((Refused<T>) this).refusal());
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> then) {
        if (this instanceof Done<T> done) {
            return new Done<>(then.apply(done.value()));
        }
        return new Refused<>(((Refused<T>) this).refusal());
    }
}
