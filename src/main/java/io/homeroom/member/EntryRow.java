package io.homeroom.member;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A line of a member's ledger. */
@Entity
@Table(name = "member_entry")
class EntryRow {

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    long id;

    @Column(name = "member_id", updatable = false)
    long memberId;

    @Column(updatable = false)
    String kind = "";

    @Column(name = "on_day", updatable = false)
    LocalDate onDay = LocalDate.EPOCH;

    @Column(updatable = false)
    String clause = "";

    @Column(name = "by_whom", updatable = false)
    String byWhom = "";

    @Column(name = "case_id", updatable = false)
    @Nullable
    Long caseId;

    @Convert(converter = Json.Fields.class)
    @Column(updatable = false)
    Map<String, String> data = Map.of();

    @Column(name = "recorded_at", updatable = false)
    Instant recordedAt = Instant.EPOCH;

    @Column(name = "annulled_on")
    @Nullable
    LocalDate annulledOn;

    @Column(name = "wakes_on")
    @Nullable
    LocalDate wakesOn;

    protected EntryRow() {}

    EntryRow(long id, long memberId, Entry entry, Instant recordedAt, @Nullable LocalDate wakesOn) {
        this.id = id;
        this.memberId = memberId;
        this.kind = entry.kind().code();
        this.onDay = entry.on();
        this.clause = entry.clause();
        this.byWhom = entry.by();
        this.caseId = entry.caseId();
        this.data = entry.data();
        this.recordedAt = recordedAt;
        this.wakesOn = wakesOn;
    }

    Entry show() {
        return new Entry(EntryKind.of(kind), onDay, clause, byWhom, caseId, data);
    }

    Ledger.Line line() {
        return new Ledger.Line(id, show(), annulledOn);
    }
}
