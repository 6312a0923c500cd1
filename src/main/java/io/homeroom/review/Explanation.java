package io.homeroom.review;

import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Ruling;
import java.time.LocalDate;
import java.util.List;
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
 */
public record Explanation(
        LocalDate day,
        String sentence,
        List<Finding> findings,
        List<Ruling.Step> ahead,
        @Nullable String ends,
        @Nullable LocalDate next) {}
