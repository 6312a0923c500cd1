package io.homeroom.papers;

import io.homeroom.ground.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Spreadsheets (.xlsx) in and out, row by row: what is held of one does not grow with its rows. */
@Component
public class Sheets {

    /** The largest file that is read. */
    public static final long LARGEST = 20L << 20;

    /** The most rows of a workbook that are read, all sheets together. */
    public static final int ROWS = 100_000;

    static final int COLUMNS = 200;
    private static final int LONGEST = 4_000;
    private static final int FLUSH = 500;
    private static final int CHOOSABLE = 2_000;
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\[[^]]*]|\\\\.");

    /** Built-in formats of days, those of Chinese workbooks included; a file names them by number only. */
    private static final Set<Integer> DAYS =
            Set.of(14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58);

    /**
     * Reads the rows of all visible sheets, one after the other; empty ones are left out.
     *
     * @param each asked for each row; false stops the reading
     * @throws Unreadable if it is no workbook, or holds more than may be in one
     */
    public void read(InputStream file, Predicate<Line> each) throws Unreadable, IOException {
        Path kept = Files.createTempFile("homeroom-", ".xlsx");
        try {
            Scales.weigh(file, kept);
            open(kept, each);
        } catch (ExcelReaderException e) {
            throw new Unreadable("这个表格文件坏了，读不出来。请用 Excel 或 WPS 打开后另存为 .xlsx 再试");
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    private static void open(Path file, Predicate<Line> each) throws Unreadable, IOException {
        try (ReadableWorkbook book = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true))) {
            int read = 0;
            for (Sheet sheet : book.getSheets()
                    .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                    .toList()) {
                try (Stream<Row> rows = sheet.openStream()) {
                    for (Iterator<Row> it = rows.iterator(); it.hasNext(); ) {
                        Line line = line(sheet.getName(), it.next());
                        if (line.blank()) {
                            continue;
                        }
                        if (++read > ROWS) {
                            throw Scales.tooMany();
                        }
                        if (!each.test(line)) {
                            return;
                        }
                    }
                }
            }
        }
    }

    private static Line line(String sheet, Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < Math.min(row.getCellCount(), COLUMNS); i++) {
            cells.add(text(row.getCell(i)));
        }
        return new Line(sheet, row.getRowNum(), cells);
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR) {
            return "";
        }
        if (cell.getType() == CellType.NUMBER) {
            if (isDay(cell)) {
                Optional<LocalDate> day = day(cell);
                if (day.isPresent()) {
                    return day.get().toString();
                }
            }
            BigDecimal number = cell.asNumber();
            // An exponent of a million would be written out as a million digits.
            return number == null || Math.abs(number.scale()) > 100
                    ? String.valueOf(cell.getRawValue())
                    : number.stripTrailingZeros().toPlainString();
        }
        String text = cell.getType() == CellType.STRING ? cell.asString() : cell.getRawValue();
        return text == null ? "" : unguarded(cut(text.strip()));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static Optional<LocalDate> day(Cell cell) {
        try {
            LocalDateTime time = cell.asDate();
            return Optional.ofNullable(time).map(LocalDateTime::toLocalDate);
        } catch (RuntimeException e) {
            // A number beyond the calendar that is shown as a day: it stays a number.
            return Optional.empty();
        }
    }

    private static boolean isDay(Cell cell) {
        String format = cell.getDataFormatString();
        if (format == null) {
            return cell.getDataFormatId() != null && DAYS.contains(cell.getDataFormatId());
        }
        String bare = QUOTED.matcher(format.toLowerCase(Locale.ROOT)).replaceAll("");
        return bare.contains("y") || (bare.contains("d") && bare.contains("m"));
    }

    /** Writes a workbook. The stream stays open. */
    public void write(OutputStream out, List<Table> tables) throws IOException {
        Workbook book = new Workbook(out, "Homeroom", "1.0");
        for (Table table : tables) {
            write(book.newWorksheet(table.name()), table);
        }
        book.finish();
    }

    private static void write(Worksheet sheet, Table table) throws IOException {
        List<Table.Column> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            Table.Column column = columns.get(i);
            sheet.width(i, column.width());
            sheet.inlineString(0, i, guarded(column.title()));
            sheet.style(0, i)
                    .bold()
                    .fillColor("EEF1F5")
                    .verticalAlignment("center")
                    .set();
            if (!column.choices().isEmpty()) {
                sheet.range(1, i, CHOOSABLE, i)
                        .validateWithListByFormula("\"" + String.join(",", column.choices()) + "\"");
            }
        }
        sheet.freezePane(0, 1);
        int number = 1;
        for (List<?> row : table.rows()) {
            for (int i = 0; i < row.size(); i++) {
                put(sheet, number, i, row.get(i));
            }
            if (number++ % FLUSH == 0) {
                sheet.flush();
            }
        }
        sheet.finish();
    }

    private static void put(Worksheet sheet, int row, int column, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (value instanceof Money money) {
            sheet.value(row, column, BigDecimal.valueOf(money.fen(), 2));
            sheet.style(row, column).format("#,##0.00").set();
        } else if (value instanceof LocalDate day) {
            sheet.value(row, column, day);
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (value instanceof Number number) {
            sheet.value(row, column, number);
        } else {
            sheet.inlineString(row, column, guarded(value.toString()));
        }
    }

    /**
     * A text that no spreadsheet program takes for a formula, also after it was saved as CSV: what members wrote is
     * opened by the office.
     */
    private static String guarded(String text) {
        StringBuilder kept = new StringBuilder();
        Texts.showable(text).limit(LONGEST).forEach(kept::appendCodePoint);
        return begins(kept.toString()) ? "'" + kept : kept.toString();
    }

    /** Takes the guard off what was written here and came back. */
    private static String unguarded(String text) {
        return text.startsWith("'") && begins(text.substring(1)) ? text.substring(1) : text;
    }

    private static boolean begins(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    }
}
