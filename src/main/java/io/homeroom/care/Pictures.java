package io.homeroom.care;

import io.homeroom.casework.Scan;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Photos of what was mailed or handed in, drawn anew and sealed. Who may see one is for the caller to decide. */
@Service
@Transactional
public class Pictures {

    private final JdbcClient jdbc;
    private final Lockbox lockbox;

    Pictures(JdbcClient jdbc, Lockbox lockbox) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
    }

    /** Takes a photo, and nothing but a photo. */
    static Outcome<Scan> look(byte[] upload) {
        Outcome<Scan> scan = Scan.of(upload);
        return scan.isDone() && scan.get().thumbnail() == null ? Outcome.refused("请传照片（JPG 或 PNG），这里不收 PDF") : scan;
    }

    /** Keeps a photo; {@code story} is the story that it belongs to. */
    long keep(Scan scan, @Nullable Long story) {
        long id = Ids.next();
        jdbc.sql("insert into care_picture (association_id, id, story_id, content)"
                        + " values (:association, :id, :story, :content)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("story", story, java.sql.Types.BIGINT)
                .param("content", lockbox.seal(scan.content()), java.sql.Types.VARBINARY)
                .update();
        return id;
    }

    /** A JPEG. */
    @Transactional(readOnly = true)
    public Optional<byte[]> open(long id) {
        return jdbc.sql("select content from care_picture where association_id = :association and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> row.getBytes(1))
                .optional()
                .map(lockbox::open);
    }

    /** Keys of a story's pictures. */
    @Transactional(readOnly = true)
    public List<Long> of(long story) {
        return jdbc.sql("select id from care_picture where association_id = :association and story_id = :story order"
                        + " by id")
                .param("association", Tenant.current())
                .param("story", story)
                .query(Long.class)
                .list();
    }
}
