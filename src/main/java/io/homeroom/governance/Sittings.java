package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.governance.Sitting.Mark;
import io.homeroom.governance.Sitting.Seat;
import io.homeroom.governance.Sitting.State;
import io.homeroom.ground.Days;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Meetings that are planned: the invitation, who comes, whether they are enough, and the record when it is over. */
@Service
@Transactional
public class Sittings {

    private static final String COLUMNS =
            "select id, body, on_day, starts_at, place, remote, special, state, version, seats from sitting"
                    + " where association_id = :association";

    private final JdbcClient jdbc;
    private final Bodies bodies;
    private final Meetings meetings;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Sittings(
            JdbcClient jdbc,
            Bodies bodies,
            Meetings meetings,
            Roster roster,
            Lawbook law,
            BusinessClock clock,
            Audit audit,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.bodies = bodies;
        this.meetings = meetings;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
    }

    /**
     * Plans a meeting and invites everybody who belongs to the body, and whoever sits in without a vote.
     *
     * @param starts hour and minute, {@code 14:00}; empty for none
     * @param special why it is held remotely; bylaws that allow it want special circumstances
     */
    public Outcome<Sitting> plan(
            String body, LocalDate day, String starts, String place, boolean remote, String special, String by) {
        Optional<Refusal> against = bodies.unknown(body);
        if (against.isEmpty() && day.isBefore(clock.today())) {
            against = Optional.of(new Refusal("会议日期" + day + "已过，请选今天或以后的日子"));
        }
        if (against.isEmpty() && place.isBlank()) {
            against = Optional.of(new Refusal(remote ? "请写明通讯方式，例如腾讯会议号" : "请写明会议地点"));
        }
        if (against.isEmpty() && remote) {
            against = bodies.againstRemote(body, special);
        }
        if (against.isPresent()) {
            return Outcome.refused(against.get());
        }
        long id = Ids.next();
        jdbc.sql("insert into sitting (association_id, id, body, on_day, starts_at, place, remote, special, state,"
                        + " version) values (:association, :id, :body, :day, :starts, :place, :remote, :special,"
                        + " 'planned', 1)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("body", body)
                .param("day", day)
                .param("starts", starts)
                .param("place", place)
                .param("remote", remote)
                .param("special", remote ? special : "")
                .update();
        Sitting sitting = get(id);
        audit.note(by, "meeting-planned", null, said(sitting));
        tellAll(sitting, "invitation", "定于" + when(sitting) + "召开" + body + "，" + place + "。请安排出席，不能出席的回复「请假」");
        return Outcome.done(sitting);
    }

    /** Calls a planned meeting off and tells those invited. */
    public Outcome<Sitting> cancel(long id, int version, String why, String by) {
        Sitting sitting = locked(id);
        Refusal stale = stale(sitting, version);
        if (stale != null) {
            return Outcome.refused(stale);
        }
        if (why.isBlank()) {
            return Outcome.refused("请写明取消的原因，会随通知发给各成员");
        }
        jdbc.sql("update sitting set state = 'cancelled', version = version + 1"
                        + " where association_id = :association and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        audit.note(by, "meeting-cancelled", null, said(sitting) + "：" + why);
        tellAll(sitting, "cancelled", "原定" + when(sitting) + "的" + sitting.body() + "取消：" + why);
        return Outcome.done(get(id));
    }

    /** Sets who was there, in whole; members of the body that are not named have not come. */
    public Outcome<Sitting> mark(long id, int version, Collection<Seat> seats, String by) {
        Sitting sitting = locked(id);
        Refusal stale = stale(sitting, version);
        if (stale != null) {
            return Outcome.refused(stale);
        }
        // From its first day on the roll of a meeting stands: whoever is lifted into the body while it sits was neither
        // invited nor absent.
        boolean stands = sitting.seats() != null;
        Set<Long> roll = stands
                ? seats(id).stream().map(Seat::memberId).collect(Collectors.toSet())
                : bodies.members(sitting.body()).stream().map(Member::id).collect(Collectors.toSet());
        Map<Long, Seat> whole = new LinkedHashMap<>();
        roll.forEach(member -> whole.put(member, new Seat(member, Mark.ABSENT, "")));
        for (Seat seat : seats) {
            if (whole.put(seat.memberId(), seat) == null) {
                return Outcome.refused("名单里有不属于" + sitting.body() + "的会员，请刷新页面后重填");
            }
        }
        Refusal alien = standIn(sitting, whole.values());
        if (alien != null) {
            audit.refused(by, "attendance-refused", null, alien);
            return Outcome.refused(alien);
        }
        put(sitting, whole.values());
        jdbc.sql("update sitting set seats = :seats, version = version + 1"
                        + " where association_id = :association and id = :id")
                .param(
                        "seats",
                        stands
                                ? sitting.seats()
                                : clock.today().isBefore(sitting.day())
                                        ? null
                                        : (Integer) bodies.seatsOf(sitting.body()))
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        audit.note(by, "meeting-attendance", null, said(sitting) + "：到会" + present(id));
        return Outcome.done(get(id));
    }

    /**
     * Ends a meeting: it goes into the register with its absences and what follows from them. Refused before its day,
     * with too few present, or while a ballot of it is open.
     */
    public Outcome<Sitting> hold(long id, int version, String by) {
        Sitting sitting = locked(id);
        Refusal against = stale(sitting, version);
        if (against == null && sitting.day().isAfter(clock.today())) {
            against = new Refusal("会议在" + sitting.day() + "，到当天才能记录");
        }
        if (against == null && running(id)) {
            against = new Refusal("这次会议还有表决没有结束，请先结束表决");
        }
        if (against == null && sitting.seats() == null) {
            against = new Refusal("还没有签到，请先登记到会情况");
        }
        if (against == null) {
            against = quorum(sitting).fault().orElse(null);
        }
        if (against != null) {
            return Outcome.refused(against);
        }
        int present = present(id);
        boolean excusedCount = law.of(clock.today()).holds("excused-counts");
        List<Long> absent = new ArrayList<>();
        Map<Long, Meetings.StandIn> standIns = new LinkedHashMap<>();
        for (Seat seat : seats(id)) {
            as(seat.mark()).ifPresent(standIn -> standIns.put(seat.memberId(), standIn));
            if (seat.mark() == Mark.ABSENT || seat.mark() == Mark.EXCUSED && excusedCount) {
                absent.add(seat.memberId());
            }
        }
        Outcome<Long> recorded = meetings.record(sitting.body(), sitting.day(), sitting.remote(), absent, standIns, by);
        if (recorded instanceof Outcome.Refused<Long> refused) {
            return Outcome.refused(refused.refusal());
        }
        jdbc.sql("update sitting set state = 'held', version = version + 1, meeting_id = :meeting"
                        + " where association_id = :association and id = :id")
                .param("meeting", recorded.get())
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        audit.note(by, "meeting-held", null, said(sitting) + "：到会" + present);
        return Outcome.done(get(id));
    }

    /**
     * Whether enough are there.
     *
     * @param present members who take part, by themselves or through a stand-in whom the bylaws let count
     * @param seats seats filled
     * @param needed fewest that are enough; null where the bylaws want no number
     * @param cite clauses of that number
     */
    public record Quorum(int present, int seats, @Nullable Integer needed, List<String> cite) {

        public boolean reached() {
            return needed == null || present >= needed;
        }

        Optional<Refusal> fault() {
            return reached()
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            cite, "未达到法定人数：应到" + seats + "，实到" + present + "，至少须" + needed + "，会议不能召开", null));
        }
    }

    /** Whether enough have come so far. */
    @Transactional(readOnly = true)
    public Quorum quorum(Sitting sitting) {
        Rulebook.Body rule = law.of(clock.today()).bodies().get(sitting.body());
        Integer fixed = sitting.seats();
        int seats = fixed == null ? bodies.seatsOf(sitting.body()) : fixed;
        Rulebook.Share share = rule == null ? null : rule.quorum();
        return new Quorum(
                present(sitting.id()),
                seats,
                share == null ? null : share.fewest(seats),
                rule == null ? List.of() : rule.quorumCite());
    }

    /**
     * How many take part, stand-ins included as far as the bylaws let them count. Who comes while its rights are at rest is
     * not absent, but counts neither for a quorum nor among those who vote.
     */
    @Transactional(readOnly = true)
    public int present(long id) {
        return (int) roster.findAll(takingPart(id)).values().stream()
                .filter(member -> member.standing() != Standing.SUSPENDED)
                .count();
    }

    /** Those who are there or represented in a way that counts, whatever their rights are. */
    @Transactional(readOnly = true)
    public Set<Long> takingPart(long id) {
        Sitting sitting = get(id);
        Rulebook book = law.of(clock.today());
        List<Seat> seats = seats(id);
        Map<Long, Member> members =
                roster.findAll(seats.stream().map(Seat::memberId).toList());
        return seats.stream()
                .filter(seat -> seat.mark() == Mark.PRESENT
                        || as(seat.mark()).isPresent()
                                && against(book, sitting, members.get(seat.memberId()), seat)
                                        .isEmpty())
                .map(Seat::memberId)
                .collect(Collectors.toSet());
    }

    private static Optional<Meetings.StandIn> as(Mark mark) {
        return switch (mark) {
            case OWN -> Optional.of(Meetings.StandIn.OWN);
            case OTHER -> Optional.of(Meetings.StandIn.OTHER);
            case PRESENT, EXCUSED, ABSENT -> Optional.empty();
        };
    }

    private static Optional<Refusal> against(Rulebook book, Sitting sitting, @Nullable Member member, Seat seat) {
        return member == null
                ? Optional.empty()
                : as(seat.mark())
                        .flatMap(standIn -> Meetings.againstStandIn(book, sitting.body(), member, standIn))
                        .map(alien ->
                                new Refusal(alien.clauses(), member.name() + "：" + alien.reason() + "。请改记请假或缺席", null));
    }

    /** The first stand-in that makes nobody present; null for none. */
    private @Nullable Refusal standIn(Sitting sitting, Collection<Seat> seats) {
        Rulebook book = law.of(clock.today());
        Map<Long, Member> members =
                roster.findAll(seats.stream().map(Seat::memberId).toList());
        return seats.stream()
                .flatMap(seat -> against(book, sitting, members.get(seat.memberId()), seat).stream())
                .findFirst()
                .orElse(null);
    }

    @Transactional(readOnly = true)
    public List<Seat> seats(long id) {
        return jdbc.sql("select member_id, mark, note from sitting_seat where association_id = :association"
                        + " and sitting_id = :id order by member_id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> new Seat(
                        row.getLong(1), Mark.valueOf(row.getString(2).toUpperCase(Locale.ROOT)), row.getString(3)))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Sitting> find(long id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> view(row))
                .optional();
    }

    /** Meetings that are still to be held or recorded, the next first. */
    @Transactional(readOnly = true)
    public List<Sitting> planned() {
        return jdbc.sql(COLUMNS + " and state = 'planned' order by on_day, starts_at, id")
                .param("association", Tenant.current())
                .query((row, n) -> view(row))
                .list();
    }

    /** Meetings that were held or called off, the latest first. */
    @Transactional(readOnly = true)
    public List<Sitting> past(int limit) {
        return jdbc.sql(COLUMNS + " and state in ('held', 'cancelled') order by on_day desc, id desc limit :limit")
                .param("association", Tenant.current())
                .param("limit", limit)
                .query((row, n) -> view(row))
                .list();
    }

    // ---- the agenda: which cases, by key; what they are is known above

    /** Puts a case on the agenda; false if it is there already. */
    public boolean put(long id, long matter) {
        if (agenda(id).contains(matter)) {
            return false;
        }
        jdbc.sql("insert into sitting_item (association_id, sitting_id, case_id) values (:association, :id, :matter)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("matter", matter)
                .update();
        return true;
    }

    /** Cases on the agenda, in the order in which they were opened. */
    @Transactional(readOnly = true)
    public List<Long> agenda(long id) {
        return jdbc.sql("select case_id from sitting_item where association_id = :association and sitting_id = :id"
                        + " order by case_id")
                .param("association", Tenant.current())
                .param("id", id)
                .query(Long.class)
                .list();
    }

    /** Reminds those invited of a meeting tomorrow; a second call tells nobody again. */
    public void remind(Sitting sitting) {
        tellAll(sitting, "reminder", "明天" + when(sitting) + "召开" + sitting.body() + "，" + sitting.place());
    }

    private void tellAll(Sitting sitting, String what, String text) {
        Rulebook.Body rule = law.of(clock.today()).bodies().get(sitting.body());
        List<String> cite = new ArrayList<>(rule == null ? List.of() : rule.cite());
        if (rule != null && sitting.remote()) {
            cite.addAll(rule.remote());
        }
        bodies.members(sitting.body()).forEach(member -> tell(sitting, what, text, cite, member));
        if (rule != null) {
            bodies.guests(sitting.body())
                    .forEach(guest -> tell(sitting, what, text + "（请列席，没有表决权）", rule.guestsCite(), guest));
        }
    }

    private void tell(Sitting sitting, String what, String text, List<String> cite, Member member) {
        events.publishEvent(Tell.of("member", member.id(), "meeting", text)
                .cites(cite)
                .with(Map.of("title", "会议通知：" + sitting.body()))
                .once("sitting:" + sitting.id() + ":" + what + ":" + member.id()));
    }

    private String when(Sitting sitting) {
        return Days.said(sitting.day(), clock.today()) + (sitting.starts().isEmpty() ? "" : " " + sitting.starts());
    }

    private static String said(Sitting sitting) {
        return sitting.body() + " " + sitting.day() + (sitting.remote() ? "（通讯）" : "");
    }

    private boolean running(long id) {
        return jdbc.sql("select count(*) from ballot where association_id = :association and sitting_id = :id"
                                + " and state <> 'done'")
                        .param("association", Tenant.current())
                        .param("id", id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static @Nullable Refusal stale(Sitting sitting, int version) {
        if (!sitting.isPlanned()) {
            return new Refusal("这次会议" + sitting.state().word() + "，不能再改");
        }
        return sitting.version() == version ? null : new Refusal("别人刚改过这次会议，页面已过期，请刷新后再办");
    }

    private void put(Sitting sitting, Collection<Seat> seats) {
        jdbc.sql("delete from sitting_seat where association_id = :association and sitting_id = :id")
                .param("association", Tenant.current())
                .param("id", sitting.id())
                .update();
        for (Seat seat : seats) {
            jdbc.sql("insert into sitting_seat (association_id, sitting_id, member_id, mark, note)"
                            + " values (:association, :id, :member, :mark, :note)")
                    .param("association", Tenant.current())
                    .param("id", sitting.id())
                    .param("member", seat.memberId())
                    .param("mark", seat.mark().name().toLowerCase(Locale.ROOT))
                    .param("note", seat.note().length() > 80 ? seat.note().substring(0, 80) : seat.note())
                    .update();
        }
    }

    private Sitting locked(long id) {
        return jdbc.sql(COLUMNS + " and id = :id for update")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> view(row))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("No meeting " + id));
    }

    private Sitting get(long id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("No meeting " + id));
    }

    private static Sitting view(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Sitting(
                row.getLong("id"),
                row.getString("body"),
                row.getObject("on_day", LocalDate.class),
                row.getString("starts_at"),
                row.getString("place"),
                row.getBoolean("remote"),
                row.getString("special"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("version"),
                row.getObject("seats", Integer.class));
    }
}
