package io.homeroom.rulebook;

import io.homeroom.ground.Clauses;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Span;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One association's bylaws as data, in one edition. Lists and maps are empty where a bylaw has no such rule: silence is
 * information, and no rule is borrowed from elsewhere.
 *
 * @param code the association's code, {@code whjx}
 * @param name its full name
 * @param nickname its short name, for greetings
 * @param title the regulation's name
 * @param edition from when this text holds
 * @param clauses the clauses of this text that have an effect, so that none is forgotten: each must be cited by a rule;
 *     empty where the association keeps no such list
 * @param labels how clauses are cited where {@link Clauses#label} does not know
 * @param readings how open points are read: visible, documented, changeable
 * @param kinds who may be a member at all
 * @param grades from low to high
 * @param entry clauses that fix the grades open to newcomers
 * @param posts offices held by election beside the grade
 * @param bodies assemblies and councils
 * @param offices single offices and departments that decide or act
 * @param liaison the unit's contact person
 * @param teacher the class teacher
 * @param rights what members may do
 * @param rightsEnd clauses by which posts, rights and duties end with the membership
 * @param number the member number
 * @param fees dues; null means that the bylaws know no fee and {@link #noFee} says by which clause
 * @param noFee clauses to cite when somebody asks about or pays a fee that does not exist
 * @param requirements what an applicant must be, stated by itself and judged by people
 * @param apply what is tested when somebody applies
 * @param reEntry bars for those who left
 * @param cases the track of each type of case, by its code
 * @param changes the fields whose change is handled, by field name; {@code *} stands for all others
 * @param upgrade paths and conditions
 * @param downgrade paths
 * @param sanctions levels, mild to severe
 * @param watch what the nightly look waits for
 * @param on what follows an event, by its name
 * @param reports what follows facts reported about a member, by event
 * @param attendance consequences of absences in a row
 * @param repeated what follows when absences within a time add up
 * @param meetings how often bodies must meet
 * @param benefits countable services
 * @param sizes size classes, in the order in which they are tested
 * @param answers what the assistant says to standard questions
 * @param prices what members pay for events less than others
 * @param registers lists that are kept by resolution, such as of working groups
 * @param candidates who stands for election without being nominated; null where nothing is written
 */
public record Rulebook(
        String code,
        String name,
        String nickname,
        String title,
        Edition edition,
        List<String> clauses,
        Map<String, String> labels,
        Map<String, Reading> readings,
        Map<String, KindRule> kinds,
        List<Grade> grades,
        List<String> entry,
        List<Post> posts,
        Map<String, Body> bodies,
        List<String> offices,
        @Nullable Person liaison,
        @Nullable Teacher teacher,
        Map<String, Right> rights,
        List<String> rightsEnd,
        @Nullable NumberRule number,
        @Nullable Fees fees,
        List<String> noFee,
        List<Requirement> requirements,
        List<Check> apply,
        List<Bar> reEntry,
        Map<String, Track> cases,
        Map<String, Change> changes,
        @Nullable Upgrade upgrade,
        @Nullable Downgrade downgrade,
        List<Sanction> sanctions,
        List<Watch> watch,
        Map<String, List<Act>> on,
        Map<String, List<Act>> reports,
        List<Attendance> attendance,
        List<Repeated> repeated,
        List<MeetingDuty> meetings,
        @Nullable Benefits benefits,
        List<Size> sizes,
        Map<String, Answer> answers,
        List<Price> prices,
        Map<String, Register> registers,
        @Nullable Candidates candidates) {

    private static final String LIAISON = "liaison";
    private static final String REPRESENTATIVE = "representative";
    /** The reading of whether these two are one person or two. */
    private static final String ROLES = "two-roles";

    private static final Pattern WORDS = Pattern.compile("[a-z]+(?:-[a-z]+)*");

    /**
     * Which text this is.
     *
     * @param from first day on which it holds; nothing earlier is judged by it
     * @param cite where that day is written
     * @param note what the reader should know about it
     */
    public record Edition(
            LocalDate from, List<String> cite, @Nullable String note) {}

    /**
     * An open point of the bylaws and how it is read here: by a value that the secretariat may change from a day on, or by
     * other rules of this rulebook, which change with a new edition.
     *
     * @param value the reading in force, as text; null where the places in {@code at} decide
     * @param at where in the rulebook the point is decided, each a {@link Pointer}; empty beside a value
     * @param cite the clauses that leave it open
     * @param says the question and how it is read, or who judges each time, for the secretariat
     * @param otherwise how else it could be read, and what then to change
     * @param example true where the value is a placeholder that the association must replace by its own
     */
    public record Reading(
            @Nullable String value,
            List<String> at,
            List<String> cite,
            String says,
            @Nullable String otherwise,
            boolean example) {

        /** What it is about: the first sentence of what it says. */
        public String title() {
            int end = says.indexOf('。');
            return end < 0 ? says : says.substring(0, end);
        }

        Reading read(String other, boolean still) {
            return new Reading(other, at, cite, says, otherwise, still);
        }
    }

    /** Whether units or individuals are accepted. */
    public record KindRule(boolean accepted, List<String> cite) {}

    /**
     * A grade of membership.
     *
     * @param kind {@code unit} or {@code individual}; null means units
     * @param entry whether newcomers start here
     * @param cap most members it may have, inclusive
     * @param capCite clause of the cap
     * @param passes free guest passes for one event
     */
    public record Grade(
            String name,
            @Nullable String kind,
            boolean entry,
            @Nullable Integer cap,
            List<String> capCite,
            int passes,
            List<String> cite) {}

    /**
     * An elected post.
     *
     * @param line posts of one line include the lower ones of it; only the highest is shown
     * @param from the post one must hold to be elected, if any
     * @param by the body or office that elects
     * @param min fewest; fewer is reported to the secretariat
     * @param max most, inclusive
     * @param wish whether an applicant may name it as its wish
     * @param judged what the electing body judges by, cited when it does not elect
     * @param head whether the representative must be the unit's principal head, with the clause
     * @param counted votes of the electing body are counted by this rule; null means that its result is entered
     * @param cite clauses of cap and origin
     */
    public record Post(
            String name,
            @Nullable String line,
            @Nullable String from,
            String by,
            @Nullable Integer min,
            @Nullable Integer max,
            boolean wish,
            List<String> judged,
            List<String> head,
            Track.@Nullable Vote counted,
            List<String> cite) {}

    /**
     * A body.
     *
     * @param grades members of these grades belong to it
     * @param posts members with these posts (or higher in their line) belong to it; both empty means all members
     * @param quorum share of the seats that must be present, null for none written
     * @param quorumCite its clause
     * @param remote clauses that let it meet or vote by mail or online; empty where the bylaws are silent, and then the
     *     reading {@code remote-ballot} decides
     * @param standIn who may be present instead where no rule on absences in a row says so: {@code none} if only the
     *     representative itself counts, else {@code own} (people of the same unit)
     * @param standInCite its clause
     * @param guests members with these posts (or higher in their line) are invited and sit in, without a seat or a vote
     * @param guestsCite its clause
     * @param cite where it is written who belongs to it
     */
    public record Body(
            List<String> grades,
            List<String> posts,
            @Nullable Share quorum,
            List<String> quorumCite,
            List<String> remote,
            @Nullable String standIn,
            List<String> standInCite,
            List<String> guests,
            List<String> guestsCite,
            List<String> cite) {}

    /**
     * A fraction compared in integers.
     *
     * @param numerator of the fraction
     * @param denominator of the fraction
     * @param inclusive whether exactly the fraction is enough
     */
    public record Share(int numerator, int denominator, boolean inclusive) {
        /** Whether {@code part} of {@code whole} reaches the share; no division is made. */
        public boolean reachedBy(long part, long whole) {
            long left = part * denominator;
            long right = whole * numerator;
            return inclusive ? left >= right : left > right;
        }

        /** The least part of {@code whole} that reaches the share, tried in integers. */
        public int fewest(int whole) {
            int part = 0;
            while (part <= whole && !reachedBy(part, whole)) {
                part++;
            }
            return part;
        }

        /** Whether {@code part} is exactly the share of {@code whole}. */
        public boolean exactly(long part, long whole) {
            return part * denominator == whole * numerator;
        }
    }

    /** A contact person whom units have. {@code required} clauses demand one before registration. */
    public record Person(List<String> cite, List<String> required) {}

    /**
     * The class teacher.
     *
     * @param assigns who is told of members without one
     * @param reports clauses that ask for rewards and penalties by half-years; empty where none does
     * @param nominates clauses by which it names outstanding liaisons; empty where none does
     */
    public record Teacher(List<String> cite, String assigns, List<String> reports, List<String> nominates) {}

    /**
     * A right.
     *
     * @param grades grades that have it; empty with empty {@code posts} means every member
     * @param posts posts that have it, or higher ones of their line
     * @param cite clauses that give it
     * @param refused clause cited when it is refused, by grade; {@code *} for all others
     */
    public record Right(List<String> grades, List<String> posts, List<String> cite, Map<String, String> refused) {

        private static final Map<String, String> WORDS = Map.ofEntries(
                Map.entry("vote", "表决、选举和被选举"),
                Map.entry("propose", "提案"),
                Map.entry("discuss", "参加讨论"),
                Map.entry("listen", "列席"),
                Map.entry("hold-office", "担任职务"),
                Map.entry("any-right", "各项权利"),
                Map.entry("services", "获得服务"),
                Map.entry("priority", "优先获得服务"),
                Map.entry("information", "知情"),
                Map.entry("meetings", "参加会议活动"),
                Map.entry("oversee", "监督"),
                Map.entry("lead", "主持理事会和协会的工作"),
                Map.entry("charge", "牵头办理协会的事务"),
                Map.entry("working-group", "参加工作组"),
                Map.entry("project", "参加项目"),
                Map.entry("seminar", "参加研讨"),
                Map.entry("nominate", "提名"));

        /** What people call a right; its key where it has no name of its own. */
        public static String word(String key) {
            return WORDS.getOrDefault(key, key);
        }

        /** Whether somebody of a grade and with these posts has it. */
        public boolean heldBy(Rulebook book, @Nullable String grade, Collection<String> held) {
            return (grades.isEmpty() && posts.isEmpty())
                    || (grade != null && grades.contains(grade))
                    || posts.stream().anyMatch(wanted -> held.stream().anyMatch(post -> book.includes(post, wanted)));
        }
    }

    /** Rights need a valid number. */
    public record NumberRule(List<String> cite) {}

    /**
     * What an applicant must be: it says so itself, and people judge.
     *
     * @param kind {@code unit} or {@code individual}; null for both
     */
    public record Requirement(@Nullable String kind, List<String> cite, String says) {}

    /**
     * Something tested at application.
     *
     * @param on the fact
     * @param kind {@code unit} or {@code individual}; null for whomever the fact is about
     * @param value what it is compared with: a region, or words separated by blanks
     * @param span a look-back
     * @param tell if set, the application is taken and this office is told instead of refusing
     * @param cite the clause
     * @param says what is wrong and what to do
     */
    public record Check(
            CheckOn on,
            @Nullable String kind,
            @Nullable String value,
            @Nullable Span span,
            @Nullable String tell,
            List<String> cite,
            String says) {}

    /** Facts of an application. */
    public enum CheckOn {
        NO_VISIT,
        NO_REPRESENTATIVE,
        NO_POLITICAL_RIGHTS,
        ORGAN,
        REGION_NOT,
        PENALTY_WITHIN,
        EMPLOYER_IS_MEMBER,
        DEPENDENT_BRANCH
    }

    /**
     * A bar against coming back.
     *
     * @param after how membership ended ({@code withdrawn}, …); empty means any way
     * @param anchor from what day it runs
     * @param bar how long; null while the anchor lasts
     * @param blocks whether applying itself is refused or only the first decision waits
     * @param credit whether a failed credit check refuses the application
     */
    public record Bar(
            List<String> after, Anchor anchor, @Nullable Span bar, Blocks blocks, boolean credit, List<String> cite) {}

    /** Days from which a bar runs. */
    public enum Anchor {
        ENDED,
        ANNOUNCED,
        LISTED,
        DELISTED,
        APPLICATION
    }

    /** What a bar stops. */
    public enum Blocks {
        APPLYING,
        DECIDING
    }

    /**
     * How the change of a field is handled.
     *
     * @param documents needed
     * @param track {@code now}, or the deciders in order
     * @param officeHolder deciders where a holder of a post keeps it; empty for the same
     * @param offices the posts that this is about (or higher ones of their line): they fall vacant unless kept
     * @param officesNot of these, the posts (or higher ones of their line) that it is not about
     * @param officeTell who is told that such a post is to be kept
     * @param beforehand the change may not lie in the past
     * @param unique the person may represent only one unit: clause
     * @param head the person must be a principal head, else the office in {@code tell} is told: clause
     * @param task a task that comes first
     * @param tell who is told
     * @param members only members may, by this clause; applicants may not yet
     * @param beside the field beside whose value each new one stands: a member may have several
     * @param leaves the field one of whose values is given up, where the change is that
     * @param numbered each new value stands beside the earlier ones under the next number, by this clause, and is one
     *     member's only
     */
    public record Change(
            List<Track.Document> documents,
            List<String> track,
            List<String> officeHolder,
            List<String> offices,
            List<String> officesNot,
            @Nullable String officeTell,
            List<String> officeCite,
            boolean beforehand,
            List<String> unique,
            List<String> head,
            @Nullable String headTell,
            @Nullable TaskRule task,
            List<String> tell,
            List<String> members,
            @Nullable String beside,
            @Nullable String leaves,
            List<String> numbered,
            List<String> cite) {

        /** This rule and another one together, for a change that falls under both: all papers, every decider. */
        Change and(Change other) {
            Map<String, Track.Document> papers = new LinkedHashMap<>();
            all(documents, other.documents).forEach(paper -> papers.putIfAbsent(paper.name(), paper));
            List<String> deciders = all(track, other.track).stream()
                    .filter(one -> !one.equals("now"))
                    .toList();
            return new Change(
                    List.copyOf(papers.values()),
                    deciders.isEmpty() ? track : deciders,
                    all(officeHolder, other.officeHolder),
                    all(offices, other.offices),
                    all(officesNot, other.officesNot),
                    officeTell == null ? other.officeTell : officeTell,
                    all(officeCite, other.officeCite),
                    beforehand || other.beforehand,
                    all(unique, other.unique),
                    all(head, other.head),
                    headTell == null ? other.headTell : headTell,
                    task == null ? other.task : task,
                    all(tell, other.tell),
                    all(members, other.members),
                    beside,
                    leaves,
                    numbered,
                    all(cite, other.cite));
        }

        private static <T> List<T> all(List<T> some, List<T> others) {
            return Stream.concat(some.stream(), others.stream()).distinct().toList();
        }
    }

    /**
     * Ways up.
     *
     * @param paths allowed paths
     * @param pathCite clause cited for any other path
     * @param never targets that are never applied for, with their clauses
     * @param conditions named lists
     * @param exceptional the way around the conditions
     */
    public record Upgrade(
            List<Path> paths,
            List<String> pathCite,
            Map<String, List<String>> never,
            Map<String, List<Condition>> conditions,
            @Nullable Exceptional exceptional,
            @Nullable Extra extra) {}

    /**
     * From any of these grades to one, under the named conditions.
     *
     * @param stages who decides on this path; empty where the way of the case as a whole says it
     */
    public record Path(
            List<String> from, String to, @Nullable String conditions, List<Track.Stage> stages, List<String> cite) {}

    /**
     * A condition; exactly one of tenure, paidOnTime, absences or judged is set.
     *
     * @param tenure shortest time in {@code grades}
     * @param absences most absences from {@code meetings} within {@code window}
     * @param judged left to people, shown as a line of the self-check
     */
    public record Condition(
            @Nullable Span tenure,
            List<String> grades,
            boolean paidOnTime,
            @Nullable Integer absences,
            List<String> meetings,
            @Nullable Span window,
            boolean judged,
            List<String> cite,
            String says) {}

    /** Nomination by so many members of a grade replaces the conditions; the vote then bears no objection. */
    public record Exceptional(int nominators, String grade, List<String> cite) {}

    /** Seats of a grade beyond the first ones: their number is fixed by a resolution and nominated by a grade. */
    public record Extra(String grade, String matter, List<String> nominatedBy, List<String> cite) {}

    /** Ways down. */
    public record Downgrade(List<Path> paths, List<String> pathCite) {}

    /**
     * A sanction.
     *
     * @param suspendsOffice holders of office may not act until its last day
     * @param suspendsRights all rights rest until its last day
     * @param endsOffice office is lost at once and its removal goes to a body
     * @param lists with a term it puts the member on the dishonesty list until its last day
     */
    public record Sanction(
            String name,
            List<String> suspendsOffice,
            List<String> suspendsRights,
            List<String> endsOffice,
            List<String> lists,
            List<String> cite) {}

    /**
     * Absences in a row and what they lead to.
     *
     * @param body whose meetings count
     * @param grades grades concerned, or
     * @param posts posts concerned (exactly these and higher of their line)
     * @param only if true, exactly these posts
     * @param limit the absence in a row that has the effect; null where absence has none and is only told to {@code tell}
     * @param warn absences in a row that are told to the member
     * @param warnTell who is told of them beside the member
     * @param fallsTo the post, or with grades the grade, given instead; null with grades means one grade down, with posts
     *     that nothing takes the place of the post lost
     * @param standIn {@code own} if only people of the same unit count as present, {@code any} for all, {@code none} if
     *     nobody stands in
     * @param tell who is told beside the member
     */
    public record Attendance(
            String body,
            List<String> grades,
            List<String> posts,
            boolean only,
            @Nullable Integer limit,
            List<Integer> warn,
            List<String> warnTell,
            @Nullable String fallsTo,
            String standIn,
            List<String> tell,
            List<String> cite) {}

    /**
     * Absences that add up, in a row or not: a reminder to people, no test.
     *
     * @param meetings bodies whose meetings count together
     * @param window time that ends with the last absence
     * @param alertAt the absence within it at which the consequences follow
     * @param grades grades concerned; empty for all
     * @param then what follows
     */
    public record Repeated(
            List<String> meetings, Span window, int alertAt, List<String> grades, List<Act> then, List<String> cite) {}

    /** A body that must meet so many times a year; fewer is told on 1 January of the next. */
    public record MeetingDuty(String body, int atLeast, String tell, List<String> cite) {}

    /** Guest passes for one event by grade (clauses). */
    public record Benefits(List<String> passes) {}

    /**
     * A size class. A unit is in it if headcount or revenue lies below its bound.
     *
     * @param name 小型, 微型
     * @param headcountBelow bound in persons
     * @param revenueBelow bound in yuan a year
     */
    public record Size(String name, int headcountBelow, long revenueBelow, List<String> cite) {}

    /**
     * A standard answer.
     *
     * @param tell who is told beside the member who asked
     * @param branch a member of a branch is referred to it instead, and the branch is told
     */
    public record Answer(List<String> cite, String says, List<String> tell, boolean branch) {}

    /**
     * What members pay for places at events.
     *
     * @param of its key
     * @param says the events that it is about
     * @param reading the reading that says how much: {@code free}, or percent of the full price; by grade where it names them
     * @param sizes size classes that have it; empty for every member
     * @param branch whether it is for members of the branch that holds the event
     */
    public record Price(
            String of, String says, String reading, List<String> sizes, boolean branch, List<String> cite) {}

    /**
     * A register that is kept by resolution.
     *
     * @param matter the clause by which its entries are resolved
     * @param body whom every entry and change is told
     * @param right the right that members use to take part
     */
    public record Register(
            String matter, String body, @Nullable String right, List<String> cite) {}

    /**
     * Who stands for a post without being nominated: the representatives of units, and individuals who put themselves
     * forward or were put forward.
     *
     * @param right the right by which individuals come on the list
     */
    public record Candidates(String post, String right, List<String> cite) {}

    public Optional<Grade> grade(String wanted) {
        return grades.stream().filter(g -> g.name().equals(wanted)).findFirst();
    }

    /** Those of the posts somebody holds that fall vacant with a change, unless they are kept. */
    public List<String> offices(Change rule, Collection<String> held) {
        return held.stream()
                .filter(post -> rule.offices().stream().anyMatch(office -> includes(post, office)))
                .filter(post -> rule.officesNot().stream().noneMatch(office -> includes(post, office)))
                .toList();
    }

    /** Whether a branch has something to do for the members that belong to it. */
    public boolean hasBranches() {
        return watch.stream().flatMap(rule -> rule.then().stream()).anyMatch(Act::asksBranch)
                || answers.values().stream().anyMatch(Answer::branch);
    }

    /** Whether a word is that of an office or body of the association itself. */
    public boolean decides(String name) {
        return offices.contains(name) || bodies.containsKey(name);
    }

    /** Place of a grade from the bottom, -1 for an unknown one. */
    public int rank(String grade) {
        for (int i = 0; i < grades.size(); i++) {
            if (grades.get(i).name().equals(grade)) {
                return i;
            }
        }
        return -1;
    }

    /** Who decides on a rise to a grade, where its path has a way of its own; else empty. */
    public List<Track.Stage> wayTo(String grade) {
        return upgrade == null
                ? List.of()
                : upgrade.paths().stream()
                        .filter(path -> path.to().equals(grade))
                        .map(Path::stages)
                        .filter(stages -> !stages.isEmpty())
                        .findFirst()
                        .orElse(List.of());
    }

    public Optional<Post> post(String wanted) {
        return posts.stream().filter(p -> p.name().equals(wanted)).findFirst();
    }

    /** Whether holding {@code held} includes {@code wanted}: the same post, or a higher one of its line. */
    public boolean includes(String held, String wanted) {
        if (held.equals(wanted)) {
            return true;
        }
        Post high = post(held).orElse(null);
        Post low = post(wanted).orElse(null);
        return high != null
                && low != null
                && high.line() != null
                && Objects.equals(high.line(), low.line())
                && posts.indexOf(high) > posts.indexOf(low);
    }

    /**
     * The value of a reading.
     *
     * @throws IllegalArgumentException if the rulebook has no such reading: a defect of the rulebook or the caller
     */
    public String reading(String key) {
        return setting(key)
                .orElseThrow(() -> new IllegalArgumentException("Rulebook " + code + " has no reading " + key));
    }

    /** The value of a reading that not every rulebook has. */
    public Optional<String> setting(String key) {
        Reading reading = readings.get(key);
        return reading == null ? Optional.empty() : Optional.ofNullable(reading.value());
    }

    /** On which clauses a reading rests; none where the rulebook does not have it. */
    public List<String> grounds(String key) {
        Reading reading = readings.get(key);
        return reading == null ? List.of() : reading.cite();
    }

    /** A yes-or-no reading; no where the rulebook does not have it. */
    public boolean says(String key) {
        return setting(key).filter("true"::equals).isPresent();
    }

    /** A yes-or-no reading; yes where the rulebook does not have it. */
    public boolean holds(String key) {
        return setting(key).filter("false"::equals).isEmpty();
    }

    /** Whether the liaison and the representative of a unit are read as one person, who is named once for both. */
    public boolean onePerson() {
        return setting(ROLES).filter("same"::equals).isPresent();
    }

    /**
     * Why two people cannot be the liaison and the representative of a unit; null if they can.
     *
     * @param liaison its name; empty if it is not named, which then the other one is too
     * @param representative likewise
     */
    public @Nullable Refusal apart(String liaison, String representative) {
        return !onePerson() || liaison.isEmpty() || representative.isEmpty() || liaison.equals(representative)
                ? null
                : new Refusal(
                        grounds(ROLES),
                        "联络员和代表人须是同一个人，现在写的是" + liaison + "和" + representative + "两位：请定一位，只写一处，或者两处写同一个人",
                        null);
    }

    /** Whether a field names who speaks for a unit. */
    public static boolean isPerson(String field) {
        return field.equals(LIAISON) || field.equals(REPRESENTATIVE);
    }

    /** The field whose change this is: of the representative for the liaison too, where the two are one person. */
    public String changed(String field) {
        return onePerson() && field.equals(LIAISON) ? REPRESENTATIVE : field;
    }

    /** The rule for changing a field, for one person in two roles the rules for both; null where there is no way. */
    public @Nullable Change change(String field) {
        Change other = changes.get("*");
        Change own = changes.getOrDefault(field, other);
        if (!onePerson() || !isPerson(field)) {
            return own;
        }
        Change liaison = changes.getOrDefault(LIAISON, other);
        Change representative = changes.getOrDefault(REPRESENTATIVE, other);
        return liaison == null || representative == null ? own : representative.and(liaison);
    }

    /** First day of the half-year in which a day lies; in which month that begins, reading {@code half-years} says. */
    public LocalDate halfYear(LocalDate day) {
        int month = setting("half-years").map(Integer::parseInt).orElse(1);
        return day.withDayOfMonth(1).minusMonths(Math.floorMod(day.getMonthValue() - month, 6));
    }

    /** Clauses as they stand at the end of a line: 〔第十二条（一）、第三十八条〕; empty without any. */
    public String cite(Collection<String> clauses) {
        String labels = clauses.stream()
                .filter(clause -> !Clauses.isCommon(clause))
                .map(this::label)
                .distinct()
                .limit(3)
                .collect(Collectors.joining("、"));
        return labels.isEmpty() ? "" : "〔" + labels + "〕";
    }

    /** A text that names open points by their keys, with what they are about instead: 见“核心会员满额在哪一步看”. */
    public String worded(String text) {
        StringBuilder words = new StringBuilder();
        worded(text, (piece, key) -> words.append(piece));
        return words.toString();
    }

    /**
     * The same in pieces.
     *
     * @param each hears of every piece, and of the open point that it names; null for none
     */
    public void worded(String text, BiConsumer<String, @Nullable String> each) {
        int at = 0;
        Matcher words = WORDS.matcher(text);
        while (words.find()) {
            String key = words.group();
            Reading other = readings.get(key);
            if (other != null) {
                each.accept(text.substring(at, words.start()), null);
                each.accept("“" + other.title() + "”", key);
                at = words.end();
            }
        }
        each.accept(text.substring(at), null);
    }

    /** How people cite the clause. */
    public String label(String clause) {
        return labels.getOrDefault(clause, Clauses.label(clause));
    }
}
