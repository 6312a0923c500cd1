package io.homeroom.member;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** Somebody who speaks for a member in a role. */
@Entity
@Table(name = "contact")
class ContactRow {

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    long id;

    @Column(name = "member_id", updatable = false)
    long memberId;

    @Column(updatable = false)
    String role = "";

    /** Orders those who speak in one role; the first is whom notices go to. */
    int place;

    String name = "";

    @Convert(converter = SealedText.class)
    String phone = "";

    @Nullable
    String openid;

    protected ContactRow() {}

    ContactRow(long id, long memberId, Role role, String name, String phone) {
        this.id = id;
        this.memberId = memberId;
        this.role = role.code();
        this.name = name;
        this.phone = phone;
    }

    Contact show() {
        return new Contact(id, memberId, Role.of(role), name, phone, openid);
    }
}
