package io.homeroom.desk;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody must hear of something. Published through Spring's {@code ApplicationEventPublisher} inside the transaction
 * of its cause; {@code notice} hears it there and writes it down, and sends it after the commit.
 *
 * @param to {@code member} (its contact: liaison, else representative; a person itself), {@code liaison}, {@code
 *     representative}, {@code former} (who spoke for it until now, by the fact {@code openid}), {@code branch}, {@code
 *     teacher} (the member's class teacher, else the secretariat), {@code staff:ID}, {@code admin}, or an office or body by
 *     the rulebook's word
 * @param memberId whom it is about; required for the first six
 * @param about code of the kind: {@code bill}, {@code reminder}, {@code payment}, {@code decision} … also chooses the template
 * @param clauses ids of the clauses it rests on
 * @param text what it says, in Chinese; for an office without amounts, as its group reads along
 * @param key if given, a second telling under the same key is not written again
 * @param data further facts: {@code amountFen}, {@code dueOn}, {@code url} … for templates
 */
public record Tell(
        String to,
        @Nullable Long memberId,
        String about,
        List<String> clauses,
        String text,
        Urgency urgency,
        @Nullable String key,
        Map<String, String> data) {

    /** How soon it must be heard. */
    public enum Urgency {
        /** At once, at night too. */
        NOW,
        /** At the next decent hour; of an office, whoever holds it, else its group. */
        SOON,
        /** At the next decent hour. An office hears it in its digest. */
        DAY,
        /** In the next morning's digest; for persons the same as {@link #DAY}. */
        DIGEST
    }

    public Tell {
        clauses = List.copyOf(clauses);
        data = Map.copyOf(data);
    }

    /** By day, told as often as it is published. */
    public static Tell of(String to, @Nullable Long member, String about, String text, String... clauses) {
        return new Tell(to, member, about, List.of(clauses), text, Urgency.DAY, null, Map.of());
    }

    public Tell cites(List<String> ids) {
        return new Tell(to, memberId, about, ids, text, urgency, key, data);
    }

    public Tell urgency(Urgency wanted) {
        return new Tell(to, memberId, about, clauses, text, wanted, key, data);
    }

    public Tell once(@Nullable String unique) {
        return new Tell(to, memberId, about, clauses, text, urgency, unique, data);
    }

    public Tell with(Map<String, String> facts) {
        return new Tell(to, memberId, about, clauses, text, urgency, key, facts);
    }
}
