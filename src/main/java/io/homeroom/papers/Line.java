package io.homeroom.papers;

import java.util.List;

/**
 * A row of a sheet as it was read.
 *
 * @param sheet name of the sheet
 * @param number as the spreadsheet program shows it, from 1
 * @param cells texts from column A on, trimmed; empty where a cell is: days as {@code 2026-03-31}, numbers without
 *     separators
 */
public record Line(String sheet, int number, List<String> cells) {

    public Line {
        cells = List.copyOf(cells);
    }

    /** The text of a column, counted from 0; empty beyond the last. */
    public String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    /** Whether nothing stands in it. */
    public boolean blank() {
        return cells.stream().allMatch(String::isEmpty);
    }

    /** The letters of a column, counted from 0: {@code A}, {@code Z}, {@code AA}. */
    public static String letters(int column) {
        String letters = "";
        for (int rest = column; rest >= 0; rest = rest / 26 - 1) {
            letters = (char) ('A' + rest % 26) + letters;
        }
        return letters;
    }
}
