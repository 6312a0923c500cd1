package io.homeroom.notice;

import java.util.Map;

/** Chinese headings for the codes of notices and tasks, for the digest. */
final class Headings {

    private static final Map<String, String> NOTICES = Map.ofEntries(
            Map.entry("bill", "新账单"),
            Map.entry("reminder", "缴费提醒"),
            Map.entry("overdue", "欠费"),
            Map.entry("arrears", "欠费"),
            Map.entry("payment", "到账"),
            Map.entry("decision", "审议结果"),
            Map.entry("case", "待决"),
            Map.entry("suspension", "暂停权利"),
            Map.entry("class-teacher", "班主任变动"),
            Map.entry("class-morning", "班里的事"),
            Map.entry("absence", "缺席"),
            Map.entry("meeting", "会议通知"),
            Map.entry("agenda", "议程"),
            Map.entry("ballot", "表决"),
            Map.entry("ballot-result", "表决结果"),
            Map.entry("ballot-papers", "清点表决票"),
            Map.entry("notice", "需要留意"),
            Map.entry("deadline", "期限将至"),
            Map.entry("overdue-case", "已逾期"),
            Map.entry("overdue-task", "待办超期"),
            Map.entry("answer", "会员答复"),
            Map.entry("application", "入会申请"),
            Map.entry("change", "资料变更"),
            Map.entry("nomination", "破格提名"),
            Map.entry("excuse", "会议请假"),
            Map.entry("assignment", "交办任务"),
            Map.entry("prepaid", "预交会费"),
            Map.entry("undertaking", "工作组、项目"),
            Map.entry("payment-refused", "款项未入账"),
            Map.entry("rulebook", "规则书"),
            Map.entry("amendment", "修订规则书"),
            Map.entry("flag", "需要留意"));

    private static final Map<String, String> TASKS = Map.ofEntries(
            Map.entry("reply", "答复"),
            Map.entry("registration", "登记"),
            Map.entry("notify", "通知"),
            Map.entry("announcement", "公告"),
            Map.entry("letter", "告知书"),
            Map.entry("handover", "交接"),
            Map.entry("certificate", "证书"),
            Map.entry("plaque", "牌匾"),
            Map.entry("roster", "名录更新"),
            Map.entry("file-update", "档案更新"),
            Map.entry("receipt", "票据"),
            Map.entry("match-payment", "认领款项"),
            Map.entry("refund", "退款"),
            Map.entry("correction", "更正"),
            Map.entry("rulebook", "规则书"),
            Map.entry("posts", "职务"),
            Map.entry("consider-downgrade", "研究降级"),
            Map.entry("fee-report", "会费报告"),
            Map.entry("proposal", "提案"),
            Map.entry("assign-teacher", "安排班主任"),
            Map.entry("group-invitation", "邀请入群"),
            Map.entry("dunning", "催缴会费"),
            Map.entry("assist", "协助办理"),
            Map.entry("handover-notice", "交接通知"),
            Map.entry("need", "诉求"),
            Map.entry("mailing", "寄送"),
            Map.entry("invite-liaison", "邀请新联络员"),
            Map.entry("publicity", "宣传"),
            Map.entry("confirm-data", "核对资料"),
            Map.entry("assignment", "会员任务"),
            Map.entry("contact", "联系会员"));

    private Headings() {}

    /** The notice's own title if it brought one, else by its kind. */
    static String of(Notice notice) {
        String title = notice.data().get("title");
        return title != null ? title : NOTICES.getOrDefault(notice.about(), "提醒");
    }

    static String task(String what) {
        return TASKS.getOrDefault(what, "待办");
    }
}
