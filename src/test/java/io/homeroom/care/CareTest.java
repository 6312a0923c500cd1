package io.homeroom.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Enclosures;
import io.homeroom.casework.Opening;
import io.homeroom.classroom.ReportPeriod;
import io.homeroom.classroom.TeacherReports;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import io.homeroom.till.Till;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnFiveRulebooks
@DisplayName("服务：诉求有人办、有期限、有结果；寄出前有照片；资料变更新旧都在")
class CareTest {

    @Autowired
    private Needs needs;

    @Autowired
    private Stories stories;

    @Autowired
    private Mailings mailings;

    @Autowired
    private Pictures pictures;

    @Autowired
    private List<OwnMorning> rooms;

    @Autowired
    private Changes changes;

    @Autowired
    private Nominations nominations;

    @Autowired
    private TeacherReports reports;

    @Autowired
    private Classes classes;

    @Autowired
    private Bindings bindings;

    @Autowired
    private Enclosures enclosures;

    @Autowired
    private Till till;

    @Autowired
    private Cases cases;

    @Autowired
    private Roster roster;

    @Autowired
    private Contacts contacts;

    @Autowired
    private Staff staff;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Notices notices;

    @Autowired
    private BusinessClock clock;

    @Autowired
    private List<Duty> duties;

    @Autowired
    private org.springframework.jdbc.core.simple.JdbcClient jdbc;

    private StaffMember teacher;

    @BeforeEach
    void begin() {
        clock.restart(LocalDateTime.parse("2026-03-19T12:00"));
        teacher = whjx(() -> {
            String name = "t" + staff.all().size();
            return staff.add(
                            new NewStaff(
                                    name, "周敏", "a-long-password", null, "13612342001", Set.of(Role.TEACHER), Set.of()),
                            "admin")
                    .get();
        });
    }

    @Test
    @DisplayName("WHJX-8-2、10-4：五个工作日，最后一天不算逾期，次日只报一次；写明结果才能办结；会员评价")
    void a_need_has_an_owner_a_last_day_and_an_answer() {
        Member member = member("诉求公司");
        Need need = whjx(() ->
                needs.raise(member.id(), "想了解资质升级政策", "member:" + member.id()).get());
        assertThat(need.owner()).isEqualTo(teacher.address());
        assertThat(need.due()).as("five working days after a Thursday").isEqualTo("2026-03-26");
        assertThat(whjx(() -> needs.raise(member.id(), " 想了解资质升级政策 ", "x").get().id()))
                .as("said twice")
                .isEqualTo(need.id());
        assertThat(whjx(() -> tasks.done(need.taskId(), List.of(), "admin")).isDone())
                .as("a tick is no answer")
                .isFalse();

        night("2026-03-26");
        assertThat(late(member)).isZero();
        night("2026-03-27");
        night("2026-03-27");
        night("2026-03-28");
        assertThat(late(member)).isEqualTo(1);

        assertThat(whjx(() -> needs.rate(need.id(), member.id(), Need.Rating.GOOD))
                        .isDone())
                .as("nothing to rate yet")
                .isFalse();
        assertThat(whjx(() -> needs.answer(need.id(), "  ", "zhoumin")).isDone())
                .isFalse();
        whjx(() -> needs.answer(need.id(), "已寄资料，周三去拜访", "zhoumin").get());
        assertThat(whjx(() -> needs.answer(need.id(), "再答一次", "zhoumin")).isDone())
                .isFalse();
        assertThat(whjx(() -> tasks.find(need.taskId()).orElseThrow().state())).isEqualTo(Task.State.DONE);
        assertThat(told(member, "member")).anyMatch(text -> text.contains("已寄资料，周三去拜访") && text.contains("评价"));
        Member other = member("别家公司");
        assertThat(whjx(() -> needs.rate(need.id(), other.id(), Need.Rating.POOR))
                        .isDone())
                .as("another's need")
                .isFalse();
        whjx(() -> needs.rate(need.id(), member.id(), Need.Rating.POOR).get());
        assertThat(whjx(() -> needs.of(member.id())).get(0).rating()).isEqualTo(Need.Rating.POOR);
        assertThat(told(member, "秘书处")).anyMatch(text -> text.contains("不满意"));
    }

    @Test
    @DisplayName("WHJX-8-4b、9-4：没有照片不能登记寄出；寄出即办结待办，联络员收到照片的链接")
    void nothing_is_sent_without_its_photo() throws Exception {
        Member member = member("票据公司");
        Task receipt = whjx(() -> tasks.open(
                NewTask.of("receipt", "会籍管理部", "开具票据").about(member.id()).cites("WHJX-9-4")));
        long mailing = whjx(() -> mailings.prepare("receipt", "", "admin").get());
        assertThat(whjx(() -> mailings.asked("receipt"))).extracting(Task::id).doesNotContain(receipt.id());
        Parcel parcel = whjx(() -> mailings.parcels(mailing)).stream()
                .filter(one -> one.memberId() == member.id())
                .findFirst()
                .orElseThrow();

        Outcome<Parcel> bare = whjx(() -> mailings.send(parcel.id(), "SF1234567", "admin"));
        assertThat(bare)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().clauses()).contains("WHJX-8-4b"));
        assertThat(whjx(() -> mailings.photograph(
                                List.of(parcel.id()), "<svg/>".getBytes(StandardCharsets.UTF_8), "admin"))
                        .isDone())
                .isFalse();
        byte[] photo = photo();
        whjx(() -> mailings.photograph(List.of(parcel.id()), photo, "admin").get());
        assertThat(whjx(() -> mailings.send(parcel.id(), "SF1234567", "admin")).isDone())
                .as("no address yet")
                .isFalse();
        whjx(() -> mailings.address(parcel.id(), "汉口路1号", "admin").get());
        assertThat(whjx(() -> mailings.send(parcel.id(), "单号是SF", "admin")).isDone())
                .isFalse();
        Parcel sent =
                whjx(() -> mailings.send(parcel.id(), "SF1234567", "admin").get());

        assertThat(sent.sentOn()).isEqualTo("2026-03-19");
        Task done = whjx(() -> tasks.find(receipt.id()).orElseThrow());
        assertThat(done.state()).isEqualTo(Task.State.DONE);
        assertThat(done.documents()).contains("照片");
        assertThat(told(member, "member"))
                .anyMatch(text -> text.contains("SF1234567") && text.contains("/m/whjx/parcels/" + parcel.id()));
        assertThat(whjx(() -> mailings.send(parcel.id(), "SF1234567", "admin")).isDone())
                .as("once")
                .isFalse();
        Long picture = sent.pictureId();
        assertThat(picture).isNotNull();
        assertThat(whjx(() -> pictures.open(picture).orElseThrow())).startsWith((byte) 0xFF, (byte) 0xD8);
        assertThat(Tenant.in("bacca", () -> pictures.open(picture)))
                .as("another association")
                .isEmpty();
        assertThat(Tenant.in("bacca", () -> mailings.find(parcel.id()))).isEmpty();
    }

    @Test
    @DisplayName("WHJX-10-1：备好没寄的，地址和收件人随会员报的变更当场更新；手写的地址不变；寄出的留着当时的地址")
    void a_parcel_follows_the_last_reported_address_until_it_is_sent() throws Exception {
        Member member = member("搬家公司");
        moves(member, "汉口路1号");
        long mailing = whjx(() -> mailings.prepare("journal", "会刊搬家号", List.of(member.id()), "admin")
                .get());
        assertThat(parcelOf(mailing).to().address()).isEqualTo("汉口路1号");
        CaseView opened = whjx(() -> cases.open(Opening.byMember(
                        "change", member.id(), Map.of("field", "address", "to", "新大道2号", "was", "汉口路1号")))
                .get());
        Task form = whjx(() ->
                        tasks.search(TaskSearch.unfinished().member(member.id()).what("handover-notice")))
                .get(0);
        whjx(() -> tasks.done(form.id(), List.of(), "zhoumin").get());
        assertThat(parcelOf(mailing).to().address())
                .as("reported, not yet applied")
                .isEqualTo("汉口路1号");
        whjx(() -> cases.decide(opened.id(), io.homeroom.casework.Decision.of("会籍管理部", "approve", null, "admin"))
                .get());
        assertThat(parcelOf(mailing).to().address()).isEqualTo("新大道2号");
        assertThat(whjx(mailings::waiting))
                .filteredOn(one -> one.memberId() == member.id())
                .singleElement()
                .satisfies(one -> assertThat(one.to().address()).isEqualTo("新大道2号"));
        whjx(() -> contacts.put(member.id(), io.homeroom.member.Role.LIAISON, "韩梅", "13612340009"));
        assertThat(parcelOf(mailing).to().person()).isEqualTo("韩梅");

        long id = parcelOf(mailing).id();
        whjx(() -> mailings.address(id, "门卫室转交", "admin").get());
        moves(member, "新大道3号");
        assertThat(parcelOf(mailing).to().address()).as("somebody wrote it").isEqualTo("门卫室转交");
        whjx(() -> mailings.address(id, " ", "admin").get());
        assertThat(parcelOf(mailing).to().address()).as("taken back").isEqualTo("新大道3号");

        byte[] photo = photo();
        whjx(() -> mailings.photograph(List.of(id), photo, "admin").get());
        whjx(() -> mailings.send(id, "", "admin").get());
        moves(member, "新大道4号");
        assertThat(parcelOf(mailing).to().address()).as("where it went").isEqualTo("新大道3号");
    }

    private Parcel parcelOf(long mailing) {
        return whjx(() -> mailings.parcels(mailing)).get(0);
    }

    private void moves(Member member, String address) {
        Tenant.run(
                "whjx",
                () -> roster.record(
                        member.id(),
                        io.homeroom.member.Entry.of(io.homeroom.member.EntryKind.DATA, clock.today(), "", "admin")
                                .with("address", address)));
    }

    @Test
    @DisplayName("WHJX-5-6、9-4：证书、牌匾照待办寄，各带自己的一件；寄出一件办结一件，没寄的还在")
    void certificates_and_plaques_are_mailed_for_their_tasks() throws Exception {
        Member member = member("领证公司");
        Tenant.run(
                "whjx",
                () -> roster.record(
                        member.id(),
                        io.homeroom.member.Entry.of(io.homeroom.member.EntryKind.DATA, clock.today(), "", "admin")
                                .with("address", "汉口路3号")));
        for (String what : List.of("certificate", "plaque")) {
            Task task = whjx(() -> tasks.open(
                    NewTask.of(what, "会籍管理部", "制发").about(member.id()).cites("WHJX-5-6")));
            long mailing = whjx(() -> mailings.prepare(what, "", "admin").get());
            Parcel parcel = whjx(() -> mailings.parcels(mailing)).stream()
                    .filter(one -> one.memberId() == member.id())
                    .findFirst()
                    .orElseThrow();
            assertThat(parcel.to().address()).isEqualTo("汉口路3号");
            byte[] photo = photo();
            whjx(() -> mailings.photograph(List.of(parcel.id()), photo, "admin").get());
            assertThat(whjx(() -> tasks.find(task.id()).orElseThrow().state())).isEqualTo(Task.State.OPEN);
            whjx(() -> mailings.send(parcel.id(), "", "admin").get());
            assertThat(whjx(() -> tasks.find(task.id()).orElseThrow().state())).isEqualTo(Task.State.DONE);
        }
        assertThat(told(member, "member"))
                .filteredOn(text -> text.contains("今天寄出"))
                .hasSize(2)
                .anyMatch(text -> text.contains("证书"))
                .anyMatch(text -> text.contains("牌匾"));
    }

    @Test
    @DisplayName("WHJX-12-0：告知书须有邮寄单号才算寄出；寄出后案件等会员答复")
    void a_letter_needs_proof_of_posting_and_then_its_period_runs() throws Exception {
        clock.restart(LocalDateTime.parse("2026-04-01T00:00"));
        Member member = whjx(() -> roster.enter(NewMember.draft("欠费公司", Kind.UNIT, "会员")
                .joined(LocalDate.parse("2020-03-01"))
                .paidThrough(LocalDate.parse("2024-12-31"))
                .teacher(teacher.id())
                .data("address", "汉口路9号")
                .done()));
        night("2026-04-01");
        assertThat(exit(member).at()).isEqualTo("会籍管理部");
        long mailing = whjx(() -> mailings.prepare("letter", "退会告知书", "admin").get());
        Parcel parcel = whjx(() -> mailings.parcels(mailing)).stream()
                .filter(one -> one.memberId() == member.id())
                .findFirst()
                .orElseThrow();
        byte[] photo = photo();
        whjx(() -> mailings.photograph(List.of(parcel.id()), photo, "admin").get());

        assertThat(whjx(() -> mailings.send(parcel.id(), "", "admin")).isDone()).isFalse();
        assertThat(exit(member).at()).isEqualTo("会籍管理部");
        whjx(() -> mailings.send(parcel.id(), "EMS123456789", "admin").get());

        assertThat(exit(member).at()).isEqualTo("member");
        assertThat(exit(member).due()).as("thirty days on is a day off").isEqualTo("2026-05-06");
    }

    @Test
    @DisplayName("WHJX-10-3：投稿进审核队列，退回写原因，会员知道；审过的不再审")
    void news_is_reviewed() throws Exception {
        Member member = member("投稿公司");
        byte[] photo = photo();
        assertThat(whjx(() -> stories.submit(member.id(), "喜报", "正文", List.of(new byte[] {1, 2})))
                        .isDone())
                .isFalse();
        assertThat(whjx(() -> stories.of(member.id()))).isEmpty();
        Story story = whjx(
                () -> stories.submit(member.id(), "喜报", "我司获奖", List.of(photo)).get());
        assertThat(whjx(() -> pictures.of(story.id()))).hasSize(1);
        Task review = whjx(() -> tasks.find(story.taskId()).orElseThrow());
        assertThat(review.to()).isEqualTo(teacher.address());
        assertThat(review.clauses()).contains("WHJX-10-3");

        assertThat(whjx(() -> stories.settle(story.id(), false, " ", "zhoumin")).isDone())
                .isFalse();
        whjx(() -> stories.settle(story.id(), false, "请补获奖证书照片", "zhoumin").get());

        assertThat(whjx(() -> tasks.find(review.id()).orElseThrow().state())).isEqualTo(Task.State.DONE);
        assertThat(told(member, "member")).anyMatch(text -> text.contains("请补获奖证书照片"));
        assertThat(whjx(() -> stories.settle(story.id(), true, "", "zhoumin")).isDone())
                .isFalse();
    }

    @Test
    @DisplayName("WHJX-8-4a、9-3：班主任确认交接单，会籍管理部更新；旧值留在台账，新联络员要重新邀请")
    void a_change_keeps_old_and_new() {
        Member member = member("变更公司");
        CaseView opened = whjx(() -> cases.open(Opening.byMember(
                        "change",
                        member.id(),
                        Map.of("field", "liaison", "to", "韩梅", "phone", "13612340009", "was", "李雷")))
                .get());
        Task notice = whjx(() -> tasks.search(TaskSearch.unfinished()
                        .member(member.id())
                        .what("handover-notice")
                        .page(0, 10)))
                .get(0);
        assertThat(notice.to()).isEqualTo(teacher.address());
        whjx(() -> tasks.done(notice.id(), List.of(), "zhoumin").get());
        whjx(() -> cases.decide(opened.id(), io.homeroom.casework.Decision.of("会籍管理部", "approve", null, "admin"))
                .get());

        assertThat(whjx(() -> contacts.toNotify(member.id()).orElseThrow().name()))
                .isEqualTo("韩梅");
        assertThat(whjx(() -> cases.find(opened.id()).orElseThrow().data())).containsEntry("was", "李雷");
        assertThat(whjx(() -> roster.history(member.id())))
                .anyMatch(entry -> "韩梅".equals(entry.data().get("liaison")));
        assertThat(whjx(() -> tasks.search(TaskSearch.unfinished()
                        .member(member.id())
                        .what("invite-liaison")
                        .page(0, 10))))
                .singleElement()
                .satisfies(task -> assertThat(task.to()).isEqualTo(teacher.address()));
    }

    @Test
    @DisplayName("IGRS-18-l：事先提出，到那天换人；前一天仍是原联络员，绑定还在；号码不落在案卷里，案卷落库是密文，从前的明文照读")
    void a_liaison_changes_on_the_day_and_not_before() {
        long member = igrs(() -> roster.enter(NewMember.draft("换人公司", Kind.UNIT, "普通会员")
                        .joined(LocalDate.parse("2026-01-05"))
                        .paidThrough(LocalDate.parse("2026-12-31"))
                        .contact(io.homeroom.member.Role.LIAISON, "李雷", "13612340001")
                        .done())
                .id());
        String scene = igrs(() -> bindings.invite(member, null, java.time.Duration.ofDays(1), "admin")
                .scene());
        igrs(() -> bindings.bind(scene, "oLiLei").get());
        Changes.Report late =
                new Changes.Report("liaison", "韩梅", "13612340009", LocalDate.parse("2026-03-18"), false, false);
        assertThat(igrs(() -> changes.report(member, late, Map.of(), "oLiLei")).isDone())
                .as("a day that is over")
                .isFalse();
        Changes.Report beforehand =
                new Changes.Report("liaison", "韩梅", "13612340009", LocalDate.parse("2026-03-25"), false, false);
        CaseView made = igrs(
                () -> changes.report(member, beforehand, Map.of(), "oLiLei").get());

        assertThat(made.data()).containsEntry("was", "李雷");
        assertThat(String.join(" ", made.data().values())).doesNotContain("13612340009");
        assertThat(stored(made.id())).as("names stay unreadable at rest").doesNotContain("李雷", "韩梅", "liaison");
        // A row from before is read as it stands, and sealed when the case next changes.
        jdbc.sql("update case_file set data = :data where association_id = 'igrs' and id = :id")
                .param("data", tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(made.data()))
                .param("id", made.id())
                .update();
        assertThat(igrs(() -> cases.find(made.id()).orElseThrow()).data()).isEqualTo(made.data());
        for (String day : List.of("2026-03-19", "2026-03-24")) {
            night("igrs", day);
            assertThat(igrs(() -> contacts.toNotify(member).orElseThrow()))
                    .as(day)
                    .satisfies(contact -> {
                        assertThat(contact.name()).isEqualTo("李雷");
                        assertThat(contact.openid()).isEqualTo("oLiLei");
                    });
            assertThat(igrs(() -> tasks.open(member)))
                    .as(day)
                    .noneMatch(task -> task.what().equals("invite-liaison"));
        }
        night("igrs", "2026-03-25");
        assertThat(igrs(() -> contacts.toNotify(member).orElseThrow())).satisfies(contact -> {
            assertThat(contact.name()).isEqualTo("韩梅");
            assertThat(contact.phone()).isEqualTo("13612340009");
            assertThat(contact.openid()).isNull();
        });
        assertThat(igrs(() -> tasks.open(member))).anyMatch(task -> task.what().equals("invite-liaison"));
        assertThat(igrs(() -> roster.asOf(member, LocalDate.parse("2026-03-24")))
                        .data())
                .doesNotContainKey("liaison");
    }

    @Test
    @DisplayName("DSIA-10-b：法定代表人、联络员、注册地址、主要场所、业务范围、注册资本、通讯地址、联系方式，每一样都报得上，秘书处各知道一次，旧的留着")
    void every_field_that_must_be_reported_can_be() {
        long member = dsia(() -> roster.enter(NewMember.draft("八项公司", Kind.UNIT, "会员")
                        .joined(LocalDate.parse("2020-01-05"))
                        .paidThrough(LocalDate.parse("2026-12-31"))
                        .contact(io.homeroom.member.Role.LIAISON, "李雷", "13612340001")
                        .data("registered-address", "高新园区1号")
                        .done())
                .id());
        LocalDate today = LocalDate.parse("2026-03-19");
        Map<String, String> told = new java.util.LinkedHashMap<>();
        told.put("head", "韩总");
        told.put("registered-address", "高新园区2号");
        told.put("premises", "软件园3栋");
        told.put("scope", "软件开发与服务");
        told.put("capital", "5,000万元");
        told.put("address", "数码路4号");
        told.put("phone", "13700000000");
        told.put("liaison", "韩梅");
        told.forEach((field, to) -> {
            CaseView made = dsia(() -> changes.report(
                            member,
                            new Changes.Report(
                                    field, to, field.equals("liaison") ? "13612340009" : "", today, false, false),
                            Map.of(),
                            "oX")
                    .get());
            assertThat(made.outcome()).as(field).isEqualTo("approved");
            assertThat(made.clauses()).as(field).contains("DSIA-10-b");
        });
        Map<String, String> known = dsia(() -> roster.get(member)).data();
        for (String field : List.of("head", "registered-address", "premises", "scope", "capital", "address")) {
            assertThat(known).containsEntry(field, told.get(field));
        }
        assertThat(dsia(() -> contacts.toNotify(member).orElseThrow())).satisfies(contact -> {
            assertThat(contact.name()).isEqualTo("韩梅");
            assertThat(contact.phone()).isEqualTo("13612340009");
        });
        assertThat(dsia(() -> notices.search(NoticeSearch.all().member(member))).stream()
                        .filter(notice ->
                                notice.to().equals("秘书处") && notice.clauses().contains("DSIA-10-b")))
                .hasSize(told.size());
        assertThat(dsia(() -> cases.of(member)))
                .anyMatch(change -> "高新园区1号".equals(change.data().get("was")));
    }

    @Test
    @DisplayName("BACCA-26、34：分会会员的催缴交给分会的联系人；没有登记联系人的，秘书处的晨报里有；别的会员不关分会的事")
    void a_branch_has_its_contact() {
        List<Long> members = List.of("动漫分会", "电玩分会", "").stream()
                .map(branch -> bacca(() -> roster.enter(NewMember.draft("会员" + branch, Kind.UNIT, "会员单位")
                                .joined(LocalDate.parse("2022-04-01"))
                                .number(true)
                                .paidThrough(LocalDate.parse("2025-12-31"))
                                .branch(branch.isEmpty() ? null : branch)
                                .done())
                        .id()))
                .toList();
        StaffMember contact = bacca(() -> staff.add(
                        new NewStaff("dongman", "董曼", null, "dongman", null, Set.of(Role.TEACHER), Set.of("动漫分会")),
                        "admin")
                .get());
        night("bacca", "2026-06-30");
        night("bacca", "2026-07-01");
        night("bacca", "2026-07-01");
        List<Notice> asked = members.stream()
                .flatMap(member -> bacca(() -> notices.search(NoticeSearch.all().member(member))).stream())
                .filter(notice -> notice.text().contains("请分支机构提醒"))
                .toList();
        assertThat(asked)
                .extracting(Notice::memberId, Notice::to)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(members.get(0), contact.address()),
                        org.assertj.core.groups.Tuple.tuple(members.get(1), "branch"));
        assertThat(asked).allMatch(notice -> notice.clauses().contains("BACCA-34"));
    }

    @Test
    @DisplayName("早晨各人一份：管会籍的见待决、欠费各段、没有班主任、昨夜没完成的；财务见待认领和欠费；领导、驻会领导不见别的部门的待决和待办；每行有页")
    void each_role_has_its_morning() {
        StaffMember office = whjx(() -> colleague("morning-office", Set.of(Role.SECRETARIAT), Set.of("会籍管理部")));
        StaffMember finance = bacca(() -> colleague("morning-finance", Set.of(Role.FINANCE), Set.of()));
        StaffMember leader = whjx(() -> colleague("morning-leader", Set.of(Role.SECRETARIAT), Set.of("领导")));
        StaffMember resident = whjx(() -> colleague("morning-resident", Set.of(Role.SECRETARIAT), Set.of("驻会领导")));
        Member owes = whjx(() -> roster.enter(NewMember.draft("早晨欠费公司", Kind.UNIT, "会员")
                .joined(LocalDate.parse("2020-03-01"))
                .paidThrough(LocalDate.parse("2025-12-31"))
                .teacher(teacher.id())
                .done()));
        whjx(() -> roster.enter(NewMember.draft("早晨没人带公司", Kind.UNIT, "会员")
                .joined(LocalDate.parse("2026-01-05"))
                .paidThrough(LocalDate.parse("2026-12-31"))
                .done()));
        clock.restart(LocalDateTime.parse("2026-04-02T00:00"));
        whjx(() -> cases.open(
                        Opening.byMember("change", owes.id(), Map.of("field", "address", "to", "新大道1号", "was", "")))
                .get());
        whjx(() -> tasks
                .search(TaskSearch.unfinished()
                        .member(owes.id())
                        .what("handover-notice")
                        .page(0, 1))
                .stream()
                .map(task -> tasks.done(task.id(), List.of(), "zhoumin").get())
                .toList());
        Member remits = bacca(() -> roster.enter(NewMember.draft("早晨汇款公司", Kind.UNIT, "会员单位")
                .joined(LocalDate.parse("2022-04-01"))
                .number(true)
                .paidThrough(LocalDate.parse("2024-12-31"))
                .done()));
        bacca(() -> till.receive(
                        remits.id(),
                        io.homeroom.ground.Money.ofYuan(10),
                        io.homeroom.till.Method.BANK_TRANSFER,
                        clock.instant(),
                        null,
                        "货款",
                        null,
                        "finance")
                .isDone());
        whjx(() -> tasks.open(NewTask.of("visit", "驻会领导", "见客").due(clock.today())));
        whjx(() -> tasks.open(NewTask.of("visit", "领导", "见客").due(clock.today().minusDays(1))));
        jdbc.sql("insert into review_aside (association_id, member_id, since_day) values ('whjx', :member, :day)")
                .param("member", owes.id())
                .param("day", clock.today())
                .update();
        for (String association : List.of("whjx", "bacca", "whjx", "bacca")) {
            duties.stream()
                    .filter(duty -> duty.name().equals("morning"))
                    .forEach(duty -> Tenant.run(association, () -> duty.run(clock.today())));
        }
        jdbc.sql("delete from review_aside where association_id = 'whjx'").update();

        assertThat(morning("whjx", office))
                .contains("待决：", "资料变更", "欠费：30天内", "没有班主任：", "昨夜复核没有完成：1家")
                .doesNotContain("待认领");
        assertThat(morning("bacca", finance))
                .contains("到账待认领：", "欠费：", "/console/bacca/money?show=unmatched")
                .doesNotContain("待决", "没有班主任", "复核");
        assertThat(morning("whjx", leader)).contains("逾期：").doesNotContain("待决", "待认领", "今天到期");
        assertThat(morning("whjx", resident)).contains("今天到期：").doesNotContain("待决", "待认领", "逾期");
        bacca(() -> staff.deactivate(finance.id(), "admin"));
        for (StaffMember one : List.of(office, leader, resident)) {
            assertThat(morning("whjx", one).lines().skip(1)).allMatch(line -> line.endsWith("\">打开</a>"));
            whjx(() -> staff.deactivate(one.id(), "admin"));
        }
    }

    private StaffMember colleague(String username, Set<Role> roles, Set<String> offices) {
        return staff.add(new NewStaff(username, username, null, username, null, roles, offices), "admin")
                .get();
    }

    private String morning(String association, StaffMember who) {
        List<Notice> own = Tenant.in(
                association,
                () -> notices.search(NoticeSearch.all().to(who.address()).about("morning")));
        assertThat(own).hasSize(1);
        return own.get(0).text();
    }

    @Test
    @DisplayName("BACCA-11-c：换授权代表须附盖章的书面报告；换号码只换号码，人还绑着")
    void a_representative_needs_a_sealed_report() throws Exception {
        long member = bacca(() -> roster.enter(NewMember.draft("换代表公司", Kind.UNIT, "会员单位")
                        .joined(LocalDate.parse("2026-01-05"))
                        .number(true)
                        .paidThrough(LocalDate.parse("2026-12-31"))
                        .contact(io.homeroom.member.Role.LIAISON, "李雷", "13612340001")
                        .done())
                .id());
        LocalDate today = LocalDate.parse("2026-03-19");
        Changes.Report report = new Changes.Report("representative", "韩梅", "13612340009", today, false, false);
        Outcome<CaseView> bare = bacca(() -> changes.report(member, report, Map.of(), "oX"));
        assertThat(bare)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().clauses()).contains("BACCA-11-c"));
        byte[] photo = photo();
        assertThat(bacca(() -> changes.report(member, report, Map.of("授权代表书面报告", new byte[] {1}), "oX"))
                        .isDone())
                .as("no picture")
                .isFalse();
        CaseView made = bacca(() ->
                changes.report(member, report, Map.of("授权代表书面报告", photo), "oX").get());
        assertThat(made.outcome()).isEqualTo("approved");
        assertThat(bacca(() -> enclosures.of(made.id()))).hasSize(1);
        assertThat(bacca(() -> contacts.of(member)))
                .extracting(io.homeroom.member.Contact::name)
                .contains("韩梅");

        bacca(() -> changes.report(
                        member, new Changes.Report("phone", "13700000000", "", today, false, false), Map.of(), "oX")
                .get());
        assertThat(bacca(() -> contacts.toNotify(member).orElseThrow())).satisfies(contact -> {
            assertThat(contact.name()).isEqualTo("李雷");
            assertThat(contact.phone()).isEqualTo("13700000000");
        });
        assertThat(bacca(() -> roster.get(member)).data().values()).noneMatch(value -> value.contains("13700000000"));
    }

    @Test
    @DisplayName("DSIA-8、9：换代表由秘书处记；任理事的要继续任职，理事会确认，不确认职务空缺")
    void an_office_holders_successor_is_confirmed_by_the_council() {
        long member = dsia(() -> roster.enter(NewMember.draft("理事公司", Kind.UNIT, "会员")
                        .joined(LocalDate.parse("2020-01-05"))
                        .paidThrough(LocalDate.parse("2026-12-31"))
                        .post("理事")
                        .contact(io.homeroom.member.Role.REPRESENTATIVE, "李雷", "13612340001")
                        .done())
                .id());
        LocalDate today = LocalDate.parse("2026-03-19");
        Changes.Field field = dsia(() -> changes.open(roster.get(member))).stream()
                .filter(one -> one.code().equals("representative"))
                .findFirst()
                .orElseThrow();
        assertThat(field.offices()).contains("理事");
        assertThat(field.papers()).containsExactly("继任人选介绍");
        CaseView made = dsia(() -> changes.report(
                        member,
                        new Changes.Report("representative", "韩梅", "13612340009", today, true, true),
                        Map.of(),
                        "oX")
                .get());
        assertThat(made.missing()).containsExactly("继任人选介绍");
        dsia(() -> cases.file(made.id(), List.of("继任人选介绍"), "member").get());
        assertThat(dsia(() -> cases.find(made.id()).orElseThrow().at())).isEqualTo("理事会");
        assertThat(dsia(() -> contacts.toNotify(member).orElseThrow().name())).isEqualTo("李雷");
        dsia(() -> cases.decide(made.id(), io.homeroom.casework.Decision.of("理事会", "reject", "不同意", "admin"))
                .get());
        assertThat(dsia(() -> roster.get(member)).posts()).doesNotContain("理事");
    }

    @Test
    @DisplayName("WHJX-9-5、10-5：半年报有联系和收缴、按数字提建议；班主任推荐优秀联络员，一个半年一次，秘书处确认")
    void the_half_year_is_reported_and_liaisons_are_named() {
        Member good = member("积极公司");
        Member silent = member("沉默公司");
        Member owes = whjx(() -> roster.enter(NewMember.draft("拖欠公司", Kind.UNIT, "会员")
                .joined(LocalDate.parse("2020-03-01"))
                .paidThrough(LocalDate.parse("2025-12-31"))
                .teacher(teacher.id())
                .contact(io.homeroom.member.Role.LIAISON, "王五", "13612340005")
                .done()));
        for (Member one : List.of(good, good, owes)) {
            whjx(() -> classes.contacted(one.id(), teacher.username(), "电话里说了年会"));
        }
        clock.restart(LocalDateTime.parse("2026-07-01T09:00"));
        ReportPeriod half = whjx(nominations::period);
        assertThat(half.title()).isEqualTo("2026年上半年");
        TeacherReports.Report before = whjx(() -> reports.report(teacher.id(), half.from(), half.to()));
        assertThat(before.members()).isEqualTo(3);
        assertThat(before.contacts()).isEqualTo(3);
        assertThat(before.reached()).isEqualTo(2);
        assertThat(before.due().isPositive()).isTrue();
        assertThat(before.collected().isPositive()).isFalse();
        assertThat(before.advice()).isEqualTo(TeacherReports.Advice.TALK);

        assertThat(whjx(() -> nominations.candidates(classes.classOf(teacher.id()), half)))
                .as("who is silent or owes is not proposed")
                .extracting(one -> one.member().name() + " " + one.figures())
                .containsExactly("积极公司 联系2次，会费按时");
        assertThat(whjx(() -> nominations.nominate(owes.id(), half, "常联系", "zhou"))
                        .isDone())
                .isFalse();
        assertThat(whjx(() -> nominations.nominate(good.id(), half, " ", "zhou"))
                        .isDone())
                .isFalse();
        Nomination made = whjx(
                () -> nominations.nominate(good.id(), half, "通知当天就回", "zhou").get());
        assertThat(made.contacts()).isEqualTo(2);
        assertThat(whjx(() -> nominations.nominate(good.id(), half, "再推一次", "zhou"))
                        .isDone())
                .as("once in a half-year")
                .isFalse();
        assertThat(whjx(() -> nominations.settle(made.id(), false, "", "admin")).isDone())
                .as("a reason is owed")
                .isFalse();
        whjx(() -> nominations.settle(made.id(), true, "", "admin").get());
        assertThat(whjx(() -> nominations.settle(made.id(), true, "", "admin")).isDone())
                .isFalse();
        assertThat(told(good, "member")).anyMatch(text -> text.contains("李雷") && text.contains("2026年上半年优秀联络员"));
        assertThat(Tenant.in("bacca", () -> nominations.nominate(1, half, "x", "y"))
                        .isDone())
                .isFalse();

        whjx(() -> till.receive(
                        owes.id(),
                        before.due(),
                        io.homeroom.till.Method.CASH,
                        clock.instant(),
                        null,
                        "会费",
                        null,
                        "admin")
                .get());
        TeacherReports.Report after = whjx(() -> reports.report(teacher.id(), half.from(), half.to()));
        assertThat(after.rate()).as("paid later, but paid").isEqualTo(100);
        assertThat(after.collected().isPositive())
                .as("money of July is not of June")
                .isFalse();
        assertThat(whjx(() -> reports.report(
                                teacher.id(), half.after().from(), half.after().to()))
                        .collected())
                .isEqualTo(before.due());
        assertThat(mornings("2026-07-01"))
                .as("the first working day of the half-year")
                .anyMatch(line -> line.text().contains("半年报（2026年上半年）：联系3次、2家，请提出奖惩建议〔第九条")
                        && line.path().equals("reports?kind=half-year&at=2026-01-01"));
        assertThat(mornings("2026-07-02")).noneMatch(line -> line.path().startsWith("reports"));
        assertThat(mornings("2026-07-06"))
                .filteredOn(line -> line.path().startsWith("reports"))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).contains("周报（2026年6月29日至7月5日）"));
        assertThat(silent.belongs()).isTrue();
    }

    private List<OwnMorning.Line> mornings(String day) {
        StaffMember office =
                new StaffMember(1, "office", "吴敏", null, null, Set.of(Role.SECRETARIAT), Set.of("会籍管理部"), true);
        return whjx(() -> rooms.stream()
                .flatMap(room -> room.lines(LocalDate.parse(day), office).stream())
                .toList());
    }

    private String stored(long caseId) {
        return jdbc.sql("select data from case_file where id = :id")
                .param("id", caseId)
                .query(String.class)
                .single();
    }

    private CaseView exit(Member member) {
        return whjx(() -> cases.of(member.id())).stream()
                .filter(one -> one.type().equals("exit"))
                .findFirst()
                .orElseThrow();
    }

    private Member member(String name) {
        return whjx(() -> roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                .joined(LocalDate.parse("2026-01-05"))
                .paidThrough(LocalDate.parse("2026-12-31"))
                .teacher(teacher.id())
                .contact(io.homeroom.member.Role.LIAISON, "李雷", "13612340001")
                .done()));
    }

    private void night(String day) {
        night("whjx", day);
    }

    private void night(String association, String day) {
        LocalDate date = LocalDate.parse(day);
        clock.restart(date.atStartOfDay());
        Tenant.in(association, () -> {
            duties.stream().sorted(Comparator.comparingInt(Duty::order)).forEach(duty -> duty.run(date));
            return null;
        });
    }

    private long late(Member member) {
        return told(member, "秘书处").stream()
                .filter(text -> text.contains("没有答复"))
                .count();
    }

    private List<String> told(Member member, String to) {
        return whjx(() -> notices.search(NoticeSearch.all().member(member.id()))).stream()
                .filter(notice -> notice.to().equals(to))
                .map(Notice::text)
                .toList();
    }

    private static byte[] photo() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", out);
        return out.toByteArray();
    }

    private static <T> T igrs(Supplier<T> act) {
        return Tenant.in("igrs", act);
    }

    private static <T> T bacca(Supplier<T> act) {
        return Tenant.in("bacca", act);
    }

    private static <T> T dsia(Supplier<T> act) {
        return Tenant.in("dsia", act);
    }

    private static <T> T whjx(Supplier<T> act) {
        return Tenant.in("whjx", act);
    }
}
