package io.homeroom.governance;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/**
 * A row of {@code absence}. Only absences are kept: whoever belonged to the body and has no row was present. A silent
 * absence (no reply to a meeting by correspondence) neither counts nor breaks a row of absences; a spent one has already
 * had its consequence.
 */
@Entity(name = "AbsenceRow")
@Table(name = "absence")
class AbsenceRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "member_id")
    private long memberId;

    @Column(name = "meeting_id")
    private long meetingId;

    @Column(name = "body")
    private String body;

    @Column(name = "held_on")
    private LocalDate heldOn;

    @Column(name = "silent")
    private boolean silent;

    @Column(name = "spent")
    private boolean spent;

    protected AbsenceRow() {}

    AbsenceRow(long memberId, long meetingId, String body, LocalDate heldOn, boolean silent) {
        this.id = Ids.next();
        this.association = Tenant.current();
        this.memberId = memberId;
        this.meetingId = meetingId;
        this.body = body;
        this.heldOn = heldOn;
        this.silent = silent;
    }

    long meetingId() {
        return meetingId;
    }

    boolean silent() {
        return silent;
    }

    boolean spent() {
        return spent;
    }

    void spend() {
        this.spent = true;
    }
}
