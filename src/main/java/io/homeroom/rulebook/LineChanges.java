package io.homeroom.rulebook;

import java.util.ArrayList;
import java.util.List;

/** What changed between two texts, line by line. */
public final class LineChanges {

    /** Beyond this the middle is shown as taken out and written anew: nobody reads such a comparison. */
    private static final long MOST = 6_000_000;

    /**
     * A line that only one of the texts has.
     *
     * @param added whether the later text has it
     * @param line its number in the text that has it, from 1
     */
    public record Change(boolean added, int line, String text) {}

    private LineChanges() {}

    /** Lines taken out and added, in the order of the texts, of each place those taken out first. */
    public static List<Change> between(String before, String after) {
        List<String> old = List.of(before.split("\n", -1));
        List<String> now = List.of(after.split("\n", -1));
        int start = 0;
        while (start < Math.min(old.size(), now.size()) && old.get(start).equals(now.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(old.size(), now.size()) - start
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        return changes(old.subList(start, old.size() - end), now.subList(start, now.size() - end), start);
    }

    private static List<Change> changes(List<String> old, List<String> now, int offset) {
        int[][] common = (long) old.size() * now.size() > MOST ? null : common(old, now);
        List<Change> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (common != null && i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (i < old.size() && (common == null || j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                changes.add(new Change(false, offset + i + 1, old.get(i++)));
            } else {
                changes.add(new Change(true, offset + j + 1, now.get(j++)));
            }
        }
        return changes;
    }

    /** How many lines in order the rests from i and j have in common. */
    private static int[][] common(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
