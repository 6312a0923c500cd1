package io.homeroom.notice;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A row of {@code notice}. The outbox changes rows by SQL of its own, so none is held here longer than it is written. */
@Entity(name = "NoticeRow")
@Table(name = "notice")
class NoticeRow {

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "addressee")
    private String addressee;

    @Column(name = "person")
    private String person;

    @Column(name = "member_id")
    private @Nullable Long memberId;

    @Column(name = "about")
    private String about;

    @Column(name = "clauses")
    private String clauses;

    @Column(name = "body")
    private String text;

    @Column(name = "facts")
    private String facts;

    @Column(name = "notice_key")
    private @Nullable String noticeKey;

    @Column(name = "urgent")
    private boolean urgent;

    @Column(name = "channel")
    private String channel;

    @Column(name = "address")
    private String address;

    @Column(name = "state")
    private String state;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "not_before")
    private Instant notBefore;

    @Column(name = "attempts")
    private int attempts;

    @Column(name = "away")
    private int away;

    @Column(name = "tried_at")
    private @Nullable Instant triedAt;

    @Column(name = "retry_at")
    private @Nullable Instant retryAt;

    @Column(name = "claimed_by")
    private @Nullable String claimedBy;

    @Column(name = "claimed_until")
    private @Nullable Instant claimedUntil;

    @Column(name = "repeat_until")
    private @Nullable Instant repeatUntil;

    @Column(name = "sent_at")
    private @Nullable Instant sentAt;

    @Column(name = "delivered_at")
    private @Nullable Instant deliveredAt;

    @Column(name = "channel_id")
    private @Nullable String channelId;

    @Column(name = "digest_id")
    private @Nullable Long digestId;

    @Column(name = "why")
    private @Nullable String why;

    protected NoticeRow() {}

    NoticeRow(
            Tell tell,
            String addressee,
            String person,
            Channel channel,
            String address,
            Instant now,
            Instant notBefore) {
        this.id = Ids.next();
        this.addressee = addressee;
        this.person = person;
        this.memberId = tell.memberId();
        this.about = tell.about();
        this.clauses = String.join(" ", tell.clauses());
        this.text = tell.text();
        this.facts = Json.write(tell.data());
        this.noticeKey = tell.key();
        this.urgent = tell.urgency() == Tell.Urgency.NOW;
        this.channel = channel.code();
        this.address = address;
        this.state = Notice.State.WAITING.code();
        this.createdAt = now;
        this.notBefore = notBefore;
    }

    long id() {
        return id;
    }

    String person() {
        return person;
    }

    String address() {
        return address;
    }

    void sent(Instant at) {
        state = Notice.State.SENT.code();
        sentAt = at;
    }

    void delivered(Instant at) {
        state = Notice.State.DELIVERED.code();
        sentAt = at;
        deliveredAt = at;
    }

    void failed(String reason) {
        state = Notice.State.FAILED.code();
        why = reason;
    }

    Notice view() {
        return new Notice(
                id,
                addressee,
                person,
                memberId,
                about,
                clauses.isEmpty() ? List.of() : List.of(clauses.split(" ")),
                text,
                Json.facts(facts),
                Channel.valueOf(channel.toUpperCase(Locale.ROOT)),
                createdAt,
                sentAt,
                deliveredAt,
                Notice.State.valueOf(state.toUpperCase(Locale.ROOT)),
                attempts,
                why);
    }

    /** As a statement of our own writes it; Hibernate does the same for entities. */
    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static Instant instant(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC);
    }
}
