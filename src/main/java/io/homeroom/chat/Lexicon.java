package io.homeroom.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The words of the conversation, read from {@code lexicon.yaml}.
 *
 * @param fillers what is said without meaning anything, longest first
 * @param simplified traditional characters with their simplified forms
 * @param sounds characters that are easily taken for each other, each with the one that stands for its group
 * @param entries what is known of each intent
 */
record Lexicon(
        List<String> fillers,
        Map<Integer, Integer> simplified,
        Map<Integer, Integer> sounds,
        Map<Intent, Entry> entries) {

    /**
     * How one intent is spoken of.
     *
     * @param word the word that gets it
     * @param label what it does, as a suggestion says it
     * @param keys keys of menu buttons
     * @param says sentences that mean it
     * @param cues parts of sentences with their weight
     */
    record Entry(String word, String label, List<String> keys, List<String> says, Map<String, Integer> cues) {}

    /** The lexicon that comes with the program: every intent has an entry there, every entry an intent. */
    static Lexicon shipped() {
        return Shipped.LEXICON;
    }

    /** Read when it is first asked for, and once. */
    private static final class Shipped {

        private static final Lexicon LEXICON = read();

        private static Lexicon read() {
            try (InputStream in = Lexicon.class.getResourceAsStream("lexicon.yaml")) {
                if (in == null) {
                    throw new IllegalStateException("lexicon.yaml is missing beside " + Lexicon.class);
                }
                return Lexicon.read(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Entry of(Intent intent) {
        Entry entry = entries.get(intent);
        if (entry == null) {
            throw new IllegalStateException("No words for " + intent);
        }
        return entry;
    }

    private static Lexicon read(Map<String, Object> data) {
        List<String> fillers = new ArrayList<>(strings(data.get("fillers")));
        fillers.sort((a, b) -> b.length() - a.length());

        Map<Integer, Integer> simplified = new HashMap<>();
        int[] pairs = String.valueOf(data.get("traditional"))
                .codePoints()
                .filter(c -> !Character.isWhitespace(c))
                .toArray();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            simplified.put(pairs[i], pairs[i + 1]);
        }

        Map<Integer, Integer> sounds = new HashMap<>();
        for (String group : strings(data.get("sounds"))) {
            int first = group.codePointAt(0);
            group.codePoints().forEach(c -> sounds.putIfAbsent(c, first));
        }

        Map<Intent, Entry> entries = new EnumMap<>(Intent.class);
        map(data.get("intents")).forEach((name, value) -> {
            Map<String, Object> entry = map(value);
            Map<String, Integer> cues = new LinkedHashMap<>();
            map(entry.get("cues")).forEach((cue, weight) -> cues.put(cue, (Integer) weight));
            entries.put(
                    Intent.valueOf(name.toUpperCase(Locale.ROOT)),
                    new Entry(
                            String.valueOf(entry.get("word")),
                            String.valueOf(entry.get("label")),
                            strings(entry.get("keys")),
                            strings(entry.get("says")),
                            cues));
        });
        for (Intent intent : Intent.values()) {
            if (!entries.containsKey(intent)) {
                throw new IllegalStateException("lexicon.yaml has no words for " + intent);
            }
        }
        return new Lexicon(List.copyOf(fillers), Map.copyOf(simplified), Map.copyOf(sounds), entries);
    }

    private static List<String> strings(@Nullable Object value) {
        List<String> strings = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> strings.add(String.valueOf(item)));
        }
        return strings;
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> raw) {
            raw.forEach((key, item) -> map.put(String.valueOf(key), item));
        }
        return map;
    }
}
