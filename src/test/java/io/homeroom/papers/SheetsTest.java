package io.homeroom.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.ground.Money;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("表格：来路不明的先掂量，送出去的不伤人")
class SheetsTest {

    @TempDir
    Path folder;

    private final Sheets sheets = new Sheets();

    @Test
    @DisplayName("写出去再读回来，天数、金额、编号都还是原样，行号和表格软件里看到的一致")
    void what_was_written_reads_the_same() throws Exception {
        byte[] book = book(List.of(
                Arrays.asList("江城建工", LocalDate.of(2026, 3, 31), Money.ofYuan(8000), 12, "91420100MA4KX0000X"),
                Arrays.asList(null, null, null, null, null),
                Arrays.asList("海川\u0007科技", LocalDate.of(2020, 2, 29), new Money(1_234_567), null, "07551234")));

        List<Line> lines = read(book);

        assertThat(lines).extracting(Line::number).containsExactly(1, 2, 4);
        assertThat(lines.get(1).cells()).containsExactly("江城建工", "2026-03-31", "8000", "12", "91420100MA4KX0000X");
        assertThat(lines.get(2).cells()).containsExactly("海川科技", "2020-02-29", "12345.67", "", "07551234");
        assertThat(Line.letters(0) + Line.letters(25) + Line.letters(26) + Line.letters(701))
                .isEqualTo("AZAAZZ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "'=1+1"})
    @DisplayName("会员写来的公式导出后只是文字，读回来仍是他写的")
    void no_text_becomes_a_formula(String hostile) throws Exception {
        byte[] book = book(List.of(Arrays.asList(hostile, null, null, null, null)));
        assertThat(part(book, "xl/worksheets/sheet1.xml"))
                .doesNotContain("<f>")
                .contains(hostile.startsWith("'") ? "'=1" : "'" + hostile.charAt(0));
        if (!hostile.startsWith("'")) {
            assertThat(read(book).get(1).cell(0)).isEqualTo(hostile);
        }
    }

    @Test
    @DisplayName("不是表格、坏的表格、旧格式，都说清楚怎么办")
    void what_is_no_workbook_is_refused_in_words() throws Exception {
        assertThatThrownBy(() -> read("单位,日期".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("另存为 .xlsx");
        assertThatThrownBy(() -> read(zip("a.txt", "x".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Unreadable.class);
        byte[] book = book(List.of(List.of("a")));
        assertThatThrownBy(() -> read(Arrays.copyOf(book, book.length / 2))).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> read(with(book, "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c")))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> read(new byte[(int) Sheets.LARGEST + 1]))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("20 MB");
    }

    @Test
    @DisplayName("压缩炸弹在展开之前就被认出来")
    void a_bomb_does_not_go_off() throws Exception {
        byte[] bomb = zip("[Content_Types].xml", new byte[170 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThatThrownBy(() -> read(bomb)).isInstanceOf(Unreadable.class).hasMessageContaining("展开后太大");
    }

    @Test
    @DisplayName("一个格子自称在一亿列之外，不会占一亿个位置；外部实体不读")
    void absurd_cells_and_entities_do_nothing() throws Exception {
        byte[] book = book(List.of(List.of("a")));
        String far = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                + "<row r=\"1\"><c r=\"ZZZZZZ1\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>";
        assertThatThrownBy(() -> read(with(book, "xl/worksheets/sheet1.xml", far)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("不存在的列");
        String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + far.replace("ZZZZZZ1", "A1").replace(">x<", ">&e;<");
        try {
            assertThat(read(with(book, "xl/worksheets/sheet1.xml", entity)))
                    .allMatch(line -> line.cell(0).isEmpty());
        } catch (Unreadable refused) {
            assertThat(refused.sentence()).contains("坏了");
        }
    }

    @Test
    @DisplayName("十万行之后不再读")
    void a_hundred_thousand_rows_and_no_more() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Iterable<List<String>> many = () -> IntStream.rangeClosed(1, Sheets.ROWS)
                .mapToObj(i -> List.of("x"))
                .iterator();
        sheets.write(out, List.of(new Table("多", List.of(Table.Column.of("a", 5)), many)));
        int[] seen = {0};
        assertThatThrownBy(() -> sheets.read(new ByteArrayInputStream(out.toByteArray()), line -> ++seen[0] > 0))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("100,000");
        assertThat(seen[0]).isEqualTo(Sheets.ROWS);
    }

    private byte[] book(List<? extends List<?>> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Table.Column> columns = List.of("单位", "日期", "金额", "数", "编号").stream()
                .map(title -> Table.Column.of(title, 12))
                .toList();
        sheets.write(out, List.of(new Table("会员", columns, rows)));
        return out.toByteArray();
    }

    private List<Line> read(byte[] book) throws Unreadable, IOException {
        List<Line> lines = new ArrayList<>();
        sheets.read(new ByteArrayInputStream(book), lines::add);
        return lines;
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }

    private byte[] with(byte[] book, String name, String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile in = opened(book);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry part : Collections.list(in.entries())) {
                zip.putNextEntry(new ZipEntry(part.getName()));
                zip.write(
                        part.getName().equals(name)
                                ? content.getBytes(StandardCharsets.UTF_8)
                                : in.getInputStream(part).readAllBytes());
            }
        }
        return out.toByteArray();
    }

    private String part(byte[] book, String name) throws IOException {
        try (ZipFile in = opened(book)) {
            return new String(in.getInputStream(in.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("&apos;", "'");
        }
    }

    private ZipFile opened(byte[] book) throws IOException {
        return new ZipFile(Files.write(folder.resolve(book.length + "-" + System.nanoTime() + ".xlsx"), book)
                .toFile());
    }
}
