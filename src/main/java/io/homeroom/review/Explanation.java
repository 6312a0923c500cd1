package io.homeroom.review;

import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Ruling;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a member stands as it does on a day, and what comes.
 *
 * @param day the day asked about
 * @param sentence all of it in one sentence, with clauses as people cite them
 * @param findings the gravest first
 * @param ahead what comes by itself if nothing changes, soonest first
 * @param ends what would end the gravest finding
 * @param next the next day on which anything could change by itself
 * @param uncharted years whose calendar is missing, ascending: dates in them are moved past weekends only
 */
public record Explanation(
        LocalDate day,
        String sentence,
        List<Finding> findings,
        List<Ruling.Step> ahead,
        @Nullable String ends,
        @Nullable LocalDate next,
        List<Integer> uncharted) {

    /** What has to be said about missing calendars; empty where none is missing. */
    public String caveat() {
        return caveat(uncharted);
    }

    /** What has to be said where the calendars of some years are missing; empty for none. */
    static String caveat(List<Integer> years) {
        return years.isEmpty()
                ? ""
                : years.stream().map(String::valueOf).collect(Collectors.joining("、"))
                        + "年的放假安排还没有收进日历，其中的期限只按周末顺延，收进之后可能变动";
    }
}
