package io.homeroom.member;

import io.homeroom.ground.Lockbox;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A member as its ledger has it today, and the day of its next review. */
@Entity
@Table(name = "member")
@DynamicUpdate
class MemberRow {

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    long id;

    String name = "";
    String kind = "";
    String grade = "";
    String standing = "";

    @Column(name = "joined_on")
    @Nullable
    LocalDate joinedOn;

    @Column(name = "since_on")
    @Nullable
    LocalDate sinceOn;

    @Column(name = "ended_on")
    @Nullable
    LocalDate endedOn;

    @Column(name = "ended_as")
    @Nullable
    String endedAs;

    @Column(name = "applied_on")
    @Nullable
    LocalDate appliedOn;

    @Column(name = "announced_on")
    @Nullable
    LocalDate announcedOn;

    @Column(name = "listed_from")
    @Nullable
    LocalDate listedFrom;

    @Column(name = "listed_to")
    @Nullable
    LocalDate listedTo;

    @Column(name = "suspended_since")
    @Nullable
    LocalDate suspendedSince;

    @Column(name = "restored_on")
    @Nullable
    LocalDate restoredOn;

    @Column(name = "has_number")
    boolean hasNumber;

    @Column(name = "teacher_id")
    @Nullable
    Long teacherId;

    @Nullable
    String branch;

    @Column(name = "employer_id")
    @Nullable
    Long employerId;

    @Column(name = "code_sealed")
    @Convert(converter = SealedText.class)
    @Nullable
    String code;

    @Column(name = "code_index")
    @Nullable
    String codeIndex;

    @Convert(converter = Json.Words.class)
    List<String> posts = List.of();

    @Convert(converter = Json.Sanctions.class)
    List<Sanction> sanctions = List.of();

    @Convert(converter = Json.Fields.class)
    Map<String, String> data = Map.of();

    @Column(name = "review_on")
    @Nullable
    LocalDate reviewOn;

    protected MemberRow() {}

    MemberRow(long id) {
        this.id = id;
    }

    void identify(@Nullable String clear, Lockbox lockbox) {
        if (!Objects.equals(clear, code)) {
            code = clear;
            codeIndex = clear == null ? null : lockbox.index(clear);
        }
    }

    /** Takes over what was derived. */
    void take(Member member) {
        name = member.name();
        kind = member.kind().code();
        grade = member.grade();
        standing = member.standing().code();
        joinedOn = member.joinedOn();
        sinceOn = member.since();
        endedOn = member.endedOn();
        endedAs = member.endedAs() == null ? null : member.endedAs().code();
        appliedOn = member.appliedOn();
        announcedOn = member.announcedOn();
        listedFrom = member.listedFrom();
        listedTo = member.listedTo();
        suspendedSince = member.suspendedSince();
        restoredOn = member.restoredOn();
        hasNumber = member.number();
        teacherId = member.teacherId();
        branch = member.branch();
        employerId = member.employerId();
        posts = member.posts();
        sanctions = member.sanctions();
        data = member.data();
    }

    Ledger.Known known() {
        return new Ledger.Known(id, code, reviewOn);
    }

    Member show() {
        return new Member(
                id,
                name,
                Kind.of(kind),
                grade,
                Standing.of(standing),
                joinedOn,
                sinceOn,
                endedOn,
                endedAs == null ? null : EndedAs.of(endedAs),
                code,
                teacherId,
                branch,
                employerId,
                hasNumber,
                posts,
                suspendedSince,
                restoredOn,
                reviewOn,
                appliedOn,
                announcedOn,
                listedFrom,
                listedTo,
                sanctions,
                data);
    }
}
