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

/** A row of {@code body_state}. */
@Entity(name = "BodyRow")
@Table(name = "body_state")
class BodyRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "body")
    private String body;

    @Column(name = "in_office")
    private @Nullable Integer inOffice;

    @Column(name = "in_recess")
    private boolean recess;

    @Column(name = "term_ends_on")
    private @Nullable LocalDate termEnds;

    @Column(name = "changed_on")
    private @Nullable LocalDate changed;

    protected BodyRow() {}

    BodyRow(String body) {
        this.id = Ids.next();
        this.association = Tenant.current();
        this.body = body;
    }

    void take(BodyState state) {
        this.inOffice = state.inOffice();
        this.recess = state.recess();
        this.termEnds = state.termEnds();
        this.changed = state.changed();
    }

    BodyState view() {
        return new BodyState(body, inOffice, recess, termEnds, changed);
    }
}
