package io.homeroom.casework;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** A row of {@code case_step}: the evidence of a case, never changed. */
@Entity(name = "StepRow")
@Table(name = "case_step")
@Immutable
class StepRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "case_id")
    private long caseId;

    @Column(name = "case_type")
    private String caseType;

    @Column(name = "on_day")
    private LocalDate on;

    @Column(name = "by_whom")
    private String by;

    @Column(name = "act")
    private String act;

    @Column(name = "clauses")
    private String clauses;

    @Column(name = "says")
    private String says;

    protected StepRow() {}

    StepRow(CaseRow of, LocalDate on, String by, String act, List<String> clauses, String says) {
        this.id = Ids.next();
        this.association = Tenant.current();
        this.caseId = of.id();
        this.caseType = of.type();
        this.on = on;
        this.by = by;
        this.act = act;
        this.clauses = String.join(" ", clauses);
        this.says = says;
    }

    long caseId() {
        return caseId;
    }

    CaseView.Step view() {
        return new CaseView.Step(on, by, act, clauses.isEmpty() ? List.of() : List.of(clauses.split(" ")), says);
    }
}
