package io.homeroom.casework;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A row of {@code case_file}: where a case stands on its track. */
@Entity(name = "CaseRow")
@Table(name = "case_file")
class CaseRow {

    /** Before the name of a document in the data: why it does not apply. */
    private static final String EXEMPT = "exempt:";

    static final String OPEN = "open";
    static final String APPROVED = "approved";
    static final String REJECTED = "rejected";
    static final String LAPSED = "lapsed";

    @Id
    private long id;

    @TenantId
    @PartitionKey
    @Column(name = "association_id")
    private String association;

    @Column(name = "type")
    private String type;

    @Column(name = "member_id")
    private @Nullable Long memberId;

    @Column(name = "subject")
    private String subject;

    @Column(name = "outcome")
    private String outcome;

    @Column(name = "stage")
    private int stage;

    /** The names of the steps by which that is counted; null if that is not known. */
    @Column(name = "track")
    private @Nullable String track;

    /** A counted vote failed and the case went on to whoever decides then. */
    @Column(name = "vote_failed")
    private boolean voteFailed;

    /** The effect has been applied provisionally and waits to be confirmed. */
    @Column(name = "provisional")
    private boolean provisional;

    /** Opened by the nightly look. */
    @Column(name = "by_rule")
    private boolean byRule;

    @Column(name = "rule_key")
    private @Nullable String ruleKey;

    @Column(name = "bill_id")
    private @Nullable Long billId;

    @Column(name = "referred_to")
    private @Nullable String referredTo;

    @Column(name = "waits_at")
    private @Nullable String at;

    @Column(name = "opened_on")
    private LocalDate openedOn;

    @Column(name = "opened_by")
    private String openedBy;

    @Column(name = "complete_on")
    private @Nullable LocalDate completeOn;

    @Column(name = "closed_on")
    private @Nullable LocalDate closedOn;

    @Column(name = "due_on")
    private @Nullable LocalDate due;

    @Column(name = "from_on")
    private @Nullable LocalDate from;

    @Column(name = "wake_on")
    private @Nullable LocalDate wake;

    /** The night's run has handed it to whom it waits for, and nobody was told of that by itself. */
    @Column(name = "night_on")
    private @Nullable LocalDate nightOn;

    @Column(name = "grounds")
    private String grounds;

    @Column(name = "documents")
    private String documents;

    @Column(name = "awaiting")
    private String awaiting;

    @Column(name = "data")
    @Convert(converter = SealedData.class)
    private String data;

    protected CaseRow() {}

    CaseRow(String type, @Nullable Long memberId, String subject, LocalDate openedOn, String openedBy) {
        this.id = Ids.next();
        this.association = Tenant.current();
        this.type = type;
        this.memberId = memberId;
        this.subject = subject;
        this.outcome = OPEN;
        this.openedOn = openedOn;
        this.openedBy = openedBy;
        this.grounds = Json.write(List.of());
        this.documents = Json.write(List.of());
        this.awaiting = Json.write(List.of());
        this.data = Json.write(Map.of());
    }

    long id() {
        return id;
    }

    /** Says in a notice which case it is about. */
    Map<String, String> about() {
        return Map.of(Consequences.CASE, String.valueOf(id));
    }

    String type() {
        return type;
    }

    @Nullable
    Long memberId() {
        return memberId;
    }

    /** The member of a case that must have one. */
    long member() {
        if (memberId == null) {
            throw new IllegalStateException("Case " + id + " is about nobody");
        }
        return memberId;
    }

    String subject() {
        return subject;
    }

    String outcome() {
        return outcome;
    }

    boolean isOpen() {
        return outcome.equals(OPEN);
    }

    /** Neither over nor waiting for nothing more than its effect. */
    boolean isOver() {
        return closedOn != null;
    }

    void decided(String how) {
        this.outcome = how;
    }

    void close(String how, LocalDate on) {
        this.outcome = how;
        this.closedOn = on;
        this.at = null;
        this.nightOn = null;
        this.due = null;
        this.wake = null;
        this.awaiting = Json.write(List.of());
    }

    int stage() {
        return stage;
    }

    /** Puts it at a step of the track that has these steps now. */
    void stage(int index, List<String> steps) {
        this.stage = index;
        this.track = Json.write(steps);
    }

    /** The names of the steps by which its place is counted; empty if that is not known. */
    List<String> track() {
        return track == null ? List.of() : Json.list(track);
    }

    boolean voteFailed() {
        return voteFailed;
    }

    void failVote() {
        this.voteFailed = true;
    }

    boolean provisional() {
        return provisional;
    }

    void provisional(boolean applied) {
        this.provisional = applied;
    }

    boolean byRule() {
        return byRule;
    }

    void byRule(String key, @Nullable Long bill) {
        this.byRule = true;
        this.ruleKey = key;
        this.billId = bill;
    }

    /** Under which key the nightly look, or an event, opened it. */
    @Nullable
    String ruleKey() {
        return ruleKey;
    }

    @Nullable
    Long billId() {
        return billId;
    }

    @Nullable
    String referredTo() {
        return referredTo;
    }

    void refer(String body) {
        this.referredTo = body;
    }

    @Nullable
    String at() {
        return at;
    }

    void at(@Nullable String whose) {
        if (!Objects.equals(at, whose)) {
            this.nightOn = null;
        }
        this.at = whose;
    }

    /** The night's run has handed it on; null once that was told. */
    void handedOn(@Nullable LocalDate day) {
        this.nightOn = day;
    }

    String openedBy() {
        return openedBy;
    }

    LocalDate openedOn() {
        return openedOn;
    }

    @Nullable
    LocalDate completeOn() {
        return completeOn;
    }

    void complete(LocalDate on) {
        this.completeOn = on;
    }

    @Nullable
    LocalDate closedOn() {
        return closedOn;
    }

    @Nullable
    LocalDate due() {
        return due;
    }

    void due(@Nullable LocalDate day) {
        this.due = day;
    }

    @Nullable
    LocalDate from() {
        return from;
    }

    void from(@Nullable LocalDate day) {
        this.from = day;
    }

    @Nullable
    LocalDate wake() {
        return wake;
    }

    void wake(@Nullable LocalDate day) {
        this.wake = day;
    }

    List<String> grounds() {
        return Json.list(grounds);
    }

    void grounds(List<String> clauses) {
        this.grounds = Json.write(clauses);
    }

    List<String> documents() {
        return Json.list(documents);
    }

    void file(List<String> more) {
        List<String> all = new ArrayList<>(documents());
        more.stream().filter(name -> !all.contains(name)).forEach(all::add);
        this.documents = Json.write(all);
    }

    /** Notes why a document does not apply; it is not missing then. */
    void exempt(String document, String why) {
        put(EXEMPT + document, why);
        file(List.of(document));
    }

    /** Why a document does not apply; empty where it does. */
    String exempted(String document) {
        return data().getOrDefault(EXEMPT + document, "");
    }

    /** Documents that will not do, after all. */
    void unfile(List<String> names) {
        Map<String, String> rest = new LinkedHashMap<>(data());
        if (names.stream().map(name -> rest.remove(EXEMPT + name)).anyMatch(Objects::nonNull)) {
            data(rest);
        }
        this.documents = Json.write(
                documents().stream().filter(name -> !names.contains(name)).toList());
    }

    List<String> awaiting() {
        return Json.list(awaiting);
    }

    void await(List<String> what) {
        this.awaiting = Json.write(what);
    }

    Map<String, String> data() {
        return Json.map(data);
    }

    void data(Map<String, String> fields) {
        this.data = Json.write(fields);
    }

    void put(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(data());
        more.put(field, value);
        data(more);
    }
}
