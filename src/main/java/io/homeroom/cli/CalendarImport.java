package io.homeroom.cli;

import io.homeroom.ground.WorkCalendar;
import io.homeroom.schedule.CalendarFile;
import io.homeroom.schedule.HolidayNotice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code calendar import NOTICE}: takes the coming year's notice of days off into {@code config/calendar.yaml}, all of it or
 * nothing. Exit code 1 if the notice does not agree with itself or would change a year already there.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "把国务院办公厅的放假通知（UTF-8 文本）收进 config/calendar.yaml；星期、天数对不上的不收。")
final class CalendarImport implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NOTICE", description = "通知全文的文本文件")
    private Path notice = Path.of("");

    @Option(names = "--into", paramLabel = "FILE", description = "写入哪个文件，默认 config/calendar.yaml")
    private Path into = Path.of(CalendarFile.PLACE);

    @Option(names = "--replace", description = "已有这一年而内容不同时，以通知为准")
    private boolean replace;

    @Option(names = "--dry-run", description = "只看读到了什么，不写文件")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("Called outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        HolidayNotice read;
        try {
            read = HolidayNotice.read(Files.readString(notice, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return say(out, 1, notice + "：找不到文件");
        } catch (CharacterCodingException e) {
            return say(out, 1, notice + "：不是 UTF-8 编码的文本，请另存为 UTF-8");
        }
        new TreeSet<>(read.years().keySet())
                .forEach(year -> show(out, year, read.years().get(year)));
        if (!read.faults().isEmpty()) {
            read.faults().forEach(fault -> out.println("不收：" + fault));
            return say(out, 1, "请对照通知原文改好再收；什么也没有写。");
        }
        String before = CalendarFile.text(into);
        String after = CalendarFile.with(before, read);
        WorkCalendar.Year known = CalendarFile.years(before).years().get(read.year());
        if (CalendarFile.years(before).equals(CalendarFile.years(after))) {
            return say(out, 0, read.year() + "年已在 " + into + " 里，内容相同。");
        }
        if (known != null && !replace) {
            return say(out, 1, into + " 里已有" + read.year() + "年，内容不同；确认以通知为准时加 --replace。什么也没有写。");
        }
        if (dryRun) {
            return say(out, 0, "试读完毕，没有写文件。");
        }
        CalendarFile.write(into, after);
        return say(out, 0, "已写入 " + into + "；运行中的服务一分钟内生效。");
    }

    private static int say(PrintWriter out, int code, String line) {
        out.println(line);
        out.flush();
        return code;
    }

    private static void show(PrintWriter out, int year, WorkCalendar.@Nullable Year days) {
        if (days != null) {
            out.println(year + "年 放假：" + list(days.rest()));
            out.println(year + "年 补班：" + list(days.work()));
        }
    }

    private static String list(Collection<LocalDate> days) {
        return days.isEmpty()
                ? "无"
                : days.stream()
                        .sorted()
                        .map(day -> day.getMonthValue() + "月" + day.getDayOfMonth() + "日")
                        .collect(Collectors.joining("、"));
    }
}
