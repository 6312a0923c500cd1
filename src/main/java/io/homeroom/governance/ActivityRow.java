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
import org.jspecify.annotations.Nullable;

/** A row of {@code activity}: one that was offered (no member), or a member's part in one. */
@Entity(name = "ActivityRow")
@Table(name = "activity")
class ActivityRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "held_on")
    private LocalDate heldOn;

    @Column(name = "member_id")
    private @Nullable Long memberId;

    protected ActivityRow() {}

    ActivityRow(LocalDate heldOn, @Nullable Long memberId) {
        this.id = Ids.next();
        this.association = Tenant.current();
        this.heldOn = heldOn;
        this.memberId = memberId;
    }
}
