package io.homeroom.chat;

import io.homeroom.care.Changes;
import io.homeroom.ground.Days;
import io.homeroom.ground.Mask;
import io.homeroom.member.Bound;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 变更联系人 韩梅 13612340009 6月1日起: a contact says in one sentence what has changed, and is led to the page where it is
 * filled in already.
 */
@Component
class ChangeWords {

    private static final Map<String, String> FIELDS = fields();
    private static final String NAMED = String.join("|", FIELDS.keySet());
    private static final String WHOSE = "\\s*(?:我们|我司|本单位|单位|公司)?的?\\s*";
    private static final Pattern VERB_FIRST =
            Pattern.compile(WHOSE + "(?:要|想|申请)?(?:变更|更换|更新|修改|换|改)(?:一下|了)?\\s*(" + NAMED + ")(.*)", Pattern.DOTALL);
    private static final Pattern FIELD_FIRST =
            Pattern.compile(WHOSE + "(" + NAMED + ")\\s*(?:变更|更换|变|换|改)(?:为|成|到|了)?(.*)", Pattern.DOTALL);
    /** Whatever reads like a day before these words is meant as one; elsewhere it may be a house number. */
    private static final Pattern BEGINS = Pattern.compile("[日号\\d]\\s*(?:起|开始|生效)");

    private static final Pattern NUMBER = Pattern.compile("(?<!\\d)(?:1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8})(?!\\d)");

    private final Changes changes;
    private final Roster roster;
    private final PayLinks links;
    private final Lawbook laws;
    private final BusinessClock clock;

    ChangeWords(Changes changes, Roster roster, PayLinks links, Lawbook laws, BusinessClock clock) {
        this.changes = changes;
        this.roster = roster;
        this.links = links;
        this.laws = laws;
        this.clock = clock;
    }

    /** Longer words first: 法定代表人 is not 代表人. */
    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        List.of("法定代表人", "负责人", "法人").forEach(word -> fields.put(word, "head"));
        List.of("联络员", "联系人", "联络人").forEach(word -> fields.put(word, "liaison"));
        List.of("会员代表", "代表人", "代表").forEach(word -> fields.put(word, "representative"));
        fields.put("注册地址", "registered-address");
        List.of("通讯地址", "联系地址", "地址").forEach(word -> fields.put(word, "address"));
        List.of("主要场所", "办公场所").forEach(word -> fields.put(word, "premises"));
        List.of("业务范围", "经营范围").forEach(word -> fields.put(word, "scope"));
        fields.put("注册资本", "capital");
        List.of("联系电话", "电话号码", "联系方式", "手机号", "电话", "手机").forEach(word -> fields.put(word, Changes.PHONE));
        return fields;
    }

    /** The answer, if the words say that something about the person's member has changed. */
    Optional<Reply> hear(String openid, String text, @Nullable Bound about) {
        Matcher said = VERB_FIRST.matcher(text);
        if (!said.matches()) {
            said = FIELD_FIRST.matcher(text);
        }
        if (about == null || !said.matches()) {
            return Optional.empty();
        }
        String code = laws.of(clock.today()).changed(FIELDS.getOrDefault(said.group(1), ""));
        String rest = said.group(2);
        return changes.open(roster.get(about.memberId())).stream()
                .filter(field -> field.code().equals(code))
                .findFirst()
                .map(field -> drafted(openid, about.memberId(), field, rest));
    }

    private Reply drafted(String openid, long member, Changes.Field field, String said) {
        Matcher number = NUMBER.matcher(said);
        String phone = number.find() ? number.group() : "";
        String rest = phone.isEmpty() ? said : said.replace(phone, " ");
        Optional<String> fault = SaidDays.fault(rest, clock.today())
                .filter(noDay ->
                        Changes.isPerson(field.code()) || BEGINS.matcher(rest).find());
        if (fault.isPresent()) {
            return Screen.of(fault.get() + "，没有起草。请写明从哪天起，例如「变更联系人 韩梅 13612340009 6月1日起」。")
                    .suggest("资料变更", "看怎么改")
                    .reply();
        }
        List<SaidDays.Found> days = SaidDays.in(rest, clock.today()).stream()
                .filter(day -> Changes.isPerson(field.code()) || !isHouseNumber(rest, day))
                .toList();
        LocalDate from = days.isEmpty() || days.get(0).day().isBefore(clock.today())
                ? clock.today()
                : days.get(0).day();
        boolean ofNumber = field.code().equals(Changes.PHONE);
        String to = ofNumber ? phone : value(SaidDays.without(rest, days));
        Map<String, String> draft = new LinkedHashMap<>();
        draft.put("field", field.code());
        draft.put("to", to);
        draft.put("phone", ofNumber ? "" : phone);
        draft.put("from", from.toString());
        changes.keep(openid, member, draft);
        String cite = laws.of(clock.today()).cite(field.cite());
        Screen screen = to.isEmpty()
                ? Screen.of("变更" + field.word() + "：在页面上写新的内容，原来的会留在档里" + cite + "。")
                : Screen.of("填好了草稿：" + field.word() + "改为“" + (ofNumber ? Mask.phone(to) : to) + "”"
                        + (ofNumber || phone.isEmpty() ? "" : "，电话 " + Mask.phone(phone)) + "，"
                        + Days.said(from, clock.today()) + "起" + cite + "。");
        if (!field.papers().isEmpty()) {
            screen.line("还要附上：" + String.join("、", field.papers()) + "（盖章后拍照）。");
        }
        return screen.line("点开核对后提交：" + links.page("change"))
                .line("没有提交就没有变；生效日之前仍按原来的联系。")
                .suggest("状态", "看现在的情况")
                .suggest("人工", "找人问")
                .reply();
    }

    /** 新大道6号 is no day, 6号起 is one. */
    private static boolean isHouseNumber(String text, SaidDays.Found day) {
        return text.substring(day.from(), day.to()).matches("[\\d一二三四五六七八九十]{1,3}号")
                && !text.substring(day.to()).matches("(?s)\\s*(?:起|开始|生效).*");
    }

    /** What is left as the value: without 为, 起, 电话 and whatever else joins the parts. */
    private static String value(String rest) {
        return rest.replaceAll("(?:从|自)?\\s*(?:起|开始|生效)", " ")
                .replaceAll("(?:联系)?(?:电话|手机号?)", " ")
                .replaceAll("^[\\s：:，,。.为成到是了]+|[\\s：:，,。.]+$", "")
                .replaceAll("[\\s，,]+", " ")
                .strip();
    }
}
