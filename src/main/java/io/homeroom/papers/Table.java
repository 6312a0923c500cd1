package io.homeroom.papers;

import java.util.List;

/**
 * A sheet to be written.
 *
 * @param name of the sheet
 * @param rows taken one by one and never kept: text, {@link Number}, {@link java.time.LocalDate}, {@link
 *     io.homeroom.ground.Money} or null for each column
 */
public record Table(String name, List<Column> columns, Iterable<? extends List<?>> rows) {

    public Table {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param title what stands above it
     * @param width in characters
     * @param choices what may be chosen in it, empty for anything
     */
    public record Column(String title, int width, List<String> choices) {

        public Column {
            choices = List.copyOf(choices);
        }

        /** A column in which anything may stand. */
        public static Column of(String title, int width) {
            return new Column(title, width, List.of());
        }
    }
}
