package io.homeroom.casework;

import io.homeroom.desk.Delivery;
import io.homeroom.desk.Tell;
import io.homeroom.desk.Undated;
import io.homeroom.ground.Span;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The deadlines of cases: from when they run, whose they are, and on which days a look is due. */
@Component
class CaseDeadlines {

    /** What a step waits for that asks the member to speak. */
    static final String ANSWER = "answer";

    /** The reading that says after how many days without an answer a membership is given up. */
    private static final String GIVES_UP = "gives-up-after";

    /** What is told when a case was not done in time. */
    private static final String LATE = "overdue-case";

    /** Days before a deadline on which its owner is reminded. */
    private static final List<Integer> WARN = List.of(30, 7, 1);

    private final Tracks tracks;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Undated undated;
    private final Delivery delivery;
    private final ApplicationEventPublisher events;

    CaseDeadlines(
            Tracks tracks,
            BusinessClock clock,
            Calendars calendars,
            Undated undated,
            Delivery delivery,
            ApplicationEventPublisher events) {
        this.tracks = tracks;
        this.clock = clock;
        this.calendars = calendars;
        this.undated = undated;
        this.delivery = delivery;
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
        String once = reminder(file, day);
        if (day.isAfter(due)) {
            String at = file.at();
            String hand = at == null || at.equals("member") || at.equals(owner) ? "" : at;
            String text = "超期：" + matter + "应在" + due + "前办结，尚未办结" + (hand.isEmpty() ? "" : "，现在由" + hand + "办理");
            tell(file, owner, LATE, text, clauses, once);
            if (!hand.isEmpty()) {
                tell(file, hand, LATE, text, clauses, once + ":at");
            }
        } else {
            String then = atEnd(rules, file, stage);
            tell(
                    file,
                    owner,
                    "deadline",
                    matter + "须在" + due + "前办结" + (then.isEmpty() ? "" : "，" + then),
                    clauses,
                    once);
        }
        plan(file);
    }

    private void tell(CaseRow file, String to, String about, String text, List<String> clauses, String once) {
        events.publishEvent(Tell.of(to, file.memberId(), about, text)
                .cites(clauses)
                .once(once)
                .with(file.about()));
    }

    /** Whether, read so, the association consents by silence to the end of its time (IGRS-18-h, IGRS-25-d). */
    static boolean silenceConsents(Rulebook rules, CaseRow file) {
        String whose = rules.setting("silence-approves").orElse("none");
        return whose.equals(file.type())
                || whose.equals("both") && List.of("admission", "withdrawal").contains(file.type());
    }

    /** Whether, read so, a member who does not answer in its time gives up what it was asked about (BACCA-9-a). */
    static boolean silenceGivesUp(Rulebook rules, @Nullable Stage stage) {
        return stage != null
                && GIVES_UP.equals(stage.answerDays())
                && !rules.reading(GIVES_UP).equals("none");
    }

    /** Whether the question to the member, or a reminder of it, is known to have arrived. */
    boolean reached(Rulebook rules, CaseRow file, LocalDate due) {
        List<String> keys = new ArrayList<>(
                WARN.stream().map(days -> reminder(file, due.minusDays(days))).toList());
        String key = file.ruleKey();
        if (key != null) {
            // The question is one of the acts that came with the case: all share its key, up to their place.
            String before = key.substring(0, key.lastIndexOf(':') + 1);
            int acts = rules.on().getOrDefault("unit-joined", List.of()).size();
            IntStream.range(0, acts)
                    .mapToObj(place -> before + place + ":member")
                    .forEach(keys::add);
        }
        return !delivery.delivered(keys).isEmpty();
    }

    private static String reminder(CaseRow file, LocalDate day) {
        return "case:" + file.id() + ":deadline:" + day;
    }

    /** What comes of it if the member does not answer. */
    static String unanswered(Rulebook rules) {
        String days = rules.setting(GIVES_UP).orElse("none");
        return days.equals("none") ? "不答复视为保留" : days + "天内不答复视为放弃";
    }

    /** What the end of a case's time brings by itself; empty where it brings nothing. */
    static String atEnd(Rulebook rules, CaseRow file, @Nullable Stage stage) {
        if (Tracks.track(rules, file.type()).effect() == Act.Effect.CONVERT) {
            return file.due() != null && silenceGivesUp(rules, stage) ? "到期不答复视为放弃" : "不答复视为保留";
        }
        return file.due() != null && silenceConsents(rules, file) ? "到期没有答复视为同意" : "";
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
