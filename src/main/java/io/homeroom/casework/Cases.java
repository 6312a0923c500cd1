package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Document;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The front door of applications and cases. Refusals cite their clause and change nothing. */
@Service
@Transactional
public class Cases {

    private static final Set<String> ONE_AT_A_TIME =
            Set.of("upgrade", "withdrawal", "restoration", "appeal", "registration");

    private final CaseBook book;
    private final Tracks tracks;
    private final Progress progress;
    private final Verdicts verdicts;
    private final Intake intake;
    private final Ladder ladder;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Cases(
            CaseBook book,
            Tracks tracks,
            Progress progress,
            Verdicts verdicts,
            Intake intake,
            Ladder ladder,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Audit audit,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.progress = progress;
        this.verdicts = verdicts;
        this.intake = intake;
        this.ladder = ladder;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.audit = audit;
        this.events = events;
    }

    /** Takes an application for admission, from a newcomer or somebody who comes back. */
    public Outcome<CaseView> apply(Application application) {
        Rulebook rules = law.of(clock.today());
        Member former = former(application);
        Refusal refusal = intake.refusal(application, former);
        if (refusal != null) {
            audit.note(
                    application.by(),
                    "application-refused",
                    former == null ? null : former.id(),
                    refusal.reason(),
                    refusal.clauses().toArray(String[]::new));
            return Outcome.refused(refusal);
        }
        LocalDate today = clock.today();
        String grade = application.grade() != null ? application.grade() : entryGrade(rules, application);
        LocalDate from = intake.decidableFrom(former);
        long member = former == null ? newcomer(application, grade) : comesBack(former, application, grade);
        CaseRow file = new CaseRow("admission", member, application.name(), today, application.by());
        Map<String, String> data = new LinkedHashMap<>(application.data());
        String wish = application.post();
        if (wish != null && rules.post(wish).isPresent()) {
            data.put("post", wish);
        }
        file.data(data);
        file.from(from);
        List<String> documents = application.documents();
        file.file(documents == null ? allDocuments(rules, file, roster.get(member)) : documents);
        book.add(file, "filed", List.of(), "提出入会申请");
        audit.note(application.by(), "applied", member, application.name());
        for (Intake.Flag flag : intake.flags(application)) {
            events.publishEvent(Tell.of(flag.tell(), member, "application", application.name() + "：" + flag.says())
                    .cites(flag.cite()));
        }
        if (former != null) {
            progress.owing(file, former);
        }
        progress.filed(rules, file);
        return Outcome.done(book.view(file));
    }

    private @Nullable Member former(Application application) {
        Long id = application.member();
        if (id != null) {
            return roster.get(id);
        }
        String code = application.uscc();
        return code == null ? null : roster.byUscc(Uscc.normal(code)).orElse(null);
    }

    private static String entryGrade(Rulebook rules, Application application) {
        return rules.grades().stream()
                .filter(Rulebook.Grade::entry)
                .filter(grade -> application
                        .kind()
                        .code()
                        .equals(grade.kind() == null ? application.kind().code() : grade.kind()))
                .filter(grade -> grade.kind() != null || !individualsHaveOwn(rules, application))
                .map(Rulebook.Grade::name)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Rulebook " + rules.code() + " has no grade to enter"));
    }

    private static boolean individualsHaveOwn(Rulebook rules, Application application) {
        return rules.grades().stream()
                .anyMatch(grade -> application.kind().code().equals(grade.kind()));
    }

    private long newcomer(Application application, String grade) {
        NewMember.Draft draft = NewMember.draft(application.name(), application.kind(), grade)
                .uscc(application.uscc() == null ? null : Uscc.normal(application.uscc()))
                .employer(application.employer());
        application.data().forEach(draft::data);
        Application.Facts facts = application.facts();
        if (facts.registration() != null) {
            draft.data("registration", facts.registration());
        }
        if (application.data().containsKey("liaison")) {
            draft.contact(
                    io.homeroom.member.Role.LIAISON,
                    application.data().getOrDefault("liaison", ""),
                    application.data().getOrDefault("liaison-phone", ""));
        }
        if (application.data().containsKey("representative")) {
            draft.contact(
                    io.homeroom.member.Role.REPRESENTATIVE,
                    application.data().getOrDefault("representative", ""),
                    application.data().getOrDefault("representative-phone", ""));
        }
        if (application.kind() == io.homeroom.member.Kind.INDIVIDUAL) {
            draft.contact(
                    io.homeroom.member.Role.SELF,
                    application.name(),
                    application.data().getOrDefault("phone", ""));
        }
        return roster.enter(draft.done()).id();
    }

    private long comesBack(Member former, Application application, String grade) {
        if (former.uscc() == null && application.uscc() != null) {
            roster.identify(former.id(), application.uscc());
        }
        if (former.belongs()) {
            return former.id(); // it stays what it is until the new application is decided
        }
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.of(EntryKind.APPLIED, clock.today(), "", application.by())
                .with("name", application.name())
                .with("grade", grade));
        Long employer = application.employer();
        if (employer != null && !employer.equals(former.employerId())) {
            entries.add(Entry.of(EntryKind.EMPLOYER, clock.today(), "", application.by())
                    .with("employer", employer.toString()));
        }
        roster.record(former.id(), entries.toArray(Entry[]::new));
        return former.id();
    }

    private List<String> allDocuments(Rulebook rules, CaseRow file, @Nullable Member member) {
        return tracks.asked(rules, file, member).stream().map(Document::name).toList();
    }

    /** Opens a case that a member, a mover or an office asks for. */
    public Outcome<CaseView> open(Opening opening) {
        Rulebook rules = law.of(clock.today());
        Long id = opening.member();
        Member member = id == null ? null : roster.get(id);
        Track track = rules.cases().get(opening.type());
        if (track == null) {
            return Outcome.refused("制度没有规定这类办件，请联系秘书处");
        }
        Refusal refusal = member == null ? null : refusal(rules, track, member, opening);
        if (refusal == null && opening.type().equals("resolution")) {
            String matter = opening.data().getOrDefault("matter", "");
            if (!track.matters().containsKey(matter)) {
                refusal = new Refusal(track.cite(), "没有哪个机构可以就此事项作出决议", null);
            }
        }
        if (refusal != null) {
            audit.note(
                    opening.mover(),
                    "case-refused",
                    id,
                    refusal.reason(),
                    refusal.clauses().toArray(String[]::new));
            return Outcome.refused(refusal);
        }
        CaseRow file = new CaseRow(
                opening.type(), id, member == null ? opening.subject() : member.name(), clock.today(), opening.mover());
        file.grounds(opening.grounds());
        Map<String, String> data = new LinkedHashMap<>(opening.data());
        if (!opening.nominatedBy().isEmpty()) {
            data.put(
                    "nominated-by",
                    String.join(
                            " ",
                            opening.nominatedBy().stream().map(String::valueOf).toList()));
        }
        if (member != null && opening.type().equals("change")) {
            Rulebook.Change rule = Tracks.change(rules, data.getOrDefault("field", ""));
            data.put(
                    "office",
                    String.valueOf(!rules.offices(rule, member.posts()).isEmpty()));
        }
        file.data(data);
        List<String> documents = opening.documents();
        List<Document> asked = tracks.asked(rules, file, member);
        file.file(documents == null ? asked.stream().map(Document::name).toList() : documents);
        boolean now = track.now() && (!opening.type().equals("change") || Tracks.changesNow(rules, data));
        List<Document> missing = tracks.missing(rules, file, member);
        if (now && !missing.isEmpty()) {
            Set<String> clauses = new LinkedHashSet<>();
            missing.forEach(document -> clauses.addAll(document.cite()));
            clauses.addAll(track.cite());
            return Outcome.refused(new Refusal(List.copyOf(clauses), "还缺：" + names(missing) + "。补齐后再办理", null));
        }
        book.add(file, "opened", opening.grounds(), "提出");
        audit.note(
                opening.mover(), "case-opened", id, opening.type(), track.cite().toArray(String[]::new));
        progress.opened(rules, track, file, member, now);
        return Outcome.done(book.view(file));
    }

    private static String names(List<Document> documents) {
        return String.join("、", documents.stream().map(Document::name).toList());
    }

    private @Nullable Refusal refusal(Rulebook rules, Track track, Member member, Opening opening) {
        Map<String, String> data = opening.data();
        String type = opening.type();
        if (!track.onlyAfter().isEmpty()) {
            boolean fits = track.onlyAfter().contains("suspended")
                    ? member.suspendedSince() != null && member.belongs() && !member.restsForATerm()
                    : member.endedAs() != null
                            && !member.belongs()
                            && track.onlyAfter().contains(member.endedAs().code());
            if (!fits) {
                return new Refusal(track.onlyCite(), "目前的会籍状态不能提出这项申请", null);
            }
        } else if (!member.belongs()
                && !(type.equals("change") && member.standing() == Standing.APPLICANT && changesBefore(rules, data))) {
            return new Refusal(
                    type.equals("change") ? whoMayChange(rules, track, data) : track.cite(), "不是在籍会员，不能办理", null);
        }
        Track.Openers openers = track.openers();
        if (openers != null && !mayMove(openers, opening.mover())) {
            return new Refusal(
                    openers.cite(),
                    "只有" + String.join("、", openers.offices()) + "或" + String.join("、", openers.grades()) + "可以提出",
                    null);
        }
        if (!track.grounds().isEmpty() && !opening.grounds().stream().allMatch(track.grounds()::contains)) {
            return new Refusal(track.cite(), "所列事由不在规定的情形之内", null);
        }
        for (String ground : opening.grounds()) {
            if (book.overtaken(track, member.id(), ground)) {
                return new Refusal(
                        List.of(ground),
                        "会员已自行提出" + Progress.word(track.unless().getOrDefault(ground, "")) + "，这一事由不成立",
                        null);
            }
        }
        if (ONE_AT_A_TIME.contains(type) && !book.openOf(member.id(), type).isEmpty()) {
            return new Refusal(cites(track, data), "已有一件同类事项在办理中", null);
        }
        String to = data.getOrDefault("to", "");
        return switch (type) {
            case "upgrade" -> upgrade(rules, member, to, opening);
            case "downgrade" -> Ladder.downgrade(rules, member, to);
            case "sanction" -> sanction(track, to, data.get("until"));
            case "nomination" ->
                rules.post(to).isPresent() ? null : new Refusal(track.cite(), "没有“" + to + "”这个职务", null);
            case "registration" -> registration(track, member, data.getOrDefault("kind", ""));
            case "change" -> change(rules, member, data);
            case "reduction" -> progress.irreducible(member, data, track.cite());
            default -> null;
        };
    }

    /** Clauses of the way, those of the kind of registration first. */
    private static List<String> cites(Track track, Map<String, String> data) {
        Track.Window window = track.windows().get(data.getOrDefault("kind", ""));
        Set<String> clauses = new LinkedHashSet<>(window == null ? List.of() : window.cite());
        clauses.addAll(track.cite());
        return List.copyOf(clauses);
    }

    private static boolean changesBefore(Rulebook rules, Map<String, String> data) {
        return Tracks.change(rules, data.getOrDefault("field", "")).members().isEmpty();
    }

    private static List<String> whoMayChange(Rulebook rules, Track track, Map<String, String> data) {
        Rulebook.Change rule = Tracks.change(rules, data.getOrDefault("field", ""));
        Set<String> clauses = new LinkedHashSet<>(rule.members());
        clauses.addAll(rule.cite());
        clauses.addAll(track.cite());
        return List.copyOf(clauses);
    }

    private @Nullable Refusal sanction(Track track, String to, @Nullable String until) {
        if (intake.sanction(to).isEmpty()) {
            return new Refusal(track.cite(), "没有“" + to + "”这种处理", null);
        }
        return until != null && LocalDate.parse(until).isBefore(clock.today())
                ? new Refusal(track.cite(), "处理期限的最后一日已经过去，请核对", null)
                : null;
    }

    private boolean mayMove(Track.Openers openers, String mover) {
        if (openers.offices().contains(mover) || openers.read().containsKey(mover)) {
            return true;
        }
        if (!mover.startsWith("member:")) {
            return false;
        }
        return roster.find(Long.parseLong(mover.substring("member:".length())))
                .map(m -> m.belongs() && openers.grades().contains(m.grade()))
                .orElse(false);
    }

    private @Nullable Refusal upgrade(Rulebook rules, Member member, String to, Opening opening) {
        Eligibility eligibility = ladder.check(member, to);
        boolean exceptional = Boolean.parseBoolean(opening.data().get("exceptional"));
        Rulebook.Upgrade rule = rules.upgrade();
        if (exceptional && rule != null && !eligibility.lines().isEmpty()) {
            Rulebook.Exceptional way = rule.exceptional();
            if (way == null) {
                return new Refusal("制度没有破格升级的规定");
            }
            return ladder.nominated(way, opening.nominatedBy())
                    ? null
                    : new Refusal(way.cite(), "破格升级须有至少" + way.nominators() + "名" + way.grade() + "提名", null);
        }
        if (eligibility.result()) {
            return null;
        }
        LocalDate tenure = eligibility.from();
        LocalDate from = tenure != null && tenure.isAfter(clock.today()) ? tenure : null;
        boolean wayAround = rule != null
                && rule.exceptional() != null
                && !eligibility.lines().isEmpty();
        return new Refusal(
                eligibility.unmet(),
                "目前不符合升级为" + to + "的条件" + (from == null ? "" : "，年限最早在" + from + "满足")
                        + (wayAround ? "；贡献巨大的，可经提名申请破格升级" : ""),
                from);
    }

    private @Nullable Refusal registration(Track track, Member member, String kind) {
        Track.Window window = track.windows().get(kind);
        if (window == null) {
            return new Refusal(track.cite(), "没有“" + kind + "”这种登记", null);
        }
        if (kind.equals("initial") && member.number()) {
            return new Refusal(window.cite(), "已办过初次登记", null);
        }
        if (!kind.equals("initial") && !member.number()) {
            return new Refusal(window.cite(), "还没有办过初次登记", null);
        }
        Refusal outside = intake.outsideWindow(window, member);
        return outside == null && doneThisYear(member, kind)
                ? new Refusal(window.cite(), "本年度已经办过登记，有效期内不必再办", null)
                : outside;
    }

    /** A yearly registration is made once a year; that around a change of council takes the yearly one's place. */
    private boolean doneThisYear(Member member, String kind) {
        String on = member.data().get("registered");
        String as = member.data().getOrDefault("registered-as", "");
        if (on == null || as.equals("initial") || kind.equals("initial")) {
            return false;
        }
        int year = clock.today().getYear();
        String until = member.data().get("registered-until");
        boolean inForce = until == null || LocalDate.parse(until).getYear() >= year;
        return LocalDate.parse(on).getYear() == year && inForce && (as.equals(kind) || kind.equals("renewal"));
    }

    private @Nullable Refusal change(Rulebook rules, Member member, Map<String, String> data) {
        Rulebook.Change rule = Tracks.change(rules, data.getOrDefault("field", ""));
        String from = data.get("from");
        if (rule.beforehand() && from != null && LocalDate.parse(from).isBefore(clock.today())) {
            return new Refusal(rule.cite(), "变更须事先通知，生效日不能早于今天", null);
        }
        return intake.unfit(rule, member, data);
    }

    /**
     * Opens a case that a rule asks for, or answers the one that was opened under the same key, whatever became of it.
     *
     * @param at the step at which it begins; null for the first
     * @param bill the bill that is the ground, if any
     */
    public CaseView openByRule(
            long member, String type, @Nullable String at, List<String> grounds, @Nullable Long bill, String key) {
        return openByRule(member, type, at, grounds, bill, key, Map.of());
    }

    CaseView openByRule(
            long id,
            String type,
            @Nullable String at,
            List<String> grounds,
            @Nullable Long bill,
            String key,
            Map<String, String> data) {
        Optional<CaseRow> there = book.byKey(key);
        if (there.isPresent()) {
            return book.view(there.get());
        }
        Rulebook rules = law.of(clock.today());
        Track track = Tracks.track(rules, type);
        Member member = roster.get(id);
        CaseRow file = new CaseRow(type, id, member.name(), clock.today(), "system");
        file.byRule(key, bill);
        file.grounds(grounds);
        file.data(data);
        file.file(allDocuments(rules, file, member));
        book.add(file, "opened", grounds, "按规定提出");
        progress.opened(rules, track, file, member, track.now());
        return book.view(file);
    }

    /** Whether a case of a type is open about a member that a report brought about, on one of these grounds. */
    boolean underWay(long member, String type, List<String> grounds) {
        return book.openOf(member, type).stream()
                .anyMatch(file -> file.byRule() && file.billId() == null && sharesGround(file, grounds));
    }

    private static boolean sharesGround(CaseRow file, Collection<String> grounds) {
        return file.grounds().stream().anyMatch(grounds::contains);
    }

    /** Those of these members about whom a case of a type is open on one of these grounds. */
    @Transactional(readOnly = true)
    public Set<Long> openOn(Collection<Long> members, String type, Collection<String> grounds) {
        Set<Long> found = new LinkedHashSet<>();
        if (!members.isEmpty() && !grounds.isEmpty()) {
            book.open(members, type).stream()
                    .filter(file -> sharesGround(file, grounds))
                    .forEach(file -> found.add(file.member()));
        }
        return found;
    }

    /** Adds documents, or things handed back, to a case. */
    public Outcome<CaseView> file(long id, List<String> documents, String by) {
        CaseRow file = book.locked(id);
        Rulebook rules = law.of(clock.today());
        if (file.isOver()) {
            return Outcome.refused(new Refusal(Tracks.track(rules, file.type()).cite(), "此事项已办结", null));
        }
        file.file(documents);
        book.step(file, by, "filed", List.of(), String.join("、", documents));
        progress.filed(rules, file);
        return Outcome.done(book.view(file));
    }

    /**
     * Takes the member's answer.
     *
     * @param says {@code good-reason refuse cured keep give-up}
     */
    public Outcome<CaseView> answer(long id, String says, String by) {
        CaseRow file = book.locked(id);
        Rulebook rules = law.of(clock.today());
        if (file.isOver()) {
            return Outcome.refused(new Refusal(Tracks.track(rules, file.type()).cite(), "此事项已办结", null));
        }
        book.step(file, by, "answered", List.of(), says);
        file.put("answer", says);
        progress.answered(rules, file, says, by);
        return Outcome.done(book.view(file));
    }

    /** Records what a body or office decided; a counted vote is computed, not believed. */
    public Outcome<CaseView> decide(long id, Decision decision) {
        CaseRow file = book.locked(id);
        Outcome<CaseRow> outcome = verdicts.decide(law.of(clock.today()), file, decision);
        if (outcome instanceof Outcome.Refused<CaseRow> refused) {
            audit.note(
                    decision.recordedBy(),
                    "decision-refused",
                    file.memberId(),
                    refused.refusal().reason(),
                    refused.refusal().clauses().toArray(String[]::new));
        }
        return outcome.map(book::view);
    }

    /**
     * Ends whatever else is open about a member whose membership has ended; not yet where that end is provisional and may
     * be annulled.
     */
    void lapseOthers(long member, @Nullable Long except) {
        if (except != null && book.find(except).map(CaseRow::provisional).orElse(false)) {
            return;
        }
        for (CaseRow file : book.openOf(member)) {
            if ((except == null || file.id() != except) && !file.type().equals("appeal")) {
                progress.lapse(file, "会籍已终止");
            }
        }
        progress.overtaken(member);
    }

    @Transactional(readOnly = true)
    public Optional<CaseView> find(long id) {
        return book.find(id).map(book::view);
    }

    /** All cases about a member, oldest first. */
    @Transactional(readOnly = true)
    public List<CaseView> of(long member) {
        return book.views(book.of(member));
    }

    /** Those of these members about whom there is a case of a kind; only one that is not over, or any. */
    @Transactional(readOnly = true)
    public Set<Long> having(Collection<Long> members, String type, boolean open) {
        return members.isEmpty() ? Set.of() : book.having(members, type, open);
    }

    /**
     * A page of cases, oldest first.
     *
     * @param type only of this kind; null for all
     * @param outcome only with this outcome; null for all
     * @param after key of the last case seen, 0 for the first page
     */
    @Transactional(readOnly = true)
    public List<CaseView> search(@Nullable String type, @Nullable String outcome, long after, int limit) {
        return book.views(book.search(type, outcome, after, limit));
    }

    /** The self-check for an upgrade filed today. */
    @Transactional(readOnly = true)
    public Eligibility eligible(long member, String to) {
        return ladder.check(roster.get(member), to);
    }

    /** The step that a case is at, for those who show it. */
    @Transactional(readOnly = true)
    public List<String> deciders(long id) {
        CaseRow file = book.find(id).orElseThrow(() -> new IllegalArgumentException("No case " + id));
        Optional<Stage> stage = tracks.current(law.of(clock.today()), file);
        return stage.map(s -> tracks.deciders(file, s)).orElse(List.of());
    }
}
