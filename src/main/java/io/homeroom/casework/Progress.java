package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.dues.BillKind;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Moves a case along its track: what follows a filing, an approval, a rejection, and when its effect comes. */
@Component
class Progress {

    private static final String PAYMENT = "payment";
    private static final String SEAT = "seat";
    /** A task that must be done before the first step. */
    private static final String FIRST = "first";
    /** Days before a deadline on which its owner is reminded. */
    private static final List<Integer> WARN = List.of(30, 7, 1);

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("admission", "入会申请"),
            Map.entry("upgrade", "升级申请"),
            Map.entry("downgrade", "降级"),
            Map.entry("withdrawal", "退会申请"),
            Map.entry("exit", "视为自动退会"),
            Map.entry("expulsion", "除名"),
            Map.entry("sanction", "处理"),
            Map.entry("suspension", "暂停会员权利"),
            Map.entry("restoration", "恢复申请"),
            Map.entry("registration", "登记"),
            Map.entry("nomination", "任职提名"),
            Map.entry("change", "资料变更"),
            Map.entry("choice", "个人会籍去留"),
            Map.entry("removal", "罢免"),
            Map.entry("reduction", "会费减免"),
            Map.entry("appeal", "申诉"),
            Map.entry("resolution", "决议"));

    private final CaseBook book;
    private final Tracks tracks;
    private final Consequences consequences;
    private final Effects effects;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Roster roster;
    private final Bills bills;
    private final Tasks tasks;
    private final ApplicationEventPublisher events;

    Progress(
            CaseBook book,
            Tracks tracks,
            Consequences consequences,
            Effects effects,
            Lawbook law,
            BusinessClock clock,
            Calendars calendars,
            Roster roster,
            Bills bills,
            Tasks tasks,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.consequences = consequences;
        this.effects = effects;
        this.law = law;
        this.clock = clock;
        this.calendars = calendars;
        this.roster = roster;
        this.bills = bills;
        this.tasks = tasks;
        this.events = events;
    }

    /** Says in a notice which case it is about. */
    static Map<String, String> about(CaseRow file) {
        return Map.of(Consequences.CASE, String.valueOf(file.id()));
    }

    /** The case type as people call it. */
    static String word(String type) {
        return TYPES.getOrDefault(type, type);
    }

    /** A case was opened: what comes with it, and then its filing. */
    void opened(Rulebook rules, Track track, CaseRow file, @Nullable Member member, boolean now) {
        if (member != null) {
            switch (file.type()) {
                case "change" -> changeOpened(rules, file, member);
                case "registration" -> registrationOpened(rules, track, file, member);
                case "upgrade" -> {
                    alertIfFull(file, "filed");
                    review(rules, file, member);
                }
                case "withdrawal" -> owing(file, member);
                default -> {}
            }
        }
        for (String ground : file.grounds()) {
            String question = track.asks().get(ground);
            if (question != null && member != null) {
                events.publishEvent(Tell.of("member", member.id(), "asked", question)
                        .cites(List.of(ground))
                        .with(about(file)));
            }
        }
        Track.Openers openers = track.openers();
        boolean undefined = openers != null
                && (openers.read().containsKey(file.openedBy())
                        || openers.read().containsValue(file.openedBy()));
        if (openers != null && undefined) {
            events.publishEvent(Tell.of(
                            rules.offices().get(0),
                            file.memberId(),
                            "opener",
                            "关于" + file.subject() + "的" + word(file.type()) + "议案由" + file.openedBy()
                                    + "提出；制度没有写明这一称谓指谁，请核对其提案权")
                    .cites(openers.cite())
                    .with(about(file)));
        }
        if (now) {
            file.complete(clock.today());
            finish(rules, file, track.cite(), file.openedBy());
            return;
        }
        filed(rules, file);
    }

    /** Tells that the grade a member rises to has no seat left; once for each moment of the case. */
    void alertIfFull(CaseRow file, String moment) {
        if (!effects.full(file.data().getOrDefault("to", "")).isEmpty()) {
            consequences.on("cap-full", context(file, "cap-full:" + moment, List.of()));
        }
    }

    /** Puts before the reviewer what people must judge, and what is on record about it. */
    private void review(Rulebook rules, CaseRow file, Member member) {
        List<String> clauses = new ArrayList<>();
        List<String> points = new ArrayList<>();
        for (Rulebook.Condition condition :
                Ladder.judged(rules, member, file.data().getOrDefault("to", ""))) {
            clauses.addAll(condition.cite());
            points.add(condition.says());
        }
        if (clauses.isEmpty()) {
            return;
        }
        List<String> record = new ArrayList<>();
        member.sanctions().forEach(sanction -> record.add(sanction.since() + " " + sanction.name()));
        book.of(member.id()).stream()
                .filter(other -> other.type().equals("downgrade"))
                .forEach(other -> record.add(other.openedOn() + " 降级议案"));
        events.publishEvent(Tell.of(
                        owner(rules, file),
                        member.id(),
                        "review",
                        member.name() + "申请升级，请审查：" + String.join("；", points) + "。处理记录："
                                + (record.isEmpty() ? "无" : String.join("、", record)))
                .cites(clauses)
                .with(about(file)));
    }

    /** Leaving and coming are free whatever is owed; the office hears of what is (IGRS-16). */
    void owing(CaseRow file, Member member) {
        Money owed = bills.owed(member.id());
        if (owed.isPositive()) {
            consequences.on("owing", context(file, "owing", List.of()).word("金额", owed.toString()));
        }
    }

    private void changeOpened(Rulebook rules, CaseRow file, Member member) {
        Map<String, String> data = file.data();
        Rulebook.Change rule = Tracks.change(rules, data.getOrDefault("field", ""));
        String headTell = rule.headTell();
        boolean office = rules.posts().isEmpty()
                || member.posts().stream()
                        .anyMatch(held -> rules.post(held)
                                .map(post -> !post.head().isEmpty())
                                .orElse(false));
        if (headTell != null && "false".equals(data.get("head")) && office) {
            events.publishEvent(Tell.of(headTell, member.id(), "change", member.name() + "的新代表人不是法定代表人或主要负责人，请核实")
                    .cites(rule.head())
                    .with(about(file)));
        }
        for (String to : rule.tell()) {
            events.publishEvent(
                    Tell.of(to, member.id(), "change", member.name() + "变更" + data.getOrDefault("field", "资料"))
                            .cites(rule.cite())
                            .with(about(file)));
        }
        String officeTell = rule.officeTell();
        if (officeTell != null && Tracks.keepsOffice(rule, data)) {
            String posts = String.join("、", rules.offices(rule, member.posts()));
            events.publishEvent(
                    Tell.of(officeTell, member.id(), "change", member.name() + "更换代表人并继续任" + posts + "，确认之前职务待定")
                            .cites(rule.officeCite())
                            .with(about(file)));
        }
        TaskRule first = rule.task();
        if (first != null) {
            file.put(FIRST, first.what());
            consequences.carryOut(
                    List.of(new Act(List.of(), first, null, null, null, first.cite(), null)),
                    context(file, "opened", rule.cite()));
        }
    }

    private void registrationOpened(Rulebook rules, Track track, CaseRow file, Member member) {
        String kind = file.data().getOrDefault("kind", "");
        Track.Window window = track.windows().get(kind);
        Span due = window == null ? null : window.due();
        if (due != null) {
            file.due(calendars.lastDayToAct(clock.today(), due).orElse(null));
        }
        if (kind.equals("initial") && rules.fees() != null) {
            LocalDate joined = member.joinedOn() == null ? clock.today() : member.joinedOn();
            LocalDate thisYear = LocalDate.of(clock.today().getYear(), 1, 1);
            bills.firstYear(member.id(), joined.isBefore(thisYear) ? thisYear : joined, null, file.id());
            if (joined.isBefore(thisYear)) {
                consequences.on("earlier-months", context(file, "earlier-months", List.of()));
            }
        }
    }

    /** Documents came in: with the last of them the filing is complete, and what hangs on that begins. */
    void filed(Rulebook rules, CaseRow file) {
        Member member = member(file);
        Track track = Tracks.track(rules, file.type());
        if (file.completeOn() == null && tracks.missing(rules, file, member).isEmpty()) {
            file.complete(clock.today());
            Span due = track.due();
            if (due != null) {
                file.due(calendars.lastDayToAct(clock.today(), due).orElse(null));
            }
            consequences.carryOut(track.filed(), context(file, "filed", track.cite()));
            if (tracks.stages(rules, file).isEmpty()) {
                approve(rules, file, track.cite(), file.openedBy());
                return;
            }
        } else if (file.completeOn() == null && tracks.stages(rules, file).isEmpty()) {
            file.at("member"); // nothing but its own papers is wanting
        }
        arrive(rules, file);
    }

    /** Says whose act the case waits for now; steps that are fulfilled already are passed. */
    void arrive(Rulebook rules, CaseRow file) {
        if (file.isOver() || !file.awaiting().isEmpty()) {
            return;
        }
        Optional<Stage> due = tracks.current(rules, file);
        if (due.isEmpty()) {
            return;
        }
        Stage stage = due.get();
        String first = file.data().getOrDefault(FIRST, "");
        if (!first.isEmpty()) {
            file.at(addressee(file, first));
        } else if (PAYMENT.equals(stage.await())) {
            if (!bills.owed(file.member()).isPositive()) {
                next(rules, file, file.openedBy());
                return;
            }
            file.at("member");
        } else if ("answer".equals(stage.await())) {
            file.at("member");
            String reading = stage.answerDays();
            if (reading != null) {
                Span span = Span.days(Integer.parseInt(rules.reading(reading)));
                file.due(calendars.lastDayToAct(clock.today(), span).orElse(null));
            }
        } else {
            file.at(tracks.deciders(file, stage).get(0));
        }
        plan(file);
    }

    private String addressee(CaseRow file, String what) {
        return tasks.search(TaskSearch.all().matter(file.id()).page(0, 50)).stream()
                .filter(task -> task.what().equals(what))
                .map(Task::to)
                .findFirst()
                .orElse("秘书处");
    }

    /** Plans the next day on which the deadline asks for a look. */
    private void plan(CaseRow file) {
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

    /** The deadline comes near or has passed: its owner hears of it, and an answer that did not come counts as none. */
    void wake(Rulebook rules, CaseRow file, LocalDate day) {
        LocalDate due = file.due();
        if (due == null) {
            file.wake(null);
            return;
        }
        Stage stage = tracks.current(rules, file).orElse(null);
        boolean answer = stage != null
                && "answer".equals(stage.await())
                && file.awaiting().isEmpty();
        if (stage != null && answer && day.isAfter(due)) {
            book.step(file, "system", "unanswered", stage.cite(), "期满没有答复");
            file.due(null);
            next(rules, file, "system");
            return;
        }
        Track track = Tracks.track(rules, file.type());
        List<String> cite = dueCite(track, file);
        String owner = answer ? "member" : owner(rules, file);
        String text = day.isAfter(due)
                ? "超期：" + file.subject() + "的" + word(file.type()) + "应在" + due + "前办结，尚未办结"
                : file.subject() + "的" + word(file.type()) + "须在" + due + "前办结";
        events.publishEvent(Tell.of(owner, file.memberId(), "deadline", text)
                .cites(cite.isEmpty() && stage != null ? stage.cite() : cite)
                .once("case:" + file.id() + ":deadline:" + day)
                .with(about(file)));
        plan(file);
    }

    /** The vote failed and somebody else decides: whoever waits for it hears of that. */
    void pending(CaseRow file, List<String> cite) {
        String at = file.at();
        if (at != null && !file.isOver()) {
            announce(file, "表决未达到通过所需的票数，由" + at + "最终决定，请等候", cite);
        }
    }

    /** Clauses of a case's deadline. */
    static List<String> dueCite(Track track, CaseRow file) {
        Track.Window window = track.windows().get(file.data().getOrDefault("kind", ""));
        return window == null ? track.dueCite() : window.dueCite();
    }

    /** Whose deadline it is: the office of the first step, who keeps it whatever body has the case in hand. */
    String owner(Rulebook rules, CaseRow file) {
        List<Stage> stages = tracks.stages(rules, file);
        return stages.isEmpty() ? rules.offices().get(0) : stages.get(0).at();
    }

    /** The step that was due is done: to the next one, or to the end. */
    void next(Rulebook rules, CaseRow file, String by) {
        Stage done = tracks.current(rules, file).orElse(null);
        if (tracks.advance(rules, file).isPresent()) {
            arrive(rules, file);
            return;
        }
        approve(rules, file, done == null ? List.of() : done.cite(), by);
    }

    /** The last step has approved. */
    void approve(Rulebook rules, CaseRow file, List<String> cite, String by) {
        Track track = Tracks.track(rules, file.type());
        if (file.provisional()) {
            close(file, CaseRow.APPROVED);
            announce(file, "已经追认", cite);
            if (!roster.get(file.member()).belongs()) {
                book.openOf(file.member()).forEach(other -> lapse(other, "会籍已终止"));
            }
            return;
        }
        boolean decided = !tracks.stages(rules, file).isEmpty();
        if (decided) {
            file.decided(CaseRow.APPROVED);
        }
        consequences.carryOut(track.approved(), context(file, "approved", cite));
        List<String> awaiting = new ArrayList<>();
        for (String what : track.awaits()) {
            if (what.equals(PAYMENT) ? paymentOpen(file) : !taskDone(file, what)) {
                awaiting.add(what);
            }
        }
        if (awaiting.isEmpty()) {
            finish(rules, file, cite, by);
            return;
        }
        file.await(awaiting);
        file.at(awaiting.contains(PAYMENT) ? "member" : addressee(file, awaiting.get(0)));
        if (!awaiting.contains("reply")) {
            file.due(null);
        }
        plan(file);
        if (decided) {
            announce(file, "已通过" + (awaiting.contains(PAYMENT) ? "，交费后生效" : "，办完手续后生效"), cite);
        }
    }

    /** Whether a bill of this case is still to be paid; an upgrade makes its own. */
    private boolean paymentOpen(CaseRow file) {
        Member member = roster.get(file.member());
        if (file.type().equals("upgrade")) {
            // Credit may have paid it in the moment in which it was made.
            return effects.topUp(member, file.data().getOrDefault("to", ""), file.id())
                    .map(bill -> bill.state() == BillState.OPEN)
                    .orElse(false);
        }
        return owes(file, member.id());
    }

    /** A newcomer who was a member before may still owe this year's fee from then: it is paid before membership begins. */
    private boolean owes(CaseRow file, long member) {
        int year = clock.today().getYear();
        boolean admission = file.type().equals("admission");
        return bills.of(member).stream()
                .filter(bill -> bill.state() == BillState.OPEN)
                .anyMatch(bill -> Long.valueOf(file.id()).equals(bill.caseId())
                        || (admission
                                && bill.kind() != BillKind.TOP_UP
                                && bill.year() <= year
                                && year <= bill.throughYear()));
    }

    /** A bill was paid: whether an admission that waits for it waits no longer. */
    void billPaid(Rulebook rules, CaseRow file) {
        if (file.type().equals("admission") && file.awaiting().contains(PAYMENT) && !owes(file, file.member())) {
            happened(rules, file, PAYMENT, "payment");
        }
    }

    private boolean taskDone(CaseRow file, String what) {
        return tasks.search(TaskSearch.all().matter(file.id()).page(0, 50)).stream()
                .anyMatch(task -> task.what().equals(what) && task.state() == Task.State.DONE);
    }

    /** Something that was awaited after the approval has happened. */
    void happened(Rulebook rules, CaseRow file, String what, String by) {
        List<String> left = new ArrayList<>(file.awaiting());
        if (!left.remove(what)) {
            return;
        }
        file.await(left);
        if (left.isEmpty()) {
            finish(rules, file, Tracks.track(rules, file.type()).cite(), by);
        } else {
            file.at(left.contains(PAYMENT) ? "member" : addressee(file, left.get(0)));
        }
    }

    /** Payment of everything a step waits for. */
    void paid(Rulebook rules, CaseRow file) {
        Stage stage = tracks.current(rules, file).orElse(null);
        if (file.awaiting().isEmpty()
                && stage != null
                && PAYMENT.equals(stage.await())
                && !bills.owed(file.member()).isPositive()) {
            next(rules, file, "payment");
        }
    }

    /** A task of the case was done. */
    void taskDone(Rulebook rules, CaseRow file, String what, String by) {
        book.step(file, by, "task-done", List.of(), what);
        if (file.data().getOrDefault(FIRST, "").equals(what)) {
            file.put(FIRST, "");
            arrive(rules, file);
            return;
        }
        Stage stage = tracks.current(rules, file).orElse(null);
        if (file.awaiting().isEmpty() && stage != null && what.equals(stage.await())) {
            next(rules, file, by);
            return;
        }
        happened(rules, file, what, by);
    }

    /** The member's answer: it may end the case, send it on, or just stand on record. */
    void answered(Rulebook rules, CaseRow file, String says, String by) {
        Track track = Tracks.track(rules, file.type());
        Stage stage = tracks.current(rules, file).orElse(null);
        boolean asked = stage != null && "answer".equals(stage.await());
        // Only where the member is the last to speak does its word decide; before that it goes on to whoever confirms.
        boolean last = asked && file.stage() >= tracks.stages(rules, file).size() - 1;
        Track.Lapse lapse = track.lapses();
        if (says.equals("cured") && lapse != null && lapse.cured()) {
            lapse(file, "情形已消除");
        } else if (asked && !last && (says.equals("refuse") || says.equals("give-up"))) {
            file.due(null);
            next(rules, file, by);
        } else if (stage != null && last && says.equals("give-up")) {
            finish(rules, file, stage.cite(), by);
        } else if (last && says.equals("keep")) {
            close(file, CaseRow.APPROVED);
        } else if (stage != null) {
            events.publishEvent(Tell.of(
                            stage.at().equals("member") ? owner(rules, file) : stage.at(),
                            file.memberId(),
                            "answer",
                            file.subject() + "就" + word(file.type()) + "答复：" + answer(says))
                    .cites(stage.cite())
                    .with(about(file)));
        }
    }

    /** A member's answer as people call it. */
    static String answer(String says) {
        return switch (says) {
            case "good-reason" -> "有正当理由";
            case "refuse" -> "不履行";
            case "cured" -> "情形已消除";
            case "keep" -> "保留";
            case "give-up" -> "放弃";
            default -> says;
        };
    }

    /** The effect comes: the roster is changed, once, and the case closed. */
    void finish(Rulebook rules, CaseRow file, List<String> cite, String by) {
        Track track = Tracks.track(rules, file.type());
        if (file.type().equals("upgrade")
                && !effects.full(file.data().getOrDefault("to", "")).isEmpty()) {
            file.decided(CaseRow.APPROVED);
            file.await(List.of(SEAT));
            file.at("member");
            alertIfFull(file, "effect");
            return;
        }
        apply(track, file, cite, by);
        close(file, CaseRow.APPROVED);
        announce(file, "已生效", cite);
    }

    /** A seat of a grade may have become free: who waits for nothing else takes it, oldest first; payers are told. */
    void seatFree(Rulebook rules, String grade) {
        for (CaseRow file : book.waitingForSeat()) {
            List<String> awaiting = file.awaiting();
            if (!grade.equals(file.data().get("to"))
                    || awaiting.isEmpty()
                    || !effects.full(grade).isEmpty()) {
                continue;
            }
            List<String> cite = rules.grade(grade).map(Rulebook.Grade::capCite).orElse(List.of());
            if (awaiting.equals(List.of(SEAT))) {
                file.await(List.of());
                finish(rules, file, Tracks.track(rules, file.type()).cite(), "system");
            } else if (awaiting.contains(PAYMENT)) {
                events.publishEvent(Tell.of("member", file.memberId(), "seat-free", grade + "现有空额，补交会费后升级即生效，先到先得")
                        .cites(cite)
                        .with(about(file)));
            }
        }
    }

    /** Applies a case's effect and what follows it. */
    void apply(Track track, CaseRow file, List<String> cite, String by) {
        Act.Effect effect = track.effect();
        Long id = file.memberId();
        if (effect != null && id != null) {
            List<String> grounds = new ArrayList<>(file.grounds());
            grounds.addAll(cite);
            grounds.addAll(track.cite());
            if (effect == Act.Effect.GRADE && file.type().equals("downgrade")) {
                effects.topUp(roster.get(id), file.data().getOrDefault("to", ""), file.id());
            }
            Map<String, String> data = new HashMap<>(file.data());
            if (!track.asReported()) {
                data.remove("day");
            }
            effects.enact(effect, id, file.id(), data, file.completeOn(), grounds, by);
            if (effect == Act.Effect.GRADE) {
                outgrown(rules(), id, file);
            }
        }
        consequences.carryOut(track.done(), context(file, "done", cite));
    }

    /** Other moves from the former grade have no ground any more once the grade has changed. */
    private void outgrown(Rulebook rules, long member, CaseRow done) {
        Member now = roster.get(member);
        for (CaseRow other : book.openOf(member)) {
            String to = other.data().getOrDefault("to", "");
            boolean gone = other.type().equals("upgrade")
                    ? Ladder.upgrade(rules, now, to) != null
                    : other.type().equals("downgrade") && Ladder.downgrade(rules, now, to) != null;
            if (gone && other.id() != done.id()) {
                lapse(other, "级别已变动");
            }
        }
    }

    /** A step has acted provisionally: the case goes on to whoever confirms or annuls it. */
    void provisionally(Rulebook rules, CaseRow file, Stage stage) {
        announce(file, "已先行处理，待追认", stage.provisional());
        if (tracks.advance(rules, file).isPresent()) {
            arrive(rules, file);
        }
    }

    /** The case was rejected; a provisional effect is taken back whole (BACCA-44). */
    void reject(Rulebook rules, CaseRow file, String reason, List<String> cite, String by) {
        Track track = Tracks.track(rules, file.type());
        Long id = file.memberId();
        if (id != null && file.provisional()) {
            drop(file.id());
            roster.annul(file.id(), clock.today());
            book.following(file.id()).forEach(other -> {
                roster.annul(other.id(), clock.today());
                if (!other.isOver()) {
                    lapse(other, "原处理已撤销");
                }
            });
            roster.touch(id);
            consequences.on("annulled", context(file, "annulled", cite));
        } else if (id != null
                && file.type().equals("admission")
                && !roster.get(id).belongs()) {
            roster.record(
                    id,
                    Entry.of(EntryKind.REJECTED, clock.today(), cite.isEmpty() ? "" : cite.get(0), by)
                            .by(file.id()));
        } else if (id != null && file.type().equals("change")) {
            Rulebook.Change rule = Tracks.change(rules, file.data().getOrDefault("field", ""));
            if (Tracks.keepsOffice(rule, file.data())) {
                effects.vacate(roster.get(id), rule, file.id(), by);
            }
        }
        close(file, CaseRow.REJECTED);
        // What would have come after the approval is moot; a reply is owed either way.
        cancelTasks(
                file.id(),
                task -> track.awaits().contains(task.what()) && !task.what().equals("reply"));
        consequences.carryOut(
                track.rejected(), context(file, "rejected", cite).word("理由", reason.isEmpty() ? "见书面答复" : reason));
        if (track.rejected().stream().allMatch(act -> act.tell().isEmpty())) {
            announce(file, "未获通过" + (reason.isEmpty() ? "" : "。理由：" + reason), cite);
        }
    }

    /** The case ends by itself, because its ground is gone. */
    void lapse(CaseRow file, String why) {
        book.step(file, "system", "lapsed", List.of(), why);
        close(file, CaseRow.LAPSED);
        drop(file.id());
        Long member = file.memberId();
        if (member != null && file.type().equals("upgrade")) {
            bills.of(member).stream()
                    .filter(bill -> bill.state() == BillState.OPEN
                            && Long.valueOf(file.id()).equals(bill.caseId()))
                    .forEach(bill -> bills.cancel(bill.id(), bill.clauses(), "升级未生效，不再补交"));
        }
    }

    /** What was still to be announced about a member is overtaken by its end. */
    void overtaken(long member) {
        tasks.search(TaskSearch.unfinished().member(member).what("announcement").page(0, 50))
                .forEach(task -> tasks.cancel(task.id(), "system"));
    }

    /** What was taken back needs no more doing. */
    private void drop(long caseId) {
        cancelTasks(caseId, task -> true);
    }

    private void cancelTasks(long caseId, Predicate<Task> which) {
        tasks.search(TaskSearch.unfinished().matter(caseId).page(0, 50)).stream()
                .filter(which)
                .forEach(task -> tasks.cancel(task.id(), "system"));
    }

    private void close(CaseRow file, String how) {
        file.close(how, clock.today());
        events.publishEvent(new CaseDecided(book.view(file)));
    }

    /** Tells the member what was decided; resolutions concern nobody, and changes at once are seen by who made them. */
    private void announce(CaseRow file, String what, List<String> cite) {
        if (file.memberId() == null
                || file.type().equals("change")
                || file.type().equals("reduction")) {
            return;
        }
        List<String> clauses = new ArrayList<>(cite);
        if (roster.get(file.member()).standing() == Standing.ENDED) {
            clauses.addAll(rules().rightsEnd());
        }
        events.publishEvent(Tell.of("member", file.memberId(), "decision", word(file.type()) + what)
                .cites(clauses));
    }

    Context context(CaseRow file, String phase, List<String> cite) {
        return new Context(
                file.memberId(),
                file.id(),
                file.billId(),
                "case:" + file.id() + ":" + phase,
                cite,
                Map.of(),
                file.openedBy());
    }

    private @Nullable Member member(CaseRow file) {
        Long id = file.memberId();
        return id == null ? null : roster.get(id);
    }

    LocalDate today() {
        return clock.today();
    }

    Rulebook rules() {
        return law.of(clock.today());
    }
}
