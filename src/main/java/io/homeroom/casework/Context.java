package io.homeroom.casework;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What consequences are carried out for.
 *
 * @param member whom they concern
 * @param caseId the case that brought them about
 * @param billId the bill that did
 * @param key makes each of them happen once; two occasions differ in it
 * @param cite clauses where a consequence names none of its own
 * @param words fills the words in braces of a text
 * @param by who brought them about
 */
public record Context(
        @Nullable Long member,
        @Nullable Long caseId,
        @Nullable Long billId,
        String key,
        List<String> cite,
        Map<String, String> words,
        String by) {

    public Context {
        cite = List.copyOf(cite);
        words = Map.copyOf(words);
    }

    /** What a case brings about at one moment of its way. */
    static Context of(CaseRow file, String moment, List<String> cite) {
        return new Context(
                file.memberId(),
                file.id(),
                file.billId(),
                "case:" + file.id() + ":" + moment,
                cite,
                Map.of(),
                file.openedBy());
    }

    /** The same as it concerns one member. */
    Context about(long one) {
        return new Context(one, caseId, billId, key, cite, words, by);
    }

    Context of(long file) {
        return new Context(member, file, billId, key, cite, words, by);
    }

    /** The same for what follows under a key of its own. */
    Context under(String name) {
        return new Context(member, caseId, billId, key + ":" + name, cite, words, by);
    }

    Context word(String name, String value) {
        Map<String, String> more = new HashMap<>(words);
        more.put(name, value);
        return new Context(member, caseId, billId, key, cite, more, by);
    }
}
