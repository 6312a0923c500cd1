package io.homeroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.rulebook.Act.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("审计里的事")
class ActsTest {

    private static final Pattern NOTE = Pattern.compile("audit\\s*\\.note\\(");
    private static final Pattern CODE = Pattern.compile("\"([a-z]+(?:-[a-z]+)*)\"");

    @Test
    @DisplayName("程序记下的每一种，审计页上都有中文的说法")
    void everyActHasItsWord() throws IOException {
        TreeSet<String> acts = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(one -> one.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                Matcher note = NOTE.matcher(text);
                while (note.find()) {
                    Matcher code = CODE.matcher(second(text, note.end()));
                    while (code.find()) {
                        acts.add(code.group(1));
                    }
                }
            }
        }
        for (Effect effect : Effect.values()) {
            acts.add("effect-" + effect.name().toLowerCase(Locale.ROOT));
        }
        assertThat(acts).hasSizeGreaterThan(80).contains("bound", "unbound", "effect-expel");
        assertThat(acts.stream()
                        .filter(act -> Acts.word(act).matches(".*[A-Za-z].*"))
                        .toList())
                .isEqualTo(List.of());
    }

    /** The second argument of a call whose arguments begin there. */
    private static String second(String text, int begin) {
        int depth = 0;
        int from = -1;
        for (int i = begin; ; i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                if (from >= 0) {
                    return text.substring(from, i);
                }
                from = i + 1;
            }
        }
    }
}
