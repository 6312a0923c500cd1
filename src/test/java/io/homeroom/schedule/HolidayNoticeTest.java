package io.homeroom.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.ground.WorkCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("放假通知：读懂、核对、收进日历")
public class HolidayNoticeTest {

    /** Made up for a year to come: the shape of a notice, with days of its own. */
    public static final String NOTICE = """
        关于2027年部分节假日安排的通知
        现将2027年放假日期安排如下。
        一、元旦：1月1日（周五）至3日（周日）放假，共3天。
        二、春节：2月5日（农历除夕前一日、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。鼓励职工在2月12日休息。
        三、清明节：4月3日（周六）至5日（周一）放假，共3天。
        四、劳动节：5月1日（星期六）至5日（星期三）放假调休，共5天。5月8日（周六）上班。
        五、端午节：6月9日（周三）放假1天，不调休。
        六、中秋节：9月15日（周三）放假1天。
        七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
        节假日期间，要妥善安排好值班。
        """;

    @Test
    void daysOffAndMakeUpWorkdaysAreFound() {
        HolidayNotice notice = HolidayNotice.read(NOTICE);

        assertThat(notice.faults()).isEmpty();
        assertThat(notice.year()).isEqualTo(2027);
        WorkCalendar calendar = new WorkCalendar(notice.years());
        assertThat(calendar.isRest(LocalDate.of(2027, 2, 11))).isTrue();
        assertThat(calendar.isRest(LocalDate.of(2027, 2, 12))).as("鼓励休息不是放假").isFalse();
        assertThat(calendar.isRest(LocalDate.of(2027, 2, 20))).isFalse();
        assertThat(calendar.isRest(LocalDate.of(2027, 6, 9))).isTrue();
        assertThat(notice.years().get(2027))
                .satisfies(year -> assertThat(year.rest()).hasSize(3 + 7 + 3 + 5 + 1 + 1 + 7));
    }

    @Test
    void whatDoesNotAgreeWithItselfIsAFault() {
        assertThat(HolidayNotice.read(NOTICE.replace("2月11", "2月10").replace("至11日（周四）", "至10日（周四）"))
                        .faults())
                .anyMatch(f -> f.contains("写的是7天，日期数出来是6天"))
                .anyMatch(f -> f.contains("2027-02-10写作周四，实际是周三"));
        assertThat(HolidayNotice.read(NOTICE.replace("5月8日（周六）", "5月7日")).faults())
                .containsExactly("2027-05-07不是周末，却写作补班日");
        assertThat(HolidayNotice.read(NOTICE.replace("端午节", "某节")).faults()).containsExactly("没有找到端午的放假日期");
        assertThat(HolidayNotice.read(NOTICE.replace("6月9日（周三）", "6月31日")).faults())
                .contains("“6月31日”不是一个日期");
        assertThat(HolidayNotice.read("明天放假").faults()).hasSize(1);
    }

    @Test
    void aHolidayThatBeginsInTheYearBeforeIsAddedThere() {
        String text = NOTICE.replace("1月1日（周五）至3日（周日）放假，共3天", "2026年12月31日（周四）至2027年1月2日（周六）放假，共3天");
        HolidayNotice notice = HolidayNotice.read(text);

        assertThat(notice.faults()).isEmpty();
        String file = CalendarFile.with("# remark\n2026:\n  rest: [01-01]\n  work: []\n", notice);
        WorkCalendar calendar = CalendarFile.years(file);
        assertThat(file).startsWith("# remark\n2026:\n  rest: [01-01, 12-31]\n");
        assertThat(calendar.isRest(LocalDate.of(2026, 12, 31))).isTrue();
        assertThat(calendar.isRest(LocalDate.of(2026, 1, 1))).isTrue();
        assertThat(calendar.knows(2027)).isTrue();
        assertThat(CalendarFile.with(file, notice)).as("a second time").isEqualTo(file);
    }

    @Test
    @DisplayName("文件改了，半分钟内生效；改坏了，照旧")
    void aChangedFileIsSeen(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("calendar.yaml");
        Files.writeString(file, "2026:\n  rest: []\n  work: []\n");
        Turned clock = new Turned();
        CalendarShelf shelf = new CalendarShelf(file, clock);
        assertThat(shelf.get().knows(2027)).isFalse();

        CalendarFile.write(file, CalendarFile.with(CalendarFile.text(file), HolidayNotice.read(NOTICE)));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-20T00:00:00Z")));
        clock.pass(Duration.ofSeconds(29));
        assertThat(shelf.get().knows(2027)).isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(shelf.get().knows(2027)).isTrue();

        Files.writeString(file, "no years");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-21T00:00:00Z")));
        clock.pass(Duration.ofMinutes(1));
        assertThat(shelf.get().knows(2027)).isTrue();
    }

    private static final class Turned extends Clock {
        private Instant now = Instant.parse("2026-11-19T08:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
