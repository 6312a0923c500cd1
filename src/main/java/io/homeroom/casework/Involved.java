package io.homeroom.casework;

import io.homeroom.rulebook.Rulebook;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Members who do not vote on a case because it is about them or moved by them, where the bylaws are read so; the readings
 * {@code target-votes} (IGRS-24-d) and {@code nominator-votes} (IGRS-20-X). They then count neither as present.
 */
final class Involved {

    /** Cases that take something from the member whom they are about. */
    private static final Set<String> AGAINST_IT = Set.of("downgrade", "expulsion", "sanction");

    private Involved() {}

    static Set<Long> in(Rulebook rules, CaseRow file) {
        Set<Long> involved = new TreeSet<>();
        Long target = file.memberId();
        if (target != null && AGAINST_IT.contains(file.type()) && !rules.holds("target-votes")) {
            involved.add(target);
        }
        if (!rules.holds("nominator-votes") && Boolean.parseBoolean(file.data().get("exceptional"))) {
            Arrays.stream(file.data().getOrDefault("nominated-by", "").split(" "))
                    .filter(id -> !id.isEmpty())
                    .map(Long::valueOf)
                    .forEach(involved::add);
        }
        return involved;
    }
}
