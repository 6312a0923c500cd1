package io.homeroom.rulebook;

import io.homeroom.ground.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that a rule makes.
 *
 * @param what its code: reply, registration, announcement, letter …
 * @param to the office, {@code teacher} for the class teacher, or {@code branch} for the branch that the member belongs to
 * @param where 网站 or 内部 for an announcement
 * @param due time allowed, rolled past rest days or in working days; null for none written
 * @param alert where no time is written: after how long undone its office is alerted, because the delay does harm
 * @param alertCite by which clause
 * @param documents what must be attached when it is done, e.g. a photo
 * @param cite its clause
 */
public record TaskRule(
        String what,
        String to,
        @Nullable String where,
        @Nullable Span due,
        @Nullable Span alert,
        List<String> alertCite,
        List<String> documents,
        List<String> cite) {}
