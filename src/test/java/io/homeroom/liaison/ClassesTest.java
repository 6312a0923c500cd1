package io.homeroom.liaison;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.LowerRooms;
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
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
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
    private Roster roster;

    @Autowired
    private Staff staff;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Notices notices;

    @Autowired
    private BusinessClock clock;

    private int number;

    @BeforeEach
    void begin() {
        clock.restart(LocalDateTime.parse("2025-06-03T12:00"));
        number = whjx(() -> staff.all().size());
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
        BroadcastPost post = new BroadcastPost(line.provider(), broadcasts);
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
        public Made ask(String sender, String chatId, String text) {
            asked++;
            return next;
        }

        @Override
        public Fate fate(String messageId, String sender, String chatId) {
            return fate;
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
