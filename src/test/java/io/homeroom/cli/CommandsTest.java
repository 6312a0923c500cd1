package io.homeroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.casework.Editions;
import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Span;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.CalendarFile;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.HolidayNoticeTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

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
    @DisplayName("calendar import 收进缺的那一年：试读不写，写了就有，再收一次说内容相同；之后算得出工作日")
    void aMissingYearIsImported(@TempDir Path folder) throws IOException {
        Path calendar =
                Files.writeString(folder.resolve("calendar.yaml"), "# 手记\n2026:\n  rest: [01-01]\n  work: []\n");
        String notice = Files.writeString(folder.resolve("n.txt"), HolidayNoticeTest.NOTICE)
                .toString();
        String into = calendar.toString();
        Span ten = new Span(10, Span.Unit.WORKDAYS);
        LocalDate start = LocalDate.of(2026, 12, 25);
        assertThat(Deadlines.lastDayToAct(start, ten, CalendarFile.years(Files.readString(calendar))))
                .isEmpty();

        assertThat(run("calendar", "import", "--dry-run", "--into", into, notice))
                .hasValue(0);
        assertThat(CalendarFile.years(Files.readString(calendar)).knows(2027)).isFalse();
        assertThat(run("calendar", "import", "--into", into, notice)).hasValue(0);
        assertThat(Files.readString(calendar)).startsWith("# 手记\n2026:\n  rest: [01-01]");
        assertThat(Deadlines.lastDayToAct(start, ten, CalendarFile.years(Files.readString(calendar))))
                .as("1 January is a Friday off")
                .contains(LocalDate.of(2027, 1, 11));
        assertThat(run("calendar", "import", "--into", into, notice)).hasValue(0);
        assertThat(out.toString()).contains("试读完毕，没有写文件", "已写入 " + into, "2027年已在 " + into + " 里，内容相同");
    }

    /** And after an update that cannot read it, the commands say so and help. */
    private void whatWasAmendedAtTheConsoleIsSeen(Path dearer) throws IOException {
        try (ConfigurableApplicationContext hall = ServerHall.open("whjx")) {
            Editions editions = hall.getBean(Editions.class);
            LocalDate today = hall.getBean(BusinessClock.class).today();
            String text = Files.readString(dearer);
            Tenant.run(
                    "whjx",
                    () -> editions.enact(
                                    new Editions.Draft(editions.newest().version(), text, today, null), "涨价", "admin")
                            .get());
            hall.getBean(JdbcClient.class)
                    .sql("update rule_edition set rules = replace(rules, 'nickname:', 'nick:')")
                    .update();
        }
        assertThat(run("explain", "whjx", "问询")).hasValue(1);
        assertThat(out.toString()).contains("whjx第1号修订（", "没有“nick”这个键", "rulebook restate");
        out.getBuffer().setLength(0);
        assertThat(run("rulebook", "text", "whjx")).hasValue(0);
        String mended = out.toString().replace("nick:", "nickname:");
        Files.writeString(dearer, mended.replace("{会员: ", "{成员: ").replace("name: 会员,", "name: 成员,"));
        assertThat(run("rulebook", "impact", dearer.toString())).hasValue(1);
        assertThat(run("rulebook", "restate", "whjx", dearer.toString(), "--why", "升级"))
                .hasValue(1);
        assertThat(out.toString()).contains("这一版没有“会员”这个等级，名册里还有1家（江城问询）：先给它们换好等级，或者留着这个等级");
        Files.writeString(dearer, mended);
        assertThat(run("rulebook", "restate", "whjx", dearer.toString(), "--why", "升级"))
                .hasValue(0);
        assertThat(out.toString()).contains("起的那一版已补写（第2号修订）");
        assertThat(run("rulebook", "impact", dearer.toString())).hasValue(0);
        assertThat(out.toString()).contains("1家会员，0家会受不同对待");
    }

    @Test
    @DisplayName("explain 与 rulebook impact：在服务器的数据库上看，什么也不改变")
    void whyAndWhatIfAreAnsweredFromTheServersDatabase(@TempDir Path folder) throws IOException {
        System.setProperty(
                "spring.datasource.url",
                "jdbc:h2:mem:commands;DB_CLOSE_DELAY=-1;MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        System.setProperty("homeroom.data-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        try {
            int year;
            boolean charted;
            try (ConfigurableApplicationContext hall = ServerHall.open("whjx")) {
                year = hall.getBean(BusinessClock.class).today().getYear();
                charted = hall.getBean(Calendars.class).current().knows(year + 1);
                Tenant.run(
                        "whjx",
                        () -> hall.getBean(Roster.class)
                                .enter(NewMember.draft("江城问询", Kind.UNIT, "会员")
                                        .joined(LocalDate.of(2019, 6, 1))
                                        .paidThrough(LocalDate.of(year - 1, 12, 31))
                                        .done()));
            }
            assertThat(run("explain", "whjx", "问询", "--day", (year + 1) + "-04-01"))
                    .hasValue(0);
            assertThat(out.toString()).contains(year + "年度会费尚欠¥8,000.00", "〔第十二条（一）〕", "怎样改变：交清");
            assertThat(out.toString().contains("注意：" + (year + 1) + "年的放假安排还没有收进日历"))
                    .isEqualTo(!charted);
            assertThat(run("explain", "whjx", "问询", "--day", "1900-01-01")).hasValue(1);
            assertThat(out.toString()).contains("1900-01-01：只能看1949年以来、二十年以内的日子");
            assertThat(run("explain", "whjx", "没有这家")).hasValue(1);
            assertThat(out.toString()).contains("没有找到“没有这家”");

            Path dearer = folder.resolve("whjx.yaml");
            try (var in = getClass().getClassLoader().getResourceAsStream("config/rulebooks/whjx.yaml")) {
                assertThat(in).isNotNull();
                Files.writeString(
                        dearer,
                        new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                .replace("amounts: {会员: 8000}", "amounts: {会员: 9000}"));
            }
            assertThat(run("rulebook", "impact", dearer.toString())).hasValue(0);
            assertThat(out.toString()).contains("换了才有：" + (year + 1) + "-01-01", "¥9,000.00", "1家会员，1家会受不同对待");
            Path renamed = folder.resolve("renamed.yaml");
            Files.writeString(
                    renamed, Files.readString(dearer).replace("{会员: ", "{成员: ").replace("name: 会员,", "name: 成员,"));
            assertThat(run("rulebook", "impact", renamed.toString())).hasValue(0);
            assertThat(out.toString()).contains("现在还不能施行：这一版没有“会员”这个等级，名册里还有1家（江城问询）");
            assertThat(run("explain", "nobody", "问询")).hasValue(1);
            assertThat(out.toString()).contains("没有“nobody”这个协会");
            whatWasAmendedAtTheConsoleIsSeen(dearer);
        } finally {
            System.clearProperty("spring.datasource.url");
            System.clearProperty("homeroom.data-key");
        }
    }

    @Test
    void aWrongCallIsExplained() {
        assertThat(run("rulebook", "check")).hasValue(2);
        assertThat(err.toString()).contains("FILE");
        assertThat(run("explain", "whjx", "问询", "--day", "2026-02-30")).hasValue(2);
        assertThat(err.toString()).contains("“2026-02-30”不是日历上的一天，请写成 2026-07-01 这样");
        assertThat(run("rulebook", "impact", "x.yaml", "--through", "明年")).hasValue(2);
        assertThat(err.toString()).contains("“明年”不是日历上的一天");
    }

    private OptionalInt run(String... args) {
        return Commands.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
