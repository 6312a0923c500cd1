package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Attached;
import io.homeroom.liaison.Attachments;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Documents for the members: attached when the task is done of which the bylaws have all members told, such as the yearly
 * report on the trade (BACCA-27-12). Whoever may use a member's rights gets a link that opens for it alone.
 */
@Service
@Transactional
public class Handouts {

    private static final int TITLE = 200;

    private final JdbcClient jdbc;
    private final Tasks tasks;
    private final Attachments attachments;
    private final Rights rights;
    private final Lawbook law;
    private final PayLinks links;
    private final BusinessClock clock;

    Handouts(
            JdbcClient jdbc,
            Tasks tasks,
            Attachments attachments,
            Rights rights,
            Lawbook law,
            PayLinks links,
            BusinessClock clock) {
        this.jdbc = jdbc;
        this.tasks = tasks;
        this.attachments = attachments;
        this.rights = rights;
        this.law = law;
        this.links = links;
        this.clock = clock;
    }

    /**
     * A document handed out.
     *
     * @param task the task that was done with it
     * @param title what it is
     * @param cites the clauses by which members get it
     */
    public record Handout(long task, String title, LocalDate on, List<String> cites, Attached file) {

        public Handout {
            cites = List.copyOf(cites);
        }
    }

    /** Whether members are told when this task is done, so that a document may go with it. */
    public static boolean takes(Rulebook rules, Task task) {
        return rules.on().getOrDefault(task.what() + "-done", List.of()).stream()
                .anyMatch(act -> act.tell().contains("members"));
    }

    /** The same under today's rules. */
    @Transactional(readOnly = true)
    public boolean takes(Task task) {
        return takes(law.of(clock.today()), task);
    }

    /**
     * Finishes a task with a document for the members: all or nothing.
     *
     * @param documents what it is called; empty for the name of the file
     * @param name of the file, a PDF or Word document up to 20 MB
     */
    public Outcome<Task> finish(long id, List<String> documents, String name, byte[] upload, String by) {
        Task task = tasks.find(id).orElseThrow(() -> new IllegalArgumentException("No task " + id));
        if (task.state() != Task.State.OPEN) {
            return Outcome.refused("这项待办已经办结或取消");
        }
        if (!takes(task)) {
            return Outcome.refused("这项待办不用附文件，直接办结即可");
        }
        Outcome<Attached> kept = attachments.keepPaper(name, upload, by);
        if (kept instanceof Outcome.Refused<Attached> refused) {
            return Outcome.refused(refused.refusal());
        }
        Attached file = kept.get();
        List<String> called = documents.isEmpty() ? List.of(file.name().replaceFirst("\\.[A-Za-z]+$", "")) : documents;
        String title = String.join("、", called);
        try {
            jdbc.sql("insert into handout (association_id, task_id, file_id, title, handed_on)"
                            + " values (:association, :task, :file, :title, :day)")
                    .param("association", Tenant.current())
                    .param("task", id)
                    .param("file", file.id())
                    .param("title", title.length() > TITLE ? title.substring(0, TITLE) : title)
                    .param("day", clock.today())
                    .update();
        } catch (DuplicateKeyException e) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return Outcome.refused("这项待办已经办结或取消");
        }
        Outcome<Task> done = tasks.done(id, called, by);
        if (!done.isDone()) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        }
        return done;
    }

    /** Where members find the document of a task; empty where none was attached. */
    @Transactional(readOnly = true)
    public Optional<String> link(long task) {
        return find(task).map(handout -> links.page("reports/" + task));
    }

    @Transactional(readOnly = true)
    public Optional<Handout> find(long task) {
        return jdbc.sql("select file_id, title, handed_on from handout where association_id = :association"
                        + " and task_id = :task")
                .param("association", Tenant.current())
                .param("task", task)
                .query((row, n) -> new Handout(
                        task,
                        row.getString("title"),
                        row.getObject("handed_on", LocalDate.class),
                        tasks.find(task).map(Task::clauses).orElse(List.of()),
                        attachments.find(row.getLong("file_id")).orElseThrow()))
                .optional();
    }

    /** Why a member is not shown what is handed out to members: it may not use its rights today; empty if it may. */
    @Transactional(readOnly = true)
    public Optional<Refusal> against(long member) {
        return rights.may(member, Rights.ANY)
                ? Optional.empty()
                : Optional.of(new Refusal(rights.basis(member, Rights.ANY), "目前不能行使会员权利，看不到赠送会员的材料", null));
    }

    /** The document itself. Who may see it is for the caller to decide. */
    @Transactional(readOnly = true)
    public Optional<byte[]> open(Handout handout) {
        return attachments.open(handout.file().id());
    }
}
