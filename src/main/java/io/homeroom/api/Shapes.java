package io.homeroom.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API says and hears, field by field as the contract has it. Ids are decimal strings, for JavaScript's sake. */
final class Shapes {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Shapes() {}

    /** An instant with Shanghai's offset, to the millisecond. */
    static OffsetDateTime at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).atZone(ZONE).toOffsetDateTime();
    }

    static @Nullable OffsetDateTime atOrNull(@Nullable Instant instant) {
        return instant == null ? null : at(instant);
    }

    static @Nullable String id(@Nullable Long id) {
        return id == null ? null : Long.toString(id);
    }

    @Schema(name = "Page", description = "一页。next 为空时没有下一页，否则原样作为 after 再问")
    record PageOf<T>(List<T> items, @Nullable String next) {}

    @Schema(name = "Contact", description = "联系人；手机号读出时遮住中间四位")
    record ContactShape(
            @Schema(example = "李青") String name,
            @Schema(example = "136****2001") String phone,

            @Schema(description = "是否已绑定微信", accessMode = Schema.AccessMode.READ_ONLY)
            boolean bound) {}

    @Schema(name = "Liaison", description = "联络员；手机号读出时遮住中间四位")
    record LiaisonShape(
            String id,
            @Schema(example = "李青") String name,
            @Schema(example = "136****2001") String phone,
            @Schema(description = "是否已绑定微信") boolean bound,
            @Schema(description = "是不是主要的一名，通知发给他") boolean first) {}

    @Schema(name = "Finding", description = "规则在今天得出的一条结论")
    record FindingShape(
            @Schema(description = "条款编号；规则书和台账都没有写明的为空", example = "WHJX-12-1") @Nullable
            String clause,

            @Schema(example = "2026年度会费尚未到账") String says,
            @Schema(description = "从哪天起") @Nullable LocalDate since,
            @Schema(description = "得出它所用的事实") Map<String, String> facts,

            @Schema(description = "怎样会改变它", example = "交清¥8,000.00即停止")
            String ends) {}

    @Schema(name = "Member", description = "会员")
    record MemberShape(
            @Schema(example = "7480193847201792") String id,
            @Schema(example = "江城建工集团有限公司") String name,

            @Schema(allowableValues = {"unit", "individual"})
            String kind,

            @Schema(description = "协会自己的等级称呼", example = "会员")
            String grade,

            @Schema(example = "2019-06-01") @Nullable LocalDate joinedOn,

            @Schema(description = "会费已缴到哪天", example = "2025-12-31") @Nullable
            LocalDate paidThrough,

            @Schema(description = "统一社会信用代码；个人的证件号遮住中间") @Nullable
            String uscc,

            @Nullable ContactShape contact,

            @Schema(description = "班主任的用户名", example = "zhoumin") @Nullable
            String teacher,

            @Schema(description = "班主任的姓名", example = "周敏") @Nullable
            String teacherName,

            @Schema(allowableValues = {"applicant", "active", "suspended", "ended", "none"})
            String standing,

            @Nullable LocalDate since,
            @Nullable LocalDate endedOn,
            @Nullable String endedAs,
            List<String> posts,
            @Schema(description = "是否有有效的会员证号") boolean number,
            @Schema(description = "未缴合计；负数是预存") long owedFen,
            List<FindingShape> findings,

            @Schema(description = "结论下一次可能自己改变的日子") @Nullable
            LocalDate reviewOn) {}

    @Schema(name = "NewContact")
    record ContactBody(
            @Schema(example = "李青", requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(example = "13612342001", requiredMode = Schema.RequiredMode.REQUIRED)
            String phone) {}

    @Schema(name = "NewMember", description = "登记一个会员。入会日在今天以前的，账单一次补到今年，并只发一份汇总通知")
    record NewMemberBody(
            @Schema(example = "江城建工集团有限公司", requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(
                    allowableValues = {"unit", "individual"},
                    defaultValue = "unit")
            @Nullable
            String kind,

            @Schema(description = "默认最低一级", example = "会员") @Nullable
            String grade,

            @Schema(description = "默认今天", example = "2019-06-01") @Nullable
            LocalDate joinedOn,

            @Schema(description = "以前的系统里会费已缴到哪年年底", example = "2025-12-31") @Nullable
            LocalDate paidThrough,

            @Schema(example = "91420100MA4KX12345") @Nullable
            String uscc,

            @Nullable ContactBody contact,

            @Schema(description = "班主任的用户名或编号", example = "zhoumin") @Nullable
            String teacher,

            @Schema(description = "是否有会员证号", defaultValue = "true") @Nullable
            Boolean number,

            @Nullable List<String> posts) {}

    @Schema(name = "MemberChange", description = "只改发来的字段。等级、资格和入会日由案件和规则决定，不能直接改")
    record MemberPatch(
            @Nullable String name,
            @Nullable String uscc,
            @Nullable ContactBody contact,
            @Schema(description = "班主任的用户名或编号") @Nullable String teacher) {}

    @Schema(name = "NewInvitation")
    record InvitationBody(
            @Schema(description = "有效多久，默认一周", example = "604800", minimum = "60", maximum = "2592000") @Nullable
            Long expiresInSeconds,

            @Schema(description = "给哪一名联络员（编号），默认主要的一名") @Nullable
            String liaison) {}

    @Schema(name = "Invitation", description = "一次性的绑定二维码")
    record InvitationShape(
            String scene, @Schema(description = "二维码图片的地址") String qrUrl, OffsetDateTime expiresAt) {}

    @Schema(name = "Bill", description = "账单")
    record BillShape(
            String id,
            String memberId,
            int year,

            @Schema(allowableValues = {"annual", "top-up", "term"})
            String kind,

            @Schema(example = "800000") long amountFen,
            long owedFen,
            @Nullable LocalDate dueOn,

            @Schema(allowableValues = {"open", "paid", "cancelled"})
            String state,

            @Nullable LocalDate paidOn,
            @Schema(description = "金额怎么来的") String why,
            List<String> clauses) {}

    @Schema(name = "NewPayment", description = "登记一笔已经到账的钱")
    record PaymentBody(
            @Schema(example = "800000", requiredMode = Schema.RequiredMode.REQUIRED)
            long amountFen,

            @Schema(
                    allowableValues = {"bank-transfer", "cash", "cheque"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String method,

            @Schema(description = "到账时间，默认现在", example = "2026-03-20T10:00:00+08:00") @Nullable
            String receivedAt,

            @Schema(description = "附言", example = "会费 江城建工") @Nullable
            String memo,

            @Schema(description = "指明缴哪一年；不写则先缴最早的", example = "2026") @Nullable
            Integer year,

            @Schema(description = "银行流水号或票号，一个号只记一次") @Nullable
            String externalId) {}

    @Schema(name = "Payment", description = "一笔到账")
    record PaymentShape(
            String id,
            String memberId,
            long amountFen,

            @Schema(allowableValues = {"wechat", "bank-transfer", "cash", "cheque"})
            String method,

            OffsetDateTime receivedAt,
            @Nullable String externalId,
            String memo,

            @Schema(allowableValues = {"settled", "unmatched", "refused", "refunding", "refunded", "reversed"})
            String state,

            @Schema(description = "它缴了哪些账单") List<String> bills) {}

    @Schema(name = "Case", description = "案件")
    record CaseShape(
            String id,
            @Schema(example = "exit") String type,
            @Nullable String member,

            @Schema(allowableValues = {"open", "approved", "rejected", "lapsed"})
            String outcome,

            @Schema(description = "在谁手里") @Nullable String at,
            @Nullable LocalDate due,
            @Schema(description = "最早哪天可以往下走") @Nullable LocalDate from,
            @Schema(description = "还缺的材料") List<String> missing,
            @Nullable LocalDate openedOn,
            @Nullable LocalDate closedOn,
            List<String> clauses) {}

    @Schema(name = "Task", description = "要人办的事")
    record TaskShape(
            String id,
            String what,
            String to,
            @Nullable String where,
            @Nullable String member,
            @Nullable String caseId,
            @Nullable LocalDate due,

            @Schema(allowableValues = {"open", "overdue", "done", "cancelled"})
            String state,

            @Nullable Long amountFen,
            String text,
            List<String> clauses) {}

    @Schema(name = "TaskDone")
    record TaskDoneBody(
            @Schema(description = "交来的材料") @Nullable List<String> documents) {}

    @Schema(name = "Notice", description = "通知")
    record NoticeShape(
            String id,
            @Schema(example = "member") String to,
            @Nullable String member,
            @Schema(description = "关于什么", example = "bill") String about,
            @Schema(description = "第一条依据，没有则为空") @Nullable String clause,
            List<String> clauses,
            String text,

            @Schema(allowableValues = {"wechat", "wecom", "robot", "digest", "console", "none"})
            String channel,

            OffsetDateTime createdAt,
            @Nullable OffsetDateTime sentAt,
            @Nullable OffsetDateTime deliveredAt,

            @Schema(allowableValues = {"waiting", "sent", "delivered", "unconfirmed", "failed"})
            String state) {}

    @Schema(name = "AuditLine", description = "谁在何时做了什么")
    record AuditShape(
            String id,
            OffsetDateTime at,
            String by,
            String act,
            @Nullable String member,
            String detail,
            List<String> clauses) {}
}
