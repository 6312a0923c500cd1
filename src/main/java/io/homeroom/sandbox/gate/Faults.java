package io.homeroom.sandbox.gate;

import io.homeroom.sandbox.SandboxPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults that are waiting to strike; each strikes as often as it was asked for, the oldest first. */
@SandboxPart
public class Faults {

    private static final int LIMIT = 1000;

    private final List<Fault> waiting = new ArrayList<>();
    private long last;

    /** Asks for a fault; the parameters are those of {@link Fault}. */
    public synchronized Fault ask(String server, String code, String path, Fault.Kind kind, String value, int times) {
        if (waiting.size() >= LIMIT) {
            throw new IllegalArgumentException("too many faults are waiting");
        }
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1");
        }
        if (kind == Fault.Kind.DELAY || kind == Fault.Kind.NOTIFY_DELAY || kind == Fault.Kind.HTTP) {
            Integer.parseInt(value);
        }
        Fault fault = new Fault(++last, server, code, path, kind, value, times);
        waiting.add(fault);
        return fault;
    }

    /** Those that still wait. */
    public synchronized List<Fault> waiting() {
        return List.copyOf(waiting);
    }

    /** Takes one back. */
    public synchronized void forget(long id) {
        waiting.removeIf(fault -> fault.id() == id);
    }

    /** Takes all back. */
    public synchronized void forgetAll() {
        waiting.clear();
    }

    /** The fault that strikes this call, if any; it is used up by one. */
    public synchronized Optional<Fault> call(String server, String code, String path) {
        return strike(fault -> !fault.kind().ofNotifications() && fault.strikes(server, code, path));
    }

    /** The fault that strikes this notification, if any; it is used up by one. */
    public synchronized Optional<Fault> notification(String code, String path) {
        return strike(fault -> fault.kind().ofNotifications() && fault.strikes("pay", code, path));
    }

    private Optional<Fault> strike(Predicate<Fault> fits) {
        for (int i = 0; i < waiting.size(); i++) {
            Fault fault = waiting.get(i);
            if (fits.test(fault)) {
                if (fault.times() == 1) {
                    waiting.remove(i);
                } else {
                    waiting.set(i, fault.once());
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
