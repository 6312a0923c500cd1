package io.homeroom.notice;

import static io.homeroom.notice.Correspondence.whjx;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.desk.NewStaff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Broadcast;
import io.homeroom.liaison.Broadcasts;
import io.homeroom.liaison.GroupKeeper;
import io.homeroom.liaison.Receivers;
import io.homeroom.liaison.Robots;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.sandbox.gate.Fault;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wecom.Customers;
import io.homeroom.schedule.Ticker;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Broadcasts over real HTTP to the sandbox's WeCom, on the same bad line as the notices; the same context as {@link NoticeBedTest}. */
@DisplayName("群发遇上企业微信停线、断线、限流、进程被杀：留着、退避着再交、告诉人，一条不重")
class BroadcastOutageTest extends NoticeBed {

    private static final Duration TICK = Duration.ofSeconds(10);
    private static final String TEMPLATE = "/cgi-bin/message/template/send";
    private static final String ASK = "/externalcontact/add_msg_template";

    @Autowired
    private Broadcasts broadcasts;

    @Autowired
    private GroupKeeper groups;

    @Autowired
    private Robots robots;

    @Autowired
    private List<Ticker> tickers;

    private StaffMember teacher;
    private Customers.Group group;
    private Colleague colleague;
    private final List<Member> friends = new ArrayList<>();
    private final List<Phone> phones = new ArrayList<>();

    @BeforeEach
    void opensAClass() {
        WECHAT.pass(Duration.ofMinutes(2)); // whatever line was left alone is tried again
        clock.restart(LocalDateTime.of(2026, 3, 24, 9, 30));
        String key = "crowd" + Ids.secret(6).toLowerCase(java.util.Locale.ROOT);
        teacher = whjx(() -> staff.add(NewStaff.teacher(key, "群发老师", key, "13612349999"), "test")
                .get());
        colleague = WECHAT.colleagues.hire("whjx", key, "群发老师", "teacher");
        group = WECHAT.customers.groupBefore("whjx", key, "群发班" + key, colleague);
        for (int i = 0; i < 18; i++) {
            String name = "群发单位" + (char) ('甲' + i) + "公司" + key;
            Phone phone = WECHAT.follower(WECHAT.safe, name);
            WECHAT.customers.knownBefore(colleague, phone, "");
            phones.add(phone);
            friends.add(whjx(() -> roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                    .joined(LocalDate.parse("2020-03-01"))
                    .teacher(teacher.id())
                    .contact(Role.LIAISON, "联络员", "13600000000")
                    .done())));
        }
        Tenant.run("whjx", groups::tick);
        whjx(() -> robots.set(teacher.id(), "robot-class-whjx", "test").get());
    }

    @AfterEach
    void mendsTheLine() {
        jdbc.sql("delete from notice where state = 'waiting'").update(); // of a calendar that others set back
        WECHAT.messages.templatesADay(100_000);
        LINE.up("cp");
        WECHAT.faults.forgetAll();
    }

    @Test
    @DisplayName("停线一小时不丢不重；答复丢了的说不确定，不再交；限流的过后交一次；进程被杀一次也不多；群解散了告诉老师")
    void broadcasts_outlive_whatever_happens_to_wecom() {
        outOfReachForAnHour();
        struckByFaults();
        killed();
        dissolved();
    }

    private void outOfReachForAnHour() {
        List<Broadcast> all = List.of(
                send(Broadcast.Way.GROUP, "停线时发到群里", List.of()),
                send(Broadcast.Way.SINGLE, "停线时一对一", List.of(friends.get(0))),
                send(Broadcast.Way.ROBOT, "停线时机器人说", List.of()));
        LINE.down("cp");
        for (int look = 0; look < 3; look++) {
            Tenant.run("whjx", groups::tick); // connections that are left from before are noticed to be cut
        }
        List<Integer> attempts = new ArrayList<>();
        for (int second = 0; second < 3600; second += 10) {
            int before = look(all.get(0)).attempts();
            tick();
            if (look(all.get(0)).attempts() > before) {
                attempts.add(second);
            }
        }
        assertThat(attempts).hasSizeBetween(5, 12);
        for (int i = 2; i < attempts.size(); i++) {
            assertThat(attempts.get(i) - attempts.get(i - 1) + TICK.toSeconds())
                    .as("waits grow: %s", attempts)
                    .isGreaterThanOrEqualTo(attempts.get(i - 1) - attempts.get(i - 2));
        }
        for (Broadcast one : all) {
            assertThat(look(one).state()).as(one.text()).isEqualTo(Broadcast.State.QUEUED);
            assertThat(look(one).why()).as(one.text()).isNotEmpty();
            assertThat(whjx(() -> notices.search(NoticeSearch.all().about("broadcast-late"))))
                    .filteredOn(notice -> notice.text().contains(one.text()))
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.text()).contains("自动重试", "不用再发"));
        }
        assertThat(asked("停线")).isZero();

        LINE.up("cp");
        ticks(Duration.ofMinutes(20));
        assertThat(all.stream().map(one -> look(one).state()))
                .containsExactly(Broadcast.State.WAITING, Broadcast.State.WAITING, Broadcast.State.SENT);
        assertThat(asked("停线时发到群里")).isEqualTo(1);
        assertThat(asked("停线时一对一")).isEqualTo(1);
        WECHAT.broadcasts.tasks(colleague).stream()
                .filter(task -> task.text().startsWith("停线"))
                .forEach(task -> WECHAT.broadcasts.confirm(colleague, task.msgid()));
        ticks(Duration.ofMinutes(1));
        assertThat(all.stream().map(one -> look(one).state())).containsOnly(Broadcast.State.SENT);
        assertThat(WECHAT.walls.of("whjx").stream()
                        .filter(wall -> wall.view().title().equals("群发班" + teacher.username()))
                        .findFirst()
                        .orElseThrow()
                        .lines(0))
                .extracting(Wall.Line::text)
                .containsExactly("停线时发到群里");
        assertThat(phones.get(0).messages(0))
                .filteredOn(message -> message.text().equals("停线时一对一"))
                .hasSize(1);
        assertThat(robotSaid("停线时机器人说")).isEqualTo(1);
    }

    private void struckByFaults() {
        WECHAT.faults.ask("wecom", "whjx", ASK, Fault.Kind.ERROR, "45009", 2);
        Broadcast limited = send(Broadcast.Way.SINGLE, "限流的", List.of(friends.get(1)));
        ticks(Duration.ofMinutes(10));
        assertThat(look(limited).state()).isEqualTo(Broadcast.State.WAITING);
        assertThat(look(limited).attempts()).isEqualTo(3);
        assertThat(asked("限流的")).isEqualTo(1);

        unclear("答复丢了的", Fault.Kind.LOSE_ANSWER, "", 2, 1);
        unclear("请求断了的", Fault.Kind.LOSE_REQUEST, "", 3, 0);
        unclear("网关答502的", Fault.Kind.HTTP, "502", 4, 0);

        WECHAT.faults.ask("wecom", "whjx", "/webhook/send", Fault.Kind.LOSE_ANSWER, "", 1);
        Broadcast robot = send(Broadcast.Way.ROBOT, "机器人说了没答复", List.of());
        ticks(Duration.ofMinutes(20));
        assertThat(look(robot).state()).isEqualTo(Broadcast.State.UNCONFIRMED);
        assertThat(robotSaid("机器人说了没答复")).isEqualTo(1);
        assertThat(toldToCheck("机器人说了没答复")).hasSize(1);
        assertThat(WECHAT.faults.waiting()).isEmpty();
    }

    /** Nobody knows whether WeCom has it: it is said so, and not asked for again. */
    private void unclear(String text, Fault.Kind kind, String value, int friend, int made) {
        WECHAT.faults.ask("wecom", "whjx", ASK, kind, value, 1);
        Broadcast one = send(Broadcast.Way.SINGLE, text, List.of(friends.get(friend)));
        ticks(Duration.ofMinutes(20));
        assertThat(look(one).state()).as(text).isEqualTo(Broadcast.State.UNCONFIRMED);
        assertThat(whjx(() -> broadcasts.receivers(one.id())))
                .as("it is said for each member: " + text)
                .isNotEmpty()
                .allSatisfy(receiver -> {
                    assertThat(receiver.state()).isEqualTo(Receivers.State.UNCONFIRMED);
                    assertThat(receiver.why()).contains("没有再发一次");
                });
        assertThat(asked(text)).as(text).isEqualTo(made);
        assertThat(toldToCheck(text))
                .as(text)
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("没有再发一次"));
    }

    private void killed() {
        List<Broadcast> all = new ArrayList<>();
        for (int i = 5; i < friends.size(); i++) {
            all.add(send(Broadcast.Way.SINGLE, "被杀时第" + i + "件", List.of(friends.get(i))));
        }
        GUILLOTINE.arm(20_261_129L, 5, 12);
        int kills = 0;
        for (int round = 0; round < 120; round++) {
            kills += GUILLOTINE.survives(() -> Tenant.run("whjx", post()::tick)) ? 0 : 1;
            WECHAT.pass(TICK);
        }
        assertThat(kills).isGreaterThan(5);
        int unconfirmed = 0;
        for (Broadcast one : all) {
            Broadcast.State state = look(one).state();
            assertThat(state).as(one.text()).isIn(Broadcast.State.WAITING, Broadcast.State.UNCONFIRMED);
            if (state == Broadcast.State.WAITING) {
                assertThat(asked(one.text())).as(one.text()).isEqualTo(1);
            } else {
                unconfirmed++;
                assertThat(asked(one.text())).as(one.text()).isLessThanOrEqualTo(1);
                assertThat(toldToCheck(one.text())).as(one.text()).hasSize(1);
            }
        }
        assertThat(unconfirmed).isPositive();
    }

    /** The group is gone before anybody here has heard of it. */
    private void dissolved() {
        clock.restart(LocalDateTime.of(2026, 3, 25, 9, 30));
        WECHAT.customers.dismiss(group);
        Broadcast late = send(Broadcast.Way.GROUP, "群解散以后", List.of());
        ticks(Duration.ofMinutes(5));
        assertThat(look(late).state()).isEqualTo(Broadcast.State.FAILED);
        assertThat(look(late).attempts()).isEqualTo(1);
        assertThat(toldToCheck("群解散以后"))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("重新建班级群"));
    }

    @Test
    @DisplayName("公众号今天的模板消息收满了：不再敲门，剩下的第二天各到一次，秘书处知道")
    void templates_go_on_the_next_day() {
        WECHAT.messages.templatesADay(5);
        for (int i = 0; i < 12; i++) {
            long member = friends.get(i).id();
            String openid = phones.get(i).openid();
            String text = "额度账单" + i;
            whjx(() -> transaction.execute(status -> {
                long contact = contacts.toNotify(member).orElseThrow().id();
                bindings.bind(
                                bindings.invite(member, contact, Duration.ofDays(7), "test")
                                        .scene(),
                                openid)
                        .get();
                events.publishEvent(Tell.of("member", member, "bill", text)
                        .with(Map.of("title", text, "amountFen", "800000", "dueOn", "2026-03-31")));
                return true;
            }));
        }
        GUILLOTINE.arm(0, 1, 0);
        WECHAT.application = this::post;
        long before = LINE.requests(TEMPLATE);
        outboxTicks(Duration.ofHours(2));
        assertThat(billsShown()).isEqualTo(5);
        assertThat(LINE.requests(TEMPLATE) - before)
                .as("five taken, three times refused")
                .isEqualTo(8);
        assertThat(whjx(() -> notices.search(NoticeSearch.all().about("bill"))))
                .filteredOn(notice -> notice.text().startsWith("额度账单") && notice.state() == Notice.State.WAITING)
                .hasSize(7)
                .allSatisfy(notice -> assertThat(notice.why()).contains("明天自动发"));
        assertThat(whjx(() -> tasks.search(TaskSearch.unfinished().what("quota"))))
                .singleElement()
                .satisfies(task -> assertThat(task.text()).contains("平台说", "不丢也不重"));

        WECHAT.messages.templatesADay(100_000);
        WECHAT.pass(Duration.ofDays(1));
        clock.restart(LocalDateTime.of(2026, 3, 25, 9, 30));
        outboxTicks(Duration.ofMinutes(5));
        assertThat(billsShown()).isEqualTo(12);
        assertThat(whjx(() -> notices.search(NoticeSearch.all().about("bill"))))
                .filteredOn(notice -> notice.text().startsWith("额度账单"))
                .hasSize(12)
                .allSatisfy(notice -> assertThat(notice.state()).isEqualTo(Notice.State.DELIVERED));
    }

    private void outboxTicks(Duration time) {
        Outbox outbox = sender();
        for (long second = 0; second < time.toSeconds(); second += TICK.toSeconds()) {
            assertThat(GUILLOTINE.survives(() -> Tenant.run("whjx", outbox::tick)))
                    .isTrue();
            WECHAT.pass(TICK);
        }
        outbox.close();
    }

    private int billsShown() {
        int shown = 0;
        for (Phone phone : phones) {
            long here = phone.messages(0).stream()
                    .filter(message -> (message.text() + message.data()).contains("额度账单"))
                    .count();
            assertThat(here).as(phone.name()).isLessThanOrEqualTo(1);
            shown += (int) here;
        }
        return shown;
    }

    private Broadcast send(Broadcast.Way way, String text, List<Member> members) {
        return whjx(() ->
                        broadcasts.send(teacher, way, Broadcasts.Message.of(text), members, "全班", Ids.next(), "crowd"))
                .get();
    }

    private Ticker post() {
        return tickers.stream()
                .filter(ticker -> ticker.name().equals("broadcasts"))
                .findFirst()
                .orElseThrow();
    }

    private void tick() {
        Tenant.run("whjx", post()::tick);
        WECHAT.pass(TICK);
    }

    private void ticks(Duration time) {
        for (long second = 0; second < time.toSeconds(); second += TICK.toSeconds()) {
            tick();
        }
    }

    private Broadcast look(Broadcast one) {
        return whjx(() -> broadcasts.find(one.id())).orElseThrow();
    }

    /** How many tasks with such words WeCom has for the teacher. */
    private long asked(String begins) {
        return WECHAT.broadcasts.tasks(colleague).stream()
                .filter(task -> task.text().startsWith(begins))
                .count();
    }

    private long robotSaid(String text) {
        return WECHAT.walls.byRobotKey("robot-class-whjx").orElseThrow().lines(0).stream()
                .filter(line -> line.text().equals(text))
                .count();
    }

    private List<Task> toldToCheck(String text) {
        return whjx(() -> tasks.search(
                        TaskSearch.unfinished().what("broadcast-failed").to(teacher.address())))
                .stream()
                .filter(task -> task.text().contains(text))
                .toList();
    }
}
