package io.homeroom.ground;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The association for which the current thread works. Faces and jobs enter it; everything below asks. There is
 * no default: work outside a tenant fails at once instead of reading another association's rows.
 */
public final class Tenant {

    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private Tenant() {}

    /**
     * Code of the association at work.
     *
     * @throws IllegalStateException outside any
     */
    public static String current() {
        String code = CURRENT.get();
        if (code == null) {
            throw new IllegalStateException("No association has been entered");
        }
        return code;
    }

    public static boolean isEntered() {
        return CURRENT.get() != null;
    }

    /** Does the work inside an association and returns to where the thread was before. */
    public static <T> T in(String code, Supplier<T> work) {
        String before = CURRENT.get();
        CURRENT.set(code);
        try {
            return work.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** {@link #in} for work without a result. */
    public static void run(String code, Runnable work) {
        in(code, () -> {
            work.run();
            return true;
        });
    }
}
