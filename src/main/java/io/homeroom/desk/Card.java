package io.homeroom.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message to a colleague that shows facts in rows and can be answered by touching a button: {@code
 * Tell.of("staff:7", member, "arrears", card.asText()).with(card.data())}. Where cards are unknown its text is shown.
 *
 * @param title at most 26 characters are shown
 * @param says a sentence below the title; may be empty
 * @param rows name and value, at most six
 * @param buttons at most six
 * @param url where a touch on the card itself leads, absolute or from the root of this server; null for nowhere
 */
public record Card(
        String title,
        String says,
        List<Row> rows,
        List<Button> buttons,
        @Nullable String url) {

    private static final String CARD = "card";
    private static final String SETTLES = "settles";
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** A fact: {@code 欠费 ¥8,000.00}. */
    public record Row(String name, String value) {}

    /**
     * Something that can be touched.
     *
     * @param text at most ten characters
     * @param key what comes back: {@code command:act:argument}
     * @param url if given, the touch opens this page instead of coming back
     */
    public record Button(String text, String key, @Nullable String url) {}

    public Card {
        rows = List.copyOf(rows);
        buttons = List.copyOf(buttons);
    }

    /** A card with a title and a sentence. */
    public static Card of(String title, String says) {
        return new Card(title, says, List.of(), List.of(), null);
    }

    /** With one more row; one without a value is left out. */
    public Card row(String name, String value) {
        return value.isBlank() ? this : new Card(title, says, and(rows, new Row(name, value)), buttons, url);
    }

    /** With one more button that comes back with its key. */
    public Card button(String text, String key) {
        return new Card(title, says, rows, and(buttons, new Button(text, key, null)), url);
    }

    /** With one more button that opens a page. */
    public Card opens(String text, String page) {
        return new Card(title, says, rows, and(buttons, new Button(text, "", page)), url);
    }

    /** Leading to a page when touched. */
    public Card at(String page) {
        return new Card(title, says, rows, buttons, page);
    }

    private static <T> List<T> and(List<T> list, T item) {
        List<T> longer = new java.util.ArrayList<>(list);
        longer.add(item);
        return longer;
    }

    /** The whole as lines of text. */
    public String asText() {
        StringBuilder text = new StringBuilder(title);
        if (!says.isBlank()) {
            text.append('\n').append(says);
        }
        rows.forEach(row -> text.append('\n').append(row.name()).append('：').append(row.value()));
        return text.toString();
    }

    /** As it travels with a {@link Tell}. */
    public Map<String, String> data() {
        return Map.of(CARD, MAPPER.writeValueAsString(this));
    }

    /** The card that travels with these facts. */
    public static Optional<Card> in(Map<String, String> data) {
        return Optional.ofNullable(data.get(CARD)).map(card -> MAPPER.readValue(card, Card.class));
    }

    /**
     * What makes a card's buttons give way to a word, so that it is not touched twice; the text of the {@link Tell} is that
     * word.
     *
     * @param responseCode with which the touch came
     */
    public static Map<String, String> settles(String responseCode) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(SETTLES, responseCode);
        return data;
    }

    /** The code of the card that a message with these facts settles. */
    public static Optional<String> settledBy(Map<String, String> data) {
        return Optional.ofNullable(data.get(SETTLES));
    }
}
