package io.homeroom.notice;

import static io.homeroom.notice.Correspondence.whjx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.LowerRooms;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("mysql")
@SpringBootTest(
        classes = LowerRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "homeroom.notice.weekly-budget=3",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.whjx.rulebook=none"
        })
@Import(Correspondence.class)
@DisplayName("发件箱：每人一次，断电不丢不重")
class OutboxTest {

    @Autowired
    private Outbox outbox;

    @Autowired
    private Notices notices;

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

    @Autowired
    private TransactionTemplate transaction;

    @BeforeEach
    void quiet() {
        jdbc.sql("delete from notice").update();
        jdbc.sql("delete from notice_report").update();
        jdbc.sql("delete from notice_pace").update();
        jdbc.sql("delete from notice_quota").update();
        jdbc.sql("delete from notice_same").update();
        wire = (Correspondence.Wire) wireClock;
        Correspondence.set(clock, wire, "2026-03-19T10:00");
        postman.reset(false, (letter, by) -> by.deliver(letter));
    }

    @Test
    @DisplayName("夜里自己发的缴费提醒只在工作日到会员；人要发的、章程要求的通知当天就到")
    void reminders_of_the_night_wait_for_a_working_day() {
        long member = boundMember("江城建工");
        Correspondence.set(clock, wire, "2026-03-22T10:00"); // Sunday
        people.tell(Tell.of("member", member, "reminder", "夜里的提醒").once("review:1:reminder/bill-1:-9"));
        people.tell(Tell.of("member", member, "reminder", "老师点的提醒").once("asked-reminder:1:2026-03-22"));
        people.tell(Tell.of("member", member, "notice", "列入告知名单").once("review:1:listed"));
        postman.round(outbox);
        assertThat(postman.texts()).containsExactlyInAnyOrder("老师点的提醒", "列入告知名单");
        Correspondence.set(clock, wire, "2026-03-23T07:59");
        postman.round(outbox);
        assertThat(postman.texts()).hasSize(2);
        Correspondence.set(clock, wire, "2026-03-23T08:00");
        postman.round(outbox);
        assertThat(postman.texts()).hasSize(3).contains("夜里的提醒");
    }

    @Test
    @DisplayName("写下与缘由同生共死；送出一次，再转一圈不再送")
    void a_notice_lives_and_dies_with_its_cause_and_is_sent_once() {
        long member = boundMember("江城建工");
        whjx(() -> transaction.execute(status -> {
            people.tell(Tell.of("member", member, "bill", "作废的账单", "WHJX-8-4a"));
            status.setRollbackOnly();
            return true;
        }));
        people.tell(Tell.of("member", member, "bill", "2026年会费账单", "WHJX-8-4a").once("bill:1"));
        people.tell(Tell.of("member", member, "bill", "2026年会费账单", "WHJX-8-4a").once("bill:1"));

        postman.round(outbox);
        postman.round(outbox);

        assertThat(postman.texts()).containsExactly("2026年会费账单");
        Notice notice = only();
        assertThat(notice.state()).isEqualTo(Notice.State.DELIVERED);
        assertThat(notice.person()).isEqualTo("liaison");
        assertThat(notice.clauses()).containsExactly("WHJX-8-4a");
        assertThat(notice.deliveredAt()).isEqualTo(clock.instant());
        assertThat(whjx(() -> notices.delivered("bill:1"))).isTrue();
        assertThat(whjx(() -> notices.delivered("bill:2"))).isFalse();
        assertThat(Tenant.in("aii", () -> notices.search(NoticeSearch.all()))).isEmpty();
    }

    @Test
    @DisplayName("夜里只送急事，早上八点补送")
    void at_night_only_the_urgent_is_sent() {
        long member = boundMember("夜光集团");
        Correspondence.set(clock, wire, "2026-03-19T21:30");
        people.tell(Tell.of("member", member, "reminder", "会费3月31日到期"));
        people.tell(Tell.of("member", member, "payment", "已到账").urgency(Tell.Urgency.NOW));

        postman.round(outbox);
        assertThat(postman.texts()).containsExactly("已到账");

        Correspondence.set(clock, wire, "2026-03-20T07:59");
        postman.round(outbox);
        assertThat(postman.texts()).hasSize(1);

        Correspondence.set(clock, wire, "2026-03-20T08:00");
        postman.round(outbox);
        assertThat(postman.texts()).containsExactly("已到账", "会费3月31日到期");
    }

    @Test
    @DisplayName("一周的额度用完，其余顺延；急事不受限")
    void beyond_the_weekly_budget_notices_wait() {
        long member = boundMember("多讯公司");
        for (int i = 1; i <= 4; i++) {
            people.tell(Tell.of("member", member, "reminder", "提醒" + i));
        }
        people.tell(Tell.of("member", member, "payment", "急事").urgency(Tell.Urgency.NOW));
        postman.round(outbox);
        assertThat(postman.texts()).containsExactly("提醒1", "提醒2", "提醒3", "急事");

        Correspondence.set(clock, wire, "2026-03-26T10:01");
        postman.round(outbox);
        assertThat(postman.texts()).endsWith("提醒4");
    }

    @Test
    @DisplayName("没有绑定微信：不发，班主任一件待办，再有就并在一起")
    void what_nobody_would_hear_goes_to_the_class_teacher() {
        StaffMember teacher = people.teacher("周敏");
        long member = people.member("无名单位", teacher.id());
        people.tell(Tell.of("member", member, "reminder", "会费3月31日到期", "WHJX-12-1"));
        people.tell(Tell.of("member", member, "reminder", "会费今天到期", "WHJX-12-1"));

        postman.round(outbox);

        assertThat(postman.tried).isEmpty();
        assertThat(whjx(() -> notices.search(NoticeSearch.all())))
                .extracting(Notice::state)
                .containsExactly(Notice.State.FAILED, Notice.State.FAILED);
        List<Task> contact = whjx(() -> tasks.open(member));
        assertThat(contact).hasSize(1);
        assertThat(contact.get(0).what()).isEqualTo("contact");
        assertThat(contact.get(0).to()).isEqualTo(teacher.address());
        assertThat(contact.get(0).text()).contains("会费今天到期", "此前还有1条");
    }

    @Test
    @DisplayName("通道说稍后：照它说的等，之后送到")
    void a_busy_channel_is_tried_again_when_it_asked_to_be() {
        long member = boundMember("等候公司");
        Map<String, Integer> tries = new HashMap<>();
        postman.reset(
                false,
                (letter, by) -> tries.merge(letter.dedupeId(), 1, Integer::sum) == 1
                        ? new Sent.Retry(Duration.ofMinutes(10), "45009")
                        : by.deliver(letter));
        people.tell(Tell.of("member", member, "bill", "账单"));
        postman.round(outbox);
        wire.pass(Duration.ofMinutes(9));
        postman.round(outbox);
        assertThat(postman.tried).hasSize(1);

        wire.pass(Duration.ofMinutes(1));
        postman.round(outbox);

        assertThat(postman.texts()).containsExactly("账单");
        assertThat(only().state()).isEqualTo(Notice.State.DELIVERED);
        assertThat(only().attempts()).isEqualTo(2);
    }

    @Test
    @DisplayName("一直不通：按退避重试到头，算未送达，交班主任")
    void a_channel_that_never_takes_it_ends_as_failed() {
        StaffMember teacher = people.teacher("孙悦");
        long member = people.member("不通公司", teacher.id());
        people.bound(member);
        postman.reset(false, (letter, by) -> new Sent.Retry(null, "-1"));
        people.tell(Tell.of("member", member, "bill", "账单").urgency(Tell.Urgency.NOW));
        List<Integer> after = new ArrayList<>();
        for (int minute = 0; minute < 600 && only().state() == Notice.State.WAITING; minute++) {
            int before = postman.tried.size();
            postman.round(outbox);
            if (postman.tried.size() > before) {
                after.add(minute);
            }
            wire.pass(Duration.ofMinutes(1));
        }

        assertThat(only().state()).isEqualTo(Notice.State.FAILED);
        assertThat(after).hasSize(12);
        assertThat(after.get(11) - after.get(10))
                .as("minutes between the last tries")
                .isEqualTo(60);
        assertThat(whjx(() -> tasks.open(member))).extracting(Task::what).containsExactly("contact");
    }

    @Test
    @DisplayName("通道不在：不算通知自己的次数，两分钟内找一回；回来就送到，五小时不回来就告诉人")
    void a_channel_that_is_away_is_looked_for_until_somebody_must_be_told() {
        long member = boundMember("停线公司");
        postman.reset(false, (letter, by) -> Sent.Retry.away(null, "连不上"));
        people.tell(Tell.of("member", member, "bill", "账单").urgency(Tell.Urgency.NOW));
        int minutes = 0;
        for (; minutes < 270; minutes++) {
            postman.round(outbox);
            wire.pass(Duration.ofMinutes(1));
        }
        assertThat(only().state()).isEqualTo(Notice.State.WAITING);
        assertThat(only().attempts()).isZero();
        assertThat(postman.tried.size()).isGreaterThan(130);
        for (; only().state() == Notice.State.WAITING && minutes < 400; minutes++) {
            postman.round(outbox);
            wire.pass(Duration.ofMinutes(1));
        }
        assertThat(only().state()).isEqualTo(Notice.State.FAILED);
        assertThat(minutes).isBetween(290, 310);
    }

    @Test
    @DisplayName("一天的额度快满：只发急事，其余排到第二天，0点前一条不多发，之后一条不丢；秘书处知道一次")
    void what_a_day_does_not_take_goes_on_the_next() {
        long member = boundMember("额度公司");
        jdbc.sql("delete from task where what = 'quota'").update();
        jdbc.sql("update notice set state = 'delivered'").update();
        postman.quota = new Quota("template", "模板消息", 5, 4);
        for (int i = 1; i <= 6; i++) {
            people.tell(Tell.of("member", member, "payment", "平常" + i));
        }
        people.tell(Tell.of("member", member, "payment", "急1").urgency(Tell.Urgency.NOW));
        people.tell(Tell.of("member", member, "payment", "急2").urgency(Tell.Urgency.NOW));
        jdbc.sql("update notice set address = concat(address, id)").update(); // beyond each one's week
        for (int round = 0; round < 3; round++) {
            postman.round(outbox);
            wire.pass(Duration.ofHours(1));
        }
        assertThat(postman.texts()).containsExactly("平常1", "平常2", "平常3", "平常4", "急1");
        assertThat(whjx(() -> notices.search(NoticeSearch.all())))
                .filteredOn(notice -> notice.state() == Notice.State.WAITING)
                .hasSize(3)
                .allSatisfy(notice -> {
                    assertThat(notice.why()).contains("额度用完", "明天");
                    assertThat(notice.attempts()).isZero();
                });
        assertThat(whjx(() -> tasks.search(TaskSearch.unfinished().what("quota"))))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.to()).isEqualTo("秘书处");
                    assertThat(task.text()).contains("模板消息", "不丢也不重");
                });

        Correspondence.set(clock, wire, "2026-03-19T23:59");
        postman.round(outbox);
        assertThat(postman.texts()).hasSize(5);
        Correspondence.set(clock, wire, "2026-03-20T00:00");
        postman.round(outbox);
        assertThat(postman.texts()).endsWith("急2").hasSize(6);
        Correspondence.set(clock, wire, "2026-03-20T08:00");
        postman.round(outbox);
        assertThat(postman.texts()).endsWith("平常5", "平常6").hasSize(8);
    }

    @Test
    @DisplayName("平台自己说当日已满：隔一会再问，连说三次才信，信了就到第二天；一条不算失败，也不敲门")
    void a_channel_that_says_its_day_is_full_is_believed_in_the_end() {
        long member = boundMember("平台说满公司");
        jdbc.sql("delete from task where what = 'quota'").update();
        int[] full = {1};
        postman.reset(true, (letter, by) -> full[0]-- > 0 ? new Sent.Spent("45009") : by.deliver(letter));
        postman.quota = new Quota("template", "模板消息", 100, 95);
        people.tell(Tell.of("member", member, "bill", "一时太多"));
        postman.round(outbox);
        wire.pass(Duration.ofMinutes(2));
        postman.round(outbox);
        assertThat(postman.texts()).containsExactly("一时太多");
        assertThat(only().attempts()).isEqualTo(1);

        quiet();
        full[0] = Integer.MAX_VALUE;
        postman.reset(true, (letter, by) -> full[0]-- > 0 ? new Sent.Spent("45009") : by.deliver(letter));
        postman.quota = new Quota("template", "模板消息", 100, 95);
        for (int i = 1; i <= 3; i++) {
            people.tell(Tell.of("member", member, "bill", "账单" + i));
        }
        for (int minute = 0; minute < 600; minute++) {
            postman.round(outbox);
            wire.pass(Duration.ofMinutes(1));
        }
        assertThat(postman.tried).hasSize(3);
        assertThat(whjx(() -> tasks.search(TaskSearch.unfinished().what("quota"))))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("平台说"));
        Correspondence.set(clock, wire, "2026-03-20T08:00");
        full[0] = 0;
        postman.round(outbox);
        assertThat(postman.texts()).containsExactlyInAnyOrder("账单1", "账单2", "账单3");
        assertThat(whjx(() -> notices.search(NoticeSearch.all())))
                .allSatisfy(notice -> assertThat(notice.state()).isEqualTo(Notice.State.DELIVERED));
    }

    @Test
    @DisplayName("没有答复的又赶上额度满：先用留的那份再问，留的也没了就是未确认，不拖到明天重发")
    void what_may_have_arrived_is_not_put_off_to_the_next_day() {
        StaffMember teacher = people.teacher("何未");
        long member = people.member("悬着公司", teacher.id());
        people.bound(member);
        for (int most : List.of(2, 1)) {
            quiet();
            postman.reset(true, (letter, by) -> {
                Sent sent = by.deliver(letter);
                return by.tried.size() == 1 ? new Sent.Unknown("读超时") : sent;
            });
            postman.memory = Duration.ofMinutes(10);
            postman.quota = new Quota("template", "模板消息", most, 1);
            people.tell(Tell.of("member", member, "bill", "悬着的账单" + most));
            postman.round(outbox);
            wire.pass(Duration.ofSeconds(20));
            postman.round(outbox);
            assertThat(postman.texts()).containsExactly("悬着的账单" + most);
            assertThat(only().state()).isEqualTo(most == 2 ? Notice.State.DELIVERED : Notice.State.UNCONFIRMED);
        }
        assertThat(whjx(() -> tasks.open(member)))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("不确定", "悬着的账单1"));
    }

    @Test
    @DisplayName("通道按内容认重复：两件事同一句话，各到一次；没有答复的再发，还是一次；过了它的记性，编号从头用")
    void distinct_notices_of_one_text_stay_distinct() {
        StaffMember teacher = people.teacher("同文");
        Map<String, Integer> attempts = new HashMap<>();
        postman.reset(true, (letter, by) -> {
            Sent sent = by.deliver(letter);
            return attempts.merge(letter.dedupeId(), 1, Integer::sum) == 1 ? new Sent.Unknown("读超时") : sent;
        });
        postman.byWords = true;
        postman.memory = Duration.ofMinutes(30);
        for (int i = 0; i < 3; i++) {
            people.tell(Tell.of(teacher.address(), null, "task", "请联系会员单位"));
        }
        people.tell(Tell.of(teacher.address(), null, "task", "另一句话"));
        for (int round = 0; round < 4; round++) {
            postman.round(outbox);
            wire.pass(Duration.ofSeconds(40));
        }
        assertThat(postman.tried).hasSize(8);
        assertThat(postman.texts()).containsExactlyInAnyOrder("请联系会员单位", "请联系会员单位", "请联系会员单位", "另一句话");
        assertThat(whjx(() -> notices.search(NoticeSearch.all())))
                .allSatisfy(notice -> assertThat(notice.state()).isEqualTo(Notice.State.DELIVERED));

        wire.pass(Duration.ofMinutes(70));
        postman.tried.clear();
        people.tell(Tell.of(teacher.address(), null, "task", "请联系会员单位"));
        postman.round(outbox);
        assertThat(postman.tried)
                .singleElement()
                .satisfies(letter -> assertThat(letter.nth()).isEqualTo(1));
    }

    @Test
    @DisplayName("同事不在应用的可见范围：不反复试，秘书处一天一件待办，写明去哪里改")
    void a_colleague_outside_the_visible_range_is_reported_to_the_office() {
        StaffMember teacher = people.teacher("范围外");
        jdbc.sql("delete from task where what = 'unreachable'").update();
        postman.reset(true, (letter, by) -> new Sent.Failed("收信人不在企业微信应用可见范围（81013）"));
        people.tell(Tell.of(teacher.address(), null, "task", "第一件"));
        people.tell(Tell.of(teacher.address(), null, "task", "第二件"));
        postman.round(outbox);
        wire.pass(Duration.ofHours(2));
        postman.round(outbox);
        assertThat(postman.tried).hasSize(2);
        assertThat(states()).containsEntry("第一件", Notice.State.FAILED).containsEntry("第二件", Notice.State.FAILED);
        assertThat(whjx(() -> tasks.search(TaskSearch.unfinished().what("unreachable"))))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.to()).isEqualTo("秘书处");
                    assertThat(task.text()).startsWith("范围外的企业微信收不到消息").contains("可见范围", "控制台「通知」");
                });
    }

    @Test
    @DisplayName("微信事后回报送达或被拒收；回报先到也不丢，重复回报无影响")
    void a_report_settles_what_was_accepted_whenever_it_comes() {
        long member = boundMember("回执公司");
        postman.reset(false, (letter, by) -> {
            by.arrive(letter);
            if (letter.text().equals("早")) {
                outbox.report("id-早", true, "");
            }
            return new Sent.Accepted("id-" + letter.text());
        });
        people.tell(Tell.of("member", member, "bill", "早"));
        people.tell(Tell.of("member", member, "bill", "晚"));
        people.tell(Tell.of("member", member, "bill", "拒"));
        postman.round(outbox);
        assertThat(states()).containsEntry("早", Notice.State.DELIVERED).containsEntry("晚", Notice.State.SENT);

        Tenant.run("whjx", () -> {
            outbox.report("id-晚", true, "");
            outbox.report("id-晚", false, "failed:user block");
            outbox.report("id-拒", false, "failed:user block");
        });

        assertThat(states())
                .containsEntry("早", Notice.State.DELIVERED)
                .containsEntry("晚", Notice.State.DELIVERED)
                .containsEntry("拒", Notice.State.FAILED);
        assertThat(whjx(() -> tasks.open(member))).hasSize(1);
    }

    @Test
    @DisplayName("发送途中被杀：能去重的再送一次只到一次；不能的算未确认，交班主任")
    void killed_between_sending_and_noting_it_down() {
        StaffMember teacher = people.teacher("钱亮");
        long member = people.member("断电公司", teacher.id());
        people.bound(member);
        BiFunction<Letter, Correspondence.Postman, Sent> killing = (letter, by) -> {
            by.arrive(letter);
            throw new Killed();
        };
        postman.reset(false, killing);
        people.tell(Tell.of("member", member, "decision", "决定", "WHJX-13").once("decision:1"));
        assertThatThrownBy(() -> postman.round(outbox)).isInstanceOf(Killed.class);

        assertThat(only().state()).as("until the lease runs out").isEqualTo(Notice.State.WAITING);
        postman.round(outbox);
        assertThat(postman.tried).hasSize(1);
        wire.pass(Duration.ofMinutes(3));
        postman.round(outbox);

        assertThat(only().state()).isEqualTo(Notice.State.UNCONFIRMED);
        assertThat(postman.texts()).containsExactly("决定");
        assertThat(whjx(() -> notices.delivered("decision:1"))).isFalse();
        assertThat(whjx(() -> tasks.open(member)))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("不确定", "决定"));
    }

    @Test
    @DisplayName("发出后被杀，停机比通道记得的还久：不再发，算未确认；之内重启就再发，只到一次")
    void what_may_have_arrived_is_not_repeated_when_the_channel_has_forgotten_it() {
        StaffMember teacher = people.teacher("冯宁");
        long member = people.member("停机公司", teacher.id());
        people.bound(member);
        for (int minutes : List.of(9, 10)) {
            quiet();
            postman.reset(true, (letter, by) -> {
                boolean first = by.tried.size() == 1;
                Sent sent = by.deliver(letter);
                if (first) {
                    throw new Killed();
                }
                return sent;
            });
            postman.memory = Duration.ofMinutes(10);
            people.tell(Tell.of("member", member, "bill", "账单"));
            assertThatThrownBy(() -> postman.round(outbox)).isInstanceOf(Killed.class);
            wire.pass(Duration.ofMinutes(minutes));
            postman.round(outbox);

            assertThat(postman.tried).hasSize(minutes == 9 ? 2 : 1);
            assertThat(postman.texts()).containsExactly("账单");
            assertThat(only().state()).isEqualTo(minutes == 9 ? Notice.State.DELIVERED : Notice.State.UNCONFIRMED);
        }
        assertThat(whjx(() -> tasks.open(member)))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("不确定"));
    }

    @Test
    @DisplayName("第一次没有答复，再发被拒：可能已经到了，算未确认，不算未送达")
    void a_refusal_after_a_lost_answer_does_not_say_that_nothing_arrived() {
        long member = boundMember("拒收公司");
        postman.reset(true, (letter, by) -> {
            if (by.tried.size() == 1) {
                by.arrive(letter);
                return new Sent.Unknown("读超时");
            }
            return new Sent.Failed("43004");
        });
        people.tell(Tell.of("member", member, "bill", "账单"));
        postman.round(outbox);
        assertThat(only().state()).isEqualTo(Notice.State.WAITING);
        wire.pass(Duration.ofMinutes(1));
        postman.round(outbox);

        assertThat(only().state()).isEqualTo(Notice.State.UNCONFIRMED);
    }

    @Test
    @DisplayName("同一个地址一分钟只收这么多：多的等着，不去碰壁；别的地址不受影响，重启也记得")
    void an_address_gets_no_more_than_its_channel_takes() {
        long busy = boundMember("忙碌公司");
        long other = boundMember("清闲公司");
        postman.pace = new Pace(3, 2, Duration.ofMinutes(1));
        for (int i = 1; i <= 3; i++) {
            people.tell(Tell.of("member", busy, "bill", "忙" + i));
        }
        people.tell(Tell.of("member", other, "bill", "闲"));

        postman.round(outbox);
        assertThat(postman.texts()).containsExactly("忙1", "忙2", "闲");
        for (int i = 1; i <= 2; i++) {
            people.tell(Tell.of("member", busy, "payment", "急" + i).urgency(Tell.Urgency.NOW));
        }
        postman.round(outbox);
        assertThat(postman.texts()).as("one place is kept for what is urgent").endsWith("闲", "急1");
        wire.pass(Duration.ofSeconds(59));
        postman.round(outbox);
        assertThat(postman.tried).hasSize(4);
        wire.pass(Duration.ofSeconds(1));
        postman.round(outbox);
        assertThat(postman.texts()).endsWith("急1", "忙3", "急2");
    }

    @ParameterizedTest(name = "种子 {0}")
    @ValueSource(longs = {1, 2026})
    @DisplayName("一千条通知，时断时续时被杀：各到一次，说不清的显示未确认")
    void of_a_thousand_notices_none_is_lost_or_doubled(long seed) {
        boolean[] both = {true, false};
        for (boolean deduplicates : both) {
            quiet();
            Random chance = new Random(seed);
            Set<String> refusedAfterDoubt = new HashSet<>();
            Set<String> doubtful = new HashSet<>();
            postman.reset(deduplicates, (letter, by) -> {
                String id = letter.dedupeId();
                boolean doubt = doubtful.contains(id);
                doubtful.add(id);
                Sent sent = mishap(chance, letter, by);
                if (sent instanceof Sent.Failed && doubt) {
                    refusedAfterDoubt.add(id);
                }
                if (sent instanceof Sent.Retry && !doubt) {
                    doubtful.remove(id);
                }
                return sent;
            });
            List<Long> members = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                members.add(boundMember("会员" + i));
            }
            for (int i = 0; i < 500; i++) {
                people.tell(Tell.of("member", members.get(i % 20), "payment", "第" + i + "条")
                        .urgency(Tell.Urgency.NOW));
            }

            for (int round = 0; round < 2000 && waiting() > 0; round++) {
                try {
                    postman.round(outbox);
                } catch (Killed killed) {
                    // The process is gone; the next round is another one.
                }
                wire.pass(Duration.ofMinutes(3));
            }

            List<Notice> all = whjx(() -> notices.search(NoticeSearch.all().page(0, 1000)));
            assertThat(all).hasSize(500).noneMatch(notice -> notice.state() == Notice.State.WAITING);
            for (Notice notice : all) {
                int copies = postman.arrived
                        .getOrDefault("whjx-" + Long.toString(notice.id(), 36), List.of())
                        .size();
                switch (notice.state()) {
                    case DELIVERED, SENT -> assertThat(copies).as(notice.text()).isEqualTo(1);
                    case FAILED -> assertThat(copies).as(notice.text()).isZero();
                    default -> assertThat(copies).as(notice.text()).isLessThanOrEqualTo(1);
                }
            }
            Map<Notice.State, Long> ends = all.stream()
                    .collect(java.util.stream.Collectors.groupingBy(
                            Notice::state, java.util.stream.Collectors.counting()));
            if (deduplicates) {
                assertThat(all)
                        .filteredOn(notice -> notice.state() == Notice.State.UNCONFIRMED)
                        .extracting(notice -> "whjx-" + Long.toString(notice.id(), 36))
                        .as("only what was refused after an attempt that may have arrived")
                        .containsExactlyInAnyOrderElementsOf(refusedAfterDoubt);
            } else {
                assertThat(ends.get(Notice.State.UNCONFIRMED)).isGreaterThan(20);
            }
            assertThat(ends.get(Notice.State.DELIVERED)).isGreaterThan(200);
        }
    }

    private static Sent mishap(Random chance, Letter letter, Correspondence.Postman by) {
        int dice = chance.nextInt(100);
        if (dice < 5) {
            throw new Killed();
        }
        if (dice < 10) {
            by.arrive(letter);
            throw new Killed();
        }
        if (dice < 15) {
            by.arrive(letter);
            return new Sent.Unknown("读超时");
        }
        if (dice < 20) {
            return new Sent.Unknown("连接中断");
        }
        if (dice < 22) {
            by.arrive(letter);
            throw new IllegalStateException("a defect of the courier after sending");
        }
        if (dice < 30) {
            return new Sent.Retry(null, "45009");
        }
        if (dice < 33 && !by.arrived.containsKey(letter.dedupeId())) {
            return new Sent.Failed("43004");
        }
        if (dice < 60) {
            by.arrive(letter);
            return new Sent.Accepted("m" + letter.dedupeId());
        }
        return by.deliver(letter);
    }

    private long waiting() {
        return jdbc.sql("select count(*) from notice where state = 'waiting'")
                .query(Long.class)
                .single();
    }

    private Map<String, Notice.State> states() {
        Map<String, Notice.State> states = new HashMap<>();
        whjx(() -> notices.search(NoticeSearch.all())).forEach(notice -> states.put(notice.text(), notice.state()));
        return states;
    }

    private Notice only() {
        List<Notice> all = whjx(() -> notices.search(NoticeSearch.all()));
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private long boundMember(String name) {
        long member = people.member(name, null);
        people.bound(member);
        return member;
    }

    /** Stands for kill -9: nothing after it is done. */
    private static final class Killed extends Error {}
}
