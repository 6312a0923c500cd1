package io.homeroom.sandbox.wecom;

import java.util.List;

/**
 * One page of a list, by an opaque cursor.
 *
 * @param items those of this page
 * @param next cursor of the following page; empty at the end
 */
record Cursor<T>(List<T> items, String next) {

    /** The page after a cursor; an unknown cursor begins at the start. */
    static <T> Cursor<T> page(List<T> all, String cursor, long limit) {
        int from = cursor.matches("c\\d{1,6}") ? Math.min(all.size(), Integer.parseInt(cursor.substring(1))) : 0;
        int to = (int) Math.min(all.size(), from + limit);
        return new Cursor<>(List.copyOf(all.subList(from, to)), to < all.size() ? "c" + to : "");
    }
}
