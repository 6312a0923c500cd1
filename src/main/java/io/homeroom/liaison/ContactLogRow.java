package io.homeroom.liaison;

import io.homeroom.ground.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A row of {@code contact_log}. */
@Entity
@Table(name = "contact_log")
@Immutable
class ContactLogRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "member_id")
    private long memberId;

    @Column(name = "staff_id")
    private @Nullable Long staffId;

    @Column(name = "actor")
    private String by;

    @Column(name = "contacted_at")
    private Instant at;

    @Column(name = "note")
    private String note;

    protected ContactLogRow() {}

    ContactLogRow(long memberId, @Nullable Long staffId, String by, Instant at, String note) {
        this.id = Ids.next();
        this.memberId = memberId;
        this.staffId = staffId;
        this.by = by;
        this.at = at;
        this.note = note.length() > 1000 ? note.substring(0, 1000) : note;
    }

    Contacted view() {
        return new Contacted(id, memberId, staffId, by, at, note);
    }
}
