package io.homeroom.casework;

import io.homeroom.desk.Tell;
import io.homeroom.desk.Undated;
import io.homeroom.ground.Span;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The deadlines of cases: from when they run, whose they are, and on which days a look is due. */
@Component
class CaseDeadlines {

    /** What a step waits for that asks the member to speak. */
    static final String ANSWER = "answer";

    /** What is told when a case was not done in time. */
    private static final String LATE = "overdue-case";

    /** Days before a deadline on which its owner is reminded. */
    private static final List<Integer> WARN = List.of(30, 7, 1);

    private final Tracks tracks;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Undated undated;
    private final ApplicationEventPublisher events;

    CaseDeadlines(
            Tracks tracks,
            BusinessClock clock,
            Calendars calendars,
            Undated undated,
            ApplicationEventPublisher events) {
        this.tracks = tracks;
        this.clock = clock;
        this.calendars = calendars;
        this.undated = undated;
        this.events = events;
    }

    /** Gives a case a deadline from today on; none where the rule has none, and none yet where a calendar is missing. */
    void give(Rulebook rules, CaseRow file, @Nullable Span within) {
        if (within != null) {
            LocalDate due = calendars
                    .lastDayToAct(clock.today(), within, rules.holds("weekends-roll"))
                    .orElse(null);
            file.due(due);
            if (due == null) {
                undated.note(Undated.Kind.CASE, file.id(), clock.today(), within);
            }
        }
    }

    /** Plans the next day on which the deadline asks for a look. */
    void plan(CaseRow file) {
        LocalDate due = file.due();
        if (due == null) {
            file.wake(null);
            return;
        }
        LocalDate today = clock.today();
        file.wake(Stream.concat(WARN.stream().map(due::minusDays), Stream.of(due.plusDays(1)))
                .filter(day -> day.isAfter(today))
                .min(LocalDate::compareTo)
                .orElse(null));
    }

    /** Whether the member was asked for an answer and has given none up to the end. */
    boolean unanswered(CaseRow file, @Nullable Stage stage, LocalDate day) {
        LocalDate due = file.due();
        return due != null && day.isAfter(due) && asksMember(file, stage);
    }

    private static boolean asksMember(CaseRow file, @Nullable Stage stage) {
        return stage != null && ANSWER.equals(stage.await()) && file.awaiting().isEmpty();
    }

    /** The deadline comes near or has passed: its owner hears of it, and once it has passed also who has the case in hand. */
    void remind(Rulebook rules, CaseRow file, @Nullable Stage stage, LocalDate day) {
        LocalDate due = file.due();
        if (due == null) {
            file.wake(null);
            return;
        }
        List<String> cite = cite(Tracks.track(rules, file.type()), file);
        String owner = asksMember(file, stage) ? "member" : owner(rules, file);
        String matter = file.subject() + "的" + CaseWords.type(file.type());
        List<String> clauses = cite.isEmpty() && stage != null ? stage.cite() : cite;
        String once = "case:" + file.id() + ":deadline:" + day;
        if (day.isAfter(due)) {
            String at = file.at();
            String hand = at == null || at.equals("member") || at.equals(owner) ? "" : at;
            String text = "超期：" + matter + "应在" + due + "前办结，尚未办结" + (hand.isEmpty() ? "" : "，现在由" + hand + "办理");
            tell(file, owner, LATE, text, clauses, once);
            if (!hand.isEmpty()) {
                tell(file, hand, LATE, text, clauses, once + ":at");
            }
        } else {
            tell(file, owner, "deadline", matter + "须在" + due + "前办结", clauses, once);
        }
        plan(file);
    }

    private void tell(CaseRow file, String to, String about, String text, List<String> clauses, String once) {
        events.publishEvent(Tell.of(to, file.memberId(), about, text)
                .cites(clauses)
                .once(once)
                .with(file.about()));
    }

    /** Clauses of a case's deadline. */
    static List<String> cite(Track track, CaseRow file) {
        Track.Window window = track.windows().get(file.data().getOrDefault("kind", ""));
        return window == null ? track.dueCite() : window.dueCite();
    }

    /** Whose deadline it is: the office of the first step, who keeps it whatever body has the case in hand. */
    String owner(Rulebook rules, CaseRow file) {
        List<Stage> stages = tracks.stages(rules, file);
        return stages.isEmpty() ? rules.offices().get(0) : stages.get(0).at();
    }
}
