package io.homeroom.api;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Uscc;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Invitation;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Members, and the invitations by which their contacts are bound. */
@RestController
@RequestMapping(path = "/api/v1/{code}/members", produces = "application/json")
@Tag(name = "会员")
class MembersApi {

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{5,18}[0-9]");
    private static final Duration WEEK = Duration.ofDays(7);

    private final Viewer viewer;
    private final Roster roster;
    private final Contacts contacts;
    private final Bindings bindings;
    private final Bills bills;
    private final Staff staff;
    private final Classes classes;
    private final Findings findings;
    private final BusinessClock clock;
    private final Audit audit;
    private final Links links;
    private final TransactionTemplate transaction;

    MembersApi(
            Viewer viewer,
            Roster roster,
            Contacts contacts,
            Bindings bindings,
            Bills bills,
            Staff staff,
            Classes classes,
            Findings findings,
            BusinessClock clock,
            Audit audit,
            Links links,
            PlatformTransactionManager transactions) {
        this.viewer = viewer;
        this.roster = roster;
        this.contacts = contacts;
        this.bindings = bindings;
        this.bills = bills;
        this.staff = staff;
        this.classes = classes;
        this.findings = findings;
        this.clock = clock;
        this.audit = audit;
        this.links = links;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping
    @Operation(summary = "查会员", description = "按登记先后分页；班主任只看到自己的班级。")
    Shapes.PageOf<Shapes.MemberShape> list(
            @Parameter(description = "名称的一部分，或完整的信用代码", example = "建工") @RequestParam(required = false) @Nullable
                    String q,
            @Parameter(description = "applicant、active、suspended、ended、none") @RequestParam(required = false) @Nullable
                    String standing,
            @Parameter(description = "等级，协会自己的称呼") @RequestParam(required = false) @Nullable String grade,
            @Parameter(description = "班主任的用户名或编号") @RequestParam(required = false) @Nullable String teacher,
            @Parameter(description = "上一页的 next") @RequestParam(required = false) @Nullable String after,
            @Parameter(description = "1 到 200，默认 50") @RequestParam(required = false) @Nullable String limit) {
        Asking asking = new Asking();
        Standing wanted = asking.word("standing", standing, Standing::of, codes());
        long start = asking.key("after", after);
        int size = asking.limit(limit);
        List<Long> only = viewer.only();
        List<Long> teachers = only;
        if (teacher != null && !teacher.isBlank()) {
            Optional<StaffMember> named = teacher(teacher);
            if (named.isEmpty() && only == null) {
                asking.fault("teacher", "没有这位班主任");
            }
            Long asked = named.map(StaffMember::id).orElse(null);
            if (only != null && (asked == null || !only.contains(asked))) {
                asking.check();
                return new Shapes.PageOf<>(List.of(), null);
            }
            teachers = asked == null ? null : List.of(asked);
        }
        asking.check();
        Page<Member> page = roster.search(new Search(
                q == null || q.isBlank() ? null : q.strip(),
                wanted,
                grade == null || grade.isBlank() ? null : grade.strip(),
                teachers,
                start,
                size));
        Map<Long, StaffMember> names = new HashMap<>();
        staff.all().forEach(one -> names.put(one.id(), one));
        return new Shapes.PageOf<>(
                page.items().stream().map(member -> shape(member, names)).toList(), Shapes.id(page.next()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "一个会员")
    Shapes.MemberShape one(@PathVariable String id) {
        return shape(viewer.member(id));
    }

    @PostMapping
    @Operation(
            summary = "登记会员",
            description = "入会日早于今天的，立即得到从那一年（或 paidThrough 次年）到今年的账单和一份汇总通知，不会在夜里逐级催缴。",
            requestBody =
                    @RequestBody(content = @Content(schema = @Schema(implementation = Shapes.NewMemberBody.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Shapes.MemberShape.class)))
    ResponseEntity<Object> enter(
            @PathVariable String code, @org.springframework.web.bind.annotation.RequestBody JsonNode body) {
        viewer.needs("登记会员", Role.ADMIN, Role.SECRETARIAT);
        LocalDate today = clock.today();
        Rulebook rulebook = findings.rulebook(today);
        Asked asked = Asked.of(body);
        String name = asked.required("name", 120);
        Kind kind = asked.word(
                "kind", Kind::of, Arrays.stream(Kind.values()).map(Kind::code).toList());
        kind = kind == null ? Kind.UNIT : kind;
        String grade = asked.text("grade", 40);
        grade = grade(asked, rulebook, kind, grade);
        LocalDate joined = asked.day("joinedOn");
        if (joined == null) {
            joined = today;
        } else if (joined.isAfter(today)) {
            asked.fault("joinedOn", "不能晚于今天 " + today);
        } else if (joined.getYear() < 1949) {
            asked.fault("joinedOn", "年份太早，请核对");
        }
        LocalDate paid = asked.day("paidThrough");
        if (paid != null && (paid.getMonthValue() != 12 || paid.getDayOfMonth() != 31)) {
            asked.fault("paidThrough", "要是某年的12月31日");
        } else if (paid != null && paid.getYear() > today.getYear() + 10) {
            asked.fault("paidThrough", "年份太远，请核对");
        }
        String uscc = uscc(asked, kind, null);
        Long teacherId = teacherId(asked);
        Refusal full = teacherId == null ? null : classes.full(teacherId, 1);
        if (full != null) {
            asked.fault("teacher", full.reason());
        }
        Asked contact = asked.part("contact");
        String contactName = contact == null ? "" : contact.required("name", 40);
        String phone = contact == null ? "" : phone(contact, "phone");
        Boolean number = asked.flag("number");
        List<String> posts = asked.texts("posts", 40);
        for (String post : posts) {
            if (rulebook.posts().stream().noneMatch(known -> known.name().equals(post))) {
                asked.fault("posts", "规则里没有“" + post + "”这个职务");
            }
        }
        asked.check();
        NewMember.Draft draft = NewMember.draft(name, kind, grade)
                .joined(joined)
                .paidThrough(paid)
                .uscc(uscc)
                .teacher(teacherId)
                .number(number == null || number)
                .posts(posts);
        if (contact != null) {
            draft.contact(mainRole(kind), contactName, phone);
        }
        Member member = Optional.ofNullable(transaction.execute(status -> {
                    Member entered = roster.enter(draft.done());
                    audit.note(viewer.me().username(), "member-entered", entered.id(), name);
                    return entered;
                }))
                .orElseThrow();
        return ResponseEntity.created(URI.create("/api/v1/" + code + "/members/" + member.id()))
                .body(shape(roster.get(member.id())));
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "改资料",
            description = "只改发来的字段；给 null 清空信用代码。等级和资格由案件决定。",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = Shapes.MemberPatch.class))))
    Shapes.MemberShape change(
            @PathVariable String id, @org.springframework.web.bind.annotation.RequestBody JsonNode body) {
        Member member = viewer.member(id);
        viewer.needs("改会员资料", Role.ADMIN, Role.SECRETARIAT);
        Asked asked = Asked.of(body);
        String name = asked.has("name") ? asked.required("name", 120) : null;
        String uscc = uscc(asked, member.kind(), member);
        Long teacherId = teacherId(asked);
        if (asked.isNull("teacher")) {
            asked.fault("teacher", "不能清空；请写接手的班主任");
        }
        if (asked.isNull("uscc")) {
            asked.fault("uscc", "不能清空；写错了请改成对的");
        }
        Asked contact = asked.part("contact");
        String contactName = contact == null ? "" : contact.required("name", 40);
        String phone = contact == null ? "" : phone(contact, "phone");
        asked.check();
        String by = viewer.me().username();
        transaction.executeWithoutResult(status -> {
            StringBuilder what = new StringBuilder();
            if (name != null && !name.equals(member.name())) {
                roster.record(
                        member.id(),
                        Entry.of(EntryKind.DATA, clock.today(), "", by).with("name", name));
                what.append("名称改为").append(name).append("；");
            }
            if (uscc != null && !uscc.equals(member.uscc())) {
                roster.identify(member.id(), uscc);
                what.append("信用代码；");
            }
            if (contact != null) {
                contacts.put(member.id(), mainRole(member.kind()), contactName, phone);
                what.append("联系人；");
            }
            if (teacherId != null && !teacherId.equals(member.teacherId())) {
                Outcome<Member> assigned = classes.assign(member.id(), teacherId, by, findings.teacherClauses());
                if (assigned instanceof Outcome.Refused<Member> refused) {
                    throw ApiProblem.refused(refused.refusal());
                }
                what.append("班主任；");
            }
            if (!what.isEmpty()) {
                audit.note(by, "member-changed", member.id(), what.substring(0, what.length() - 1));
            }
        });
        return shape(roster.get(member.id()));
    }

    @PostMapping("/{id}/invitations")
    @Operation(
            summary = "生成绑定二维码",
            description = "扫到它的微信用户成为这个会员的联系人；只能用一次，过期作废。",
            requestBody =
                    @RequestBody(content = @Content(schema = @Schema(implementation = Shapes.InvitationBody.class))))
    @ApiResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = Shapes.InvitationShape.class)))
    ResponseEntity<Object> invite(
            @PathVariable String code,
            @PathVariable String id,
            @org.springframework.web.bind.annotation.RequestBody(required = false) @Nullable JsonNode body) {
        Member member = viewer.member(id);
        viewer.needs("邀请联系人", Role.TEACHER, Role.ADMIN, Role.SECRETARIAT);
        Duration valid = WEEK;
        Long contact = contacts.toNotify(member.id()).map(Contact::id).orElse(null);
        if (body != null && !body.isMissingNode()) {
            Asked asked = Asked.of(body);
            Long seconds = asked.whole("expiresInSeconds", 1, 2_592_000);
            String liaison = asked.loose("liaison");
            if (liaison != null) {
                contact = contacts.of(member.id()).stream()
                        .map(Contact::id)
                        .filter(one -> Long.toString(one).equals(liaison))
                        .findFirst()
                        .orElse(null);
                if (contact == null) {
                    asked.fault("liaison", "这个会员没有这名联络员；编号见 …/liaisons");
                }
            }
            asked.check();
            valid = seconds == null ? WEEK : Duration.ofSeconds(seconds);
        }
        Duration validFor = valid;
        Long invited = contact;
        String by = viewer.me().username();
        Invitation invitation = Optional.ofNullable(transaction.execute(status -> {
                    Invitation made = bindings.invite(member.id(), invited, validFor, by);
                    audit.note(by, "invited", member.id(), "生成绑定二维码，有效到 " + Shapes.at(made.expiresAt()));
                    return made;
                }))
                .orElseThrow();
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new Shapes.InvitationShape(
                        invitation.scene(), links.qr(code, invitation.scene()), Shapes.at(invitation.expiresAt())));
    }

    private static List<String> codes() {
        return Arrays.stream(Standing.values()).map(Standing::code).toList();
    }

    private static io.homeroom.member.Role mainRole(Kind kind) {
        return kind == Kind.UNIT ? io.homeroom.member.Role.LIAISON : io.homeroom.member.Role.SELF;
    }

    private static String grade(Asked asked, Rulebook rulebook, Kind kind, @Nullable String wanted) {
        Rulebook.KindRule rule = rulebook.kinds().get(kind.code());
        if (rule != null && !rule.accepted()) {
            asked.fault("kind", "本协会不接受这一类会员");
        }
        List<String> fitting = rulebook.grades().stream()
                .filter(grade -> kind.code().equals(grade.kind() == null ? Kind.UNIT.code() : grade.kind()))
                .map(Rulebook.Grade::name)
                .toList();
        if (wanted == null) {
            return fitting.isEmpty() ? "" : fitting.get(0);
        }
        if (!fitting.contains(wanted)) {
            asked.fault("grade", fitting.isEmpty() ? "这一类没有等级" : "只能是 " + String.join("、", fitting));
        }
        return wanted;
    }

    private @Nullable String uscc(Asked asked, Kind kind, @Nullable Member self) {
        String text = asked.text("uscc", 32);
        if (text == null) {
            return null;
        }
        String normal = Uscc.normal(text);
        if (kind == Kind.UNIT && !Uscc.isValid(normal)) {
            asked.fault("uscc", "不是有效的统一社会信用代码：18位，最后一位是校验码，请核对");
            return null;
        }
        boolean taken = roster.byUscc(normal)
                .filter(other -> self == null || other.id() != self.id())
                .isPresent();
        if (taken) {
            asked.fault("uscc", "已有会员使用这个代码；同一个代码就是同一家单位");
        }
        return normal;
    }

    static String phone(Asked contact, String field) {
        String phone = contact.required(field, 20);
        if (!phone.isEmpty() && !PHONE.matcher(phone).matches()) {
            contact.fault(field, "写成手机号或带区号的电话，例如 13612342001");
        }
        return phone;
    }

    private @Nullable Long teacherId(Asked asked) {
        String named = asked.loose("teacher");
        if (named == null) {
            return null;
        }
        Optional<StaffMember> found = teacher(named);
        if (found.isEmpty()) {
            asked.fault("teacher", "没有这位班主任；写用户名或编号");
        }
        return found.map(StaffMember::id).orElse(null);
    }

    private Optional<StaffMember> teacher(String named) {
        return staff.byUsername(named)
                .or(() -> Viewer.key(named).flatMap(staff::find))
                .filter(found -> found.active() && found.roles().contains(Role.TEACHER));
    }

    private Shapes.MemberShape shape(Member member) {
        Map<Long, StaffMember> names = new HashMap<>();
        if (member.teacherId() != null) {
            staff.find(member.teacherId()).ifPresent(found -> names.put(found.id(), found));
        }
        return shape(member, names);
    }

    private Shapes.MemberShape shape(Member member, Map<Long, StaffMember> names) {
        StaffMember teacher = member.teacherId() == null ? null : names.get(member.teacherId());
        Shapes.ContactShape contact = contacts.toNotify(member.id())
                .map(found -> new Shapes.ContactShape(found.name(), Mask.phone(found.phone()), found.openid() != null))
                .orElse(null);
        Money owed = bills.owed(member.id());
        String uscc = member.uscc();
        return new Shapes.MemberShape(
                Long.toString(member.id()),
                member.name(),
                member.kind().code(),
                member.grade(),
                member.joinedOn(),
                bills.paidThrough(member.id()).orElse(null),
                uscc == null || member.kind() == Kind.UNIT ? uscc : Mask.id(uscc),
                contact,
                teacher == null ? null : teacher.username(),
                teacher == null ? null : teacher.name(),
                member.standing().code(),
                member.since(),
                member.endedOn(),
                member.endedAs() == null ? null : member.endedAs().code(),
                member.posts(),
                member.number(),
                owed.fen(),
                findings.of(member),
                member.reviewOn());
    }
}
