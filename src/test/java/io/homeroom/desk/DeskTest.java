package io.homeroom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.LowerRooms;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("mysql")
@SpringBootTest(
        classes = LowerRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "homeroom.notice.deliver=at-once",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.whjx.rulebook=none",
            "homeroom.associations.aii.rulebook=none"
        })
@Import(DeskTest.Needs.class)
@DisplayName("工作台：账号、待办、审计")
@ExtendWith(OutputCaptureExtension.class)
class DeskTest {

    @Autowired
    private Staff staff;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Audit audit;

    @Autowired
    private BusinessClock clock;

    @Autowired
    private Needs needs;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void begin() {
        clock.restart(LocalDateTime.parse("2026-03-19T10:00"));
        needs.done.clear();
    }

    @Test
    @DisplayName("密码对了才认得，离任当天就不认")
    void a_password_opens_the_account_until_its_holder_leaves() {
        StaffMember zhou = whjx(() -> staff.add(
                        new NewStaff(
                                "zhou", "周敏", "spring-2026", "zhoumin", "13612342001", Set.of(Role.TEACHER), Set.of()),
                        "admin")
                .get());

        assertThat(whjx(() -> staff.verify("zhou", "spring-2026"))).contains(zhou);
        assertThat(whjx(() -> staff.verify("zhou", "spring-2026")))
                .as("once more, from memory")
                .contains(zhou);
        assertThat(whjx(() -> staff.verify("zhou", "spring-2027"))).isEmpty();
        assertThat(whjx(() -> staff.verify("nobody", "nobody"))).isEmpty();
        assertThat(Tenant.in("aii", () -> staff.verify("zhou", "spring-2026")))
                .as("another association")
                .isEmpty();
        assertThat(whjx(() -> staff.byWecom("zhoumin"))).contains(zhou);
        assertThat(jdbc.sql("select phone from staff where username = 'zhou'")
                        .query(String.class)
                        .single())
                .as("the phone as it is stored")
                .doesNotContain("2001");

        whjx(() -> staff.deactivate(zhou.id(), "admin"));

        assertThat(whjx(() -> staff.verify("zhou", "spring-2026"))).isEmpty();
        assertThat(whjx(() -> staff.byWecom("zhoumin"))).isEmpty();
        assertThat(whjx(() -> staff.teachers())).doesNotContain(zhou);
    }

    @Test
    @DisplayName("重名、短密码、已有的企业微信成员：不收，并说明原因")
    void accounts_that_clash_are_refused() {
        whjx(() ->
                staff.add(NewStaff.teacher("li", "李", "wx-li", null), "admin").get());

        assertThat(whjx(() -> staff.add(NewStaff.teacher("li", "李四", null, null), "admin"))
                        .isDone())
                .isFalse();
        assertThat(whjx(() -> staff.add(NewStaff.teacher("li2", "李四", "wx-li", null), "admin"))
                        .isDone())
                .isFalse();
        assertThat(whjx(() -> staff.add(
                                new NewStaff("li3", "李", "short", null, null, Set.of(Role.FINANCE), Set.of("财务")),
                                "admin"))
                        .isDone())
                .isFalse();
        assertThat(whjx(() -> staff.all())).extracting(StaffMember::username).doesNotContain("li2", "li3");
    }

    @Test
    @DisplayName("没有密码的账号谁也登不进")
    void an_account_without_password_opens_to_none() {
        whjx(() -> staff.add(NewStaff.teacher("mute", "王", null, null), "admin").get());

        assertThat(whjx(() -> staff.verify("mute", "nobody"))).isEmpty();
        assertThat(whjx(() -> staff.verify("mute", ""))).isEmpty();
    }

    @Test
    @DisplayName("第一个账号：没设密码就造一个，只显示一次，各会通用；以后在环境里设新的，下次启动生效，留空不再改")
    void the_first_account_is_made_once_and_reset_by_the_environment(CapturedOutput output) {
        start(" ", "first1", "first2");
        List<String> shown = shown(output);
        assertThat(shown).as("printed once for all").hasSize(1);
        String made = shown.get(0);
        assertThat(made).hasSizeGreaterThanOrEqualTo(16);
        assertThat(admits("first1", made)).isTrue();
        assertThat(admits("first2", made)).isTrue();
        assertThat(Tenant.in("first1", () -> staff.byUsername("admin"))
                        .orElseThrow()
                        .roles())
                .containsExactlyInAnyOrder(Role.values());
        assertThat(jdbc.sql("select password_hash from staff where association_id = 'first1'")
                        .query(String.class)
                        .single())
                .doesNotContain(made);

        start("", "first1", "first2", "first3");
        assertThat(shown(output)).as("nothing new to show").hasSize(1);
        assertThat(admits("first1", made)).isTrue();
        assertThat(admits("first3", made)).as("an association added later").isTrue();

        int before = output.getAll().length();
        for (int starts = 0; starts < 2; starts++) {
            start("reset-in-2026", "first1", "first2", "first3");
        }
        start("", "first1", "first2", "first3");
        for (String code : List.of("first1", "first2", "first3")) {
            assertThat(admits(code, "reset-in-2026")).as(code).isTrue();
            assertThat(admits(code, made)).as(code + " with the old one").isFalse();
        }
        assertThat(output.getAll().substring(before)).doesNotContain("reset-in-2026", "密码");
        assertThat(Tenant.in("first1", () -> audit.lines(null, 0, 10)))
                .as("made, and reset once")
                .hasSize(2)
                .allMatch(line -> line.by().equals("system") && !line.detail().contains("reset-in-2026"));
    }

    private void start(String configured, String... codes) {
        new FirstAccount(staff, new Associations(List.of(codes)), jdbc, configured)
                .run(new DefaultApplicationArguments());
    }

    private static List<String> shown(CapturedOutput output) {
        return Pattern.compile("管理员账号 admin，密码 (\\S+)（只显示这一次）")
                .matcher(output.getAll())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private boolean admits(String code, String password) {
        return Tenant.in(code, () -> staff.verify("admin", password)).isPresent();
    }

    @Test
    @DisplayName("按规则书的字样找到办公室的人")
    void an_office_is_held_by_whom_the_rulebooks_word_names() {
        StaffMember keeper = whjx(() -> staff.add(
                        new NewStaff("hj", "何", null, null, null, Set.of(Role.SECRETARIAT), Set.of("会籍管理部", "秘书处")),
                        "admin")
                .get());

        assertThat(whjx(() -> staff.holders("会籍管理部"))).containsExactly(keeper);
        assertThat(Tenant.in("aii", () -> staff.holders("会籍管理部"))).isEmpty();
    }

    @Test
    @DisplayName("同一个键只开一次待办，办结后也不再开")
    void a_task_is_opened_once_for_its_key() {
        NewTask letter = NewTask.of("letter", "会籍管理部", "寄送退会告知书")
                .about(7L)
                .worth(Money.ofYuan(16000))
                .due(clock.today())
                .cites("WHJX-12-0", "WHJX-12-1")
                .with(Map.of("bill", "3"))
                .once("letter:7:2025");
        Task first = whjx(() -> tasks.open(letter));

        assertThat(whjx(() -> tasks.open(letter))).isEqualTo(first);
        whjx(() -> tasks.done(first.id(), List.of("挂号回执"), "he").get());
        assertThat(whjx(() -> tasks.open(letter)).id()).isEqualTo(first.id());
        assertThat(whjx(() -> tasks.open(7L))).isEmpty();
        Task kept = whjx(() -> tasks.find(first.id())).orElseThrow();
        assertThat(kept.documents()).containsExactly("挂号回执");
        assertThat(kept.amount()).isEqualTo(Money.ofYuan(16000));
        assertThat(kept.clauses()).containsExactly("WHJX-12-0", "WHJX-12-1");
        assertThat(kept.data()).containsEntry("bill", "3");
        assertThat(needs.done).extracting(done -> done.task().id()).containsExactly(first.id());
    }

    @Test
    @DisplayName("逾期从期限次日算起")
    void a_task_is_overdue_from_the_day_after_its_last() {
        Task task =
                whjx(() -> tasks.open(NewTask.of("reply", "秘书处", "答复").about(8L).due(clock.today())));
        assertThat(task.stateOn(clock.today())).isEqualTo("open");
        assertThat(found(TaskSearch.unfinished().member(8L).state("overdue"))).isEmpty();

        clock.moveTo(clock.today().plusDays(1));

        assertThat(task.stateOn(clock.today())).isEqualTo("overdue");
        assertThat(found(TaskSearch.unfinished().member(8L).state("overdue"))).containsExactly(task.id());
        assertThat(found(TaskSearch.unfinished().member(8L).state("open"))).isEmpty();
        assertThat(found(TaskSearch.unfinished().member(8L))).containsExactly(task.id());
    }

    @Test
    @DisplayName("WHJX-8-4b：缺照片不能办结，什么也不变")
    void a_rule_of_a_higher_room_keeps_a_task_open() {
        Task task = whjx(() -> tasks.open(NewTask.of("receipt", "财务", "寄送票据").about(9L)));

        Outcome<Task> refused = whjx(() -> tasks.done(task.id(), List.of(), "caiwu"));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.refusal().clauses()).containsExactly("WHJX-8-4b"));
        assertThat(whjx(() -> tasks.find(task.id())).orElseThrow().state()).isEqualTo(Task.State.OPEN);
        assertThat(whjx(() -> tasks.done(task.id(), List.of("照片"), "caiwu")).isDone())
                .isTrue();
        assertThat(whjx(() -> tasks.done(task.id(), List.of("照片"), "caiwu")).isDone())
                .as("a second time")
                .isFalse();
        assertThat(needs.done).hasSize(1);
    }

    @Test
    @DisplayName("取消的待办不再算未办，取消两次也一样")
    void a_cancelled_task_is_no_longer_unfinished() {
        Task task = whjx(() -> tasks.open(NewTask.of("notify", "秘书处", "通知").about(10L)));
        whjx(() -> tasks.cancel(task.id(), "system"));
        whjx(() -> tasks.cancel(task.id(), "system"));

        assertThat(whjx(() -> tasks.open(10L))).isEmpty();
        assertThat(whjx(() -> tasks.done(task.id(), List.of(), "he")).isDone()).isFalse();
        assertThat(whjx(() -> audit.lines(10L, 0, 10)))
                .extracting(AuditLine::act)
                .containsExactly("task-cancelled");
    }

    @Test
    @DisplayName("待办按页查，不重不漏")
    void pages_of_tasks_neither_repeat_nor_skip() {
        for (int i = 0; i < 7; i++) {
            int number = i;
            whjx(() -> tasks.open(NewTask.of("plaque", "秘书处", "牌匾" + number).about(11L)));
        }
        TaskSearch search = TaskSearch.all().member(11L);
        List<Task> first = whjx(() -> tasks.search(search.page(0, 5)));
        List<Task> second = whjx(() -> tasks.search(search.page(first.get(4).id(), 5)));

        assertThat(first).hasSize(5);
        assertThat(second).extracting(Task::text).containsExactly("牌匾5", "牌匾6");
        assertThat(whjx(() -> tasks.count(search))).isEqualTo(7);
        assertThat(Tenant.in("aii", () -> tasks.count(search))).isZero();
    }

    @Test
    @DisplayName("审计：谁、何时、做了什么、依据哪条，新的在前")
    void the_audit_log_says_who_did_what_when_and_why() {
        whjx(() -> {
            audit.note("zhou", "bill-reduced", 12L, "减免2026年会费", "WHJX-8-5b");
            audit.note("member:12", "paid", 12L, "微信支付");
            return true;
        });

        List<AuditLine> lines = whjx(() -> audit.lines(12L, 0, 10));

        assertThat(lines).extracting(AuditLine::by).containsExactly("member:12", "zhou");
        assertThat(lines.get(1).clauses()).containsExactly("WHJX-8-5b");
        assertThat(lines.get(1).at()).isBetween(clock.instant().minusSeconds(60), clock.instant());
        assertThat(whjx(() -> audit.lines(12L, lines.get(0).id(), 10))).containsExactly(lines.get(1));
        assertThat(Tenant.in("aii", () -> audit.lines(12L, 0, 10))).isEmpty();
    }

    private List<Long> found(TaskSearch search) {
        return whjx(() -> tasks.search(search)).stream().map(Task::id).toList();
    }

    private static <T> T whjx(Supplier<T> work) {
        return Tenant.in("whjx", work);
    }

    /** What a higher room would bring: a rule on receipts, and an ear for finished tasks. */
    static class Needs {

        private final List<TaskDone> done = new java.util.concurrent.CopyOnWriteArrayList<>();

        @Bean
        TaskRule photographOfTheReceipt() {
            return (task, documents) -> task.what().equals("receipt") && !documents.contains("照片")
                    ? Optional.of(new Refusal("请先上传照片", "WHJX-8-4b"))
                    : Optional.empty();
        }

        @EventListener
        void hear(TaskDone finished) {
            done.add(finished);
        }
    }
}
