package io.homeroom.console;

import io.homeroom.care.Changes;
import io.homeroom.casework.CaseWords;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import io.homeroom.member.EndedAs;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.ReadingValues;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Watch;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rulebook in sentences, each with its clause, in the order in which a secretary would look for them. */
final class RuleText {

    /** A sentence and where it comes from. */
    record Rule(
            String label,
            String id,
            @Nullable String name,
            String text,
            @Nullable String note,
            boolean example,
            @Nullable String reading) {}

    record Part(String id, String title, List<Rule> rules) {}

    private final Rulebook book;
    private final List<Part> parts = new ArrayList<>();
    private List<Rule> rules = new ArrayList<>();

    private RuleText(Rulebook book) {
        this.book = book;
    }

    static List<Part> of(Rulebook book) {
        RuleText reading = new RuleText(book);
        reading.part("members", "会员与等级", reading::members);
        reading.part("fees", "会费", reading::fees);
        reading.part("watch", "到时会发生什么", reading::watch);
        reading.part("entry", "入会的限制", reading::entry);
        reading.part("cases", "案件怎么走", reading::cases);
        reading.part("changes", "变更资料", reading::changes);
        reading.part("rights", "权利", reading::rights);
        reading.part(
                "offers",
                "会员价、登记簿与候选",
                () -> OfferText.of(book).forEach(one -> reading.say(one.cite(), one.name(), one.text())));
        reading.part("bodies", "机构与职务", reading::bodies);
        reading.part("sanctions", "处分与缺席", reading::sanctions);
        reading.part("readings", "未明之处的读法", reading::readings);
        return reading.parts;
    }

    private void part(String id, String title, Runnable fill) {
        rules = new ArrayList<>();
        fill.run();
        if (!rules.isEmpty()) {
            parts.add(new Part(id, title, rules));
        }
    }

    private void say(List<String> cite, @Nullable String name, String text) {
        say(cite, name, text, null);
    }

    private void say(List<String> cite, @Nullable String name, String text, @Nullable String note) {
        String label = cite.stream().map(book::label).distinct().collect(Collectors.joining("、"));
        rules.add(new Rule(
                label,
                cite.stream().filter(id -> !Clauses.isCommon(id)).collect(Collectors.joining(" ")),
                name,
                text,
                note,
                note != null && note.startsWith("这是示例"),
                null));
    }

    private void members() {
        book.kinds().forEach((kind, rule) -> {
            String word = kind.equals("unit") ? "单位会员" : "个人会员";
            say(rule.cite(), word, rule.accepted() ? "接受" : "不接受");
        });
        for (Rulebook.Grade grade : book.grades()) {
            List<String> words = new ArrayList<>();
            words.add(grade.entry() ? "入会从这一级开始" : "由下一级升入");
            if (grade.cap() != null) {
                words.add("最多" + grade.cap() + "家");
            }
            if (grade.passes() > 0) {
                words.add("每次活动免费名额" + grade.passes() + "个");
            }
            say(grade.cite(), grade.name(), String.join("，", words));
        }
        if (book.number() != null) {
            say(book.number().cite(), "会员证号", "有有效的会员证号才能行使权利");
        }
        if (book.liaison() != null) {
            say(book.liaison().cite(), "联络员", "单位会员设联络员，通知发给联络员");
            if (book.onePerson()) {
                say(book.grounds("two-roles"), "联络员", "联络员和代表人须是同一个人，换一个就是两个都换");
            }
        }
        if (book.teacher() != null) {
            say(book.teacher().cite(), "班主任", "每个会员有一位班主任，由" + book.teacher().assigns() + "指定");
            if (!book.teacher().reports().isEmpty()) {
                say(book.teacher().reports(), "班主任", "每半年按联系和催缴的结果提出奖惩建议");
            }
            if (!book.teacher().nominates().isEmpty()) {
                say(book.teacher().nominates(), "班主任", "班主任可以推荐优秀联络员");
            }
        }
        Rulebook.Upgrade upgrade = book.upgrade();
        if (upgrade != null) {
            upgrade.paths()
                    .forEach(path -> say(
                            path.cite(),
                            "升为" + path.to(),
                            "可由" + String.join("、", path.from()) + "申请"
                                    + path.stages().stream()
                                            .map(stage -> "，由" + stage.at() + "决定")
                                            .collect(Collectors.joining())));
            upgrade.never().forEach((grade, clauses) -> say(clauses, grade, "不受理申请"));
        }
        Rulebook.Downgrade downgrade = book.downgrade();
        if (downgrade != null) {
            downgrade
                    .paths()
                    .forEach(path -> say(path.cite(), "降为" + path.to(), "可由" + String.join("、", path.from()) + "降下"));
        }
        book.sizes()
                .forEach(size -> say(
                        size.cite(),
                        size.name(),
                        "从业人员少于" + size.headcountBelow() + "人，或年收入低于" + Money.ofYuan(size.revenueBelow())));
    }

    private void fees() {
        Fees fees = book.fees();
        if (fees == null) {
            say(book.noFee(), null, "本协会不收会费：不开账单，也不催缴");
            return;
        }
        say(fees.cite(), null, "会员按年缴纳会费");
        for (Fees.Standard standard : fees.standards()) {
            String amounts = standard.amounts().entrySet().stream()
                    .map(one -> one.getKey() + " " + one.getValue())
                    .collect(Collectors.joining("，"));
            say(fees.cite(), "自" + standard.from() + "起", amounts, standard.example() ? "这是示例数额，启用前请换成协会自己的标准" : null);
        }
        if (fees.standardBy() != null) {
            say(fees.standardBy().cite(), "标准", "由" + fees.standardBy().body() + "通过");
        }
        Rulebook.Reading due = book.readings().get("fee-due");
        if (fees.due() != null) {
            say(fees.dueCite(), "最后交费日", "每年" + day(fees.due()));
        } else if (due != null) {
            String value = String.valueOf(due.value());
            say(
                    due.cite(),
                    "最后交费日",
                    value.equals("none") ? "没有" : "每年" + day(MonthDay.parse("--" + value)),
                    due.says());
        }
        say(
                fees.firstYear().cite(),
                "第一年",
                (fees.firstYear().months() ? "按月计算，入会当月" + (book.holds("joining-month-counts") ? "也算" : "不算") : "按全年计")
                        + (fees.firstYear().at() == Fees.At.APPROVAL ? "，批准时开账单" : "，登记时开账单"));
        if (fees.topUp() != null) {
            say(fees.topUp().cite(), "升级补差", "按当年剩余月份补足差额，生效当月" + (book.holds("change-month-counts") ? "也算" : "不算"));
            say(
                    fees.topUp().noRefund(),
                    "会费较低的等级",
                    "已缴的差额"
                            + book.setting("surplus")
                                    .map(value -> ReadingValues.word("surplus", value))
                                    .orElse("不退"));
        }
        if (fees.term() != null) {
            say(fees.term().must(), "一次缴清", fees.term().from() + "及以上须一次缴清本届剩余年度");
            say(fees.term().may(), "自愿", "其他会员可以一次缴清");
        }
        if (fees.memo() != null) {
            say(fees.memo().cite(), "汇款附言", "要写“" + fees.memo().word() + "”，没有的先列为待认领");
        }
        if (!fees.waiver().isEmpty()) {
            say(fees.waiver(), "免缴", "单位已缴费的，所属个人免缴");
        }
        if (fees.receipt() != null) {
            say(fees.receipt().cite(), "票据", task(fees.receipt()));
        }
        if (!fees.reduction().isEmpty()) {
            say(fees.reduction(), "减免", "须经同意");
        }
        if (!fees.reminders().isEmpty()) {
            String ladder = fees.reminders().stream()
                    .map(days -> days < 0 ? "前" + -days + "天" : days == 0 ? "当天" : "后" + days + "天")
                    .collect(Collectors.joining("、"));
            say(fees.reminderCite(), "提醒", "最后交费日的" + ladder);
        }
    }

    private void watch() {
        for (Watch watch : book.watch()) {
            String when = when(watch.when());
            String then = watch.then().stream().map(RuleText::act).collect(Collectors.joining("；"));
            say(watch.cite(), when, then, watch.after() == null ? null : "须等前一步的通知送达后才会进行");
        }
    }

    private String when(Watch.When when) {
        List<String> words = new ArrayList<>();
        if (when.unpaid() != null) {
            Span beyond = when.unpaid().beyond();
            String from = when.unpaid().from() == null
                    ? "最后交费日"
                    : "当年" + day(when.unpaid().from());
            words.add(beyond.count() == 0 ? "过了" + from + "仍未缴" : from + "后满" + beyond.words() + "仍未缴");
        }
        if (when.inactive() != null) {
            words.add("满" + when.inactive().span().words() + "没有参加活动");
        }
        if (when.absentFrom() != null) {
            words.add("同年一次也没有出席" + when.absentFrom());
        }
        if (when.suspended() != null) {
            words.add("权利暂停满" + when.suspended().words());
        }
        if (when.teacherless()) {
            words.add("没有班主任");
        }
        if (when.unregistered() != null) {
            words.add("申请后" + when.unregistered().words() + "内没有登记");
        }
        if (when.lapsed()) {
            words.add("登记有效期已过");
        }
        if (when.renewal() != null) {
            String period = book.reading(when.renewal().reading());
            Span ahead = when.renewal().ahead();
            words.add(
                    !period.equals("always")
                            ? "每年" + period.replace("..", "至") + "续期登记受理期内还没有续期"
                            : ahead == null ? "续期登记受理期内还没有续期（现为全年受理，不提前）" : "登记有效期届满前" + ahead.words() + "还没有续期");
        }
        if (when.unconfirmed() != null) {
            Span more = when.unconfirmed().beyond();
            words.add("登记的资料满" + book.reading(when.unconfirmed().reading()) + "个月没有核对"
                    + (more.count() == 0 ? "" : "，再过" + more.words()));
        }
        String text = (when.feeYear() ? "自每年最后交费日起，不论是否交清，" : "") + String.join("，并且", words);
        return when.before().isEmpty()
                ? text
                : text + "之前" + when.before().stream().map(days -> days + "天").collect(Collectors.joining("、"));
    }

    private static String act(Act act) {
        if (act.task() != null) {
            return task(act.task());
        }
        if (act.open() != null) {
            return "提起" + CaseWords.type(act.open()) + "案件";
        }
        if (act.effect() != null) {
            return effect(act.effect());
        }
        String to = act.tell().stream().map(RuleText::addressee).collect(Collectors.joining("、"));
        return "告知" + to + (act.says() == null ? "" : "：“" + act.says() + "”");
    }

    private static String addressee(String to) {
        return to.equals("teacher") ? "班主任" : Words.addressee(to);
    }

    private static String task(TaskRule task) {
        return addressee(task.to())
                + (task.due() == null ? "" : task.due().words() + "内")
                + Words.task(task.what())
                + (task.where() == null ? "" : "（" + task.where() + "）")
                + (task.documents().isEmpty() ? "" : "，附" + String.join("、", task.documents()));
    }

    private static String effect(Act.Effect effect) {
        return switch (effect) {
            case JOIN -> "即成为会员";
            case JOIN_RETROACTIVELY -> "自申请齐备之日起为会员";
            case BILL -> "开第一年的账单";
            case GRADE -> "取得新等级";
            case POST -> "就任";
            case WITHDRAW -> "退会";
            case EXPEL -> "除名";
            case DEEM_WITHDRAWN -> "视为退会";
            case FORFEIT -> "丧失会籍";
            case CONVERT -> "个人会籍并入单位";
            case SUSPEND -> "暂停权利";
            case RESTORE -> "恢复权利";
            case REINSTATE -> "恢复会籍";
            case SANCTION -> "处分生效";
            case REMOVE -> "免去职务";
            case REGISTER -> "登记，证号有效";
            case CHANGE -> "变更生效";
            case REDUCE -> "减免生效";
            case SET_FEES -> "新会费标准生效";
            case SET_SEATS -> "名额生效";
        };
    }

    private void entry() {
        book.requirements().forEach(wanted -> say(wanted.cite(), null, "申请者须" + wanted.says()));
        book.apply().forEach(check -> say(check.cite(), null, check.says()));
        for (Rulebook.Bar bar : book.reEntry()) {
            String after = bar.after().stream()
                    .map(code -> Words.ended(EndedAs.of(code)))
                    .collect(Collectors.joining("、"));
            String from = switch (bar.anchor()) {
                case ENDED -> "会籍结束";
                case ANNOUNCED -> "结束公告";
                case LISTED -> "列入失信名单";
                case DELISTED -> "移出失信名单";
                case APPLICATION -> "再次申请";
            };
            String stops = bar.blocks() == Rulebook.Blocks.APPLYING ? "不受理申请" : "受理，但不作决定";
            say(
                    bar.cite(),
                    after.isEmpty() ? null : after + "的",
                    from
                            + (bar.bar() == null ? "期间" : "后" + bar.bar().words() + "内")
                            + stops
                            + (bar.credit() ? "，并先查信用" : ""));
        }
    }

    private void cases() {
        book.cases().forEach((type, track) -> {
            List<String> words = new ArrayList<>();
            if (!track.documents().isEmpty()) {
                words.add("须交"
                        + track.documents().stream()
                                .map(document -> document.name()
                                        + (document.exempts() == null ? "" : "（没有的由" + document.exempts() + "注明不适用）"))
                                .distinct()
                                .collect(Collectors.joining("、")));
            }
            if (track.now()) {
                words.add("材料齐备即生效");
            }
            if (!track.stages().isEmpty()) {
                words.add(track.stages().stream().map(RuleText::stage).collect(Collectors.joining(" → ")));
            }
            if (track.due() != null) {
                words.add("自齐备起" + track.due().words() + "内决定");
            }
            if (track.effect() != null) {
                words.add("结果：" + effect(track.effect()));
            }
            if (track.lapses() != null && track.lapses().paid() != null) {
                words.add("缴清即终止");
            }
            say(track.cite(), CaseWords.type(type), String.join("；", words));
        });
    }

    private static String stage(Track.Stage stage) {
        String who = addressee(stage.at());
        Track.Vote vote = stage.counted();
        String how = "";
        if (vote != null) {
            Rulebook.Share share = vote.share();
            how = "（" + (vote.base().equals("seats") ? "在任者" : "到会者") + (share.inclusive() ? "至少" : "超过")
                    + share.numerator() + "/" + share.denominator() + "赞成）";
        }
        if (stage.await() != null) {
            how = "（等待" + waiting(stage.await()) + "）";
        }
        Track.Help helps = stage.helps();
        String with = helps == null ? "" : "，" + addressee(helps.to()) + "协助";
        return who
                + how
                + with
                + (stage.onlyIfFailed() ? "（仅在未通过时）" : "")
                + (stage.onlyInRecess() == null ? "" : "（闭会期间）");
    }

    private static String waiting(String what) {
        return switch (what) {
            case "payment" -> "缴费";
            case "answer" -> "答复";
            default -> Words.task(what);
        };
    }

    private void changes() {
        book.changes().forEach((field, change) -> {
            String name = switch (field) {
                case "branch" -> "所在分支机构";
                case "entity" -> "名下的登记主体";
                case "*" -> "其他资料";
                default -> Changes.word(field);
            };
            List<String> words = new ArrayList<>();
            if (!change.documents().isEmpty()) {
                words.add("须交"
                        + change.documents().stream().map(Track.Document::name).collect(Collectors.joining("、")));
            }
            words.add(
                    change.track().equals(List.of("now"))
                            ? "提交即生效"
                            : "由"
                                    + change.track().stream()
                                            .map(RuleText::addressee)
                                            .collect(Collectors.joining(" → "))
                                    + "办理");
            if (change.task() != null) {
                words.add(task(change.task()));
            }
            say(change.cite(), name, String.join("；", words));
        });
    }

    private void rights() {
        book.rights().forEach((key, right) -> {
            List<String> who = new ArrayList<>(right.grades());
            who.addAll(right.posts());
            say(right.cite(), Rulebook.Right.word(key), who.isEmpty() ? "全体会员" : String.join("、", who));
        });
    }

    private void bodies() {
        book.bodies().forEach((name, body) -> {
            if (!body.cite().isEmpty()) {
                List<String> who = new ArrayList<>(body.grades());
                who.addAll(body.posts());
                say(body.cite(), name, who.isEmpty() ? "由全体会员组成" : "由" + String.join("、", who) + "组成");
            }
            if (!body.guests().isEmpty()) {
                say(body.guestsCite(), name, "请" + String.join("、", body.guests()) + "列席，没有表决权，也不计入应到人数");
            }
            if ("none".equals(body.standIn())) {
                say(body.standInCite(), name, "会员代表本人没有到会即算缺席，另派他人不算出席");
            }
            if (body.quorum() != null) {
                say(
                        body.quorumCite(),
                        name,
                        "须有" + body.quorum().numerator() + "/" + body.quorum().denominator() + "以上到会");
            }
            if (!body.remote().isEmpty()) {
                say(body.remote(), name, "特殊情况下可以通讯方式开会、表决");
            }
        });
        for (Rulebook.Post post : book.posts()) {
            List<String> words = new ArrayList<>();
            words.add("由" + post.by() + "选出");
            if (post.from() != null) {
                words.add("须已是" + post.from());
            }
            if (post.max() != null) {
                words.add("最多" + post.max() + "名");
            }
            if (post.min() != null) {
                words.add("最少" + post.min() + "名");
            }
            say(post.cite(), post.name(), String.join("，", words));
        }
        book.meetings()
                .forEach(duty ->
                        say(duty.cite(), duty.body(), "每年至少开会" + duty.atLeast() + "次，不足的次年1月1日告知" + duty.tell()));
    }

    private void sanctions() {
        for (Rulebook.Sanction sanction : book.sanctions()) {
            List<String> words = new ArrayList<>();
            if (!sanction.suspendsRights().isEmpty()) {
                words.add("权利暂停到期满");
            }
            if (!sanction.suspendsOffice().isEmpty()) {
                words.add("期间不得履行职务");
            }
            if (!sanction.endsOffice().isEmpty()) {
                words.add("职务提请免去");
            }
            say(sanction.cite(), sanction.name(), words.isEmpty() ? "记录在案" : String.join("，", words));
        }
        for (Rulebook.Attendance rule : book.attendance()) {
            List<String> who = new ArrayList<>(rule.grades());
            who.addAll(rule.posts());
            say(
                    rule.cite(),
                    rule.body(),
                    rule.limit() == null
                            ? String.join("、", who) + "应当出席，缺席时告知" + String.join("、", rule.tell())
                            : String.join("、", who) + "连续" + rule.limit() + "次缺席"
                                    + (rule.fallsTo() == null
                                            ? "，按规则处理"
                                            : rule.grades().isEmpty()
                                                    ? "，改任" + rule.fallsTo()
                                                    : "，降为" + rule.fallsTo()));
        }
    }

    private void readings() {
        book.readings().forEach((key, reading) -> {
            say(
                    reading.cite(),
                    reading.value() == null ? null : "读作 " + ReadingValues.word(key, reading.value()),
                    book.worded(reading.says()),
                    reading.example()
                            ? "这是示例，启用前请换成协会自己的设置"
                            : reading.otherwise() == null ? null : "也可以这样读：" + book.worded(reading.otherwise()));
            Rule said = rules.remove(rules.size() - 1);
            rules.add(new Rule(said.label(), said.id(), said.name(), said.text(), said.note(), said.example(), key));
        });
    }

    private static String day(MonthDay day) {
        return day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }
}
