package io.homeroom.notice;

import static io.homeroom.notice.Correspondence.whjx;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.LowerRooms;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Nights;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;

@Tag("mysql")
@SpringBootTest(
        classes = LowerRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.whjx.rulebook=none"
        })
@Import(Correspondence.class)
@DisplayName("秘书处的早晨：每个工作日一条，有名无数")
class DigestTest {

    @Autowired
    private Digest digest;

    @Autowired
    private OwnDigest own;

    @Autowired
    private ClassMorning morning;

    private final List<StaffMember> teachers = new ArrayList<>();

    @Autowired
    private Staff staff;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Notices notices;

    @Autowired
    private Nights nights;

    @Autowired
    private Tasks tasks;

    @Autowired
    private BusinessClock clock;

    @TestBean(name = "wireClock", methodName = "io.homeroom.notice.Correspondence#newWire")
    private Clock wireClock;

    private Correspondence.Wire wire;

    @Autowired
    private Correspondence.Postman postman;

    @Autowired
    private Correspondence.People people;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void thursday() {
        jdbc.sql("delete from notice").update();
        jdbc.sql("delete from task").update();
        wire = (Correspondence.Wire) wireClock;
        Correspondence.set(clock, wire, "2026-03-18T23:00");
        postman.reset(false, (letter, by) -> by.deliver(letter));
    }

    @Test
    @DisplayName("同类并成一行，写单位不写金额；八点半才送，明细随之送达")
    void things_of_a_kind_make_one_line_with_names_and_without_amounts() {
        long a = people.member("江城建工", null);
        long b = people.member("汉阳市政", null);
        people.tell(Tell.of("秘书处", a, "arrears", "江城建工 2026年会费 ¥8,000.00 逾期").urgency(Tell.Urgency.DIGEST));
        people.tell(Tell.of("会籍管理部", b, "arrears", "汉阳市政 2026年会费 ¥8,000.00 逾期"));
        people.tell(Tell.of("财务", a, "payment", "江城建工到账 8,000.00元，待认领"));
        whjx(() -> tasks.open(NewTask.of("letter", "会籍管理部", "告知书").about(a).due(LocalDate.parse("2026-03-18"))));
        whjx(() -> tasks.open(NewTask.of("receipt", "财务", "票据").about(a).due(LocalDate.parse("2026-03-19"))));

        write("2026-03-19");
        postman.round(outbox);
        assertThat(postman.tried).as("before half past eight").isEmpty();
        Correspondence.set(clock, wire, "2026-03-19T08:30");
        postman.round(outbox);

        assertThat(postman.texts()).hasSize(1);
        assertThat(postman.texts().get(0).lines().toList())
                .startsWith("今日办件 3月19日 周四", "今天到期：票据1", "逾期：告知书1", "欠费2：江城建工、汉阳市政", "江城建工到账 （金额见控制台），待认领");
        assertThat(postman.texts().get(0)).doesNotContain("8,000");
        assertThat(whjx(() -> notices.search(NoticeSearch.all())))
                .hasSize(4)
                .allMatch(notice -> notice.state() == Notice.State.DELIVERED);
    }

    @Test
    @DisplayName("依据不同的两件事分两行，各带条款")
    void what_rests_on_other_clauses_stands_apart() {
        for (String name : List.of("甲公司", "乙公司")) {
            long member = people.member(name, null);
            people.tell(Tell.of("秘书处", member, "notice", name + "满一年未缴", "BACCA-38"));
            people.tell(Tell.of("秘书处", member, "notice", name + "须补登记", "BACCA-21-a"));
        }
        write("2026-03-19");
        Correspondence.set(clock, wire, "2026-03-19T09:00");
        postman.round(outbox);

        assertThat(postman.texts().get(0)).contains("需要留意2〔第三十八条〕：甲公司、乙公司", "需要留意2〔第二十一条〕：甲公司、乙公司");
    }

    @Test
    @DisplayName("有职务的人各有一条：自己部门逾期和今天到期的，每行直达；没有事的不打扰，一天一条")
    void each_office_hears_what_waits_for_it() {
        long a = people.member("江城建工", null);
        String user = "wu" + Ids.secret(6);
        whjx(() -> staff.add(
                        new NewStaff(user, "吴敏", null, user, null, Set.of(Role.SECRETARIAT), Set.of("会籍管理部")), "test")
                .get());
        String idle = "li" + Ids.secret(6);
        whjx(() -> staff.add(new NewStaff(idle, "李静", null, idle, null, Set.of(Role.SECRETARIAT), Set.of("领导")), "test")
                .get());
        whjx(() -> tasks.open(NewTask.of("letter", "会籍管理部", "告知书").about(a).due(LocalDate.parse("2026-03-18"))));
        whjx(() -> tasks.open(NewTask.of("receipt", "会籍管理部", "票据").about(a).due(LocalDate.parse("2026-03-19"))));
        whjx(() -> tasks.open(NewTask.of("plaque", "会籍管理部", "牌匾").about(a).due(LocalDate.parse("2026-03-20"))));

        Tenant.run("whjx", () -> own.run(LocalDate.parse("2026-03-19")));
        Tenant.run("whjx", () -> own.run(LocalDate.parse("2026-03-19")));
        Correspondence.set(clock, wire, "2026-03-19T08:29");
        postman.round(outbox);
        assertThat(postman.tried).as("before half past eight").isEmpty();
        Correspondence.set(clock, wire, "2026-03-19T08:30");
        postman.round(outbox);

        assertThat(postman.texts())
                .singleElement()
                .satisfies(text -> assertThat(text.lines().map(line -> line.replaceAll("http://[^/]+", "")))
                        .containsExactly(
                                "吴敏，3月19日 周四要办的：",
                                "逾期：告知书1 <a href=\"/console/whjx/desk?state=overdue\">打开</a>",
                                "今天到期：票据1 <a href=\"/console/whjx/desk?due=today\">打开</a>"));
        assertThat(own.next(LocalDate.parse("2026-03-20"))).contains(LocalDate.parse("2026-03-23"));
    }

    private StaffMember teacher() {
        StaffMember teacher = people.teacher("周敏" + Ids.secret(4));
        teachers.add(teacher);
        return teacher;
    }

    /** Where nobody teaches, members without a class teacher are nothing to report. */
    @AfterEach
    void teachersLeave() {
        teachers.forEach(teacher -> {
            whjx(() -> staff.deactivate(teacher.id(), "test"));
            jdbc.sql("update member set teacher_id = null where association_id = 'whjx' and teacher_id = :gone")
                    .param("gone", teacher.id())
                    .update();
        });
        teachers.clear();
    }

    @Test
    @DisplayName("班主任的早晨：夜里要说的逾期一条说完，八家各一行，其余点名；不进秘书处的晨报；每家的记录随它送达")
    void a_class_teacher_hears_of_the_night_at_once() {
        StaffMember teacher = teacher();
        for (int i = 1; i <= 10; i++) {
            long member = people.member("第" + i + "公司", teacher.id());
            Map<String, String> data = new HashMap<>(Map.of("amountFen", "800000", "dueOn", "2026-03-18"));
            if (i == 2) {
                data.put("held", "会员承诺3月25日 周三付款，提醒先不发给会员");
            }
            people.tell(Tell.of("teacher", member, "reminder", "第" + i + "公司的会费已过期", "WHJX-8-5a")
                    .with(data)
                    .once("review:" + member + ":reminder/bill-1:1:teacher"));
        }
        long listed = people.member("满一年公司", teacher.id());
        people.tell(Tell.of("teacher", listed, "notice", "满一年公司已列入退会告知名单", "WHJX-12-1")
                .once("review:" + listed + ":unpaid-a-year"));

        Tenant.run("whjx", () -> morning.run(LocalDate.parse("2026-03-19")));
        Tenant.run("whjx", () -> morning.run(LocalDate.parse("2026-03-19")));
        write("2026-03-19");
        Correspondence.set(clock, wire, "2026-03-19T08:29");
        postman.round(outbox);
        assertThat(postman.tried).as("before half past eight").isEmpty();
        Correspondence.set(clock, wire, "2026-03-19T08:30");
        postman.round(outbox);

        assertThat(postman.texts()).hasSize(2).last().asString().doesNotContain("公司");
        assertThat(postman.texts().get(0).lines())
                .hasSize(13)
                .startsWith(
                        teacher.name() + "，3月19日 周四班里的事：",
                        "满一年公司已列入退会告知名单〔第十二条（一）〕",
                        "会费逾期未到账10家，今天提醒会员〔第八条（五）〕：",
                        "第1公司 ¥8,000.00，3月18日 周三到期",
                        "第2公司 ¥8,000.00，3月18日 周三到期（会员承诺3月25日 周三付款，提醒先不发给会员）")
                .endsWith("另有2家：第9公司、第10公司", "回复「欠费」，每家一张卡片");
        assertThat(whjx(() -> notices.search(NoticeSearch.all().to(teacher.address()))))
                .hasSize(12)
                .allMatch(notice -> notice.state() == Notice.State.DELIVERED);
        assertThat(morning.next(LocalDate.parse("2026-03-20"))).contains(LocalDate.parse("2026-03-23"));
    }

    @Test
    @DisplayName("WHJX-7：最后一位班主任也走了，谁都没有班主任了：每个早晨说到有人接为止；从来没有班级的协会不说")
    void a_class_without_teacher_is_said_until_somebody_has_it() {
        StaffMember leaver = teacher();
        people.member("无人公司", leaver.id());
        StaffMember other = teacher();
        write("2026-03-18");
        assertThat(digests()).noneMatch(text -> text.contains("无人公司"));
        whjx(() -> staff.deactivate(other.id(), "test"));
        whjx(() -> staff.deactivate(leaver.id(), "test"));
        String user = "qin" + Ids.secret(6);
        StaffMember office = whjx(() -> staff.add(
                        new NewStaff(user, "秦秘", null, user, null, Set.of(Role.SECRETARIAT), Set.of("秘书处")), "test")
                .get());

        write("2026-03-19");
        Tenant.run("whjx", () -> own.run(LocalDate.parse("2026-03-19")));
        assertThat(digests()).anyMatch(text -> text.contains("没有班主任："));
        assertThat(whjx(() -> notices.search(NoticeSearch.all().to(office.address()))))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("没有班主任：", "/console/whjx/classes\">打开"));
        whjx(() -> staff.deactivate(office.id(), "test"));
    }

    private List<String> digests() {
        return whjx(() -> notices.search(NoticeSearch.all().about("digest"))).stream()
                .map(Notice::text)
                .toList();
    }

    @Test
    @DisplayName("问来的卡片比当场那句话晚一秒：先读到「预览」，再看到卡片")
    void a_card_follows_the_words_that_introduce_it() {
        StaffMember teacher = teacher();
        Correspondence.set(clock, wire, "2026-03-19T10:00");
        people.tell(Tell.of(teacher.address(), null, "card", "群发到「一班」").urgency(Tell.Urgency.NOW));
        postman.round(outbox);
        assertThat(postman.tried).isEmpty();
        Correspondence.set(clock, wire, "2026-03-19T10:00:01");
        postman.round(outbox);
        assertThat(postman.texts()).containsExactly("群发到「一班」");
    }

    @Test
    @DisplayName("轮到谁办当场说：部门有人的到他的企业微信，没人的到秘书处的群；安静时间等到早上")
    void what_somebody_must_do_next_is_said_at_once() {
        String user = "hu" + Ids.secret(6);
        StaffMember holder = whjx(() -> staff.add(
                        new NewStaff(user, "胡会籍", null, user, null, Set.of(Role.SECRETARIAT), Set.of("入会部")), "test")
                .get());
        Correspondence.set(clock, wire, "2026-03-19T10:00");
        people.tell(Tell.of("入会部", null, "case", "江城建工的入会现在由入会部办理").urgency(Tell.Urgency.SOON));
        people.tell(Tell.of("领导", null, "case", "汉阳市政的入会现在由领导办理").urgency(Tell.Urgency.SOON));
        postman.round(outbox);
        assertThat(postman.texts()).containsExactlyInAnyOrder("江城建工的入会现在由入会部办理", "汉阳市政的入会现在由领导办理");
        assertThat(whjx(() -> notices.search(NoticeSearch.all().to("入会部"))))
                .singleElement()
                .satisfies(notice -> assertThat(notice.person()).isEqualTo(holder.address()));

        Correspondence.set(clock, wire, "2026-03-19T22:00");
        people.tell(Tell.of("领导", null, "case", "夜里转来的一件").urgency(Tell.Urgency.SOON));
        postman.round(outbox);
        assertThat(postman.texts()).hasSize(2);
        Correspondence.set(clock, wire, "2026-03-20T08:00");
        postman.round(outbox);
        assertThat(postman.texts()).contains("夜里转来的一件");
        whjx(() -> staff.deactivate(holder.id(), "test"));
    }

    @Test
    @DisplayName("没有事也是一行")
    void nothing_to_report_is_one_line() {
        write("2026-03-19");
        Correspondence.set(clock, wire, "2026-03-19T09:00");
        postman.round(outbox);

        assertThat(postman.texts()).containsExactly("3月19日 周四：没有需要处理的事。");
    }

    @Test
    @DisplayName("休息日不送，攒到下一个工作日；调休的周末照送")
    void rest_days_are_collected_into_the_next_working_day() {
        assertThat(digest.next(LocalDate.parse("2026-03-20"))).contains(LocalDate.parse("2026-03-23"));
        assertThat(digest.next(LocalDate.parse("2026-09-30"))).contains(LocalDate.parse("2026-10-08"));
        assertThat(digest.next(LocalDate.parse("2026-10-09")))
                .as("Saturday, worked")
                .contains(LocalDate.parse("2026-10-10"));

        Correspondence.set(clock, wire, "2026-03-20T10:00");
        nights.catchUp("whjx", LocalDate.parse("2026-03-20"));
        postman.round(outbox);
        long a = people.member("周末公司", null);
        Correspondence.set(clock, wire, "2026-03-21T10:00");
        people.tell(Tell.of("秘书处", a, "flag", "周末公司有变化"));
        nights.catchUp("whjx", LocalDate.parse("2026-03-22"));
        postman.round(outbox);
        assertThat(postman.texts()).hasSize(1);

        Correspondence.set(clock, wire, "2026-03-23T09:00");
        nights.catchUp("whjx", LocalDate.parse("2026-03-23"));
        postman.round(outbox);

        assertThat(postman.texts()).hasSize(2);
        assertThat(postman.texts().get(1)).contains("3月23日 周一", "周末公司有变化");
    }

    @Test
    @DisplayName("群机器人一时不通：旧的那条并进新的，不补发两条")
    void a_digest_that_could_not_be_sent_comes_with_the_next() {
        long a = people.member("滞留公司", null);
        people.tell(Tell.of("秘书处", a, "flag", "滞留公司有变化"));
        write("2026-03-19");
        write("2026-03-20");
        Correspondence.set(clock, wire, "2026-03-20T09:00");
        postman.round(outbox);

        assertThat(postman.texts()).singleElement().asString().contains("3月20日", "滞留公司有变化");
    }

    @Test
    @DisplayName("机器人说稍后再发：并进来的新一条也等到那时")
    void a_robot_that_asked_for_patience_is_left_alone_by_the_next_digest() {
        postman.reset(false, (letter, by) -> new Sent.Retry(Duration.ofMinutes(5), "45009"));
        Correspondence.set(clock, wire, "2026-03-19T09:00");
        write("2026-03-19");
        postman.round(outbox);
        clock.restart(LocalDateTime.parse("2026-03-20T09:00"));
        write("2026-03-20");
        postman.round(outbox);
        assertThat(postman.tried).hasSize(1);

        wire.pass(Duration.ofMinutes(5));
        postman.round(outbox);

        assertThat(postman.tried).hasSize(2);
        assertThat(postman.tried.get(1).text()).contains("3月20日");
    }

    @Test
    @DisplayName("同一天再写一次什么也不变")
    void a_second_run_writes_nothing() {
        write("2026-03-19");
        List<Notice> once = whjx(() -> notices.search(NoticeSearch.all()));
        write("2026-03-19");

        assertThat(whjx(() -> notices.search(NoticeSearch.all()))).isEqualTo(once);
    }

    @Test
    @DisplayName("急事不等早晨，进群也不写金额")
    void an_urgent_thing_does_not_wait_for_the_morning() {
        long a = people.member("紧急公司", null);
        people.tell(Tell.of("秘书处", a, "alert", "紧急公司退款 ¥1,200.50 失败").urgency(Tell.Urgency.NOW));
        postman.round(outbox);

        assertThat(postman.texts()).containsExactly("紧急公司退款 （金额见控制台） 失败");
    }

    @Test
    @DisplayName("一百家也放得进群机器人的一条消息")
    void a_hundred_members_still_fit_into_one_message() {
        for (int i = 0; i < 100; i++) {
            long member = people.member("武汉某某建设工程集团有限公司第" + i + "分公司", null);
            people.tell(Tell.of("秘书处", member, i % 2 == 0 ? "arrears" : "kind" + i, "第" + i + "家有变化，需要秘书处核对材料并答复"));
        }
        write("2026-03-19");
        Correspondence.set(clock, wire, "2026-03-19T09:00");
        postman.round(outbox);

        String text = postman.texts().get(0);
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(2048);
        assertThat(text).contains("等50家", "项，见控制台");
    }

    private void write(String day) {
        Tenant.run("whjx", () -> digest.run(LocalDate.parse(day)));
    }
}
