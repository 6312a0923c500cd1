package io.homeroom.console;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.casework.Cases;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Money;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Member;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.DutyRun;
import io.homeroom.schedule.Nights;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/** The first page: what waits for a person today. */
@Controller
class TodayPage {

    record Card(
            String href,
            String title,
            String value,
            @Nullable String unit,
            String line,
            String tone) {}

    private record Day(String week, String day, @Nullable String href, String mark, boolean rest, boolean now) {}

    private record Today(
            String day,
            String hello,
            String sentence,
            List<Card> cards,
            List<Lines.TaskLine> tasks,
            int open,
            String tasksHref,
            @Nullable List<Lines.CaseLine> decisions,
            List<Day> days,
            String calendarNote,
            @Nullable String ageing,
            String ageingWords,
            String owedInAll,
            @Nullable String collection,
            String collectionNote,
            String nightDay,
            List<String> night) {}

    private static final Map<String, String> DUTIES = Map.of(
            "ledger", "到日生效的登记",
            "dues", "账单与会费",
            "calendar", "年历上的事",
            "meeting-check", "会议次数",
            "cases", "案件的期限",
            "tasks", "到期的事",
            "review", "复核到期会员",
            "digest", "晨报");

    private final BusinessClock clock;
    private final Tasks tasks;
    private final Cases cases;
    private final Notices notices;
    private final Nights nights;
    private final Classes classes;
    private final Figures figures;
    private final Lines lines;
    private final Lawbooks lawbooks;
    private final JsonMapper json;

    TodayPage(
            BusinessClock clock,
            Tasks tasks,
            Cases cases,
            Notices notices,
            Nights nights,
            Classes classes,
            Figures figures,
            Lines lines,
            Lawbooks lawbooks,
            JsonMapper json) {
        this.clock = clock;
        this.tasks = tasks;
        this.cases = cases;
        this.notices = notices;
        this.nights = nights;
        this.classes = classes;
        this.figures = figures;
        this.lines = lines;
        this.lawbooks = lawbooks;
        this.json = json;
    }

    @GetMapping("/console/{code}/today")
    String today(Visitor visitor, Model model) {
        LocalDate today = clock.today();
        List<Long> only = visitor.only();
        List<Task> open = mine(visitor, tasks.search(TaskSearch.unfinished().page(0, 500)));
        List<Task> late = open.stream().filter(task -> task.overdue(today)).toList();
        List<Task> due = open.stream().filter(task -> today.equals(task.due())).toList();
        List<CaseView> waiting = only == null ? cases.search(null, "open", 0, 500) : List.of();
        boolean fees = lawbooks.dues(visitor.code());
        List<Figures.Age> ages = figures.ageing(today, only);
        Map<String, Integer> standings = figures.standings(only);

        List<Card> cards = new ArrayList<>();
        cards.add(card(visitor, "desk?state=overdue", "已逾期", late.size(), "件", oldest(late), "bad"));
        cards.add(card(visitor, "desk?due=today", "今天到期", due.size(), "件", oldest(due), "warn"));
        if (only == null) {
            cards.add(card(visitor, "desk?show=cases", "待决定", waiting.size(), "件", byType(waiting), ""));
        }
        if (fees) {
            int owing = ages.stream().mapToInt(Figures.Age::members).sum();
            cards.add(card(
                    visitor,
                    visitor.mayTakeMoney() ? "money?show=overdue" : "members",
                    "逾期未缴",
                    owing,
                    "家",
                    stages(ages),
                    owing > 0 ? "warn" : ""));
        }
        int unmatched = visitor.mayTakeMoney() ? figures.paymentsIn("unmatched", "refused") : 0;
        if (visitor.mayTakeMoney() && (fees || unmatched > 0)) {
            cards.add(card(visitor, "money?show=unmatched", "待认领、待退", unmatched, "笔", "没有附言的转账和不该收的钱", "warn"));
        }
        int unconfirmed = mineNotices(visitor, Notice.State.UNCONFIRMED) + mineNotices(visitor, Notice.State.FAILED);
        cards.add(card(visitor, "notices?state=failed", "通知未送到", unconfirmed, "条", "未送达或未确认，请换一种方式", "warn"));
        int unbound = figures.unbound(only);
        cards.add(card(visitor, "members", "未绑定微信", unbound, "家", "扫一次码就能收到提醒", ""));
        int belong = standings.getOrDefault("active", 0) + standings.getOrDefault("suspended", 0);
        cards.add(new Card(
                visitor.at("members"),
                only == null ? "会员" : "我的班级",
                Integer.toString(belong),
                "家",
                "正常 " + standings.getOrDefault("active", 0) + " · 暂停 " + standings.getOrDefault("suspended", 0)
                        + " · 申请中 " + standings.getOrDefault("applicant", 0),
                ""));

        List<Task> shown = open.stream()
                .filter(task -> task.due() == null || !task.due().isAfter(today.plusDays(7)))
                .sorted(Comparator.comparing(Task::due, Comparator.nullsLast(Comparator.naturalOrder())))
                .limit(12)
                .toList();
        Figures.Year year = figures.year(today.getYear(), only);
        model.addAttribute("figures", fees);
        model.addAttribute(
                "today",
                new Today(
                        Words.dayOfWeek(today),
                        visitor.staff().name() + "，" + greeting(),
                        sentence(late.size(), due.size(), waiting.size(), open.size() - late.size() - due.size()),
                        cards,
                        lines.tasks(visitor, shown, visitor.at("today")),
                        open.size(),
                        visitor.at("desk"),
                        only == null
                                ? lines.cases(
                                        visitor, waiting.stream().limit(10).toList())
                                : null,
                        days(visitor, today, only),
                        "有事到期的日子可以点开",
                        ages.stream().anyMatch(age -> age.members() > 0) ? ageing(visitor, ages) : null,
                        "欠费账龄：" + stages(ages),
                        "未缴合计 " + figures.owed(only),
                        collection(today, only),
                        note(year),
                        nights.doneThrough(visitor.code())
                                .map(day -> Words.dayOfWeek(day) + " 零时")
                                .orElse("还没有跑过"),
                        night(visitor, only)));
        return "console/today";
    }

    private List<Task> mine(Visitor visitor, List<Task> all) {
        List<Long> only = visitor.only();
        if (only == null) {
            return all;
        }
        Set<Long> members = only.stream()
                .flatMap(desk -> classes.classOf(desk).stream())
                .map(Member::id)
                .collect(Collectors.toSet());
        Map<Long, Task> found = new TreeMap<>();
        all.stream()
                .filter(task -> task.memberId() != null && members.contains(task.memberId()))
                .forEach(task -> found.put(task.id(), task));
        // What is addressed to this person is never beyond the stretch that was read.
        visitor.addresses().stream()
                .flatMap(address ->
                        tasks.search(TaskSearch.unfinished().to(address).page(0, 500)).stream())
                .forEach(task -> found.put(task.id(), task));
        return List.copyOf(found.values());
    }

    private int mineNotices(Visitor visitor, Notice.State state) {
        List<Notice> found =
                notices.search(NoticeSearch.all().state(state).newest().page(0, 200));
        List<Long> only = visitor.only();
        if (only == null) {
            return found.size();
        }
        Set<Long> members = only.stream()
                .flatMap(desk -> classes.classOf(desk).stream())
                .map(Member::id)
                .collect(Collectors.toSet());
        return (int) found.stream()
                .filter(notice -> notice.memberId() != null && members.contains(notice.memberId()))
                .count();
    }

    private static Card card(
            Visitor visitor, String path, String title, int count, String unit, String line, String tone) {
        return new Card(
                visitor.at(path),
                title,
                Integer.toString(count),
                unit,
                count == 0 ? "没有" : line,
                count == 0 ? "nil" : tone);
    }

    private static String oldest(List<Task> some) {
        return some.stream()
                .min(Comparator.comparing(Task::id))
                .map(task -> "最早：" + Words.task(task.what()))
                .orElse("没有");
    }

    private static String byType(List<CaseView> waiting) {
        return waiting.stream()
                .collect(Collectors.groupingBy(matter -> CaseWords.type(matter.type()), Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(3)
                .map(type -> type.getKey() + type.getValue())
                .collect(Collectors.joining(" · "));
    }

    private static String stages(List<Figures.Age> ages) {
        return ages.stream()
                .filter(age -> age.members() > 0)
                .map(age -> age.label() + " " + age.members())
                .collect(Collectors.joining(" · "));
    }

    private static String sentence(int late, int due, int waiting, int later) {
        String rest = later == 0 ? "" : "另有" + later + "件在办。";
        if (late + due + waiting == 0) {
            return (later == 0 ? "今天没有要办的事。" : "今天没有到期的事。") + rest;
        }
        List<String> parts = new ArrayList<>();
        if (late > 0) {
            parts.add("逾期" + late + "件");
        }
        if (due > 0) {
            parts.add("今天到期" + due + "件");
        }
        if (waiting > 0) {
            parts.add("等待决定" + waiting + "件");
        }
        return String.join("，", parts) + "。" + rest;
    }

    private String greeting() {
        int hour = LocalDateTime.ofInstant(clock.instant(), BusinessClock.ZONE).getHour();
        return hour < 6 ? "夜深了" : hour < 12 ? "上午好" : hour < 18 ? "下午好" : "晚上好";
    }

    private List<Day> days(Visitor visitor, LocalDate today, @Nullable List<Long> only) {
        LocalDate last = today.plusDays(13);
        Map<LocalDate, Integer> endings = figures.endings(today, last, only);
        return IntStream.range(0, 14)
                .mapToObj(today::plusDays)
                .map(day -> {
                    int count = endings.getOrDefault(day, 0);
                    return new Day(
                            Words.week(day),
                            Integer.toString(day.getDayOfMonth()),
                            count == 0 ? null : visitor.at("desk?due=" + day),
                            count == 0 ? "" : count + "件",
                            day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY,
                            day.equals(today));
                })
                .toList();
    }

    private String ageing(Visitor visitor, List<Figures.Age> ages) {
        String href = visitor.mayTakeMoney() ? visitor.at("money?show=overdue") : visitor.at("members");
        return script(Map.of(
                "labels",
                ages.stream()
                        .map(age -> age.label() + "  " + age.members() + "家")
                        .toList(),
                "fen",
                ages.stream().map(age -> age.owed().fen()).toList(),
                "links",
                ages.stream().map(age -> href).toList()));
    }

    /** The curve of this year and the last; nothing where no money came in either, for an empty figure says nothing. */
    private @Nullable String collection(LocalDate today, @Nullable List<Long> only) {
        List<Long> now = figures.collected(today.getYear(), only);
        List<Long> then = figures.collected(today.getYear() - 1, only);
        if (now.get(11) + then.get(11) == 0) {
            return null;
        }
        return script(Map.of(
                "labels",
                IntStream.rangeClosed(1, 12).mapToObj(month -> month + "月").toList(),
                "names",
                List.of(today.getYear() + "年", today.getYear() - 1 + "年"),
                "now",
                now.subList(0, today.getMonthValue()),
                "then",
                then));
    }

    private static String note(Figures.Year year) {
        if (year.asked().isZero()) {
            return "今年还没有账单";
        }
        Money in = year.asked().minus(year.open());
        return "本年账单已收 " + in.fen() * 100 / year.asked().fen() + "%";
    }

    /** JSON that cannot end the script element it stands in. */
    private String script(Object data) {
        return json.writeValueAsString(data).replace("<", "\\u003c");
    }

    private List<String> night(Visitor visitor, @Nullable List<Long> only) {
        if (only != null) {
            return List.of();
        }
        List<String> said = new ArrayList<>();
        LocalDate day = nights.doneThrough(visitor.code()).orElse(clock.today());
        for (DutyRun run : nights.runsOf(visitor.code(), day)) {
            String name = DUTIES.get(run.duty());
            if (name == null && run.failure() == null) {
                continue; // the house's own housekeeping
            }
            name = name == null ? run.duty() : name;
            said.add(run.failure() != null ? name + "：没有跑完，后面的日子在等它" : name + "：完成");
        }
        int sent = notices.search(NoticeSearch.all()
                        .since(day.atStartOfDay(BusinessClock.ZONE).toInstant())
                        .page(0, 500))
                .size();
        if (sent > 0) {
            said.add("这一天写出通知 " + sent + " 条");
        }
        return said;
    }
}
