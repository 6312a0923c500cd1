package io.homeroom.casework;

import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Span;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What stands at the door: whether an application for admission is taken at all. Changes nothing. */
@Component
class Intake {

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Registrations registrations;

    Intake(Lawbook law, BusinessClock clock, Roster roster, Registrations registrations) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.registrations = registrations;
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
            if (!rule.entry() && !returnsTo(book, grade, former)) {
                return new Refusal(book.entry(), "首次入会不能直接申请" + grade, null);
            }
        }
        Refusal apart = application.kind() == Kind.UNIT
                ? book.apart(
                        application.data().getOrDefault("liaison", ""),
                        application.data().getOrDefault("representative", ""))
                : null;
        if (apart != null) {
            return apart;
        }
        String post = application.post();
        if (post != null
                && !book.post(post).map(Rulebook.Post::wish).orElse(false)
                && !post.equals(book.grades().get(0).name())) {
            return new Refusal(book.entry(), "入会时不能提出担任" + post, null);
        }
        for (Rulebook.Check check : book.apply()) {
            if (isAtTheDoor(check)) {
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

    /** Read so, whoever was a member before may ask for the grade that it left with (IGRS-17-b). */
    private static boolean returnsTo(Rulebook book, String grade, @Nullable Member former) {
        return Questionnaire.returnsAsBefore(book)
                && former != null
                && former.endedOn() != null
                && grade.equals(former.grade());
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
        return window != null && !member.number() && registrations.outsideWindow(window, member) != null;
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
            case NO_REPRESENTATIVE -> {
                boolean named = facts.representative()
                        || facts.liaison() && law.of(clock.today()).onePerson();
                yield !unit || named ? null : refusal(check);
            }
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
                LocalDate free = free(law.of(clock.today()), last, span);
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

    /** The first day that is no longer within the time after a penalty; its corresponding day is or, read so, is not. */
    private static LocalDate free(Rulebook book, LocalDate penalty, Span span) {
        return Deadlines.firstAfter(penalty, span, !book.holds("penalty-day-counts"));
    }

    /** Whether a check keeps an application out, and is neither only told to somebody nor made later. */
    boolean isAtTheDoor(Rulebook.Check check) {
        return check.tell() == null && !waitsForApproval(law.of(clock.today()), check);
    }

    /** Whether a check is made, read so, at the approval: the application is taken and waits (BACCA-7-b). */
    private static boolean waitsForApproval(Rulebook book, Rulebook.Check check) {
        return check.on() == Rulebook.CheckOn.PENALTY_WITHIN
                && check.tell() == null
                && book.setting("penalty-at").filter("approval"::equals).isPresent();
    }

    /** Until when an application waits on account of these penalties, read so; null for not at all. */
    @Nullable
    LocalDate approvableFrom(Kind kind, List<LocalDate> penalties) {
        Rulebook book = law.of(clock.today());
        LocalDate last = penalties.stream().max(LocalDate::compareTo).orElse(null);
        if (kind != Kind.UNIT || last == null) {
            return null;
        }
        return book.apply().stream()
                .filter(check -> waitsForApproval(book, check) && check.span() != null)
                .map(check -> free(book, last, Objects.requireNonNull(check.span())))
                .filter(clock.today()::isBefore)
                .max(LocalDate::compareTo)
                .orElse(null);
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

    /**
     * The first day on which the application of a former member may be decided, where the bylaws make it wait (WHJX-15-a);
     * of several the latest.
     */
    @Nullable
    LocalDate decidableFrom(@Nullable Member former) {
        if (former == null) {
            return null;
        }
        LocalDate latest = null;
        for (Rulebook.Bar bar : law.of(clock.today()).reEntry()) {
            Span span = bar.bar();
            if (bar.blocks() != Rulebook.Blocks.DECIDING || span == null || !concerns(bar, former)) {
                continue;
            }
            LocalDate anchor = bar.anchor() == Rulebook.Anchor.APPLICATION ? clock.today() : anchor(bar, former);
            LocalDate first =
                    anchor == null ? null : Deadlines.lastDay(anchor, span).plusDays(1);
            if (first != null && first.isAfter(clock.today()) && (latest == null || first.isAfter(latest))) {
                latest = first;
            }
        }
        return latest;
    }

    /** Clauses of the bars that make a decision wait. */
    List<String> decidingBar() {
        Rulebook book = law.of(clock.today());
        return Stream.concat(
                        book.reEntry().stream()
                                .filter(bar -> bar.blocks() == Rulebook.Blocks.DECIDING)
                                .flatMap(bar -> bar.cite().stream()),
                        book.apply().stream()
                                .filter(check -> waitsForApproval(book, check))
                                .flatMap(check -> check.cite().stream()))
                .toList();
    }
}
