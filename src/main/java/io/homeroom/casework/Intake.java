package io.homeroom.casework;

import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyState;
import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Span;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What stands at the door: whether an application or a request is taken at all. Changes nothing. */
@Component
class Intake {

    private final Lawbook law;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Roster roster;
    private final Contacts contacts;
    private final Bodies bodies;

    Intake(Lawbook law, BusinessClock clock, Calendars calendars, Roster roster, Contacts contacts, Bodies bodies) {
        this.law = law;
        this.clock = clock;
        this.calendars = calendars;
        this.roster = roster;
        this.contacts = contacts;
        this.bodies = bodies;
    }

    /** A flag that an application raises without being refused. */
    record Flag(String tell, List<String> cite, String says) {}

    /** Why an application is not taken; null if nothing speaks against it. */
    @Nullable
    Refusal refusal(Application application, @Nullable Member former) {
        Rulebook book = law.of(clock.today());
        Rulebook.KindRule kind = book.kinds().get(application.kind().code());
        if (kind == null || !kind.accepted()) {
            return new Refusal(
                    kind == null ? List.of() : kind.cite(),
                    application.kind() == Kind.INDIVIDUAL ? "只接受单位会员，不接受个人申请" : "不接受单位申请",
                    null);
        }
        if (former != null && former.belongs() && !registrationMissed(book, former)) {
            return new Refusal(alreadyIn(book), "已经是会员，不必再申请", null);
        }
        if (former != null && former.standing() == Standing.APPLICANT) {
            return new Refusal(alreadyIn(book), "已有一份入会申请在办理中", null);
        }
        String grade = application.grade();
        if (grade != null) {
            Rulebook.Grade rule = book.grade(grade).orElse(null);
            if (rule == null) {
                return new Refusal("没有“" + grade + "”这个级别");
            }
            if (!suits(book, rule, application.kind())) {
                String whom = application.kind() == Kind.UNIT ? "单位" : "个人";
                return new Refusal(book.entry(), grade + "不接受" + whom + "申请", null);
            }
            if (!rule.entry()) {
                return new Refusal(book.entry(), "首次入会不能直接申请" + grade, null);
            }
        }
        String post = application.post();
        if (post != null
                && !book.post(post).map(Rulebook.Post::wish).orElse(false)
                && !post.equals(book.grades().get(0).name())) {
            return new Refusal(book.entry(), "入会时不能提出担任" + post, null);
        }
        for (Rulebook.Check check : book.apply()) {
            if (check.tell() == null) {
                Refusal found = failed(check, application);
                if (found != null) {
                    return found;
                }
            }
        }
        List<String> documents = application.documents();
        Track admission = book.cases().get("admission");
        if (documents != null && admission != null) {
            for (Track.Document document : admission.documents()) {
                if (document.gate() && !document.isIn(documents)) {
                    return new Refusal(document.cite(), "须先提交" + document.name() + "，才能递交申请", null);
                }
            }
        }
        return former == null ? null : barred(book, former, application.facts().creditFailed());
    }

    /** Grades without a kind are for units, and for individuals too where these have no grade of their own. */
    private static boolean suits(Rulebook book, Rulebook.Grade grade, Kind kind) {
        if (grade.kind() != null) {
            return kind.code().equals(grade.kind());
        }
        return kind == Kind.UNIT
                || book.grades().stream().noneMatch(other -> kind.code().equals(other.kind()));
    }

    /** Clauses by which nobody is admitted twice: those of admission, and of the number that is bound to the code. */
    private static List<String> alreadyIn(Rulebook book) {
        Track track = book.cases().get("admission");
        List<String> clauses = new ArrayList<>(track == null ? List.of() : track.cite());
        clauses.addAll(book.entry());
        if (book.number() != null) {
            clauses.addAll(book.number().cite());
        }
        return clauses;
    }

    /** Admitted, but never registered in the time allowed: it may apply anew (BACCA-21-a). */
    private boolean registrationMissed(Rulebook book, Member member) {
        Track track = book.cases().get("registration");
        Track.Window window = track == null ? null : track.windows().get("initial");
        return window != null && !member.number() && outsideWindow(window, member) != null;
    }

    /** Facts that are told to an office although the application is taken. */
    List<Flag> flags(Application application) {
        List<Flag> flags = new ArrayList<>();
        for (Rulebook.Check check : law.of(clock.today()).apply()) {
            String tell = check.tell();
            if (tell != null && failed(check, application) != null) {
                flags.add(new Flag(tell, check.cite(), check.says()));
            }
        }
        return flags;
    }

    /** Why somebody on the roster may not apply now; null if nothing in its past speaks against it. */
    @Nullable
    Refusal taken(Member known) {
        if (known.belongs()) {
            return new Refusal("已经是会员，不必再申请");
        }
        if (known.standing() == Standing.APPLICANT) {
            return new Refusal("已有一份入会申请在办理中");
        }
        return barred(law.of(clock.today()), known, false);
    }

    /** Why one fact keeps an application out; null if it does not. */
    @Nullable
    Refusal failed(Rulebook.Check check, Application application) {
        Application.Facts facts = application.facts();
        boolean unit = application.kind() == Kind.UNIT;
        String kind = check.kind();
        if (kind != null && !kind.equals(application.kind().code())) {
            return null;
        }
        return switch (check.on()) {
            case NO_VISIT -> facts.visited() ? null : refusal(check);
            case NO_REPRESENTATIVE -> !unit || facts.representative() ? null : refusal(check);
            case NO_POLITICAL_RIGHTS -> unit || facts.politicalRights() ? null : refusal(check);
            case ORGAN -> unit && facts.organ() ? refusal(check) : null;
            case REGION_NOT -> {
                String region = facts.region();
                String home = check.value();
                yield (unit || kind != null) && region != null && home != null && !region.contains(home)
                        ? refusal(check)
                        : null;
            }
            case PENALTY_WITHIN -> {
                Span span = check.span();
                LocalDate last =
                        facts.penalties().stream().max(LocalDate::compareTo).orElse(null);
                if (!unit || last == null || span == null) {
                    yield null;
                }
                LocalDate free = Deadlines.lastDay(last, span).plusDays(1);
                yield clock.today().isBefore(free) ? new Refusal(check.cite(), check.says(), free) : null;
            }
            case EMPLOYER_IS_MEMBER -> {
                Long employer = application.employer();
                boolean member = employer != null
                        && roster.find(employer)
                                .map(e -> e.belongs() && e.kind() == Kind.UNIT)
                                .orElse(false);
                yield !unit && member ? refusal(check) : null;
            }
            case DEPENDENT_BRANCH -> facts.branchOf() != null && !facts.independent() ? refusal(check) : null;
        };
    }

    private static Refusal refusal(Rulebook.Check check) {
        return new Refusal(check.cite(), check.says(), null);
    }

    /** The bars against a former member; of several that end, the latest end counts. */
    private @Nullable Refusal barred(Rulebook book, Member former, boolean creditFailed) {
        List<String> clauses = new ArrayList<>();
        LocalDate from = null;
        boolean open = false;
        LocalDate today = clock.today();
        for (Rulebook.Bar bar : book.reEntry()) {
            if (!concerns(bar, former)) {
                continue;
            }
            if (bar.credit() && creditFailed) {
                return new Refusal(bar.cite(), "信用考察未合格，暂不能重新加入", null);
            }
            if (bar.blocks() != Rulebook.Blocks.APPLYING) {
                continue;
            }
            Span span = bar.bar();
            LocalDate anchor = anchor(bar, former);
            if (bar.anchor() == Rulebook.Anchor.LISTED) {
                boolean listed = former.listedFrom() != null
                        && (former.listedTo() == null || former.listedTo().isAfter(today));
                if (listed) {
                    clauses.addAll(bar.cite());
                    open = true;
                }
            } else if (bar.anchor() == Rulebook.Anchor.ANNOUNCED && anchor == null) {
                clauses.addAll(bar.cite());
                open = true;
            } else if (anchor != null && span != null) {
                LocalDate first = Deadlines.lastDay(anchor, span).plusDays(1);
                if (today.isBefore(first)) {
                    clauses.addAll(bar.cite());
                    from = from == null || first.isAfter(from) ? first : from;
                }
            }
        }
        if (clauses.isEmpty()) {
            return null;
        }
        return new Refusal(
                clauses, open || from == null ? "目前还不能重新申请入会" : "目前还不能重新申请，最早可在" + from + "申请", open ? null : from);
    }

    private static boolean concerns(Rulebook.Bar bar, Member former) {
        if (bar.after().isEmpty()) {
            return true;
        }
        return former.endedAs() != null && bar.after().contains(former.endedAs().code());
    }

    private static @Nullable LocalDate anchor(Rulebook.Bar bar, Member former) {
        return switch (bar.anchor()) {
            case ENDED -> former.endedOn();
            case ANNOUNCED -> former.announcedOn();
            case LISTED -> former.listedFrom();
            case DELISTED -> former.listedTo();
            case APPLICATION -> null;
        };
    }

    /** The first day on which the application of a former member may be decided, where the bylaws make it wait (WHJX-15-a). */
    @Nullable
    LocalDate decidableFrom(@Nullable Member former) {
        if (former == null) {
            return null;
        }
        for (Rulebook.Bar bar : law.of(clock.today()).reEntry()) {
            Span span = bar.bar();
            if (bar.blocks() == Rulebook.Blocks.DECIDING && span != null && concerns(bar, former)) {
                return Deadlines.lastDay(clock.today(), span).plusDays(1);
            }
        }
        return null;
    }

    /** Clauses of the bar that makes a decision wait. */
    List<String> decidingBar() {
        return law.of(clock.today()).reEntry().stream()
                .filter(bar -> bar.blocks() == Rulebook.Blocks.DECIDING)
                .flatMap(bar -> bar.cite().stream())
                .toList();
    }

    /** Why a registration may not be opened now; null inside its window. */
    @Nullable
    Refusal outsideWindow(Track.Window window, Member member) {
        LocalDate today = clock.today();
        Span within = window.within();
        if (within != null) {
            LocalDate applied = member.joinedOn() == null ? member.appliedOn() : member.joinedOn();
            if (applied == null) {
                return new Refusal(window.cite(), "还没有申请日期，不能登记", null);
            }
            LocalDate last = calendars.current().roll(Deadlines.lastDay(applied, within));
            return today.isAfter(last)
                    ? new Refusal(window.cite(), "初次登记须在申请后" + within.words() + "内办理，已于" + last + "截止", null)
                    : null;
        }
        String reading = window.reading();
        if (reading != null) {
            return outsideYearly(law.of(today).reading(reading), window, today);
        }
        String body = window.termBody();
        Span around = window.around();
        if (body == null || around == null) {
            return null;
        }
        return outsideTerm(window, around, bodies.state(body), today);
    }

    /** Open in the months after a change, and from the months before the end of the running term until its own change. */
    private @Nullable Refusal outsideTerm(Track.Window window, Span around, BodyState state, LocalDate today) {
        LocalDate changed = state.changed();
        LocalDate closes = changed == null ? null : calendars.current().roll(Deadlines.lastDay(changed, around));
        if (closes != null && !today.isAfter(closes)) {
            return null;
        }
        LocalDate ends = state.termEnds();
        LocalDate opens = ends == null ? null : Deadlines.before(ends, around);
        if (opens != null && today.isBefore(opens)) {
            return new Refusal(window.cite(), "再登记自任期届满前" + around.words() + "起受理，最早" + opens, opens);
        }
        boolean termOver = changed != null && (opens == null || !changed.isBefore(opens));
        return termOver ? new Refusal(window.cite(), "再登记至换届后" + around.words() + "止，已于" + closes + "截止", null) : null;
    }

    /** A yearly period written as {@code 04-01..06-30}; {@code always} is open all year. */
    private static @Nullable Refusal outsideYearly(String value, Track.Window window, LocalDate today) {
        if (value.equals("always")) {
            return null;
        }
        String[] ends = value.split("\\.\\.", -1);
        LocalDate first = MonthDay.parse("--" + ends[0]).atYear(today.getYear());
        LocalDate last = MonthDay.parse("--" + ends[1]).atYear(today.getYear());
        if (!today.isBefore(first) && !today.isAfter(last)) {
            return null;
        }
        LocalDate next = today.isBefore(first) ? first : first.plusYears(1);
        return new Refusal(window.cite(), "续期登记在每年" + ends[0] + "至" + ends[1] + "受理", next);
    }

    /** Why a representative may not be taken: it already represents another unit (BACCA-11-b). */
    @Nullable
    Refusal unfit(Rulebook.Change rule, Member member, Map<String, String> data) {
        String value = data.getOrDefault("to", "");
        if (!rule.numbered().isEmpty()) {
            return roster.byUscc(value).isPresent() || member.data().containsValue(value)
                    ? new Refusal(rule.numbered(), "这个代码已经绑定会员证号，不能再绑定", null)
                    : null;
        }
        if (rule.unique().isEmpty()) {
            return null;
        }
        boolean elsewhere = contacts
                .sameElsewhere(
                        member.id(), Role.REPRESENTATIVE, data.getOrDefault("to", ""), data.getOrDefault("phone", ""))
                .stream()
                .map(roster::get)
                .anyMatch(Member::belongs);
        return elsewhere ? new Refusal(rule.unique(), "此人已是另一家会员单位的代表，不能兼任", null) : null;
    }

    Optional<Rulebook.Sanction> sanction(String name) {
        return law.of(clock.today()).sanctions().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst();
    }
}
