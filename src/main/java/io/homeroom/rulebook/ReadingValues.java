package io.homeroom.rulebook;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the readings that the software knows may be set to. */
public final class ReadingValues {

    private static final List<Choice> YES_NO = List.of(new Choice("true", "是"), new Choice("false", "否"));

    private static final Map<String, List<Choice>> CHOICES = Map.ofEntries(
            Map.entry("anniversary-counts", YES_NO),
            Map.entry("tie-passes", YES_NO),
            Map.entry("remote-silence-counts", YES_NO),
            Map.entry("remote-ballot", YES_NO),
            Map.entry("weekends-roll", YES_NO),
            Map.entry("empty-year-counts", YES_NO),
            Map.entry("joining-month-counts", YES_NO),
            Map.entry("change-month-counts", YES_NO),
            Map.entry(
                    "top-up",
                    List.of(
                            new Choice("difference", "两级会费之差按剩余月份折算"),
                            new Choice("remainder", "新等级会费按剩余月份折算，减去已交的全年会费"))),
            Map.entry(
                    "absence-year",
                    List.of(new Choice("rolling", "到申请之日为止的一年"), new Choice("calendar", "申请之日的上一个自然年"))),
            Map.entry("excused-counts", YES_NO),
            Map.entry("paid-look-back", List.of(new Choice("tier", "在现等级期间到期的会费"), new Choice("ever", "入会以来到期的会费"))),
            Map.entry("two-roles", List.of(new Choice("separate", "两个角色，可以由一个人兼"), new Choice("same", "必须是同一个人"))),
            Map.entry("target-votes", YES_NO),
            Map.entry("nominator-votes", YES_NO),
            Map.entry("joined-from", List.of(new Choice("complete", "申请材料齐备之日"), new Choice("filed", "提出申请之日"))),
            Map.entry("size-by", List.of(new Choice("either", "人数、营业收入有一项低于界限就算"), new Choice("both", "两项都低于界限才算"))),
            Map.entry("passes-per", List.of(new Choice("event", "每次活动"), new Choice("year", "每个自然年"))),
            Map.entry("sanction-forfeits", YES_NO),
            Map.entry("restoration-stops", YES_NO),
            Map.entry("services-in-arrears", YES_NO),
            Map.entry("linked-posts-fall", YES_NO),
            Map.entry(
                    "cap-tested",
                    List.of(
                            new Choice("effect", "补交到账、升级生效时"),
                            new Choice("decision", "表决通过或者作出决定时"),
                            new Choice("filing", "提出申请时"))),
            Map.entry(
                    "cap-exceptions",
                    List.of(
                            new Choice("none", "谁决定的都不能超"),
                            new Choice("chairman", "表决未过、由理事长决定的可以超"),
                            new Choice("exceptional", "破格升级的可以超"),
                            new Choice("both", "理事长决定的和破格升级的都可以超"))),
            Map.entry("returning-grade", List.of(new Choice("entry", "新会员的等级"), new Choice("former", "退出之前的等级也可以"))),
            Map.entry("tenure-adds-up", YES_NO),
            Map.entry("tenure-at", List.of(new Choice("filing", "申请之日"), new Choice("decision", "作出决定之日"))),
            Map.entry(
                    "upgrade-rounds", List.of(new Choice("any", "不限，另开一轮的提醒秘书处"), new Choice("one", "一年只一轮，没赶上的等明年"))),
            Map.entry(
                    "silence-approves",
                    List.of(
                            new Choice("none", "都不视为同意，只提醒"),
                            new Choice("withdrawal", "退出视为同意"),
                            new Choice("admission", "入会视为同意"),
                            new Choice("both", "入会、退出都视为同意"))),
            Map.entry("penalty-at", List.of(new Choice("filing", "申请之日"), new Choice("approval", "批准之日"))),
            Map.entry("penalty-dated", List.of(new Choice("decision", "处罚决定之日"), new Choice("service", "送达之日"))),
            Map.entry("penalty-day-counts", YES_NO),
            Map.entry("lower-fee-from", List.of(new Choice("decision", "决定之日"), new Choice("year", "次年1月1日"))),
            Map.entry("surplus", List.of(new Choice("none", "不退也不留"), new Choice("carried", "按剩余月份折算，留抵以后的会费"))),
            Map.entry(
                    "term-last-year", List.of(new Choice("whole", "全年"), new Choice("months", "只收到届满之月，其余月份届满后另开账单"))),
            Map.entry(
                    "entity-suffix",
                    List.of(new Choice("others", "第一个用原号，其余从 -1 起"), new Choice("all", "第一个是 -1，其余从 -2 起"))),
            Map.entry(
                    "five-years-full",
                    List.of(new Choice("restorable", "当天仍可申请恢复，次日起丧失"), new Choice("lost", "当天即丧失"))),
            Map.entry(
                    "restoration-years",
                    List.of(
                            new Choice("unpaid", "到会籍终止为止所有未交的年度"),
                            new Choice("ground", "只补引起终止的年度，就是终止时已逾期满一年的"),
                            new Choice("through", "连终止以后到今年的年度也补"))),
            Map.entry("exit-arrears", List.of(new Choice("kept", "账上留着，不再催缴"), new Choice("waived", "会籍终止时一笔勾销"))),
            Map.entry("refused-refund", List.of(new Choice("full", "全额退还"), new Choice("credit", "留作余款，退多少由财务决定"))),
            Map.entry("renewal-from", List.of(new Choice("end", "接着原来的有效期"), new Choice("day", "从办理之日起"))));

    private static final Set<String> WRITTEN = Set.of(
            "fee-due",
            "answer-days",
            "teacher-first",
            "review-period",
            "data-confirmation",
            "agenda-lead",
            "half-years",
            "appeal-within",
            "gives-up-after",
            "members-per-teacher",
            "liaison-number");

    /** Beside days and numbers, the one value that is a word: no limit at all. */
    private static final Map<String, Choice> SPELLED = Map.of(
            "fee-due", new Choice("none", "没有"),
            "data-confirmation", new Choice("none", "不问"),
            "appeal-within", new Choice("none", "随时可以"),
            "gives-up-after", new Choice("none", "不设期限"),
            "members-per-teacher", new Choice("none", "不限"),
            "review-period", new Choice("always", "全年"));

    /** A value to choose and what people call it. */
    private record Choice(String value, String word) {}

    private ReadingValues() {}

    /** Whether the software itself goes by this reading. */
    public static boolean isKnown(String key) {
        return CHOICES.containsKey(key) || WRITTEN.contains(key) || PriceTerms.isReading(key);
    }

    /** The values to choose from; empty where it is written freely. */
    public static List<String> choices(String key) {
        return CHOICES.getOrDefault(key, List.of()).stream().map(Choice::value).toList();
    }

    /** What people call a value; itself where it is written freely. */
    public static String word(String key, String value) {
        if (PriceTerms.isReading(key)) {
            return value.replace(PriceTerms.FREE, PriceTerms.FREE_WORD);
        }
        return words(key)
                .filter(choice -> choice.value().equals(value))
                .map(Choice::word)
                .findFirst()
                .orElse(value);
    }

    /** The value that somebody means who says what people call it; of a choice it is picked and never said. */
    public static String value(String key, String said) {
        if (PriceTerms.isReading(key)) {
            return said.replace(PriceTerms.FREE_WORD, PriceTerms.FREE);
        }
        Choice spelled = SPELLED.get(key);
        return spelled != null && spelled.word().equals(said.strip()) ? spelled.value() : said;
    }

    private static Stream<Choice> words(String key) {
        Choice spelled = SPELLED.get(key);
        return spelled != null ? Stream.of(spelled) : CHOICES.getOrDefault(key, List.of()).stream();
    }

    /** What may be written, for whoever sets it. */
    public static String hint(String key) {
        return switch (key) {
            case "fee-due" -> "月日，如 03-31，或写“没有”";
            case "answer-days" -> "1 到 999 的天数";
            case "teacher-first" -> "0 到 10 的工作日数";
            case "review-period" -> "起止月日，如 04-01..06-30，或写“全年”";
            case "data-confirmation" -> "1 到 60 的月数，或写“不问”";
            case "agenda-lead" -> "0 到 60 的天数";
            case "half-years" -> "1 到 6 的月份，如 4 表示4月1日、10月1日";
            case "appeal-within" -> "1 到 999 的天数，或写“随时可以”";
            case "gives-up-after" -> "1 到 999 的天数，或写“不设期限”，不答复就是保留";
            case "members-per-teacher" -> "1 到 999 的家数，或写“不限”";
            case "liaison-number" -> "1 到 5 的人数";
            default -> PriceTerms.isReading(key) ? PriceTerms.HINT : String.join(" 或 ", choices(key));
        };
    }

    /** What the file of a rulebook has for the word of the hint; empty where there is none. */
    static String inFile(String key) {
        Choice spelled =
                PriceTerms.isReading(key) ? new Choice(PriceTerms.FREE, PriceTerms.FREE_WORD) : SPELLED.get(key);
        return spelled == null ? "" : "（文件里“" + spelled.word() + "”写作 " + spelled.value() + "）";
    }

    /** Why a value cannot be; null if it can. A reading that is not known here bears any value. */
    public static @Nullable String fault(String key, String value) {
        boolean good = switch (key) {
            case "fee-due" -> value.equals("none") || isDay(value);
            case "answer-days" -> value.matches("[1-9]\\d{0,2}");
            case "teacher-first" -> value.matches("\\d|10");
            case "review-period" -> value.equals("always") || isPeriod(value);
            case "agenda-lead" -> value.matches("[1-5]?\\d|60");
            case "half-years" -> value.matches("[1-6]");
            case "liaison-number" -> value.matches("[1-5]");
            case "appeal-within", "gives-up-after", "members-per-teacher" ->
                value.equals("none") || value.matches("[1-9]\\d{0,2}");
            case "data-confirmation" -> value.equals("none") || value.matches("[1-5]?\\d|60") && !value.equals("0");
            default ->
                PriceTerms.isReading(key)
                        ? PriceTerms.fit(value)
                        : !CHOICES.containsKey(key) || choices(key).contains(value);
        };
        if (good) {
            return null;
        }
        return key.equals("fee-due") ? "“" + value + "”不是月日（如 03-31），也不是“没有”" : "应是 " + hint(key);
    }

    private static boolean isDay(String text) {
        try {
            MonthDay.parse("--" + text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isPeriod(String text) {
        String[] ends = text.split("\\.\\.", -1);
        return ends.length == 2
                && isDay(ends[0])
                && isDay(ends[1])
                && !MonthDay.parse("--" + ends[1]).isBefore(MonthDay.parse("--" + ends[0]));
    }
}
