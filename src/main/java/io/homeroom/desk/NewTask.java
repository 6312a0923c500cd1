package io.homeroom.desk;

import io.homeroom.ground.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task to be opened: {@code NewTask.of("letter", "会籍管理部", "寄送退会告知书").about(member).due(day).cites("WHJX-12-0").once(key)}.
 *
 * @param key if given, a second opening under the same key answers the first task, whatever became of it
 */
public record NewTask(
        String what,
        String to,
        String text,
        @Nullable Long memberId,
        @Nullable Long caseId,
        @Nullable String where,
        @Nullable LocalDate due,
        @Nullable Money amount,
        List<String> clauses,
        Map<String, String> data,
        @Nullable String key) {

    public NewTask {
        clauses = List.copyOf(clauses);
        data = Map.copyOf(data);
    }

    /** A task for an office or person, with nothing else said yet. */
    public static NewTask of(String what, String to, String text) {
        return new NewTask(what, to, text, null, null, null, null, null, List.of(), Map.of(), null);
    }

    public NewTask about(@Nullable Long member) {
        return new NewTask(what, to, text, member, caseId, where, due, amount, clauses, data, key);
    }

    public NewTask of(@Nullable Long matter) {
        return new NewTask(what, to, text, memberId, matter, where, due, amount, clauses, data, key);
    }

    public NewTask at(@Nullable String place) {
        return new NewTask(what, to, text, memberId, caseId, place, due, amount, clauses, data, key);
    }

    public NewTask due(@Nullable LocalDate lastDay) {
        return new NewTask(what, to, text, memberId, caseId, where, lastDay, amount, clauses, data, key);
    }

    public NewTask worth(@Nullable Money money) {
        return new NewTask(what, to, text, memberId, caseId, where, due, money, clauses, data, key);
    }

    public NewTask cites(List<String> ids) {
        return new NewTask(what, to, text, memberId, caseId, where, due, amount, ids, data, key);
    }

    public NewTask cites(String... ids) {
        return cites(List.of(ids));
    }

    public NewTask with(Map<String, String> facts) {
        return new NewTask(what, to, text, memberId, caseId, where, due, amount, clauses, facts, key);
    }

    public NewTask once(@Nullable String unique) {
        return new NewTask(what, to, text, memberId, caseId, where, due, amount, clauses, data, unique);
    }
}
