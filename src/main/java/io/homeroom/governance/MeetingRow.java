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

/** A row of {@code meeting}. */
@Entity(name = "MeetingRow")
@Table(name = "meeting")
class MeetingRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "body")
    private String body;

    @Column(name = "held_on")
    private LocalDate heldOn;

    @Column(name = "remote")
    private boolean remote;

    protected MeetingRow() {}

    MeetingRow(String body, LocalDate heldOn, boolean remote) {
        this.id = Ids.next();
        this.association = Tenant.current();
        this.body = body;
        this.heldOn = heldOn;
        this.remote = remote;
    }

    long id() {
        return id;
    }
}
