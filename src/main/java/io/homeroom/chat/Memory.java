package io.homeroom.chat;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What was said, and the question that is open, in the database: any node may hear the next sentence. */
@Component
class Memory {

    /** How long a question stays open. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final int LONGEST = 2000;
    private static final Pattern PHONE = Pattern.compile("(?<!\\d)1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}(?!\\d)");
    private static final Pattern IDENTITY = Pattern.compile("(?<![\\dA-Za-z])\\d{17}[\\dXx](?![\\dA-Za-z])");

    private final JdbcClient jdbc;
    private final BusinessClock clock;
    private final Clock wire;

    Memory(JdbcClient jdbc, BusinessClock clock, @Qualifier("wireClock") Clock wire) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.wire = wire;
    }

    /** Who said something. */
    enum Speaker {
        PERSON("person"),
        ASSISTANT("assistant");

        private final String code;

        Speaker(String code) {
            this.code = code;
        }
    }

    /** One line of a dialogue, times on the business clock. */
    record Line(LocalDateTime at, boolean person, String text) {}

    private record Said(
            long id, String openid, @Nullable Long member, LocalDateTime at, Speaker speaker, String text) {}

    /** What was said in a transaction goes to the table together, before it commits. */
    private final class Dialogue implements TransactionSynchronization {

        private final List<Said> lines = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            keep();
        }

        private void keep() {
            if (!lines.isEmpty()) {
                write(lines);
                lines.clear();
            }
        }
    }

    /** Keeps a line, with phones and identity numbers masked. Gives its number, greater than those of earlier lines. */
    long said(String openid, @Nullable Long member, Speaker speaker, String text) {
        String masked = masked(text);
        Said line = new Said(
                Ids.next(),
                openid,
                member,
                LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                speaker,
                masked.substring(0, Math.min(masked.length(), LONGEST)));
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            write(List.of(line));
            return line.id;
        }
        dialogue()
                .orElseGet(() -> {
                    Dialogue begun = new Dialogue();
                    TransactionSynchronizationManager.registerSynchronization(begun);
                    return begun;
                })
                .lines
                .add(line);
        return line.id;
    }

    private static Optional<Dialogue> dialogue() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                ? TransactionSynchronizationManager.getSynchronizations().stream()
                        .filter(Dialogue.class::isInstance)
                        .map(Dialogue.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    private void write(List<Said> lines) {
        List<Object> values = new ArrayList<>();
        for (Said line : lines) {
            values.addAll(Arrays.asList(
                    Tenant.current(), line.id, line.openid, line.member, line.at, line.speaker.code, line.text));
        }
        jdbc.sql("insert into chat_line (association_id, id, openid, member_id, said_at, speaker, body) values "
                        + String.join(", ", Collections.nCopies(lines.size(), "(?, ?, ?, ?, ?, ?, ?)")))
                .params(values)
                .update();
    }

    /** The last lines with a person, oldest first. */
    List<Line> lately(String openid, int limit) {
        dialogue().ifPresent(Dialogue::keep);
        List<Line> lines = new ArrayList<>(jdbc.sql(
                        "select said_at, speaker, body from chat_line where association_id = :association"
                                + " and openid = :openid order by id desc limit :limit")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("limit", limit)
                .query((row, n) -> new Line(
                        row.getObject("said_at", LocalDateTime.class)
                                .atOffset(ZoneOffset.UTC)
                                .atZoneSameInstant(BusinessClock.ZONE)
                                .toLocalDateTime(),
                        row.getString("speaker").equals(Speaker.PERSON.code),
                        row.getString("body")))
                .list());
        Collections.reverse(lines);
        return lines;
    }

    /** Leaves a question open; it takes the place of any other. */
    void ask(String openid, Question question) {
        if (write(
                        "update chat_state set question = :question, options = :options, asked_after = :after,"
                                + " expires_at = :expires"
                                + " where association_id = :association and openid = :openid",
                        openid,
                        question)
                == 0) {
            try {
                write(
                        "insert into chat_state (association_id, openid, question, options, asked_after, expires_at)"
                                + " values (:association, :openid, :question, :options, :after, :expires)",
                        openid,
                        question);
            } catch (DuplicateKeyException raced) {
                ask(openid, question);
            }
        }
    }

    private int write(String sql, String openid, Question question) {
        return jdbc.sql(sql)
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("question", question.code())
                .param("options", question.options())
                .param("after", Ids.next())
                .param("expires", LocalDateTime.ofInstant(wire.instant().plus(PATIENCE), ZoneOffset.UTC))
                .update();
    }

    /**
     * The question that waits for this person's answer: none if it spoke of something else meanwhile.
     *
     * @param line number of what it says now
     */
    Optional<Question> open(String openid, long line) {
        return jdbc.sql("select s.question, s.options from chat_state s where s.association_id = :association"
                        + " and s.openid = :openid and s.expires_at > :now and not exists (select 1 from chat_line l"
                        + " where l.association_id = s.association_id and l.openid = s.openid and l.speaker = 'person'"
                        + " and l.id > s.asked_after and l.id < :line)")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("line", line)
                .param("now", LocalDateTime.ofInstant(wire.instant(), ZoneOffset.UTC))
                .query((row, n) -> Question.of(row.getString("question"), row.getString("options")))
                .optional();
    }

    /** No question is open any more. */
    void settle(String openid) {
        jdbc.sql("delete from chat_state where association_id = :association and openid = :openid")
                .param("association", Tenant.current())
                .param("openid", openid)
                .update();
    }

    /** Drops what was said before a day, and questions that expired. */
    void forgetBefore(LocalDate day) {
        jdbc.sql("delete from chat_line where association_id = :association and said_at < :before")
                .param("association", Tenant.current())
                .param("before", utc(day))
                .update();
        jdbc.sql("delete from chat_state where association_id = :association and expires_at < :now")
                .param("association", Tenant.current())
                .param("now", LocalDateTime.ofInstant(wire.instant(), ZoneOffset.UTC))
                .update();
    }

    /** The day of the oldest line kept. */
    Optional<LocalDate> oldest() {
        return jdbc.sql("select min(said_at) as oldest from chat_line where association_id = :association")
                .param("association", Tenant.current())
                .query((row, n) -> Optional.ofNullable(row.getObject("oldest", LocalDateTime.class)))
                .single()
                .map(at -> at.atOffset(ZoneOffset.UTC)
                        .atZoneSameInstant(BusinessClock.ZONE)
                        .toLocalDate());
    }

    private static LocalDateTime utc(LocalDate day) {
        return LocalDateTime.ofInstant(day.atStartOfDay(BusinessClock.ZONE).toInstant(), ZoneOffset.UTC);
    }

    static String masked(String text) {
        String noPhones = PHONE.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Mask.phone(found.group().replaceAll("[ -]", ""))));
        return IDENTITY.matcher(noPhones).replaceAll(found -> Matcher.quoteReplacement(Mask.id(found.group())));
    }
}
