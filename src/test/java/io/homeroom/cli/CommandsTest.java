package io.homeroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("命令行：rulebook check")
class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutACommandTheServerStarts() {
        assertThat(run()).isEmpty();
        assertThat(run("--server.port=0")).isEmpty();
        assertThat(run("--spring.profiles.active=sandbox")).isEmpty();
    }

    @Test
    void everyFaultIsALineWithItsPlaceAndTheExitCodeIsOne(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), "code: demo\nnam: x\ngrades: 3\n");

        assertThat(run("rulebook", "check", file.toString())).hasValue(1);
        assertThat(out.toString().lines())
                .anyMatch(l -> l.startsWith(file + ":2:1: 没有“nam”这个键，是否想写“name”？"))
                .anyMatch(l -> l.startsWith(file + ":3:9: 这里应是列表"))
                .anyMatch(l -> l.startsWith(file + ":1:1: 缺少“edition”"));
    }

    @Test
    void aSoundFileSaysNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("whjx.yaml");
        try (var in = getClass().getClassLoader().getResourceAsStream("config/rulebooks/whjx.yaml")) {
            assertThat(in).isNotNull();
            Files.copy(in, file);
        }

        assertThat(run("rulebook", "check", file.toString())).hasValue(0);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMissingOrUnreadableFileIsAFaultToo(@TempDir Path folder) throws IOException {
        Path gone = folder.resolve("gone.yaml");
        Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        assertThat(run("rulebook", "check", gone.toString(), binary.toString())).hasValue(1);
        assertThat(out.toString()).contains(gone + ":1:1: 找不到文件", binary + ":1:1: 不是 UTF-8 编码的文本");
    }

    @Test
    void aNoticeOfDaysOffIsTakenWholeOrNotAtAll(@TempDir Path folder) throws IOException {
        Path calendar = folder.resolve("calendar.yaml");
        Path notice = Files.writeString(folder.resolve("n.txt"), "2027年部分节假日安排：一、元旦：1月1日（周六）放假1天。");

        assertThat(run("calendar", "import", "--into", calendar.toString(), notice.toString()))
                .hasValue(1);
        assertThat(out.toString()).contains("不收：2027-01-01写作周六，实际是周五", "没有找到春节的放假日期", "什么也没有写");
        assertThat(calendar).doesNotExist();
    }

    @Test
    void aWrongCallIsExplained() {
        assertThat(run("rulebook", "check")).hasValue(2);
        assertThat(err.toString()).contains("FILE");
    }

    private OptionalInt run(String... args) {
        return Commands.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
