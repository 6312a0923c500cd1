package io.homeroom.desk;

import io.homeroom.ground.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A row of {@code audit}. */
@Entity(name = "AuditRow")
@Table(name = "audit")
@Immutable
class AuditRow {

    private static final int LONGEST = 1000;

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "noted_at")
    private Instant at;

    @Column(name = "actor")
    private String by;

    @Column(name = "act")
    private String act;

    @Column(name = "member_id")
    private @Nullable Long memberId;

    @Column(name = "detail")
    private String detail;

    @Column(name = "clauses")
    private String clauses;

    protected AuditRow() {}

    AuditRow(Instant at, String by, String act, @Nullable Long memberId, String detail, List<String> clauses) {
        this.id = Ids.next();
        this.at = at;
        this.by = by;
        this.act = act;
        this.memberId = memberId;
        this.detail = detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail;
        this.clauses = String.join(" ", clauses);
    }

    AuditLine view() {
        return new AuditLine(
                id, at, by, act, memberId, detail, clauses.isEmpty() ? List.of() : List.of(clauses.split(" ")));
    }
}
