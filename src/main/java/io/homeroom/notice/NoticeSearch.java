package io.homeroom.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which notices; what is null does not narrow.
 *
 * @param since written at or after
 * @param newestFirst pages run from new to old, else from old to new
 * @param after id of the last notice of the page before, 0 for the first page
 */
public record NoticeSearch(
        @Nullable Long memberId,
        @Nullable String to,
        Notice.@Nullable State state,
        @Nullable String about,
        @Nullable Instant since,
        boolean newestFirst,
        long after,
        int limit) {

    /** All, oldest first. */
    public static NoticeSearch all() {
        return new NoticeSearch(null, null, null, null, null, false, 0, 100);
    }

    public NoticeSearch member(@Nullable Long member) {
        return new NoticeSearch(member, to, state, about, since, newestFirst, after, limit);
    }

    public NoticeSearch to(@Nullable String addressee) {
        return new NoticeSearch(memberId, addressee, state, about, since, newestFirst, after, limit);
    }

    public NoticeSearch state(Notice.@Nullable State wanted) {
        return new NoticeSearch(memberId, to, wanted, about, since, newestFirst, after, limit);
    }

    public NoticeSearch about(@Nullable String kind) {
        return new NoticeSearch(memberId, to, state, kind, since, newestFirst, after, limit);
    }

    public NoticeSearch since(@Nullable Instant from) {
        return new NoticeSearch(memberId, to, state, about, from, newestFirst, after, limit);
    }

    public NoticeSearch newest() {
        return new NoticeSearch(memberId, to, state, about, since, true, after, limit);
    }

    public NoticeSearch page(long afterId, int size) {
        return new NoticeSearch(memberId, to, state, about, since, newestFirst, afterId, size);
    }
}
