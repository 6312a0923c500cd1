package io.homeroom.desk;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A row of {@code task}. */
@Entity(name = "TaskRow")
@Table(name = "task")
class TaskRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "member_id")
    private @Nullable Long memberId;

    @Column(name = "case_id")
    private @Nullable Long caseId;

    @Column(name = "what")
    private String what;

    @Column(name = "addressee")
    private String addressee;

    @Column(name = "place")
    private @Nullable String place;

    @Column(name = "due_on")
    private @Nullable LocalDate due;

    @Column(name = "state")
    private String state;

    @Column(name = "amount_fen")
    private @Nullable Long amountFen;

    @Column(name = "clauses")
    private String clauses;

    @Column(name = "body")
    private String text;

    @Column(name = "facts")
    private String facts;

    @Column(name = "task_key")
    private @Nullable String taskKey;

    @Column(name = "opened_at")
    private Instant openedAt;

    @Column(name = "done_at")
    private @Nullable Instant doneAt;

    @Column(name = "done_by")
    private @Nullable String doneBy;

    @Column(name = "documents")
    private String documents;

    protected TaskRow() {}

    TaskRow(NewTask task, Instant now) {
        Money amount = task.amount();
        this.id = Ids.next();
        this.memberId = task.memberId();
        this.caseId = task.caseId();
        this.what = task.what();
        this.addressee = task.to();
        this.place = task.where();
        this.due = task.due();
        this.state = Task.State.OPEN.code();
        this.amountFen = amount == null ? null : amount.fen();
        this.clauses = String.join(" ", task.clauses());
        this.text = task.text();
        this.facts = Json.write(task.data());
        this.taskKey = task.key();
        this.openedAt = now;
        this.documents = Json.write(List.of());
    }

    boolean isOpen() {
        return state.equals(Task.State.OPEN.code());
    }

    void close(Task.State end, List<String> handedIn, String by, Instant now) {
        this.state = end.code();
        this.documents = Json.write(handedIn);
        this.doneBy = by;
        this.doneAt = now;
    }

    void say(String newText, Map<String, String> newFacts) {
        this.text = newText;
        this.facts = Json.write(newFacts);
    }

    void worth(Money amount) {
        this.amountFen = amount.fen();
    }

    void hand(String to) {
        this.addressee = to;
    }

    void due(@Nullable LocalDate day) {
        this.due = day;
    }

    Task view() {
        return new Task(
                id,
                memberId,
                caseId,
                what,
                addressee,
                place,
                due,
                Task.State.valueOf(state.toUpperCase(Locale.ROOT)),
                amountFen == null ? null : new Money(amountFen),
                clauses.isEmpty() ? List.of() : List.of(clauses.split(" ")),
                text,
                Json.facts(facts),
                openedAt,
                doneAt,
                doneBy,
                Json.words(documents));
    }
}
