package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pictures and PDFs of documents, sealed in the database. Who may see one is for the caller to decide: it belongs to a
 * draft's author, or to the people of its case.
 */
@Service
@Transactional
public class Enclosures {

    /** Most files for one document: front and back, and a few pages more. */
    public static final int MOST_FOR_ONE = 6;

    /** Most files for one application or case. */
    public static final int MOST_IN_ALL = 40;

    /** Largest file. */
    public static final int MOST_BYTES = Scan.MOST_BYTES;

    private static final String SHOWN = "select id, case_id, document, media, size_bytes, received_on from enclosure";

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final BusinessClock clock;
    private final Attempts attempts;
    private final Audit audit;

    Enclosures(JdbcClient jdbc, Lockbox lockbox, BusinessClock clock, Attempts attempts, Audit audit) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.clock = clock;
        this.attempts = attempts;
        this.audit = audit;
    }

    /** Looks at a file from outside; whatever comes of it counts against the sender's allowance of the day. */
    Outcome<Scan> look(String openid, byte[] upload) {
        if (!attempts.count(openid, Attempts.What.UPLOAD)) {
            return Outcome.refused("今天传得太多了，明天再传，或请秘书处协助");
        }
        return Scan.of(upload);
    }

    /** Keeps a file of a draft or a case. */
    Outcome<Enclosure> add(@Nullable Long draft, @Nullable Long caseId, String document, String openid, Scan scan) {
        List<Enclosure> there = draft != null ? ofDraft(draft) : caseId != null ? of(caseId) : List.of();
        if (there.size() >= MOST_IN_ALL) {
            return Outcome.refused("已经有" + MOST_IN_ALL + "个文件了，请合并成 PDF 再传");
        }
        if (there.stream().filter(one -> one.document().equals(document)).count() >= MOST_FOR_ONE) {
            return Outcome.refused(document + "已有" + MOST_FOR_ONE + "个文件了，请合并成 PDF 再传");
        }
        Enclosure made = new Enclosure(
                Ids.next(), caseId == null ? 0 : caseId, document, scan.media(), scan.content().length, clock.today());
        byte[] thumbnail = scan.thumbnail();
        jdbc.sql("insert into enclosure (association_id, id, draft_id, case_id, document, media, size_bytes, openid,"
                        + " received_on, thumbnail, content) values (:association, :id, :draft, :case, :document,"
                        + " :media, :size, :openid, :day, :thumbnail, :content)")
                .param("association", Tenant.current())
                .param("id", made.id())
                .param("draft", draft, java.sql.Types.BIGINT)
                .param("case", caseId, java.sql.Types.BIGINT)
                .param("document", document)
                .param("media", made.media())
                .param("size", made.sizeBytes())
                .param("openid", openid)
                .param("day", made.receivedOn())
                .param("thumbnail", thumbnail == null ? null : lockbox.seal(thumbnail), java.sql.Types.VARBINARY)
                .param("content", lockbox.seal(scan.content()), java.sql.Types.VARBINARY)
                .update();
        return Outcome.done(made);
    }

    /** Files of a case, oldest first. */
    @Transactional(readOnly = true)
    public List<Enclosure> of(long caseId) {
        return jdbc.sql(SHOWN + " where association_id = :association and case_id = :case order by id")
                .param("association", Tenant.current())
                .param("case", caseId)
                .query((row, n) -> shown(row))
                .list();
    }

    /** Files of a draft, oldest first. */
    @Transactional(readOnly = true)
    public List<Enclosure> ofDraft(long draft) {
        return jdbc.sql(SHOWN + " where association_id = :association and draft_id = :draft order by id")
                .param("association", Tenant.current())
                .param("draft", draft)
                .query((row, n) -> shown(row))
                .list();
    }

    /** A file of a case. */
    @Transactional(readOnly = true)
    public Optional<Enclosure> find(long caseId, long id) {
        return of(caseId).stream().filter(one -> one.id() == id).findFirst();
    }

    private static Enclosure shown(ResultSet row) throws SQLException {
        return new Enclosure(
                row.getLong("id"),
                row.getLong("case_id"),
                row.getString("document"),
                row.getString("media"),
                row.getInt("size_bytes"),
                row.getObject("received_on", LocalDate.class));
    }

    /** The small picture of a file; empty for a PDF. */
    @Transactional(readOnly = true)
    public Optional<byte[]> thumbnail(long id) {
        return bytes(id, "thumbnail").map(lockbox::open);
    }

    /**
     * The file itself, for somebody who may see it; noted in the log of acts.
     *
     * @param by who opens it: a staff user name, or {@code member:ID}
     */
    public byte[] open(Enclosure enclosure, @Nullable Long member, String by) {
        audit.note(by, "document-opened", member, enclosure.document());
        return bytes(enclosure.id(), "content")
                .map(lockbox::open)
                .orElseThrow(() -> new IllegalStateException("No content of " + enclosure));
    }

    private Optional<byte[]> bytes(long id, String column) {
        return jdbc.sql("select " + column + " from enclosure where association_id = :association and id = :id and "
                        + column + " is not null")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> row.getBytes(1))
                .optional();
    }

    /** Takes a file out of a draft again. */
    void remove(long draft, long id) {
        jdbc.sql("delete from enclosure where association_id = :association and draft_id = :draft and id = :id")
                .param("association", Tenant.current())
                .param("draft", draft)
                .param("id", id)
                .update();
    }

    /** The files of a draft go along with it into its case. */
    void handOver(long draft, long caseId) {
        jdbc.sql("update enclosure set case_id = :case, draft_id = null where association_id = :association"
                        + " and draft_id = :draft")
                .param("case", caseId)
                .param("association", Tenant.current())
                .param("draft", draft)
                .update();
    }

    void removeOfDraft(long draft) {
        jdbc.sql("delete from enclosure where association_id = :association and draft_id = :draft")
                .param("association", Tenant.current())
                .param("draft", draft)
                .update();
    }

    /** Drops the files of applications that came to nothing before a day: there is no member whose papers they were. */
    int removeRefusedBefore(LocalDate day) {
        return jdbc.sql("delete from enclosure where association_id = :association and case_id in (select id from"
                        + " case_file where association_id = :association and type = 'admission'"
                        + " and outcome in ('rejected', 'lapsed') and closed_on < :day)")
                .param("association", Tenant.current())
                .param("day", day)
                .update();
    }

    /** When the first of those applications came to nothing whose files are kept still. */
    Optional<LocalDate> oldestRefused() {
        return jdbc.sql("select min(c.closed_on) as oldest from enclosure e join case_file c"
                        + " on c.association_id = e.association_id and c.id = e.case_id"
                        + " where e.association_id = :association and c.type = 'admission'"
                        + " and c.outcome in ('rejected', 'lapsed')")
                .param("association", Tenant.current())
                .query((row, n) -> Optional.ofNullable(row.getObject("oldest", LocalDate.class)))
                .single();
    }
}
