package io.homeroom.casework;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to open a case.
 *
 * @param type its kind
 * @param member whom it is about; null for a resolution
 * @param subject name of a resolution
 * @param mover who moves it: {@code member}, {@code member:ID}, {@code staff:ID} or an office
 * @param grounds clauses named as grounds
 * @param documents documents handed in; null for all that are asked for
 * @param data what is asked for: {@code to}, {@code until}, {@code kind}, {@code field}, {@code from}, {@code year},
 *     {@code matter}, {@code count}, {@code fee:GRADE} …; about a person: {@code head}
 * @param nominatedBy ids of members that nominate
 */
public record Opening(
        String type,
        @Nullable Long member,
        String subject,
        String mover,
        List<String> grounds,
        @Nullable List<String> documents,
        Map<String, String> data,
        List<Long> nominatedBy) {

    /** A member's own request. */
    public static Opening byMember(String type, long member, Map<String, String> data) {
        return new Opening(type, member, "", "member", List.of(), null, data, List.of());
    }
}
