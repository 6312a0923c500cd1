package io.homeroom.desk;

import io.homeroom.ground.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A row of {@code staff}. */
@Entity(name = "StaffRow")
@Table(name = "staff")
class StaffRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "username")
    private String username;

    @Column(name = "full_name")
    private String name;

    @Column(name = "password_hash")
    private @Nullable String passwordHash;

    @Column(name = "wecom_user_id")
    private @Nullable String wecomUserId;

    @Column(name = "phone")
    @Convert(converter = SealedPhone.class)
    private @Nullable String phone;

    @Column(name = "roles")
    private String roles;

    @Column(name = "offices")
    private String offices;

    @Column(name = "active")
    private boolean active;

    protected StaffRow() {}

    StaffRow(NewStaff staff, @Nullable String passwordHash) {
        this.id = Ids.next();
        this.username = staff.username();
        this.passwordHash = passwordHash;
        this.active = true;
        change(staff.name(), staff.wecomUserId(), staff.phone(), staff.roles(), staff.offices());
    }

    void change(
            String newName,
            @Nullable String newWecomUserId,
            @Nullable String newPhone,
            Set<Role> newRoles,
            Set<String> newOffices) {
        this.name = newName;
        this.wecomUserId = newWecomUserId;
        this.phone = newPhone;
        this.roles = newRoles.stream().map(Role::code).sorted().collect(Collectors.joining(" "));
        this.offices = newOffices.stream().sorted().collect(Collectors.joining(" "));
    }

    void password(String hash) {
        this.passwordHash = hash;
    }

    void leave() {
        this.active = false;
        // Free for whoever gets the account in WeCom next.
        this.wecomUserId = null;
    }

    boolean isActive() {
        return active;
    }

    @Nullable
    String passwordHash() {
        return passwordHash;
    }

    StaffMember view() {
        return new StaffMember(
                id,
                username,
                name,
                wecomUserId,
                phone,
                words(roles).stream()
                        .map(code -> Role.valueOf(code.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                words(offices),
                active);
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Arrays.stream(text.split(" ")).collect(Collectors.toSet());
    }
}
