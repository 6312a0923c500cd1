package io.homeroom.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer being put together: short lines, one screen of a phone, at most three suggestions. */
final class Screen {

    /** The last of eight lines belongs to the suggestions. */
    static final int LINES = 7;

    private final List<String> lines = new ArrayList<>();
    private final List<Suggestion> suggestions = new ArrayList<>();

    static Screen of(@Nullable String... lines) {
        Screen screen = new Screen();
        for (@Nullable String line : lines) {
            screen.line(line);
        }
        return screen;
    }

    /** One more line, unless it is empty or the screen is full. */
    Screen line(@Nullable String line) {
        if (line != null && !line.isBlank() && lines.size() < LINES) {
            lines.add(line);
        }
        return this;
    }

    /** A sentence with its clauses in brackets, the full stop behind them. */
    Screen claim(String says, String cite) {
        return line(claimed(says, cite));
    }

    static String claimed(String says, String cite) {
        String bare = says.endsWith("。") ? says.substring(0, says.length() - 1) : says;
        return bare + cite + "。";
    }

    /** How many more lines there is room for. */
    int room() {
        return LINES - lines.size();
    }

    Screen suggest(String word, String label) {
        if (suggestions.size() < 3
                && suggestions.stream().noneMatch(s -> s.word().equals(word))) {
            suggestions.add(new Suggestion(word, label));
        }
        return this;
    }

    Reply reply() {
        return new Reply(String.join("\n", lines), suggestions);
    }
}
