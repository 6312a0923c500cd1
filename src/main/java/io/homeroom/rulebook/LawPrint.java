package io.homeroom.rulebook;

import io.homeroom.ground.WorkCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * What tells one law from another, in 64 hexadecimal digits. Remarks and layout of a rulebook's file do not count; the judge
 * itself does, for a new program may find other days in the same words.
 */
public final class LawPrint {

    private static final byte[] JUDGE = bytes(Judge.class);

    private LawPrint() {}

    /** The print of an association's written editions. */
    public static String of(List<Rulebook> editions) {
        return hash(JUDGE, editions.toString());
    }

    /** The print of a year's rest days and make-up workdays. */
    public static String of(WorkCalendar.Year year) {
        return hash(new byte[0], new TreeSet<>(year.rest()) + " " + new TreeSet<>(year.work()));
    }

    private static String hash(byte[] first, String then) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            return HexFormat.of().formatHex(digest.digest(then.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static byte[] bytes(Class<?> type) {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
