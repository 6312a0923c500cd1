package io.homeroom.casework;

import java.util.List;
import java.util.Map;

/** What people call the kinds of cases, what changes, and the answers of a member: on every page, in chat and in letters the same. */
public final class CaseWords {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("admission", "入会申请"),
            Map.entry("upgrade", "升级申请"),
            Map.entry("downgrade", "降级"),
            Map.entry("withdrawal", "退会申请"),
            Map.entry("exit", "视为自动退会"),
            Map.entry("expulsion", "除名"),
            Map.entry("sanction", "处理"),
            Map.entry("suspension", "暂停会员权利"),
            Map.entry("restoration", "恢复申请"),
            Map.entry("registration", "登记"),
            Map.entry("nomination", "任职提名"),
            Map.entry("change", "资料变更"),
            Map.entry("choice", "个人会籍去留"),
            Map.entry("removal", "罢免"),
            Map.entry("reduction", "会费减免"),
            Map.entry("appeal", "申诉"),
            Map.entry("resolution", "决议"));

    private static final Map<String, String> ANSWERS = Map.of(
            "good-reason", "有正当理由",
            "refuse", "不履行",
            "cured", "情形已消除",
            "keep", "保留个人会籍",
            "give-up", "放弃个人会籍");

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("liaison", "联络员"),
            Map.entry("representative", "代表人"),
            Map.entry("head", "法定代表人或负责人"),
            Map.entry("address", "通讯地址"),
            Map.entry("registered-address", "注册地址"),
            Map.entry("premises", "主要场所"),
            Map.entry("scope", "业务范围"),
            Map.entry("capital", "注册资本"),
            Map.entry("phone", "联系方式"),
            Map.entry("name", "名称"),
            Map.entry("entity", "所绑定单位的代码"),
            Map.entry("branch", "分会"),
            Map.entry("branch-more", "其他分会"),
            Map.entry(Enrolments.ALSO, "再加入分会"),
            Map.entry(Enrolments.LEFT, "退出分会"));

    private CaseWords() {}

    /** What changes, as people call it; other words as they are. */
    public static String field(String code) {
        return FIELDS.getOrDefault(code, code);
    }

    /** The case type as people call it. */
    public static String type(String type) {
        return TYPES.getOrDefault(type, type);
    }

    /** What a task is called. */
    public static String task(String what) {
        return Consequences.word(what);
    }

    /** The answers that a member may give in a case of this type, as staff note them. */
    public static List<String> answers(String type) {
        return switch (type) {
            case "choice" -> List.of("keep", "give-up");
            case "exit" -> List.of("cured", "refuse");
            default -> List.of("good-reason", "cured", "refuse");
        };
    }

    /** A member's answer as people call it; other words as they are. */
    public static String answer(String says) {
        return ANSWERS.getOrDefault(says, says);
    }
}
