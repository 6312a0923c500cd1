package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rising by exception (IGRS-20-X): a member, or its class teacher for it, asks members of the grade that the bylaws name
 * for their nomination; the last one that is wanted opens the upgrade. Nobody is nominated but by its own word.
 */
@Service
@Transactional
public class Backings {

    private static final int LONGEST = 500;
    private static final int SHORTEST = 10;
    private static final int MOST = 100;
    private static final String COLUMNS =
            "select id, member_id, grade, nominator_id, said, asked_on, state, case_id from backing"
                    + " where association_id = :association";

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Ladder ladder;
    private final CaseBook book;
    private final Cases cases;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final String base;

    Backings(
            JdbcClient jdbc,
            Lockbox lockbox,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Ladder ladder,
            CaseBook book,
            Cases cases,
            Audit audit,
            ApplicationEventPublisher events,
            @Value("${homeroom.public-base-url:http://localhost:8080}") String base) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.ladder = ladder;
        this.book = book;
        this.cases = cases;
        this.audit = audit;
        this.events = events;
        this.base = base;
    }

    /** The rule of today; empty where the bylaws know no rise by exception. */
    @Transactional(readOnly = true)
    public Optional<Rulebook.Exceptional> rule() {
        return Optional.ofNullable(law.of(clock.today()).upgrade()).map(Rulebook.Upgrade::exceptional);
    }

    /** Who may nominate this member: all of the grade that the bylaws name, but itself. */
    @Transactional(readOnly = true)
    public List<Member> whoMay(long member) {
        return rule()
                .map(rule -> roster.search(new Search(null, null, rule.grade(), null, 0, MOST))
                        .items())
                .orElse(List.of())
                .stream()
                .filter(other -> other.belongs() && other.id() != member)
                .toList();
    }

    /**
     * Asks one member for its nomination of another.
     *
     * @param says what was contributed, 10 to 500 characters
     * @return what was asked for, or why not: no such way, no path to the grade, an upgrade under way, the conditions are
     *     met without an exception, the one asked is of another grade or was asked already
     */
    public Outcome<Backing> ask(long memberId, String to, long nominatorId, String says, String by) {
        Rulebook rules = law.of(clock.today());
        Rulebook.Upgrade upgrade = rules.upgrade();
        Rulebook.Exceptional way = upgrade == null ? null : upgrade.exceptional();
        if (way == null) {
            return Outcome.refused("《" + rules.title() + "》没有破格升级的规定");
        }
        Member member = roster.get(memberId);
        String words = says.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        Refusal against = against(rules, way, member, to);
        if (against == null && words.length() < SHORTEST) {
            against = new Refusal(way.cite(), "请写明作出的或可望作出的巨大贡献，至少" + SHORTEST + "个字", null);
        }
        Optional<Member> nominator = roster.find(nominatorId).filter(Member::belongs);
        if (against == null
                && (nominatorId == memberId
                        || !nominator
                                .map(one -> one.grade().equals(way.grade()))
                                .orElse(false))) {
            against = new Refusal(way.cite(), "提名须由另一家现任" + way.grade() + "作出", null);
        }
        if (against == null
                && of(memberId).stream()
                        .anyMatch(one -> one.nominatorId() == nominatorId
                                && one.grade().equals(to)
                                && one.caseId() == null
                                && one.state() != Backing.State.DECLINED)) {
            against = new Refusal("已经请过这家提名，请等它答复");
        }
        if (against != null) {
            audit.refused(by, "nomination-refused", memberId, against);
            return Outcome.refused(against);
        }
        long id = Ids.next();
        String kept = words.substring(0, Math.min(LONGEST, words.length()));
        jdbc.sql("insert into backing (association_id, id, member_id, grade, nominator_id, said, asked_on, asked_by,"
                        + " state) values (:association, :id, :member, :grade, :nominator, :said, :day, :by, 'asked')")
                .param("association", Tenant.current())
                .param("id", id)
                .param("member", memberId)
                .param("grade", to)
                .param("nominator", nominatorId)
                .param("said", lockbox.seal(kept))
                .param("day", clock.today())
                .param("by", by)
                .update();
        audit.note(by, "nomination-asked", memberId, "申请破格升为" + to, way.cite().toArray(String[]::new));
        events.publishEvent(Tell.of(
                        "member",
                        nominatorId,
                        "nomination",
                        member.name() + "申请破格升为" + to + "，请贵单位决定是否提名。理由：" + kept + "。查看并答复：" + page())
                .cites(way.cite())
                .with(Map.of("title", "请决定是否提名", "url", page()))
                .once("nomination:" + id));
        return Outcome.done(find(id).orElseThrow());
    }

    private String page() {
        return base + "/m/" + Tenant.current() + "/requests/nominations";
    }

    /** Why a member may not rise to a grade by exception; the conditions are waived, path and cap are not. */
    private @Nullable Refusal against(Rulebook rules, Rulebook.Exceptional way, Member member, String to) {
        if (!member.belongs()) {
            return new Refusal(way.cite(), "不是在籍会员，不能申请升级", null);
        }
        Refusal path = Ladder.upgrade(rules, member, to);
        if (path != null) {
            return path;
        }
        if (!book.openOf(member.id(), "upgrade").isEmpty()) {
            return new Refusal(way.cite(), "已有一件升级申请在办理中", null);
        }
        return ladder.check(member, to).result() ? new Refusal(way.cite(), "条件都已符合，直接申请升级即可，不用破格", null) : null;
    }

    /**
     * The one asked gives its nomination or declines. The last nomination that is wanted opens the upgrade, whose form the
     * member then hands in.
     *
     * @param nominator who answers: nobody but the one asked
     */
    public Outcome<Backing> answer(long id, long nominator, boolean give, String by) {
        Backing asked = list(" and id = :of for update", id).stream()
                .filter(one -> one.nominatorId() == nominator)
                .findFirst()
                .orElse(null);
        if (asked == null) {
            return Outcome.refused("没有请你单位作这项提名");
        }
        if (asked.state() != Backing.State.ASKED) {
            return Outcome.refused("这项提名已经答复过，不能再改");
        }
        Rulebook.Exceptional way = rule().orElse(null);
        if (way == null) {
            return Outcome.refused("现行制度没有破格升级的规定");
        }
        Long matter = null;
        if (give) {
            Member member = roster.get(asked.memberId());
            Refusal against = against(law.of(clock.today()), way, member, asked.grade());
            if (against == null
                    && !ladder.nominated(new Rulebook.Exceptional(1, way.grade(), way.cite()), List.of(nominator))) {
                against = new Refusal(way.cite(), "只有现任" + way.grade() + "可以提名", null);
            }
            if (against != null) {
                return Outcome.refused(against);
            }
            List<Long> all = Stream.concat(
                            of(asked.memberId()).stream()
                                    .filter(one -> one.state() == Backing.State.GIVEN
                                            && one.caseId() == null
                                            && one.grade().equals(asked.grade()))
                                    .map(Backing::nominatorId),
                            Stream.of(nominator))
                    .distinct()
                    .toList();
            if (ladder.nominated(way, all)) {
                Outcome<CaseView> opened = cases.open(new Opening(
                        "upgrade",
                        asked.memberId(),
                        "",
                        "member",
                        List.of(),
                        List.of(),
                        Map.of("to", asked.grade(), "exceptional", "true", "reason", asked.says()),
                        all));
                if (opened instanceof Outcome.Refused<CaseView> refused) {
                    return Outcome.refused(refused.refusal());
                }
                matter = opened.get().id();
            }
        }
        settle(asked, give, matter, by, way);
        return Outcome.done(find(id).orElseThrow());
    }

    private void settle(Backing asked, boolean give, @Nullable Long matter, String by, Rulebook.Exceptional way) {
        jdbc.sql("update backing set state = :state, answered_on = :day where association_id = :association"
                        + " and id = :id")
                .param("state", (give ? Backing.State.GIVEN : Backing.State.DECLINED).code())
                .param("day", clock.today())
                .param("association", Tenant.current())
                .param("id", asked.id())
                .update();
        if (matter != null) {
            jdbc.sql("update backing set case_id = :matter where association_id = :association"
                            + " and member_id = :member and grade = :grade and state = 'given' and case_id is null")
                    .param("matter", matter)
                    .param("association", Tenant.current())
                    .param("member", asked.memberId())
                    .param("grade", asked.grade())
                    .update();
        }
        audit.note(
                by,
                give ? "nomination-given" : "nomination-declined",
                asked.memberId(),
                asked.nominatorName() + (give ? "提名" : "没有提名") + asked.memberName() + "破格升为" + asked.grade(),
                way.cite().toArray(String[]::new));
        String said = !give
                ? asked.nominatorName() + "没有提名你单位破格升为" + asked.grade() + "。可以另请一家" + way.grade() + "提名"
                : matter == null
                        ? asked.nominatorName() + "已提名你单位破格升为" + asked.grade() + "，还差其他提名"
                        : asked.nominatorName() + "已提名，破格升为" + asked.grade() + "的申请已经提出，请上传升级申请表：" + base + "/m/"
                                + Tenant.current() + "/cases/" + matter;
        events.publishEvent(Tell.of("member", asked.memberId(), "nomination", said)
                .cites(way.cite())
                .with(Map.of("title", "破格升级的提名"))
                .once("nomination:" + asked.id() + ":answered"));
    }

    /** What a member is asked to decide on, oldest first. */
    @Transactional(readOnly = true)
    public List<Backing> askedOf(long nominator) {
        return list(" and nominator_id = :of and state = 'asked' order by id", nominator);
    }

    /** All nominations that were asked for a member, oldest first. */
    @Transactional(readOnly = true)
    public List<Backing> of(long member) {
        return list(" and member_id = :of order by id", member);
    }

    private Optional<Backing> find(long id) {
        return list(" and id = :of", id).stream().findFirst();
    }

    private record Row(
            long id,
            long member,
            String grade,
            long nominator,
            String said,
            LocalDate askedOn,
            String state,
            @Nullable Long matter) {}

    private List<Backing> list(String where, long of) {
        List<Row> rows = jdbc.sql(COLUMNS + where)
                .param("association", Tenant.current())
                .param("of", of)
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        row.getLong("member_id"),
                        row.getString("grade"),
                        row.getLong("nominator_id"),
                        row.getString("said"),
                        row.getObject("asked_on", LocalDate.class),
                        row.getString("state"),
                        row.getObject("case_id", Long.class)))
                .list();
        Map<Long, String> names = roster.names(rows.stream()
                .flatMap(row -> Stream.of(row.member(), row.nominator()))
                .collect(Collectors.toSet()));
        return rows.stream()
                .map(row -> new Backing(
                        row.id(),
                        row.member(),
                        names.getOrDefault(row.member(), ""),
                        row.grade(),
                        row.nominator(),
                        names.getOrDefault(row.nominator(), ""),
                        lockbox.open(row.said()),
                        row.askedOn(),
                        Backing.State.valueOf(row.state().toUpperCase(Locale.ROOT)),
                        row.matter()))
                .toList();
    }
}
