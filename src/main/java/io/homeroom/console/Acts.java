package io.homeroom.console;

import io.homeroom.rulebook.Act.Effect;
import java.util.Locale;
import java.util.Map;

/** The audit log's codes as people say them. */
final class Acts {

    private static final String EFFECT = "effect-";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("member-entered", "登记会员"),
            Map.entry("member-changed", "改资料"),
            Map.entry("roster-imported", "导入名册"),
            Map.entry("rulebook-amended", "修订规则书"),
            Map.entry("rulebook-restated", "重录规则书修订"),
            Map.entry("rulebook-taken-back", "撤回规则书修订"),
            Map.entry("need-raised", "提出诉求"),
            Map.entry("need-answered", "答复诉求"),
            Map.entry("need-rated", "评价答复"),
            Map.entry("story-settled", "审宣传材料"),
            Map.entry("mailing-made", "准备寄送"),
            Map.entry("parcel-photo", "寄送拍照"),
            Map.entry("parcel-address", "改寄送地址"),
            Map.entry("parcel-sent", "寄出"),
            Map.entry("liaison-named", "登记联络员"),
            Map.entry("liaison-first", "换主要联络员"),
            Map.entry("liaison-removed", "移除联络员"),
            Map.entry("invited", "生成绑定码"),
            Map.entry("bound", "绑定微信"),
            Map.entry("unbound", "解除绑定"),
            Map.entry("phone-shown", "查看号码"),
            Map.entry("payment-recorded", "登记到账"),
            Map.entry("payment-refused", "到账未入账"),
            Map.entry("payment-matched", "认领到账"),
            Map.entry("staff-added", "新建账号"),
            Map.entry("staff-changed", "改账号"),
            Map.entry("staff-password", "改密码"),
            Map.entry("staff-left", "停用账号"),
            Map.entry("task-done", "办完一件事"),
            Map.entry("task-cancelled", "撤销一件事"),
            Map.entry("task-postponed", "改期"),
            Map.entry("task-handed", "转交"),
            Map.entry("teacher-assigned", "指定班主任"),
            Map.entry("reminded", "私下提醒"),
            Map.entry("promised", "记承诺付款日"),
            Map.entry("broadcast", "班级群发"),
            Map.entry("reminder-seen", "催缴前知会班主任"),
            Map.entry("robot-set", "登记群机器人"),
            Map.entry("circular", "发重要通知"),
            Map.entry("circular-reminded", "再提醒未读"),
            Map.entry("cover-arranged", "请假交接"),
            Map.entry("cover-ended", "结束代班"),
            Map.entry("contacted", "联系会员"),
            Map.entry("payment-reversed", "冲销到账"),
            Map.entry("bill-lowered", "改小账单"),
            Map.entry("credit-refunded", "退余款"),
            Map.entry("applied", "提出入会申请"),
            Map.entry("application-refused", "入会申请未受理"),
            Map.entry("case-opened", "提起案件"),
            Map.entry("case-contacted", "为案件联系会员"),
            Map.entry("case-answer-noted", "记下会员答复"),
            Map.entry("case-raised", "代为提起案件"),
            Map.entry("case-refused", "案件未受理"),
            Map.entry("decision-refused", "决定未记下"),
            Map.entry("use-refused", "不能使用"),
            Map.entry("place", "登记参加活动"),
            Map.entry("undertaking", "登记工作组、项目"),
            Map.entry("undertaking-refused", "工作组、项目未登记"),
            Map.entry("meeting", "记会议"),
            Map.entry("meeting-planned", "安排会议"),
            Map.entry("meeting-cancelled", "取消会议"),
            Map.entry("meeting-attendance", "记到会"),
            Map.entry("meeting-held", "会议结束"),
            Map.entry("ballot-opened", "开始表决"),
            Map.entry("ballot-refused", "表决未能开始"),
            Map.entry("ballot-cast", "投票"),
            Map.entry("ballot-paper", "登记纸质表决票"),
            Map.entry("ballot-closed", "结束表决"),
            Map.entry("ballot-done", "表决结果"),
            Map.entry("activity", "记活动"),
            Map.entry("body-changed", "机构变动"),
            Map.entry("merged", "合并"),
            Map.entry("split", "分立"),
            Map.entry("resigned", "辞职"),
            Map.entry("delisted", "移出失信名单"),
            Map.entry("document-opened", "查看材料"),
            Map.entry("document-handed-in", "上传材料"),
            Map.entry("document-asked", "请重交材料"),
            Map.entry("document-exempt", "注明材料不适用"),
            Map.entry("answered", "答复"),
            Map.entry("called-off", "撤回申请"),
            Map.entry("body-planned", "预先登记机构变动"),
            Map.entry("body-plan-cancelled", "撤销预先登记"),
            Map.entry("assigned", "交办"),
            Map.entry("assignment-reported", "说已办好"),
            Map.entry("data-confirmed", "确认登记材料"),
            Map.entry("liaison-nominated", "推荐优秀联络员"),
            Map.entry("nomination-asked", "请求破格提名"),
            Map.entry("nomination-given", "破格提名"),
            Map.entry("nomination-declined", "不提名"),
            Map.entry("nomination-settled", "审推荐"),
            Map.entry("reading-chosen", "改读法"),
            Map.entry("roster-published", "公布名册"),
            Map.entry("use", "使用权益"),
            Map.entry("excused", "请假"),
            Map.entry("excuse-taken-back", "撤回请假"),
            Map.entry("absence", "记缺席"),
            Map.entry("absent-too-often", "缺席过多"));

    private Acts() {}

    static String word(String act) {
        if (act.startsWith(EFFECT)) {
            return effect(Effect.valueOf(act.substring(EFFECT.length()).toUpperCase(Locale.ROOT)));
        }
        return act.startsWith("report-") ? "登记变化" : WORDS.getOrDefault(act, act);
    }

    /** What a decided case or an automatic rule did to a member. */
    private static String effect(Effect effect) {
        return switch (effect) {
            case JOIN, JOIN_RETROACTIVELY -> "入会生效";
            case BILL -> "开首年账单";
            case GRADE -> "级别生效";
            case POST -> "任职生效";
            case WITHDRAW -> "退会生效";
            case EXPEL -> "除名生效";
            case DEEM_WITHDRAWN -> "视为自动退会生效";
            case FORFEIT -> "丧失会员资格";
            case CONVERT -> "个人会籍终止";
            case SUSPEND -> "暂停会员权利";
            case RESTORE -> "恢复会员权利";
            case REINSTATE -> "恢复会员资格";
            case SANCTION -> "处分生效";
            case REMOVE -> "免去职务";
            case REGISTER -> "登记生效";
            case CHANGE -> "变更生效";
            case REDUCE -> "减免会费";
            case SET_FEES -> "会费标准生效";
            case SET_SEATS -> "增选名额生效";
        };
    }
}
