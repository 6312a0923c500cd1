package io.homeroom.review;

import io.homeroom.casework.Edition;
import io.homeroom.casework.EditionNews;
import io.homeroom.casework.EditionNews.Item;
import io.homeroom.casework.EditionNews.Part;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.liaison.Covers;
import io.homeroom.rulebook.Alterations;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says that the rulebook was amended, in the night after it was, and again on the last working day before an amendment
 * begins: to the office's group what changed, from when, for how many, by whom and why; to each class teacher which of its
 * members are treated differently, with words that it can say to them. No clause asks that members be written to about an
 * amendment, and what follows from it reaches them by the notices of the rules themselves.
 */
@Component
class AmendmentNews implements Duty {

    private static final String ABOUT = "amendment";

    /** So many members of a class are told of one by one, each with so many lines of a kind; of more, names are given. */
    private static final int MEMBERS = 8;

    private static final int LINES = 2;
    private static final int NAMES = 20;
    private static final int PARTS = 3;

    private final EditionNews news;
    private final Impact impact;
    private final Staff staff;
    private final Covers covers;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    AmendmentNews(
            EditionNews news,
            Impact impact,
            Staff staff,
            Covers covers,
            BusinessClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.news = news;
        this.impact = impact;
        this.staff = staff;
        this.covers = covers;
        this.clock = clock;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Members of a class that are treated differently: how many, the first ones whole, and names of some more. */
    private static final class Share {
        private int many;
        private final List<Impact.Difference> first = new ArrayList<>();
        private final List<String> more = new ArrayList<>();

        private void add(Impact.Difference one) {
            many++;
            if (first.size() < MEMBERS) {
                first.add(one);
            } else if (more.size() < NAMES) {
                more.add(one.name());
            }
        }
    }

    @Override
    public String name() {
        return "amendment-news";
    }

    /** After members were looked at by the new rules, before the morning is written. */
    @Override
    public int order() {
        return 850;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return news.next(after);
    }

    @Override
    public void run(LocalDate day) {
        for (Item item : news.due(day)) {
            Map<Long, Share> classes = new LinkedHashMap<>();
            Impact.Result result = item.before().isEmpty()
                    ? null
                    : impact.between(
                            item.before(),
                            item.then(),
                            item.edition().from(),
                            through(item, day),
                            one -> classes.computeIfAbsent(teacher(one), id -> new Share())
                                    .add(one));
            // Written down in one breath with that it was: whoever is told is told once.
            transaction.executeWithoutResult(status -> {
                Set<Long> told = item.part() == Part.BACK ? item.told() : tell(item, classes, day);
                if (item.part() == Part.BACK) {
                    told.forEach(id -> takeBack(item, id));
                }
                tellOffice(item, result, classes.get(0L), told.size(), day);
                news.told(item, told, day);
            });
        }
    }

    /** As far as is looked for anybody else, and a year of the amendment at least. */
    private LocalDate through(Item item, LocalDate day) {
        LocalDate end = later(impact.usualEnd(), item.edition().from().plusYears(1));
        return end.isAfter(day.plusYears(10)) ? day.plusYears(10) : end;
    }

    /** Who hears for the member's class today; 0 if nobody does. */
    private long teacher(Impact.Difference one) {
        return Optional.ofNullable(one.teacher())
                .flatMap(staff::find)
                .filter(StaffMember::active)
                .map(teacher -> covers.deputyOf(teacher.id(), clock.today()).orElse(teacher))
                .map(StaffMember::id)
                .orElse(0L);
    }

    private Set<Long> tell(Item item, Map<Long, Share> classes, LocalDate day) {
        Set<Long> told = classes.keySet().stream().filter(id -> id != 0).collect(Collectors.toSet());
        told.forEach(id -> {
            Share share = classes.getOrDefault(id, new Share());
            events.publishEvent(worded(item, "staff:" + id)
                    .apply(toTeacher(item, share, day, name(id)))
                    .once(key(item, day) + ":" + id));
        });
        return told;
    }

    private String name(long id) {
        return staff.find(id).map(one -> one.name() + "老师，").orElse("");
    }

    private static Function<String, Tell> worded(Item item, String to) {
        return text -> Tell.of(to, null, ABOUT, text).cites(clauses(item)).with(Map.of("title", title(item.edition())));
    }

    /** A file may come back as it was before; the day tells its changes from one another. */
    private static String key(Item item, LocalDate day) {
        return ABOUT + ":" + item.edition().version() + ":"
                + (item.part() == Part.FILE ? day : item.part().name().toLowerCase(Locale.ROOT));
    }

    private static String title(Edition edition) {
        return edition.number() == 0 ? "规则书文件" : "规则书" + edition.name();
    }

    // ---- the office

    private void tellOffice(
            Item item, Impact.@Nullable Result result, @Nullable Share none, int teachers, LocalDate day) {
        Edition edition = item.edition();
        StringBuilder text = new StringBuilder(title(edition));
        if (item.part() == Part.BACK) {
            text.append("撤回了，").append(edition.from()).append("不再施行");
            if (teachers > 0) {
                text.append("，已告诉听说过的").append(teachers).append("位班主任");
            }
            text.append("；").append(edition.takenBack());
        } else {
            text.append(begins(item, day));
            text.append(result == null ? "，旧文件读不了，没法比较谁受不同对待" : "，" + how(result, teachers, none));
            text.append("；").append(changed(item));
            if (item.part() != Part.FILE) {
                text.append("；").append(who(edition)).append("：").append(edition.why());
            }
        }
        events.publishEvent(worded(item, "秘书处")
                .apply(text.toString())
                .urgency(Tell.Urgency.DIGEST)
                .once(key(item, day)));
    }

    private static String begins(Item item, LocalDate day) {
        LocalDate from = item.edition().from();
        return switch (item.part()) {
            case FILE -> "换过了，" + (from.isAfter(day) ? from : day) + "起施行";
            case AHEAD -> "将于" + from + "起施行";
            default -> from + "起施行";
        };
    }

    private static String how(Impact.Result result, int teachers, @Nullable Share none) {
        if (result.different() == 0) {
            return "没有一家会员会受不同对待";
        }
        return result.different() + "家会受不同对待" + (teachers == 0 ? "" : "，已告诉" + teachers + "位班主任")
                + (none == null
                        ? ""
                        : "，没有班主任的" + none.many + "家请直接联系："
                                + none.first.stream()
                                        .map(Impact.Difference::name)
                                        .limit(PARTS)
                                        .collect(Collectors.joining("、"))
                                + (none.many > PARTS ? "等" : ""));
    }

    private String who(Edition edition) {
        return staff.byUsername(edition.setBy()).map(StaffMember::name).orElse(edition.setBy());
    }

    /** The parts that differ, each with its first clauses. */
    private static String changed(Item item) {
        Rulebook then = last(item);
        if (then == null) {
            return "改了什么见规则书";
        }
        Map<String, Set<String>> parts = alterations(item);
        String said = parts.entrySet().stream()
                .limit(PARTS)
                .map(part -> part.getKey() + then.cite(part.getValue()))
                .collect(Collectors.joining("、"));
        return "改了" + said + (parts.size() > PARTS ? "等" + parts.size() + "处" : "");
    }

    private static @Nullable Rulebook last(Item item) {
        return item.before().isEmpty()
                ? null
                : Lawbook.on(item.then(), item.edition().from());
    }

    private static Map<String, Set<String>> alterations(Item item) {
        Rulebook then = last(item);
        return then == null
                ? Map.of()
                : Alterations.between(Lawbook.on(item.before(), item.edition().from()), then);
    }

    private static List<String> clauses(Item item) {
        return alterations(item).values().stream()
                .flatMap(Set::stream)
                .distinct()
                .limit(PARTS)
                .toList();
    }

    // ---- the class teachers

    private String toTeacher(Item item, Share share, LocalDate day, String name) {
        Edition edition = item.edition();
        List<String> text = new ArrayList<>();
        text.add(name + title(edition) + begins(item, day) + "，" + changed(item) + "。你管的班里" + share.many + "家会受不同对待：");
        share.first.forEach(one -> text.add(line(one)));
        if (share.many > share.first.size()) {
            text.add("另有" + (share.many - share.first.size()) + "家：" + String.join("、", share.more)
                    + (share.many > share.first.size() + share.more.size() ? "等" : ""));
        }
        Rulebook then = last(item);
        text.add("会员不会另外收到修订的通知，请你告诉它们，可以这样说：“您好，协会的《" + (then == null ? "" : then.title()) + "》有修订，"
                + Days.dated(later(edition.from(), day)) + "起施行。和您单位有关的："
                + (share.many == 1 ? said(share.first.get(0)) : "（照上面这家的那一行）") + "。已经办过的不变，有疑问请随时找我。”");
        return String.join("\n", text);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static String line(Impact.Difference one) {
        return one.name() + "（" + one.from() + "起）：" + said(one);
    }

    private static String said(Impact.Difference one) {
        List<String> said = new ArrayList<>();
        if (!one.now().isEmpty()) {
            said.add("不再有：" + said(one.now()));
        }
        if (!one.then().isEmpty()) {
            said.add("改为：" + said(one.then()));
        }
        return String.join("；", said);
    }

    private static String said(List<Impact.Line> lines) {
        return lines.stream()
                        .limit(LINES)
                        .map(line -> Days.dated(line.day()) + " " + line.says())
                        .collect(Collectors.joining("，"))
                + (lines.size() > LINES ? "等" + lines.size() + "处" : "");
    }

    private void takeBack(Item item, long id) {
        Edition edition = item.edition();
        events.publishEvent(worded(item, "staff:" + id)
                .apply(name(id) + title(edition) + "撤回了，" + edition.from() + "不再施行：上次说的不同对待不会有了，告诉过会员的请再说一声。"
                        + edition.takenBack())
                .once(key(item, clock.today()) + ":" + id));
    }
}
