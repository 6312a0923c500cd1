package io.homeroom.review;

import io.homeroom.casework.Editions;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.LawPrint;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.NightGate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees that a rulebook or calendar is another than the one by which members were last looked at, and makes everybody due: a
 * day noted under old rules is nobody's, and cases under way go on by the new ones. The print is left in the database when a server starts; members are made due
 * only when the next night begins.
 *
 * <p>Of two nodes with different rulebooks the one that had its own later runs the nights, and the other leaves them alone
 * until it is restarted: a rolling restart goes to the new rules once, and going back is a restart like any other.
 */
@Component
class LawPrints implements NightGate {

    private static final String RULES = "rulebook";
    private static final String YEAR = "calendar-";

    /** A rolling restart is over by then; a node that is still behind was forgotten. */
    private static final Duration RESTART = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Lawbook law;
    private final Calendars calendars;
    private final Roster roster;
    private final Editions editions;
    private final Associations associations;
    private final Clock wire;
    private final ApplicationEventPublisher events;
    private final boolean awake;
    private final TransactionTemplate transaction;
    private final Map<String, Own> mine = new ConcurrentHashMap<>();

    LawPrints(
            JdbcClient jdbc,
            Lawbook law,
            Calendars calendars,
            Roster roster,
            Editions editions,
            Associations associations,
            Clock wireClock,
            ApplicationEventPublisher events,
            @Value("${spring.quartz.auto-startup:true}") boolean awake,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.law = law;
        this.calendars = calendars;
        this.roster = roster;
        this.editions = editions;
        this.associations = associations;
        this.wire = wireClock;
        this.events = events;
        this.awake = awake;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What this node has, and since when. */
    private record Own(String print, Instant since) {}

    /** What the database has. */
    private record Kept(
            String print, Instant brought, @Nullable String applied) {}

    /** A server says what it has as soon as it is there; commands that only look in say nothing. */
    @EventListener(ApplicationReadyEvent.class)
    void started() {
        if (awake) {
            associations.each(() -> transaction.executeWithoutResult(status -> bring(RULES, own())));
        }
    }

    @Override
    public boolean opens(LocalDate first) {
        return Boolean.TRUE.equals(transaction.execute(status -> look(first)));
    }

    private boolean look(LocalDate first) {
        Own own = own();
        Map<String, Kept> kept = kept();
        Kept rules = kept.get(RULES);
        if (rules == null || !rules.print().equals(own.print())) {
            bring(RULES, own);
            rules = Objects.requireNonNull(kept().get(RULES));
        }
        if (!rules.print().equals(own.print())) {
            behind(rules);
            return false;
        }
        boolean anew = !own.print().equals(rules.applied());
        if (anew) {
            apply(RULES, own.print());
            editions.found(first);
        }
        for (Map.Entry<Integer, WorkCalendar.Year> year :
                calendars.current().years().entrySet()) {
            String print = LawPrint.of(year.getValue());
            Kept before = kept.get(YEAR + year.getKey());
            if (before == null || !print.equals(before.applied())) {
                bring(YEAR + year.getKey(), new Own(print, now()));
                apply(YEAR + year.getKey(), print);
                anew = true;
            }
        }
        if (anew) {
            roster.touchEverybody(first);
        }
        return true;
    }

    /** The print of the rulebook on this node; another one than before came with the moment in which it is first seen. */
    private Own own() {
        String print = law.print(Tenant.current());
        return mine.merge(
                Tenant.current(),
                new Own(print, now()),
                (before, seen) -> before.print().equals(seen.print()) ? before : seen);
    }

    /** In whole milliseconds, as the column keeps it. */
    private Instant now() {
        return wire.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Map<String, Kept> kept() {
        Map<String, Kept> kept = new HashMap<>();
        jdbc.sql("select part, print, brought_at, applied from law_print where association_id = :association")
                .param("association", Tenant.current())
                .query(row -> {
                    kept.put(
                            row.getString(1),
                            new Kept(
                                    row.getString(2),
                                    row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                                    row.getString(4)));
                });
        return kept;
    }

    /** Puts a print in the place of another one that was brought earlier; the same one stays as it is. */
    private void bring(String part, Own own) {
        LocalDateTime since = LocalDateTime.ofInstant(own.since(), ZoneOffset.UTC);
        int there = jdbc.sql("insert ignore into law_print (association_id, part, print, brought_at)"
                        + " values (:association, :part, :print, :since)")
                .param("association", Tenant.current())
                .param("part", part)
                .param("print", own.print())
                .param("since", since)
                .update();
        if (there == 0) {
            jdbc.sql("update law_print set print = :print, brought_at = :since where association_id = :association"
                            + " and part = :part and print <> :print and brought_at < :since")
                    .param("print", own.print())
                    .param("since", since)
                    .param("association", Tenant.current())
                    .param("part", part)
                    .update();
        }
    }

    private void apply(String part, String print) {
        jdbc.sql("update law_print set applied = :print where association_id = :association and part = :part")
                .param("print", print)
                .param("association", Tenant.current())
                .param("part", part)
                .update();
    }

    private void behind(Kept newer) {
        if (now().isAfter(newer.brought().plus(RESTART))) {
            events.publishEvent(Tell.of(
                            "admin",
                            null,
                            "old-rulebook",
                            "有一台服务器用的还是旧的规则书，夜间任务已留给换了新规则书的那台。请重启旧的那台；如果新的那台已经停用，重启旧的那台即以它的规则书为准")
                    .urgency(Tell.Urgency.NOW)
                    .once("old-rulebook:" + newer.brought()));
        }
    }
}
