package io.homeroom.governance;

import io.homeroom.ground.Refusal;
import io.homeroom.rulebook.Rulebook.Share;
import io.homeroom.rulebook.Track.Vote;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A counted vote. All arithmetic is in integers; those present who voted neither for nor against abstained and count as
 * present.
 *
 * @param present members of the body who took part
 * @param inFavour votes for
 * @param against votes against
 * @param seats seats filled, the base of quorums and of votes of all in office
 */
public record Tally(int present, int inFavour, int against, int seats) {

    /** What a tally amounts to: whether it carries, and whether it hit the share exactly. */
    public record Result(boolean passed, boolean exact) {}

    /**
     * Why this count cannot be recorded at all: more votes than people, or too few people.
     *
     * @param quorum share of the seats that must be present, null for none
     */
    public Optional<Refusal> fault(@Nullable Share quorum, List<String> quorumCite) {
        if (present < 0 || inFavour < 0 || against < 0 || inFavour + against > present) {
            return Optional.of(
                    new Refusal("票数不符：到会" + present + "，同意" + inFavour + "，反对" + against + "，同意和反对之和不能超过到会数"));
        }
        if (present == 0) {
            return Optional.of(new Refusal(quorumCite, "没有人到会，不能表决", null));
        }
        if (quorum != null && !quorum.reachedBy(present, seats)) {
            return Optional.of(new Refusal(
                    quorumCite,
                    "未达到法定人数：应到" + seats + "，实到" + present + "，须达到" + quorum.numerator() + "/" + quorum.denominator(),
                    null));
        }
        return Optional.empty();
    }

    /** Whether the vote carries under a rule; {@code tiePasses} is the reading for exactly the share, if the rule has one. */
    public Result under(Vote rule, @Nullable Boolean tiePasses) {
        int base = rule.base().equals("seats") ? seats : present;
        boolean exact = rule.share().exactly(inFavour, base);
        boolean reached = exact && tiePasses != null ? tiePasses : rule.share().reachedBy(inFavour, base);
        Integer maxAgainst = rule.maxAgainst();
        return new Result(reached && (maxAgainst == null || against <= maxAgainst), exact);
    }
}
