package io.homeroom.chat;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final String PERSON = "person";
    private static final String ASSISTANT = "assistant";

    private static final int LONGEST = 2000;
    private static final int MOST_OFFERED = 500;

    /** Rows that are forgotten at once. */
    private static final int BATCH = 1000;

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

    /** One line of a dialogue, times on the business clock. */
    record Line(LocalDateTime at, boolean person, String text) {}

    /** What one of the two said, and what was answered to it at once. */
    private static final class Said {

        private final long id;
        private final String openid;
        private final @Nullable Long member;
        private final LocalDateTime at;
        private final String speaker;
        private final String text;
        private @Nullable String answered;
        private @Nullable String offered;

        Said(long id, String openid, @Nullable Long member, Instant at, String speaker, String text) {
            this.id = id;
            this.openid = openid;
            this.member = member;
            this.at = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
            this.speaker = speaker;
            this.text = text;
        }

        boolean awaits(String openid, @Nullable Long member) {
            return speaker.equals(PERSON)
                    && answered == null
                    && this.openid.equals(openid)
                    && Objects.equals(this.member, member);
        }
    }

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

    /**
     * Keeps what a person said, with phones and identity numbers masked.
     *
     * @param number of it, greater than earlier ones
     */
    void heard(long number, String openid, @Nullable Long member, String text) {
        keep(new Said(number, openid, member, clock.instant(), PERSON, kept(text)));
    }

    /**
     * Keeps what it was told, masked likewise: beside what it said just now, if this answers it.
     *
     * @return the reply, which knows whether all of it is kept
     */
    Reply told(String openid, @Nullable Long member, Reply reply) {
        Optional<Said> asked = dialogue()
                .flatMap(dialogue -> dialogue.lines.stream()
                        .filter(line -> line.awaits(openid, member))
                        .findFirst());
        String text = kept(reply.text());
        if (asked.isEmpty()) {
            keep(new Said(Ids.next(), openid, member, clock.instant(), ASSISTANT, text));
            return reply;
        }
        asked.get().answered = text;
        String offered = offered(reply.suggestions());
        if (!text.equals(reply.text())
                || offered.length() > MOST_OFFERED
                || !masked(offered).equals(offered)) {
            return reply;
        }
        asked.get().offered = offered;
        return new Reply(reply.text(), reply.suggestions(), true);
    }

    private static String offered(List<Suggestion> suggestions) {
        return suggestions.stream()
                .map(suggestion -> suggestion.word() + '\t' + suggestion.label())
                .collect(Collectors.joining("\n"));
    }

    /** The whole reply to what was heard under a number. */
    Optional<Reply> reply(long number) {
        return jdbc.sql("select answered, offered from chat_line where association_id = :association and id = :number"
                        + " and offered is not null")
                .param("association", Tenant.current())
                .param("number", number)
                .query((row, n) -> new Reply(
                        row.getString("answered"),
                        row.getString("offered")
                                .lines()
                                .map(line -> line.split("\t", 2))
                                .map(parts -> new Suggestion(parts[0], parts[1]))
                                .toList(),
                        true))
                .optional();
    }

    private static String kept(String text) {
        String masked = masked(text);
        return masked.substring(0, Math.min(masked.length(), LONGEST));
    }

    private void keep(Said line) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            write(List.of(line));
            return;
        }
        dialogue()
                .orElseGet(() -> {
                    Dialogue begun = new Dialogue();
                    TransactionSynchronizationManager.registerSynchronization(begun);
                    return begun;
                })
                .lines
                .add(line);
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
                    Tenant.current(),
                    line.id,
                    line.openid,
                    line.member,
                    line.at,
                    line.speaker,
                    line.text,
                    line.answered,
                    line.offered));
        }
        jdbc.sql("insert into chat_line (association_id, id, openid, member_id, said_at, speaker, body,"
                        + " answered, offered) values "
                        + String.join(", ", Collections.nCopies(lines.size(), "(?, ?, ?, ?, ?, ?, ?, ?, ?)")))
                .params(values)
                .update();
    }

    /** The last lines with a person, oldest first. */
    List<Line> lately(String openid, int limit) {
        dialogue().ifPresent(Dialogue::keep);
        List<Line> lines = new ArrayList<>();
        jdbc.sql("select said_at, speaker, body, answered from chat_line where association_id = :association"
                        + " and openid = :openid order by id desc limit :limit")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("limit", limit)
                .query(row -> {
                    LocalDateTime at = row.getObject("said_at", LocalDateTime.class)
                            .atOffset(ZoneOffset.UTC)
                            .atZoneSameInstant(BusinessClock.ZONE)
                            .toLocalDateTime();
                    String answered = row.getString("answered");
                    if (answered != null) {
                        lines.add(new Line(at, false, answered));
                    }
                    lines.add(new Line(at, row.getString("speaker").equals(PERSON), row.getString("body")));
                });
        Collections.reverse(lines);
        return lines.subList(Math.max(0, lines.size() - limit), lines.size());
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
        LocalDateTime before = utc(day);
        List<Long> old;
        do {
            old = oldest(BATCH).stream()
                    .takeWhile(line -> line.at.isBefore(before))
                    .map(Kept::id)
                    .toList();
            if (!old.isEmpty()) {
                jdbc.sql("delete from chat_line where association_id = :association and id <= :last")
                        .param("association", Tenant.current())
                        .param("last", old.get(old.size() - 1))
                        .update();
            }
        } while (old.size() == BATCH);
        jdbc.sql("delete from chat_state where association_id = :association and expires_at < :now")
                .param("association", Tenant.current())
                .param("now", LocalDateTime.ofInstant(wire.instant(), ZoneOffset.UTC))
                .update();
    }

    private record Kept(long id, LocalDateTime at) {}

    /** The first lines that were kept: later ones have greater numbers. */
    private List<Kept> oldest(int limit) {
        return jdbc.sql("select id, said_at from chat_line where association_id = :association order by id"
                        + " limit :limit")
                .param("association", Tenant.current())
                .param("limit", limit)
                .query((row, n) -> new Kept(row.getLong(1), row.getObject(2, LocalDateTime.class)))
                .list();
    }

    /** The day of the oldest line kept. */
    Optional<LocalDate> oldest() {
        return oldest(1).stream()
                .findFirst()
                .map(line -> line.at
                        .atOffset(ZoneOffset.UTC)
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
