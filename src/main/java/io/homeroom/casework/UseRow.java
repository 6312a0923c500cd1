package io.homeroom.casework;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** A row of {@code service_use}: a countable service that a member drew on. */
@Entity(name = "UseRow")
@Table(name = "service_use")
@Immutable
class UseRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "member_id")
    private long memberId;

    @Column(name = "what")
    private String what;

    @Column(name = "event")
    private String event;

    @Column(name = "used")
    private int used;

    @Column(name = "used_on")
    private LocalDate usedOn;

    protected UseRow() {}

    UseRow(long memberId, String what, String event, int used, LocalDate usedOn) {
        this.id = Ids.next();
        this.association = Tenant.current();
        this.memberId = memberId;
        this.what = what;
        this.event = event;
        this.used = used;
        this.usedOn = usedOn;
    }
}
