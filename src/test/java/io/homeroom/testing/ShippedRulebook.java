package io.homeroom.testing;

import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The five rulebooks as they ship, each read once: reading takes longer than most tests. */
public final class ShippedRulebook {

    private static final Map<String, Rulebook> READ = new ConcurrentHashMap<>();

    private ShippedRulebook() {}

    /** The rulebook of an association, by its code. */
    public static Rulebook of(String code) {
        return READ.computeIfAbsent(code, missing -> {
            Path file = Path.of("config/rulebooks", missing + ".yaml");
            try {
                return Rulebooks.read(file.toString(), Files.readString(file)).orThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
