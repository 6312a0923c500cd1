package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Classes;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who works on a case together with the office that has it, as the rulebook says for each step (WHJX-8-6): the class
 * teacher gets a task of its own that says what to do and until when, and lasts as long as the step. What the office must
 * do stays the office's.
 */
@Service
@Transactional
public class Assists {

    /** The kind of the task. */
    public static final String TASK = "assist";

    private static final String TEACHER = "teacher";
    private static final String STAGE = "stage";
    private static final String LETTER = "letter";
    private static final int LONGEST = 500;

    private final CaseBook book;
    private final Tracks tracks;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Classes classes;
    private final Tasks tasks;
    private final Audit audit;
    private final ObjectProvider<Cases> cases;
    private final ApplicationEventPublisher events;

    Assists(
            CaseBook book,
            Tracks tracks,
            Lawbook law,
            BusinessClock clock,
            Classes classes,
            Tasks tasks,
            Audit audit,
            ObjectProvider<Cases> cases,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.law = law;
        this.clock = clock;
        this.classes = classes;
        this.tasks = tasks;
        this.audit = audit;
        this.cases = cases;
        this.events = events;
    }

    /**
     * What a helper sees of a case at its step now.
     *
     * @param says what there is to do
     * @param answers codes of the answers that may be noted for the member; empty where none is awaited
     * @param letter the open task of the letter that may be posted; null where none is
     * @param cite by which clause
     */
    public record Help(
            CaseView matter,
            String says,
            List<String> answers,
            @Nullable Task letter,
            List<String> cite) {

        public Help {
            answers = List.copyOf(answers);
            cite = List.copyOf(cite);
        }
    }

    /** How somebody may help with a case now; empty where its step has no helper. */
    @Transactional(readOnly = true)
    public Optional<Help> of(long caseId) {
        Rulebook rules = law.of(clock.today());
        return book.find(caseId)
                .flatMap(file -> Optional.ofNullable(rule(rules, file)).map(rule -> {
                    boolean asked = tracks.current(rules, file)
                            .map(stage -> CaseDeadlines.ANSWER.equals(stage.await()))
                            .orElse(false);
                    return new Help(
                            book.view(file),
                            rule.says(),
                            asked && rule.may().contains(CaseDeadlines.ANSWER)
                                    ? CaseWords.answers(file.type())
                                    : List.of(),
                            rule.may().contains(LETTER) ? letter(file) : null,
                            rule.cite());
                }));
    }

    private @Nullable Task letter(CaseRow file) {
        return tasks
                .search(TaskSearch.unfinished().matter(file.id()).what(LETTER).page(0, 1))
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** The helper was in touch with the member about the case: it stands in the case and in the log of contacts. */
    public Outcome<CaseView> contacted(long caseId, String note, StaffMember who) {
        CaseRow file = book.locked(caseId);
        Track.Help rule = rule(law.of(clock.today()), file);
        String text = note.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        if (rule == null) {
            return moved();
        }
        if (text.isEmpty()) {
            return Outcome.refused("请写一句和会员说了什么、结果怎样");
        }
        String kept = text.substring(0, Math.min(LONGEST, text.length()));
        classes.contacted(file.member(), who.username(), kept);
        book.step(file, who.username(), "contacted", rule.cite(), kept);
        audit.note(
                who.username(),
                "case-contacted",
                file.memberId(),
                CaseWords.type(file.type()) + "：" + kept,
                rule.cite().toArray(String[]::new));
        return Outcome.done(book.view(file));
    }

    /** The helper notes the member's answer, for which the step waits. */
    public Outcome<CaseView> answered(long caseId, String says, StaffMember who) {
        book.locked(caseId);
        Optional<Help> help = of(caseId).filter(one -> one.answers().contains(says));
        if (help.isEmpty()) {
            return moved();
        }
        audit.note(
                who.username(),
                "case-answer-noted",
                help.get().matter().memberId(),
                CaseWords.type(help.get().matter().type()) + "，会员答复：" + CaseWords.answer(says),
                help.get().cite().toArray(String[]::new));
        return cases.getObject().answer(caseId, says, who.username());
    }

    private static <T> Outcome<T> moved() {
        return Outcome.refused("这件事刚有了新的进展，不再等这一步；请看最新的进度");
    }

    private Track.@Nullable Help rule(Rulebook rules, CaseRow file) {
        return helped(rules, file) && !file.isOver() && file.awaiting().isEmpty()
                ? tracks.current(rules, file).map(Stage::helps).orElse(null)
                : null;
    }

    private static boolean helped(Rulebook rules, CaseRow file) {
        Track track = rules.cases().get(file.type());
        return track != null
                && file.memberId() != null
                && track.stages().stream().anyMatch(stage -> stage.helps() != null);
    }

    /** Makes the helper's task be as the case and the class stand; called whenever either has changed. */
    void settle(Rulebook rules, CaseRow file) {
        if (!helped(rules, file)) {
            return;
        }
        Track.Help rule = rule(rules, file);
        List<Task> all = tasks.search(TaskSearch.all().matter(file.id()).what(TASK));
        String now = String.valueOf(
                rule == null
                        ? -1
                        : tracks.stages(rules, file)
                                .indexOf(tracks.current(rules, file).orElseThrow()));
        String to = rule == null ? null : helper(rule, file.member());
        List<Task> ofNow =
                all.stream().filter(task -> now.equals(task.data().get(STAGE))).toList();
        all.stream()
                .filter(task -> task.state() == Task.State.OPEN && (to == null || !ofNow.contains(task)))
                .forEach(task -> tasks.cancel(task.id(), "system"));
        if (rule == null || to == null) {
            return;
        }
        Optional<Task> open =
                ofNow.stream().filter(task -> task.state() == Task.State.OPEN).findFirst();
        if (open.isPresent()) {
            if (!open.get().to().equals(to)) {
                tasks.hand(open.get().id(), to, "system");
            }
            if (!Objects.equals(open.get().due(), file.due())) {
                tasks.postpone(open.get().id(), file.due(), "system");
            }
        } else if (ofNow.stream().noneMatch(task -> task.state() == Task.State.DONE)) {
            open(rules, rule, file, to, now, ofNow.size());
        }
    }

    private void open(Rulebook rules, Track.Help rule, CaseRow file, String to, String stage, int earlier) {
        String matter = CaseWords.type(file.type()) + "：" + file.subject() + "。" + rule.says();
        String key = TASK + ":" + file.id() + ":" + stage + ":" + earlier;
        tasks.open(NewTask.of(TASK, to, "协助办理" + matter)
                .about(file.memberId())
                .of(file.id())
                .due(file.due())
                .cites(rule.cite())
                .with(Map.of(STAGE, stage))
                .once(key));
        // What begins a case is told by the rules that open it; what comes after is told here.
        if (file.stage() > 0) {
            events.publishEvent(
                    Tell.of(to, file.memberId(), "case", "请协助" + matter + until(file.due()) + rules.cite(rule.cite()))
                            .cites(rule.cite())
                            .with(file.about())
                            .once(key));
        }
    }

    private static String until(@Nullable LocalDate due) {
        return due == null ? "" : "。期限" + Days.dated(due);
    }

    private @Nullable String helper(Track.Help rule, long member) {
        return rule.to().equals(TEACHER)
                ? classes.teacherOf(member).map(StaffMember::address).orElse(null)
                : rule.to();
    }
}
