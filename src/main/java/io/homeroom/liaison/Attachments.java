package io.homeroom.liaison;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Pictures and files that go with messages, sealed. Told by what is in them, not by what they are called. */
@Service
@Transactional
public class Attachments {

    /** WeCom takes nothing smaller. */
    private static final int SMALLEST = 5;

    private static final int LARGEST_PICTURE = 10 << 20;
    private static final int LARGEST_FILE = 20 << 20;
    private static final int NAME = 80;

    private static final Map<String, String> OFFICE = Map.of(
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation");

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final BusinessClock clock;

    Attachments(JdbcClient jdbc, Lockbox lockbox, BusinessClock clock) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.clock = clock;
    }

    /** Keeps an upload: JPG or PNG up to 10 MB; PDF, Word, Excel or PowerPoint up to 20 MB. */
    public Outcome<Attached> keep(String name, byte[] upload, String by) {
        String clean = clean(name);
        String media = media(clean, upload);
        if (media.isEmpty()) {
            return Outcome.refused("这种文件发不了。可以发图片（JPG、PNG）、PDF、Word、Excel 和 PowerPoint");
        }
        boolean picture = media.startsWith("image/");
        if (upload.length < SMALLEST) {
            return Outcome.refused("“" + clean + "”是空的，请重新选一个文件");
        }
        if (upload.length > (picture ? LARGEST_PICTURE : LARGEST_FILE)) {
            return Outcome.refused(picture ? "图片最大 10 MB，请压缩后再传" : "文件最大 20 MB，请压缩后再传，或改发链接");
        }
        Attached kept = new Attached(Ids.next(), named(clean, media), media, upload.length);
        jdbc.sql("insert into broadcast_file (association_id, id, name, media, size_bytes, made_by, made_at, content)"
                        + " values (:association, :id, :name, :media, :size, :by, :at, :content)")
                .param("association", Tenant.current())
                .param("id", kept.id())
                .param("name", kept.name())
                .param("media", media)
                .param("size", upload.length)
                .param("by", by)
                .param("at", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("content", lockbox.seal(upload), java.sql.Types.VARBINARY)
                .update();
        return Outcome.done(kept);
    }

    /** {@link #keep} for what is to be read as a document: PDF or Word, up to 20 MB. */
    public Outcome<Attached> keepPaper(String name, byte[] upload, String by) {
        String media = media(clean(name), upload);
        return media.equals("application/pdf") || media.equals(OFFICE.get("docx"))
                ? keep(name, upload, by)
                : Outcome.refused("请传 PDF 或 Word（.docx）文件");
    }

    @Transactional(readOnly = true)
    public Optional<Attached> find(long id) {
        return jdbc.sql("select id, name, media, size_bytes from broadcast_file where association_id = :association"
                        + " and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> new Attached(
                        row.getLong("id"), row.getString("name"), row.getString("media"), row.getInt("size_bytes")))
                .optional();
    }

    /** The file itself. Who may see it is for the caller to decide. */
    @Transactional(readOnly = true)
    public Optional<byte[]> open(long id) {
        return jdbc.sql("select content from broadcast_file where association_id = :association and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> row.getBytes(1))
                .optional()
                .map(lockbox::open);
    }

    private static String clean(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\"<>|:*?]", "")
                .strip();
        String short1 = last.length() <= NAME ? last : last.substring(last.length() - NAME);
        return short1.isEmpty() ? "附件" : short1;
    }

    private static String named(String name, String media) {
        String ending = switch (media) {
            case "image/jpeg" -> ".jpg";
            case "image/png" -> ".png";
            case "application/pdf" -> ".pdf";
            default -> "";
        };
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(ending) || ending.equals(".jpg") && lower.endsWith(".jpeg") ? name : name + ending;
    }

    private static String media(String name, byte[] bytes) {
        if (begins(bytes, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (begins(bytes, "\u0089PNG\r\n")) {
            return "image/png";
        }
        if (begins(bytes, "%PDF-")) {
            return "application/pdf";
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return begins(bytes, "PK\u0003\u0004") ? OFFICE.getOrDefault(ending, "") : "";
    }

    private static boolean begins(byte[] bytes, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= wanted.length
                && java.util.Arrays.equals(bytes, 0, wanted.length, wanted, 0, wanted.length);
    }
}
