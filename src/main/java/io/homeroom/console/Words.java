package io.homeroom.console;

import io.homeroom.desk.StaffMember;
import io.homeroom.dues.Bill;
import io.homeroom.ground.Clauses;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Kind;
import io.homeroom.member.Role;
import io.homeroom.member.Standing;
import io.homeroom.notice.Channel;
import io.homeroom.notice.Notice;
import io.homeroom.till.Method;
import io.homeroom.till.PayState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Codes as people say them, days as they read them. */
final class Words {

    private static final String WEEK = "一二三四五六日";

    private static final Map<String, String> TASKS = Map.ofEntries(
            Map.entry("reply", "书面答复"),
            Map.entry("registration", "办理登记"),
            Map.entry("notify", "书面通知"),
            Map.entry("announcement", "发布公告"),
            Map.entry("letter", "寄送书面告知"),
            Map.entry("handover", "办理交接"),
            Map.entry("certificate", "制发证书"),
            Map.entry("plaque", "制发牌匾"),
            Map.entry("roster", "更新名册"),
            Map.entry("file-update", "更新档案"),
            Map.entry("receipt", "开具票据"),
            Map.entry("match-payment", "认领到账"),
            Map.entry("refund", "退款"),
            Map.entry("correction", "督促改正"),
            Map.entry("posts", "处理职务"),
            Map.entry("consider-downgrade", "研究降级"),
            Map.entry("fee-report", "会费报告"),
            Map.entry("proposal", "提出建议"),
            Map.entry("assign-teacher", "指定班主任"),
            Map.entry("group-invitation", "拉入班级群"),
            Map.entry("dunning", "催缴会费"),
            Map.entry("assist", "协助办理"),
            Map.entry("hand-over", "班级交接"),
            Map.entry("promise", "承诺未付"),
            Map.entry("unreachable", "通知送不到"),
            Map.entry("quota", "平台额度用完"),
            Map.entry("handover-notice", "发变更交接函"),
            Map.entry("need", "答复诉求"),
            Map.entry("invite-liaison", "邀请新联络员"),
            Map.entry("publicity", "宣传"),
            Map.entry("confirm-data", "请会员核对资料"),
            Map.entry("assignment", "会员任务"),
            Map.entry("contact", "联系会员"),
            Map.entry("undelivered", "通知没有送到"),
            Map.entry("unconfirmed", "确认通知是否送到"),
            Map.entry("talk", "接着聊"));

    private Words() {}

    static String standing(Standing standing) {
        return switch (standing) {
            case APPLICANT -> "申请中";
            case ACTIVE -> "资格正常";
            case SUSPENDED -> "权利暂停";
            case ENDED -> "已离会";
            case NONE -> "非会员";
        };
    }

    static Chip chip(Standing standing) {
        return new Chip(
                standing(standing),
                switch (standing) {
                    case ACTIVE -> "good";
                    case SUSPENDED -> "bad";
                    case APPLICANT -> "info";
                    case ENDED, NONE -> "";
                });
    }

    static String ended(@Nullable EndedAs as) {
        return as == null
                ? "会籍已结束"
                : switch (as) {
                    case WITHDRAWN -> "已退会";
                    case DEEMED_WITHDRAWN -> "已视为自动退会";
                    case EXPELLED -> "已除名";
                    case FORFEITED -> "会籍已丧失";
                    case MERGED -> "已并入另一家会员";
                    case CONVERTED -> "已改由单位入会";
                };
    }

    static String kind(Kind kind) {
        return kind == Kind.UNIT ? "单位" : "个人";
    }

    static String role(Role role) {
        return switch (role) {
            case LIAISON -> "联络员";
            case REPRESENTATIVE -> "代表人";
            case SELF -> "本人";
        };
    }

    static String method(Method method) {
        return switch (method) {
            case WECHAT -> "微信支付";
            case BANK_TRANSFER -> "对公转账";
            case CASH -> "现金";
            case CHEQUE -> "支票";
        };
    }

    static Chip chip(PayState state) {
        return switch (state) {
            case SETTLED -> new Chip("已入账", "good");
            case UNMATCHED -> new Chip("待认领", "warn");
            case REFUSED -> new Chip("未入账，待退", "bad");
            case REFUNDING -> new Chip("退款中", "info");
            case REFUNDED -> new Chip("已退", "");
            case REVERSED -> new Chip("已冲正", "");
        };
    }

    static Chip chip(Bill bill, LocalDate today) {
        return switch (bill.state()) {
            case PAID -> new Chip("已缴", "good");
            case CANCELLED -> new Chip("已取消", "");
            case OPEN -> bill.overdue(today) ? new Chip("逾期", "bad") : new Chip("未缴", "warn");
        };
    }

    static String bill(Bill bill) {
        return switch (bill.kind()) {
            case ANNUAL -> bill.year() + "年度会费";
            case TOP_UP -> bill.year() + "年度补差";
            case TERM -> bill.year() + "至" + bill.throughYear() + "年度会费";
        };
    }

    static Chip chip(Notice.State state) {
        return new Chip(
                state.word(),
                switch (state) {
                    case DELIVERED -> "good";
                    case SENT -> "info";
                    case WAITING -> "";
                    case UNCONFIRMED -> "warn";
                    case FAILED -> "bad";
                });
    }

    static String channel(Channel channel) {
        return switch (channel) {
            case WECHAT -> "公众号";
            case WECOM -> "企业微信";
            case ROBOT -> "秘书处群";
            case DIGEST -> "晨报";
            case CONSOLE -> "控制台";
            case NONE -> "无处可送";
        };
    }

    static Chip outcome(String code) {
        return switch (code) {
            case "open" -> new Chip("办理中", "info");
            case "approved" -> new Chip("通过", "good");
            case "rejected" -> new Chip("未通过", "bad");
            case "lapsed" -> new Chip("已终止", "");
            default -> new Chip(code, "");
        };
    }

    static String task(String what) {
        return TASKS.getOrDefault(what, what);
    }

    /** Addressees as they are stored: an office's own word, or one of the few codes. */
    static String addressee(String to) {
        return switch (to) {
            case "member" -> "会员";
            case "applicant" -> "申请人";
            case "liaison" -> "联络员";
            case "former" -> "原来绑定的人";
            case "representative" -> "代表人";
            case "self" -> "本人";
            case "branch" -> "分会";
            case "members" -> "全体会员";
            case "admin" -> "管理员";
            default -> StaffMember.isAddress(to) ? "班主任" : to;
        };
    }

    /** 〔第十二条（一）、第十三条〕, or nothing. */
    static String cites(List<String> clauses) {
        Set<String> labels = new LinkedHashSet<>();
        for (String clause : clauses) {
            if (!clause.isBlank()) {
                labels.add(Clauses.label(clause));
            }
        }
        return labels.isEmpty() ? "" : "〔" + String.join("、", labels) + "〕";
    }

    /** 3月31日 周二. */
    static String dayOfWeek(LocalDate day) {
        return day.getMonthValue() + "月" + day.getDayOfMonth() + "日 周" + week(day);
    }

    /** The same with its year if it is not this one. */
    static String dayOfWeek(LocalDate day, LocalDate today) {
        return day(day, today) + " 周" + week(day);
    }

    static String week(LocalDate day) {
        return WEEK.substring(
                day.getDayOfWeek().getValue() - 1, day.getDayOfWeek().getValue());
    }

    /** 3月31日, with its year if it is not this one. */
    static String day(LocalDate day, LocalDate today) {
        String text = day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
        return day.getYear() == today.getYear() ? text : day.getYear() + "年" + text;
    }

    static String dayOrDash(@Nullable LocalDate day) {
        return day == null ? "—" : day.toString();
    }

    /** 还有12天, 今天, 已过3天. */
    static String left(LocalDate day, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, day);
        return days == 0 ? "今天" : days > 0 ? "还有" + days + "天" : "已过" + -days + "天";
    }

    /** late, soon (within a week), or nothing. */
    static String urgency(@Nullable LocalDate day, LocalDate today) {
        if (day == null) {
            return "";
        }
        long days = ChronoUnit.DAYS.between(today, day);
        return days < 0 ? "late" : days <= 7 ? "soon" : "";
    }

    static String moment(Instant at, LocalDate today) {
        LocalDateTime local = LocalDateTime.ofInstant(at, io.homeroom.schedule.BusinessClock.ZONE);
        return day(local.toLocalDate(), today)
                + String.format(Locale.ROOT, " %02d:%02d", local.getHour(), local.getMinute());
    }

    /** A state in word and colour; {@code tone} is a class of the sheet. */
    record Chip(String word, String tone) {}
}
