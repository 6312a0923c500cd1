package io.homeroom.chat;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer, one screen of a phone.
 *
 * @param text the lines of the answer, without the suggestions; empty where nothing is to be said
 * @param suggestions at most three things to do now
 * @param kept whether the dialogue holds all of it under the number of what was heard, to be said again as it is
 */
public record Reply(String text, List<Suggestion> suggestions, boolean kept) {

    public static final Reply SILENCE = new Reply("", List.of());

    public Reply {
        suggestions = List.copyOf(suggestions);
    }

    public Reply(String text, List<Suggestion> suggestions) {
        this(text, suggestions, false);
    }

    /** The whole as one text: the answer, and the suggestions in its last line. */
    public String asText() {
        if (suggestions.isEmpty()) {
            return text;
        }
        String last = suggestions.stream()
                .map(suggestion -> "「" + suggestion.word() + "」" + suggestion.label())
                .collect(Collectors.joining(" ·", "回复", ""));
        return text.isEmpty() ? last : text + "\n" + last;
    }
}
