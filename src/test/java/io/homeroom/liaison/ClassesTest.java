package io.homeroom.liaison;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.LowerRooms;
import io.homeroom.desk.Audit;
import io.homeroom.desk.AuditLine;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.notice.Channel;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@Tag("mysql")
@SpringBootTest(
        classes = LowerRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "homeroom.notice.deliver=at-once",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.whjx.rulebook=none"
        })
@DisplayName("班级：一家一位班主任，换人告知三方")
class ClassesTest {

    private static final List<String> CLAUSES = List.of("WHJX-7", "WHJX-9-1");

    @Autowired
    private Classes classes;

    @Autowired
    private Groups groups;

    @Autowired
    private Broadcasts broadcasts;

    @Autowired
    private BroadcastDesk broadcastDesk;

    @Autowired
    private Receivers receivers;

    @Autowired
    private org.springframework.context.ApplicationEventPublisher events;

    @Autowired
    private Robots robots;

    @Autowired
    private Attachments attachments;

    @Autowired
    private Circulars circulars;

    @Autowired
    private io.homeroom.member.Bindings bindings;

    @Autowired
    private io.homeroom.member.Contacts contacts;

    @Autowired
    private Audit audit;

    @Autowired
    private List<Duty> duties;

    @Autowired
    private org.springframework.jdbc.core.simple.JdbcClient jdbc;

    @Autowired
    private Roster roster;

    @Autowired
    private Staff staff;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Notices notices;

    @Autowired
    private Lawbook law;

    @Autowired
    private BusinessClock clock;

    private int number;

    @BeforeEach
    void begin() {
        clock.restart(LocalDateTime.parse("2025-06-03T12:00"));
        number = whjx(() -> staff.all().size());
    }

    @Test
    @DisplayName("WHJX-7 读作一位班主任最多带两家：满了不再指派、不再推荐，转来一批装不下的一家也不转；让出一家就又能带")
    void a_class_may_be_full() {
        StaffMember first = teacher("满班");
        StaffMember second = teacher("空班");
        long one = member("甲建工", first.id());
        long two = member("乙建工", null);
        long three = member("丙建工", null);
        limited("2", () -> {
            assertThat(whjx(() -> classes.full(first.id(), 1))).isNull();
            whjx(() -> classes.assign(two, first.id(), "admin", CLAUSES).get());

            assertThat(whjx(() -> classes.assign(three, first.id(), "admin", CLAUSES)))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal())
                                    .satisfies(why -> assertThat(why.clauses()).containsExactly("WHJX-7"))
                                    .satisfies(why -> assertThat(why.reason()).contains("最多带2家", "满班老师现有2家", "换一位")));
            assertThat(whjx(() -> classes.suggest(three)))
                    .extracting(Classes.Choice::teacher)
                    .contains(second)
                    .doesNotContain(first);
            // The ones it has are no news to it.
            assertThat(whjx(() -> classes.handOver(List.of(one, two), first.id(), "admin", CLAUSES))
                            .get())
                    .isZero();
            assertThat(whjx(() -> classes.handOver(List.of(one, two, three), second.id(), "admin", CLAUSES))
                            .isDone())
                    .isFalse();
            assertThat(whjx(() -> classes.teacherOf(one))).contains(first);

            whjx(() -> classes.assign(two, second.id(), "admin", CLAUSES).get());
            whjx(() -> classes.assign(three, first.id(), "admin", CLAUSES).get());
            assertThat(whjx(() -> classes.teacherOf(three))).contains(first);
        });
        assertThat(whjx(() -> classes.full(first.id(), 1000))).isNull();
    }

    /** With another reading of how many members a class teacher may have. */
    private void limited(String most, Runnable story) {
        Rulebook shipped = law.of("whjx", LocalDate.parse("2025-06-03"));
        law.put("whjx", Lawbook.withSettings(shipped, Map.of(), Map.of("members-per-teacher", most)));
        try {
            story.run();
        } finally {
            law.put("whjx", shipped);
        }
    }

    @Test
    @DisplayName("WHJX-7、WHJX-9-1：前任、新任、联络员都知道，另有入群待办，台账有记录")
    void a_change_of_teacher_is_told_to_both_and_to_the_member() {
        StaffMember before = teacher("周敏");
        StaffMember after = teacher("孙悦");
        long member = member("江城建工", before.id());

        whjx(() -> classes.assign(member, after.id(), "admin", CLAUSES).get());

        assertThat(whjx(() -> classes.teacherOf(member))).contains(after);
        assertThat(whjx(() -> notices.search(NoticeSearch.all().member(member))))
                .extracting(Notice::to)
                .containsExactly(before.address(), after.address(), "liaison");
        assertThat(whjx(() -> notices.search(NoticeSearch.all().member(member))))
                .allSatisfy(notice -> {
                    assertThat(notice.clauses()).isEqualTo(CLAUSES);
                    assertThat(notice.text()).contains("第七条", "第九条（一）");
                });
        assertThat(whjx(() -> tasks.open(member)))
                .extracting(Task::what, Task::to)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("group-invitation", after.address()));
        assertThat(whjx(() -> roster.history(member)))
                .filteredOn(entry -> entry.kind() == EntryKind.TEACHER)
                .last()
                .satisfies(entry -> assertThat(entry.on()).isEqualTo(LocalDate.parse("2025-06-03")));
        assertThat(whjx(() -> roster.asOf(member, LocalDate.parse("2025-06-02")))
                        .teacherId())
                .isEqualTo(before.id());
    }

    @Test
    @DisplayName("已是他的学生：什么也不变")
    void giving_a_member_to_its_own_teacher_changes_nothing() {
        StaffMember teacher = teacher("周敏");
        long member = member("汉阳市政", teacher.id());

        whjx(() -> classes.assign(member, teacher.id(), "admin", CLAUSES).get());

        assertThat(whjx(() -> notices.search(NoticeSearch.all().member(member))))
                .isEmpty();
        assertThat(whjx(() -> tasks.open(member))).isEmpty();
    }

    @Test
    @DisplayName("不是班主任或已离任的人不能带班")
    void only_a_working_teacher_gets_a_class() {
        StaffMember leaver = teacher("离任");
        whjx(() -> staff.deactivate(leaver.id(), "admin"));
        StaffMember clerk = whjx(() -> staff.add(
                        new NewStaff(
                                "clerk" + number,
                                "文员",
                                null,
                                null,
                                null,
                                java.util.Set.of(io.homeroom.desk.Role.FINANCE),
                                java.util.Set.of()),
                        "admin")
                .get());
        long member = member("武昌路桥", null);

        assertThat(whjx(() -> classes.assign(member, leaver.id(), "admin", CLAUSES))
                        .isDone())
                .isFalse();
        assertThat(whjx(() -> classes.assign(member, clerk.id(), "admin", CLAUSES))
                        .isDone())
                .isFalse();
        assertThat(whjx(() -> classes.teacherOf(member))).isEmpty();
    }

    @Test
    @DisplayName("班里有谁；没有班主任、班主任已离任的一个不漏")
    void a_class_is_listed_and_the_teacherless_are_found() {
        StaffMember stays = teacher("留任");
        StaffMember leaves = teacher("将走");
        long a = member("甲", stays.id());
        long b = member("乙", leaves.id());
        long c = member("丙", null);
        whjx(() -> staff.deactivate(leaves.id(), "admin"));

        assertThat(whjx(() -> classes.classOf(stays.id())))
                .extracting(Member::id)
                .containsExactly(a);
        assertThat(whjx(() -> classes.without(0, 200)).items())
                .extracting(Member::id)
                .contains(b, c)
                .doesNotContain(a);
    }

    @Test
    @DisplayName("班主任离任：待办转秘书处，并有一件为全班安排班主任的待办")
    void what_a_leaver_had_goes_to_the_secretariat() {
        StaffMember leaver = teacher("将走");
        long member = member("江夏装饰", leaver.id());
        member("蔡甸园林", leaver.id());
        Task own = whjx(() -> tasks.open(
                io.homeroom.desk.NewTask.of("contact", leaver.address(), "联系").about(member)));

        whjx(() -> staff.deactivate(leaver.id(), "admin"));

        assertThat(whjx(() -> tasks.find(own.id())).orElseThrow().to()).isEqualTo("秘书处");
        assertThat(whjx(() -> tasks.byKey("assign-teacher:left:" + leaver.id())))
                .hasValueSatisfying(task -> assertThat(task.text()).contains("2家会员", "江夏装饰", "蔡甸园林"));
    }

    @Test
    @DisplayName("WHJX-9-5：联络按班主任和起止日计数，首尾两天都算")
    void contacts_are_counted_from_the_first_day_through_the_last() {
        StaffMember teacher = teacher("周敏");
        long member = member("青山钢构", teacher.id());
        for (String moment : List.of("2025-06-29T23:59", "2025-06-30T00:00", "2025-07-31T23:59", "2025-08-01T00:00")) {
            clock.restart(LocalDateTime.parse(moment));
            whjx(() -> classes.contacted(member, "zhou", "电话：" + moment));
        }

        assertThat(whjx(() ->
                        classes.contacts(teacher.id(), LocalDate.parse("2025-06-30"), LocalDate.parse("2025-07-31"))))
                .isEqualTo(2);
        assertThat(whjx(() -> classes.contacts(member, 2)))
                .extracting(Contacted::note)
                .containsExactly("电话：2025-08-01T00:00", "电话：2025-07-31T23:59");
    }

    @Test
    @DisplayName("WHJX-9-1：按级别、主业和班级大小建议班主任；一次交接多家，只有一张清单")
    void suggestions_and_hand_over_of_several() {
        StaffMember design = teacher("设计班");
        StaffMember steel = teacher("钢构班");
        long a = member("甲建筑设计院", design.id());
        long b = member("乙建筑设计院", design.id());
        member("丙钢构", steel.id());
        member("丁钢构", steel.id());
        long fresh = member("戊建筑设计院", null);

        List<Classes.Choice> choices = whjx(() -> classes.suggest(fresh)).stream()
                .filter(choice -> List.of(design, steel).contains(choice.teacher()))
                .toList();
        assertThat(choices).extracting(Classes.Choice::teacher).containsExactly(design, steel);
        assertThat(choices.get(0).why()).anyMatch(why -> why.contains("2家同业"));

        assertThat(whjx(() -> classes.handOver(List.of(a, b), steel.id(), "admin", CLAUSES)))
                .isEqualTo(Outcome.done(2));
        assertThat(whjx(() ->
                        tasks.search(TaskSearch.unfinished().what("hand-over").to(design.address()))))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("交接2家", "甲建筑设计院、乙建筑设计院", "承诺付款日"));
        assertThat(whjx(() -> classes.history(a)))
                .extracting(Classes.Term::staffId)
                .containsExactly(design.id(), steel.id());
    }

    @Test
    @DisplayName("WHJX-8-1、8-3：谁在班级群里；群里不说欠费；交给企业微信一次，断在半路也不再交")
    void groups_and_broadcasts() throws Exception {
        StaffMember teacher = teacher("群主");
        whjx(() -> roster.enter(NewMember.draft("在群钢构", Kind.UNIT, "会员")
                .joined(LocalDate.parse("2020-03-01"))
                .teacher(teacher.id())
                .contact(Role.LIAISON, "张三丰", "13600000000")
                .done()));
        member("不在群建材", teacher.id());
        assertThat(refusal(() -> broadcasts.preview(teacher, "明天开会"))).contains("没有找到你的班级群");
        Tenant.run(
                "whjx",
                () -> groups.seen(
                        new GroupLine.Chat("wr-" + teacher.id(), "一班", "x", List.of("张三丰", "路人")), teacher.id()));

        assertThat(whjx(() -> groups.attendance(teacher.id())).missing())
                .extracting(Member::name)
                .containsExactly("不在群建材");
        assertThat(refusal(() -> broadcasts.send(teacher, "在群钢构欠费8000元"))).contains("一家一家私下");
        assertThat(refusal(() -> broadcasts.preview(teacher, "汉".repeat(1334)))).contains("太长");
        assertThat(whjx(() -> broadcasts.preview(teacher, "汉".repeat(1333))).isDone())
                .isTrue();

        Broadcast made = whjx(() -> broadcasts.send(teacher, "明天下午三点年会签到")).get();
        assertThat(whjx(() -> broadcasts.send(teacher, "明天下午三点年会签到")).get().id())
                .isEqualTo(made.id());
        assertThat(made.reached()).isEqualTo(1);

        FakeLine line = new FakeLine();
        BroadcastPost post = post(line);
        line.next = new GroupLine.Made.Later(java.time.Duration.ofHours(1), "频率超限");
        Tenant.run("whjx", post::tick);
        Tenant.run("whjx", post::tick);
        assertThat(line.asked).isEqualTo(1);
        assertThat(whjx(() -> broadcasts.find(made.id())).orElseThrow().why()).isEqualTo("频率超限");

        Broadcast second = whjx(() -> broadcasts.send(teacher, "请查收会刊")).get();
        line.next = new GroupLine.Made.Unknown("没有答复");
        Tenant.run("whjx", post::tick);
        Tenant.run("whjx", post::tick);
        assertThat(line.asked).isEqualTo(2);
        assertThat(state(second)).isEqualTo(Broadcast.State.UNCONFIRMED);

        Broadcast third = whjx(() -> broadcasts.send(teacher, "周五走访")).get();
        line.next = new GroupLine.Made.Waiting("msg-3");
        Tenant.run("whjx", post::tick);
        assertThat(state(third)).isEqualTo(Broadcast.State.WAITING);
        line.fate = GroupLine.Fate.SENT;
        Tenant.run("whjx", post::tick);
        Tenant.run("whjx", post::tick);
        assertThat(state(third)).isEqualTo(Broadcast.State.SENT);
        assertThat(whjx(() ->
                        notices.search(NoticeSearch.all().to(teacher.address()).about("broadcast"))))
                .extracting(Notice::text)
                .anyMatch(text -> text.contains("没有再发一次"))
                .anyMatch(text -> text.contains("群发助手"))
                .filteredOn(text -> text.contains("1家不在群里"))
                .hasSize(1);
    }

    @Test
    @DisplayName("企业微信断了一小时：留着、隔得越来越久再交、说给秘书处一次；通了只交一次")
    void an_hour_without_wecom_loses_and_doubles_nothing() {
        StaffMember teacher = teacher("断线老师");
        Tenant.run(
                "whjx",
                () -> groups.seen(new GroupLine.Chat("wr-off-" + teacher.id(), "断线班", "x", List.of()), teacher.id()));
        Broadcast made = whjx(() -> broadcasts.send(teacher, "断线时也要送到")).get();
        java.util.concurrent.atomic.AtomicReference<java.time.Duration> passed =
                new java.util.concurrent.atomic.AtomicReference<>(java.time.Duration.ZERO);
        java.time.Clock wire = new java.time.Clock() {
            @Override
            public java.time.Instant instant() {
                return java.time.Clock.systemUTC().instant().plus(passed.get());
            }

            @Override
            public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public java.time.Clock withZone(java.time.ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
        BroadcastDesk later = new BroadcastDesk(jdbc, receivers, tasks, clock, wire, events);
        FakeLine line = new FakeLine();
        BroadcastPost post = new BroadcastPost(line.provider(), later, robots, attachments);
        line.next = new GroupLine.Made.Later(java.time.Duration.ofSeconds(30), "连不上微信接口");
        List<Integer> afterMinutes = new java.util.ArrayList<>();
        for (int second = 0; second < 3600; second += 10) {
            int before = line.asked;
            Tenant.run("whjx", post::tick);
            if (line.asked > before) {
                afterMinutes.add(second / 60);
            }
            passed.set(java.time.Duration.ofSeconds(second + 10));
        }
        assertThat(afterMinutes).hasSizeBetween(5, 12).startsWith(0, 0);
        assertThat(state(made)).isEqualTo(Broadcast.State.QUEUED);
        assertThat(whjx(() -> notices.search(NoticeSearch.all().about("broadcast-late"))))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("断线时也要送到", "不用再发"));

        line.next = new GroupLine.Made.Waiting("m-after");
        int tries = line.asked;
        for (int second = 3600; second < 5400; second += 10) {
            passed.set(java.time.Duration.ofSeconds(second));
            Tenant.run("whjx", post::tick);
        }
        assertThat(line.asked).isEqualTo(tries + 1);
        assertThat(state(made)).isEqualTo(Broadcast.State.WAITING);
    }

    private BroadcastPost post(FakeLine line) {
        return new BroadcastPost(line.provider(), broadcastDesk, robots, attachments);
    }

    private static final String KEY =
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f8d3c1e-77aa-4b0a-9d3e-5a5a5a5a";

    @Test
    @DisplayName("班级机器人：密钥加密存；长文在句末断开、按序发；失效就留着等新密钥，已发的不重发；一分钟最多20条")
    void robots_keep_their_place_and_their_limit() {
        StaffMember teacher = teacher("机器人老师");
        assertThat(refusal(() -> robots.set(teacher.id(), "http://坏地址", "admin")))
                .contains("Webhook 地址");
        assertThat(refusal(() -> robot(teacher, "开会"))).contains("还没有登记机器人");
        whjx(() -> robots.set(teacher.id(), KEY + "1", "admin"));
        assertThat(jdbc.sql("select sealed from class_robot where teacher_id = ?")
                        .param(teacher.id())
                        .query(String.class)
                        .single())
                .doesNotContain("0f8d3c1e");

        String text = "第一句说清楚时间地点。".repeat(60) + "第二段讲注意事项！".repeat(40);
        FakeLine line = new FakeLine();
        BroadcastPost post = post(line);
        long round = whjx(() -> robot(teacher, text)).get().round();
        assertThat(whjx(() -> broadcasts.round(round)))
                .hasSizeGreaterThan(1)
                .allSatisfy(part -> assertThat(part.text().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(2048))
                .allSatisfy(part -> assertThat(part.text()).matches("(?s).*[。！]"))
                .extracting(Broadcast::text)
                .satisfies(parts -> assertThat(String.join("", parts)).isEqualTo(text));

        line.next = new GroupLine.Made.Refused(GroupLine.Fault.ROBOT, "群机器人地址无效（93000）");
        Tenant.run("whjx", post::tick);
        Tenant.run("whjx", post::tick);
        assertThat(whjx(() -> broadcasts.round(round)))
                .allSatisfy(part -> assertThat(part.state()).isEqualTo(Broadcast.State.QUEUED));
        assertThat(whjx(() ->
                        tasks.search(TaskSearch.unfinished().what("robot-key").to(teacher.address()))))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("重新添加机器人", "已发的不重发"));
        assertThat(refusal(() -> robot(teacher, "又一条"))).contains("失效");

        whjx(() -> robots.set(teacher.id(), KEY + "2", "admin"));
        jdbc.sql("update broadcast set retry_at = made_at where way = 'robot'").update();
        line.next = new GroupLine.Made.Posted();
        Tenant.run("whjx", post::tick);
        Tenant.run("whjx", post::tick);
        assertThat(line.posted)
                .hasSameSizeAs(whjx(() -> broadcasts.round(round)))
                .allSatisfy(said -> assertThat(said).startsWith("0f8d3c1e-77aa-4b0a-9d3e-5a5a5a5a2 "));
        assertThat(String.join("", line.posted).replace("0f8d3c1e-77aa-4b0a-9d3e-5a5a5a5a2 ", ""))
                .isEqualTo(text);
        assertThat(whjx(() ->
                        tasks.search(TaskSearch.unfinished().what("robot-key").to(teacher.address()))))
                .isEmpty();

        for (int i = 0; i < 25; i++) {
            String said = "第" + i + "条";
            whjx(() -> robot(teacher, said).get());
        }
        Tenant.run("whjx", post::tick);
        assertThat(line.posted).hasSize(20);
        assertThat(whjx(() -> broadcasts.of(teacher.id(), 100)))
                .filteredOn(one -> one.state() == Broadcast.State.QUEUED)
                .allSatisfy(one -> assertThat(one.attempts()).isZero())
                .hasSize(25 + whjx(() -> broadcasts.round(round)).size() - 20);
    }

    private Outcome<Broadcast> robot(StaffMember teacher, String text) {
        return broadcasts.send(
                teacher,
                Broadcast.Way.ROBOT,
                Broadcasts.Message.of(text),
                List.of(),
                "全班",
                io.homeroom.ground.Ids.next(),
                "t");
    }

    @Test
    @DisplayName("一对一：只发给是老师联系人的；每家的结果分开记；当天第二次、当月第五次不再打扰；漏送的有待办")
    void one_to_one_tells_what_became_of_each() {
        StaffMember teacher = teacher("一对一老师");
        Member friend = roster("甲钢构", "赵甲", teacher);
        Member gone = roster("乙钢构", "钱乙", teacher);
        Member stranger = roster("丙钢构", "孙丙", teacher);
        Tenant.run(
                "whjx",
                () -> groups.befriended(
                        teacher.id(),
                        List.of(
                                new GroupLine.Friend("wm-1" + number, "赵甲"),
                                new GroupLine.Friend("wm-2" + number, "乙钢构钱总"))));
        List<Member> all = List.of(friend, gone, stranger);

        FakeLine line = new FakeLine();
        BroadcastPost post = post(line);
        line.next = new GroupLine.Made.Waiting("m-1");
        Broadcast sent = whjx(() -> single(teacher, "贵单位会费尚未到账，请核对", all)).get();
        assertThat(sent.reached()).isEqualTo(2);
        assertThat(statesOf(sent)).containsExactly("没送到", "等发出", "等发出");
        Tenant.run("whjx", post::tick);
        assertThat(statesOf(sent)).as("WeCom has it").containsExactly("没送到", "已发出", "已发出");
        Tenant.run("whjx", post::tick);
        assertThat(statesOf(sent)).as("nobody has confirmed it").containsExactly("没送到", "已发出", "已发出");
        line.confirmed = true;
        Tenant.run("whjx", post::tick);
        assertThat(statesOf(sent)).as("no word of anybody yet").containsExactly("没送到", "已确认", "已确认");
        assertThat(whjx(() -> broadcasts.receivers(sent.id())))
                .last()
                .satisfies(one ->
                        assertThat(one.confirmedAt()).isEqualTo(java.time.Instant.parse("2026-03-19T04:05:00Z")));
        line.own.put("wm-1" + number, GroupLine.Fate.SENT);
        line.own.put("wm-2" + number, GroupLine.Fate.UNSENT);
        Tenant.run("whjx", post::tick);
        assertThat(state(sent)).isEqualTo(Broadcast.State.WAITING);
        assertThat(statesOf(sent)).containsExactly("没送到", "已确认", "已送达");
        line.own.put("wm-2" + number, GroupLine.Fate.GONE);
        Tenant.run("whjx", post::tick);
        Tenant.run("whjx", post::tick);
        assertThat(state(sent)).isEqualTo(Broadcast.State.SENT);
        assertThat(whjx(() -> broadcasts.receivers(sent.id())))
                .extracting(Receivers.Receiver::memberId, Receivers.Receiver::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(friend.id(), Receivers.State.DELIVERED),
                        org.assertj.core.groups.Tuple.tuple(gone.id(), Receivers.State.FAILED),
                        org.assertj.core.groups.Tuple.tuple(stranger.id(), Receivers.State.FAILED));

        Broadcast again = whjx(() -> single(teacher, "再说一次", List.of(friend))).get();
        Tenant.run("whjx", post::tick);
        assertThat(state(again)).isEqualTo(Broadcast.State.LIMIT);
        assertThat(line.asked).isEqualTo(1);
        assertThat(whjx(() -> broadcasts.receivers(again.id())))
                .singleElement()
                .satisfies(one -> assertThat(one.why()).contains("今天已收过"));
        assertThat(whjx(() -> tasks.search(
                        TaskSearch.unfinished().what("broadcast-failed").to(teacher.address()))))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("再说一次", "下月1日"));

        line.next = new GroupLine.Made.Refused(GroupLine.Fault.COLLEAGUE, "企业微信里没有这位成员（60111）");
        whjx(() -> single(teacher, "人已离职", List.of(gone)).get());
        Tenant.run("whjx", post::tick);
        assertThat(whjx(() -> tasks.search(
                        TaskSearch.unfinished().what("broadcast-failed").to("秘书处"))))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("60111", "可见范围", "交接班级"));
    }

    private Outcome<Broadcast> single(StaffMember teacher, String text, List<Member> members) {
        return broadcasts.send(
                teacher,
                Broadcast.Way.SINGLE,
                Broadcasts.Message.of(text),
                members,
                "",
                io.homeroom.ground.Ids.next(),
                "t");
    }

    private Member roster(String name, String contact, StaffMember teacher) {
        return whjx(() -> roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                .joined(LocalDate.parse("2020-03-01"))
                .teacher(teacher.id())
                .contact(Role.LIAISON, contact, "13600000000")
                .done()));
    }

    @Test
    @DisplayName("附件：看内容不看名字；空的、太大的、别的种类不收；落库是密文")
    void takes_pictures_and_files_by_what_is_in_them() {
        byte[] pdf = "%PDF-1.7 会议通知".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Attached kept = whjx(() -> attachments.keep("..\\..\\通知.pdf", pdf, "t")).get();
        assertThat(kept.name()).isEqualTo("通知.pdf");
        assertThat(whjx(() -> attachments.open(kept.id())).orElseThrow()).isEqualTo(pdf);
        assertThat(jdbc.sql("select content from broadcast_file where id = ?")
                        .param(kept.id())
                        .query((row, n) -> row.getBytes(1))
                        .single())
                .isNotEqualTo(pdf);
        assertThat(refusal(() ->
                        attachments.keep("通知.pdf", "<script>".getBytes(java.nio.charset.StandardCharsets.UTF_8), "t")))
                .contains("发不了");
        byte[] large = new byte[(10 << 20) + 1];
        large[0] = (byte) 0xff;
        large[1] = (byte) 0xd8;
        large[2] = (byte) 0xff;
        assertThat(refusal(() -> attachments.keep("照片.jpg", large, "t"))).contains("10 MB");
    }

    @Test
    @DisplayName("重要通知：谁回了「知道了」、谁没回；两个工作日后再提醒没回的一次，班主任知道是谁")
    void important_notices_tell_who_has_read_them() {
        StaffMember teacher = teacher("通知老师");
        Member reads = roster("读通知钢构", "读甲", teacher);
        Member silent = roster("没读钢构", "读乙", teacher);
        Member deaf = roster("没绑钢构", "读丙", teacher);
        bind(silent, "oSilent" + number);
        Circulars.Draft draft = new Circulars.Draft("年会改期", "年会改到5月8日下午三点", null);
        List<Member> all = List.of(reads, silent, deaf);
        Circular made = whjx(() -> circulars.issue(draft, all, "全班", "t")).get();
        assertThat(whjx(() -> circulars.issue(draft, all, "全班", "t")).get().id())
                .isEqualTo(made.id());
        assertThat(refusal(() -> circulars.issue(new Circulars.Draft("", "x", null), List.of(reads), "全班", "t")))
                .contains("要有标题");

        Tenant.run("whjx", () -> circulars.opened(made.id(), silent.id()));
        assertThat(whjx(() -> circulars.acknowledge(made.id(), reads.id(), "chat")))
                .isTrue();
        assertThat(whjx(() -> circulars.acknowledge(made.id(), reads.id(), "page")))
                .isFalse();
        assertThat(whjx(() -> circulars.latest(List.of(teacher.id()), 5)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.members()).isEqualTo(3);
                    assertThat(one.read()).isEqualTo(1);
                });
        assertThat(whjx(() -> circulars.remind(made.id(), null, "t")))
                .as("on its own day nobody is told twice")
                .isEqualTo(new Circulars.Reminded(0, 2, 0));

        Duty again = duties.stream()
                .filter(d -> d.name().equals("circulars"))
                .findFirst()
                .orElseThrow();
        clock.restart(made.againOn().atTime(9, 0));
        Tenant.run("whjx", () -> again.run(made.againOn()));
        Tenant.run("whjx", () -> again.run(made.againOn()));
        assertThat(whjx(() ->
                        notices.search(NoticeSearch.all().member(silent.id()).about("notice"))))
                .hasSize(2);
        assertThat(whjx(() ->
                        notices.search(NoticeSearch.all().member(reads.id()).about("notice"))))
                .hasSize(1);
        assertThat(whjx(() ->
                        notices.search(NoticeSearch.all().member(deaf.id()).about("notice"))))
                .as("whoever cannot hear is not told again and again")
                .hasSize(1);
        Circulars.Reminded twice = whjx(() -> circulars.remind(made.id(), List.of(teacher.id()), "t"));
        assertThat(twice).isEqualTo(new Circulars.Reminded(0, 1, 1));
        assertThat(twice.said()).isEqualTo("今天刚发过或提醒过，明天可以再提醒；另有1家没有绑定公众号，收不到提醒，请打电话或当面转达。");
        assertThat(whjx(() ->
                        notices.search(NoticeSearch.all().to(teacher.address()).about("circular-unread"))))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("还有2家", "没读钢构", "没绑钢构"));
    }

    private void bind(Member member, String openid) {
        whjx(() -> bindings.bind(
                        bindings.invite(member.id(), null, java.time.Duration.ofDays(7), "t")
                                .scene(),
                        openid)
                .get());
    }

    @Test
    @DisplayName("谁替单位说话，断开也有审计：由别人接替、换了联络员、不再是联系人，各一行；没绑过的不记")
    void a_tie_that_others_cut_is_written_down() {
        Member member = roster("换人钢构", "甲某", teacher("审计老师"));
        bind(member, "oFirst" + number);
        bind(member, "oSecond" + number);
        bind(member, "oSecond" + number);
        whjx(() -> contacts.put(member.id(), Role.LIAISON, "乙某", "13600000001"));
        whjx(() -> contacts.put(member.id(), Role.LIAISON, "丙某", "13600000002"));
        bind(member, "oThird" + number);
        long third = whjx(() -> contacts.toNotify(member.id()).orElseThrow().id());
        Tenant.run("whjx", () -> contacts.remove(third));
        assertThat(whjx(() -> audit.lines(member.id(), 0, 50)).stream()
                        .filter(line -> line.act().equals("unbound")))
                .extracting(AuditLine::by, line -> line.detail().replaceAll("，.*", ""))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("system", "联络员解除微信绑定（由另一位微信用户接替）"),
                        org.assertj.core.groups.Tuple.tuple("system", "联络员解除微信绑定（换了人）"),
                        org.assertj.core.groups.Tuple.tuple("system", "联络员解除微信绑定（不再是联系人）"));
    }

    @Test
    @DisplayName("被另一位微信用户接替：原来那位在微信里得一句话，说找谁；班主任看到；自己再扫、改任的不算")
    void whoever_is_displaced_is_told() {
        StaffMember teacher = teacher("接替老师");
        Member member = roster("接替钢构", "甲某", teacher);
        bind(member, "oBefore" + number);
        bind(member, "oBefore" + number);
        assertThat(whjx(() ->
                        notices.search(NoticeSearch.all().member(member.id()).about("displaced"))))
                .isEmpty();

        bind(member, "oAfter" + number);

        List<Notice> told =
                whjx(() -> notices.search(NoticeSearch.all().member(member.id()).about("displaced")));
        assertThat(told).extracting(Notice::to).containsExactlyInAnyOrder("former", teacher.address());
        assertThat(told)
                .filteredOn(notice -> notice.to().equals("former"))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.channel()).isEqualTo(Channel.WECHAT);
                    assertThat(notice.data()).containsEntry("openid", "oBefore" + number);
                    assertThat(notice.text())
                            .contains("你的微信不再绑定「接替钢构」", "另一位微信用户接替", teacher.name())
                            .doesNotContain("甲某", "oAfter");
                });
        assertThat(told)
                .filteredOn(notice -> notice.to().equals(teacher.address()))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("接替钢构的联络员甲某", "请核实后重新发绑定二维码"));
    }

    /** How far it has come for each member, those in need of something first. */
    private List<String> statesOf(Broadcast broadcast) {
        return whjx(() -> broadcasts.receivers(broadcast.id())).stream()
                .map(one -> one.state().word())
                .toList();
    }

    private Broadcast.State state(Broadcast broadcast) {
        return whjx(() -> broadcasts.find(broadcast.id())).orElseThrow().state();
    }

    private static <T> String refusal(Supplier<Outcome<T>> work) {
        return ((Outcome.Refused<T>) whjx(work)).refusal().reason();
    }

    /** WeCom, saying what the test wants it to say. */
    private static final class FakeLine implements GroupLine {

        private Made next = new Made.Waiting("msg");
        private Fate fate = Fate.UNSENT;
        private final Map<String, Fate> own = new java.util.HashMap<>();
        private final Map<String, Fate> fates = new java.util.HashMap<>();
        private final List<String> posted = new java.util.ArrayList<>();
        private boolean confirmed;
        private int asked;

        org.springframework.beans.factory.ObjectProvider<GroupLine> provider() {
            org.springframework.beans.factory.support.StaticListableBeanFactory beans =
                    new org.springframework.beans.factory.support.StaticListableBeanFactory();
            beans.addBean("line", this);
            return beans.getBeanProvider(GroupLine.class);
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public List<String> owned(List<String> userIds) {
            return List.of();
        }

        @Override
        public java.util.Optional<Chat> chat(String chatId) {
            return java.util.Optional.empty();
        }

        @Override
        public List<Friend> friends(String userId) {
            return List.of();
        }

        @Override
        public Made ask(String sender, boolean group, List<String> targets, Said said) {
            asked++;
            targets.forEach(target -> fates.put(target, Fate.UNSENT));
            return next;
        }

        @Override
        public java.util.Optional<java.time.Instant> confirmed(String messageId, String sender) {
            boolean told = fates(messageId, sender).values().stream().anyMatch(one -> one != Fate.UNSENT);
            return confirmed || told
                    ? java.util.Optional.of(java.time.Instant.parse("2026-03-19T04:05:00Z"))
                    : java.util.Optional.empty();
        }

        @Override
        public Map<String, Fate> fates(String messageId, String sender) {
            Map<String, Fate> now = new java.util.HashMap<>(fates);
            now.replaceAll((target, before) -> own.getOrDefault(target, fate));
            return now;
        }

        @Override
        public boolean mayPost(String robotKey) {
            return posted.size() < 20;
        }

        @Override
        public Made post(String robotKey, Said said) {
            if (next instanceof Made.Posted) {
                posted.add(robotKey + " " + said.text());
            }
            return next;
        }
    }

    private StaffMember teacher(String name) {
        number++;
        return whjx(() -> staff.add(NewStaff.teacher("t" + number, name, "wecom" + number, "13612342001"), "admin")
                .get());
    }

    private long member(String name, @org.jspecify.annotations.Nullable Long teacher) {
        return whjx(() -> roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                        .joined(LocalDate.parse("2020-03-01"))
                        .teacher(teacher)
                        .contact(Role.LIAISON, "联络员", "13600000000")
                        .done())
                .id());
    }

    private static <T> T whjx(Supplier<T> work) {
        return Tenant.in("whjx", work);
    }
}
