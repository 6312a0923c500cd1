package io.homeroom.desk;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** What members were told last, for rooms below the one that sends. */
public interface LastWord {

    /** Something told to a member: its kind, text, when it was written, and how far it came, as a word. */
    record Told(long memberId, String about, String text, Instant at, String fate) {}

    /** The latest of these kinds that each member was told; members that were never told are left out. */
    Map<Long, Told> to(Collection<Long> members, Collection<String> abouts);

    /** Whether the member's contact may be told something more this week that is not urgent. */
    boolean mayHearMore(long member);
}
