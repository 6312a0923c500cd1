package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.governance.Sitting.Mark;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Members that were invited to a meeting and say themselves that they will not come, or who comes for them. It stands in
 * the meeting's attendance, where the office sees it and confirms it on the day.
 */
@Service
@Transactional
public class Excuses {

    private static final int LONGEST = 80;
    private static final Pattern PERSON = Pattern.compile("[\\p{IsHan}A-Za-z·. ]{2,20}");

    private final JdbcClient jdbc;
    private final Sittings sittings;
    private final Bodies bodies;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Excuses(
            JdbcClient jdbc,
            Sittings sittings,
            Bodies bodies,
            Roster roster,
            Lawbook law,
            BusinessClock clock,
            Audit audit,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.sittings = sittings;
        this.bodies = bodies;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
    }

    /**
     * What the bylaws make of somebody who does not come.
     *
     * @param standIn whether somebody may come instead
     * @param othersToo whether that may be somebody from another unit
     * @param standInCite clauses of that
     * @param counts whether being excused still counts as an absence that leads to something
     * @param cite clauses of absence
     */
    public record Terms(
            boolean standIn, boolean othersToo, List<String> standInCite, boolean counts, List<String> cite) {}

    /** What holds for a member at the meetings of a body. */
    @Transactional(readOnly = true)
    public Terms terms(String body, Member member) {
        Rulebook book = law.of(clock.today());
        boolean own = Meetings.againstStandIn(book, body, member, Meetings.StandIn.OWN)
                .isEmpty();
        boolean other = Meetings.againstStandIn(book, body, member, Meetings.StandIn.OTHER)
                .isEmpty();
        List<Rulebook.Attendance> rules = book.attendance().stream()
                .filter(rule -> rule.body().equals(body) && Meetings.concerned(book, rule, member))
                .toList();
        Set<String> absence = new LinkedHashSet<>();
        rules.forEach(rule -> absence.addAll(rule.cite()));
        Rulebook.Body rule = book.bodies().get(body);
        book.repeated().stream()
                .filter(one -> one.meetings().contains(body)
                        && (one.grades().isEmpty() || one.grades().contains(member.grade())))
                .forEach(one -> absence.addAll(one.cite()));
        boolean counts = book.holds("excused-counts")
                && (!absence.isEmpty() || rule != null && !rule.standInCite().isEmpty());
        if (absence.isEmpty() && rule != null) {
            absence.addAll(rule.standInCite());
        }
        return new Terms(own, other, Meetings.standInCite(book, body), counts, List.copyOf(absence));
    }

    /** Meetings that a member is invited to and that have not begun, the next first. */
    @Transactional(readOnly = true)
    public List<Sitting> invited(long memberId) {
        Member member = roster.get(memberId);
        return sittings.planned().stream()
                .filter(sitting -> tooLate(sitting) == null && bodies.belongs(member, sitting.body()))
                .toList();
    }

    /** What a member has said about a meeting so far; null for nothing. */
    @Transactional(readOnly = true)
    public Sitting.@Nullable Seat said(long sitting, long member) {
        return sittings.seats(sitting).stream()
                .filter(seat -> seat.memberId() == member && seat.mark() != Mark.ABSENT)
                .findFirst()
                .orElse(null);
    }

    /**
     * A member says that it will not come, and who comes for it.
     *
     * @param standIn the person who comes; null for nobody
     * @param from {@link Meetings.StandIn#OWN} for somebody of the same unit
     * @param why the reason; may be empty
     * @return the seat as it stands now; refused for a meeting of others, one that has begun or is over, or a stand-in
     *     whom the bylaws do not let count
     */
    public Outcome<Sitting.Seat> excuse(
            long sittingId, long memberId, @Nullable String standIn, Meetings.StandIn from, String why, String by) {
        Member member = roster.get(memberId);
        Sitting sitting = sittings.find(sittingId).orElse(null);
        Refusal against = against(sitting, member);
        if (sitting == null || against != null) {
            return refused(against == null ? new Refusal("没有这次会议") : against, member, by);
        }
        String note = why.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        Mark mark = Mark.EXCUSED;
        if (standIn != null) {
            Optional<Refusal> alien = Meetings.againstStandIn(law.of(clock.today()), sitting.body(), member, from);
            if (alien.isPresent()) {
                return refused(alien.get(), member, by);
            }
            note = standIn.strip();
            if (!PERSON.matcher(note).matches()) {
                return refused(new Refusal("请写代为出席的人的姓名，例如「由 王力 代」"), member, by);
            }
            mark = from == Meetings.StandIn.OWN ? Mark.OWN : Mark.OTHER;
        }
        String kept = note.length() > LONGEST ? note.substring(0, LONGEST) : note;
        return set(sitting, member, mark, kept, by)
                ? Outcome.done(new Sitting.Seat(memberId, mark, kept))
                : refused(new Refusal("这次会议刚刚有变动，请再看一次"), member, by);
    }

    /** A member will come after all. */
    public Outcome<Sitting> comes(long sittingId, long memberId, String by) {
        Member member = roster.get(memberId);
        Sitting sitting = sittings.find(sittingId).orElse(null);
        Refusal against = against(sitting, member);
        if (sitting == null || against != null) {
            return refused(against == null ? new Refusal("没有这次会议") : against, member, by);
        }
        return set(sitting, member, null, "", by)
                ? Outcome.done(sitting)
                : refused(new Refusal("这次会议刚刚有变动，请再看一次"), member, by);
    }

    private <T> Outcome<T> refused(Refusal refusal, Member member, String by) {
        audit.refused(by, "excuse-refused", member.id(), refusal);
        return Outcome.refused(refusal);
    }

    private @Nullable Refusal against(@Nullable Sitting sitting, Member member) {
        if (sitting == null) {
            return new Refusal("没有这次会议");
        }
        Rulebook.Body rule = law.of(clock.today()).bodies().get(sitting.body());
        if (!bodies.belongs(member, sitting.body())) {
            return new Refusal(rule == null ? List.of() : rule.cite(), "你单位不是" + sitting.body() + "的成员，不用请假", null);
        }
        String late = tooLate(sitting);
        return late == null ? null : new Refusal(terms(sitting.body(), member).cite(), late, null);
    }

    /** Why it is too late to say anything about a meeting; null before it begins. */
    private @Nullable String tooLate(Sitting sitting) {
        if (!sitting.isPlanned()) {
            return sitting.body() + sitting.state().word() + "，不能再请假";
        }
        LocalDate today = clock.today();
        boolean begun = sitting.day().isBefore(today)
                || sitting.day().equals(today)
                        && (sitting.seats() != null
                                || !sitting.starts().isEmpty()
                                        && !clock.now().toLocalTime().isBefore(LocalTime.parse(sitting.starts())));
        return begun ? sitting.body() + "已经开始，不能再请假；没有到会的记为缺席" : null;
    }

    /** Writes the seat, or takes it back; the version moves on, so that no page from before overwrites it. */
    private boolean set(Sitting sitting, Member member, @Nullable Mark mark, String note, String by) {
        String code = mark == null ? "" : mark.name().toLowerCase(Locale.ROOT);
        if (jdbc.sql("update sitting set version = version + 1 where association_id = :association and id = :id"
                                + " and state = 'planned' and version = :version")
                        .param("association", Tenant.current())
                        .param("id", sitting.id())
                        .param("version", sitting.version())
                        .update()
                == 0) {
            return false;
        }
        jdbc.sql("delete from sitting_seat where association_id = :association and sitting_id = :id"
                        + " and member_id = :member")
                .param("association", Tenant.current())
                .param("id", sitting.id())
                .param("member", member.id())
                .update();
        if (mark != null) {
            jdbc.sql("insert into sitting_seat (association_id, sitting_id, member_id, mark, note)"
                            + " values (:association, :id, :member, :mark, :note)")
                    .param("association", Tenant.current())
                    .param("id", sitting.id())
                    .param("member", member.id())
                    .param("mark", code)
                    .param("note", note)
                    .update();
        }
        String said = member.name()
                + (mark == null
                        ? "将出席"
                        : mark == Mark.EXCUSED
                                ? "请假" + (note.isEmpty() ? "" : "（" + note + "）") + "，不出席"
                                : "由" + note + "代为出席")
                + Days.said(sitting.day(), clock.today()) + "的" + sitting.body();
        audit.note(by, mark == null ? "excuse-taken-back" : "excused", member.id(), said);
        events.publishEvent(Tell.of("秘书处", member.id(), "excuse", said)
                .cites(terms(sitting.body(), member).cite())
                .once("excuse:" + sitting.id() + ":" + member.id() + ":" + sitting.version()));
        return true;
    }
}
