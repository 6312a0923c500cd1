package io.homeroom.console;

import io.homeroom.casework.CaseWords;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A member's ledger as people read it: date, act, clause, who; newest first. */
@Component
class Timeline {

    record Line(String on, String act, String cites, String who, String tone) {}

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("kind", "类别"),
            Map.entry("headcount", "从业人数"),
            Map.entry("revenue", "上年营业收入（元）"),
            Map.entry("business", "主营业务"),
            Map.entry("representative-phone", "代表人电话"),
            Map.entry("representative-head", "代表人是主要负责人"),
            Map.entry("liaison-phone", "联络员电话"),
            Map.entry("data-confirmed", "核对过资料"),
            Map.entry("registered", "登记日"),
            Map.entry("registered-as", "登记证件"),
            Map.entry("registered-until", "登记有效期至"));

    private final Staff staff;

    Timeline(Staff staff) {
        this.staff = staff;
    }

    /** A field of a member's data as people say it. */
    static String field(String code) {
        String word = FIELDS.get(code);
        return word == null ? CaseWords.field(code) : word;
    }

    /** A value of a member's data as people say it. */
    static String value(String value) {
        return switch (value) {
            case "true" -> "是";
            case "false" -> "否";
            case "" -> "（无）";
            default -> value;
        };
    }

    List<Line> of(List<Entry> ledger) {
        Map<String, String> names = new HashMap<>();
        Map<String, String> teachers = new HashMap<>();
        for (StaffMember one : staff.all()) {
            names.put(one.username(), one.name());
            names.put(one.address(), one.name());
            teachers.put(Long.toString(one.id()), one.name());
        }
        List<Line> lines = new ArrayList<>();
        for (Entry entry : ledger) {
            lines.add(new Line(
                    entry.on().toString(),
                    act(entry, teachers),
                    Words.cites(List.of(entry.clause())),
                    Lines.who(entry.by(), names),
                    tone(entry)));
        }
        Collections.reverse(lines);
        return lines;
    }

    private static String act(Entry entry, Map<String, String> teachers) {
        Map<String, String> data = entry.data();
        return switch (entry.kind()) {
            case APPLIED -> "提出入会申请";
            case REJECTED -> "申请未通过";
            case JOINED -> data.containsKey("grade") ? "入会，" + data.get("grade") : "入会";
            case GRADE -> "等级改为" + data.getOrDefault("grade", "");
            case POST_GAINED -> "当选" + data.getOrDefault("post", "");
            case POST_LOST -> "不再担任" + data.getOrDefault("post", "");
            case NUMBER_GIVEN -> "取得会员证号" + (data.containsKey("number") ? " " + data.get("number") : "");
            case NUMBER_VOID -> "会员证号失效";
            case SUSPENDED -> "权利暂停" + (data.containsKey("until") ? "，至" + data.get("until") : "");
            case RESTORED -> "权利恢复";
            case SANCTIONED ->
                "处分：" + data.getOrDefault("sanction", "") + (data.containsKey("until") ? "，至" + data.get("until") : "");
            case ENDED -> ended(data.get("as"));
            case ANNOUNCED -> "会籍结束已公告";
            case TEACHER ->
                data.getOrDefault("teacher", "").isEmpty()
                        ? "没有班主任了"
                        : "班主任：" + teachers.getOrDefault(data.get("teacher"), "已离职的同事");
            case EMPLOYER -> data.getOrDefault("employer", "").isEmpty() ? "不再有所属单位" : "所属单位已登记";
            case DATA -> changed(data);
            case LISTED -> "列入失信名单";
            case DELISTED -> "移出失信名单";
            case REGISTERED -> "完成登记";
            case MERGED -> "合并了另一家会员";
            case SPLIT -> "分立";
        };
    }

    private static String ended(@org.jspecify.annotations.Nullable String as) {
        return as == null ? "会籍结束" : Words.ended(EndedAs.of(as));
    }

    private static String changed(Map<String, String> data) {
        List<String> parts = new ArrayList<>();
        data.forEach((field, value) -> parts.add(field(field) + "改为" + value(value)));
        Collections.sort(parts);
        return String.join("，", parts);
    }

    private static String tone(Entry entry) {
        return switch (entry.kind()) {
            case JOINED, RESTORED, NUMBER_GIVEN, POST_GAINED -> "good";
            case SUSPENDED, SANCTIONED, ENDED, REJECTED, LISTED, NUMBER_VOID -> "bad";
            case POST_LOST, ANNOUNCED -> "warn";
            default -> "";
        };
    }
}
