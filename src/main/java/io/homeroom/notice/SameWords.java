package io.homeroom.notice;

import io.homeroom.ground.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Numbers the notices of one text to one address, where the channel knows a letter by its words and would take the second
 * for a repetition of the first. A notice keeps its number for all its attempts; the number is free again when the channel
 * has long forgotten it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SameWords {

    private final JdbcClient jdbc;

    SameWords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The number of a notice; empty if another node is giving one to the same words at this moment.
     *
     * @param remembered for how long after an attempt the channel knows it
     * @param wireNow by the channel's clock
     */
    Optional<Integer> number(long notice, Letter letter, Duration remembered, Instant wireNow) {
        record Taken(int number, long notice, LocalDateTime at) {}
        String digest = digest(letter.text());
        List<Taken> taken = jdbc.sql("select number, notice_id, used_at from notice_same where association_id = :a"
                        + " and address = :address and digest = :digest order by number")
                .param("a", Tenant.current())
                .param("address", letter.address())
                .param("digest", digest)
                .query((row, index) -> new Taken(
                        row.getInt("number"), row.getLong("notice_id"), row.getObject("used_at", LocalDateTime.class)))
                .list();
        Optional<Taken> own =
                taken.stream().filter(one -> one.notice() == notice).findFirst();
        if (own.isPresent()) {
            return own.map(Taken::number);
        }
        LocalDateTime forgotten = NoticeRow.utc(wireNow.minus(kept(remembered)));
        Set<Integer> inUse = new HashSet<>();
        for (Taken one : taken) {
            if (one.at().isBefore(forgotten)) {
                jdbc.sql("delete from notice_same where association_id = :a and address = :address"
                                + " and digest = :digest and number = :number and used_at = :at")
                        .param("a", Tenant.current())
                        .param("address", letter.address())
                        .param("digest", digest)
                        .param("number", one.number())
                        .param("at", one.at())
                        .update();
            } else {
                inUse.add(one.number());
            }
        }
        int number = 1;
        while (inUse.contains(number)) {
            number++;
        }
        int given = jdbc.sql("insert ignore into notice_same (association_id, address, digest, number, notice_id,"
                        + " used_at) values (:a, :address, :digest, :number, :notice, :at)")
                .param("a", Tenant.current())
                .param("address", letter.address())
                .param("digest", digest)
                .param("number", number)
                .param("notice", notice)
                .param("at", NoticeRow.utc(wireNow))
                .update();
        return given == 1 ? Optional.of(number) : Optional.empty();
    }

    /** Forgets numbers that nobody needs any more. */
    void tidy(Instant wireNow) {
        jdbc.sql("delete from notice_same where association_id = :a and used_at < :old")
                .param("a", Tenant.current())
                .param("old", NoticeRow.utc(wireNow.minus(Duration.ofDays(1))))
                .update();
    }

    /** The last attempt may come as late as the channel's memory of the first, and be remembered as long again. */
    private static Duration kept(Duration remembered) {
        return remembered.multipliedBy(2).plusMinutes(5);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
