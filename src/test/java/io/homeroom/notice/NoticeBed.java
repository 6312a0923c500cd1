package io.homeroom.notice;

import static io.homeroom.notice.Correspondence.whjx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.when;

import io.homeroom.LowerRooms;
import io.homeroom.chat.Conversation;
import io.homeroom.chat.Reply;
import io.homeroom.chat.StaffRoom;
import io.homeroom.desk.Card;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.sandbox.SandboxBench;
import io.homeroom.sandbox.live.SandboxEvent;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.PhoneMessage;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Orders;
import io.homeroom.till.PayLinks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The test bed for notices: the whole way from {@link Tell} through tables, outbox, WxJava and real HTTP to the screens
 * of the sandbox's WeChat, over a line where everything goes wrong that can, with a sender that is killed again and again.
 * The clock is the sandbox's and moves only when there is nothing to send.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = NoticeBed.House.class,
        properties = {
            "homeroom.public-base-url=https://homeroom.example",
            "homeroom.clock.settable=true",
            "homeroom.notice.weekly-budget=1000000",
            "spring.quartz.auto-startup=false",
            "logging.level.io.homeroom=ERROR",
            "homeroom.associations.whjx.rulebook=none",
            "homeroom.associations.whjx.mp.app-id=wxsandbox00000whjx",
            "homeroom.associations.whjx.mp.secret=secret-whjx",
            "homeroom.associations.whjx.mp.token=token-whjx",
            "homeroom.associations.whjx.mp.aes-key=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
            "homeroom.associations.whjx.mp.templates.bill=TEMPLATE-BILL",
            "homeroom.associations.whjx.cp.corp-id=wwsandbox00000whjx",
            "homeroom.associations.whjx.cp.agent-id=1000002",
            "homeroom.associations.whjx.cp.secret=corp-secret-whjx",
            "homeroom.associations.whjx.cp.token=corp-token-whjx",
            "homeroom.associations.whjx.cp.aes-key=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq",
            "homeroom.associations.whjx.cp.secretariat-robot-key=robot-secretariat-whjx"
        })
abstract class NoticeBed {

    static final SandboxBench WECHAT = new SandboxBench();
    static final Troubled LINE = new Troubled(WECHAT);
    static final Guillotine GUILLOTINE = new Guillotine();

    /** What several notices say to one colleague, word for word. */
    private static final String SAME = "同一句话：请回电";

    private static final Pattern NUMBER = Pattern.compile("第(\\d+)号");
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofHours(1);

    /** When WeCom goes down, counted from the first letter. */
    private static final Duration OUTAGE_AFTER = Duration.ofMinutes(2);

    private static final Duration LONGEST = Duration.ofHours(30);

    /** Bears no stereotype, so that nobody else scans it. */
    @Import(LowerRooms.class)
    @ComponentScan("io.homeroom.wechat")
    static class House {

        @Bean
        static Guillotine guillotine() {
            return GUILLOTINE;
        }

        @Bean
        PayLinks payLinks(Clock wireClock) {
            return new PayLinks("https://homeroom.example", new Lockbox(List.of(Lockbox.freshKey())), wireClock);
        }
    }

    static Clock newWire() {
        return WECHAT.clock;
    }

    @DynamicPropertySource
    static void endpoints(DynamicPropertyRegistry properties) {
        properties.add("homeroom.wechat.endpoints.mp", () -> LINE.address("mp"));
        properties.add("homeroom.wechat.endpoints.cp", () -> LINE.address("cp"));
    }

    /** One notice as it was written: its number is in what is shown. */
    private record Written(Channel channel, String address, Long member) {}

    @LocalServerPort
    private int port;

    @TestBean(name = "wireClock", methodName = "io.homeroom.notice.NoticeBed#newWire")
    private Clock wireClock;

    @MockitoBean
    private Conversation conversation;

    @MockitoBean
    StaffRoom staffRoom;

    @MockitoBean
    Orders orders;

    /** Answers with rulebooks that are made up by its own kind. */
    @MockitoBean(answers = org.mockito.Answers.RETURNS_DEEP_STUBS)
    Lawbook lawbook;

    @Autowired
    private Dispatch dispatch;

    @Autowired
    private ObjectProvider<Courier> couriers;

    @Autowired
    private NoticeSettings settings;

    @Autowired
    Notices notices;

    @Autowired
    BusinessClock clock;

    @Autowired
    Roster roster;

    @Autowired
    Contacts contacts;

    @Autowired
    Bindings bindings;

    @Autowired
    Staff staff;

    @Autowired
    Tasks tasks;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Written> written = new HashMap<>();
    private final Map<Integer, List<String>> shown = new HashMap<>();
    private final Map<String, List<String>> same = new HashMap<>();
    private final List<Phone> phones = new ArrayList<>();
    private final List<Long> members = new ArrayList<>();
    private final List<StaffMember> colleagues = new ArrayList<>();
    private int kills;

    /** What a run cost: the time that passed, and the time that the platform's limits alone would have taken. */
    record Outcome(Duration taken, Duration limit, Map<String, Long> ends, String report) {
        double ratio() {
            return (double) taken.toMillis() / limit.toMillis();
        }
    }

    /** Sends so many notices through all that, looks at what arrived, and tells what it took. */
    final Outcome run(int number, int people, long seed, int realTimeOuts) {
        when(conversation.hear(any(), anyLong())).thenReturn(new Reply("好", List.of()));
        clock.restart(LocalDateTime.ofInstant(SandboxBench.START, BusinessClock.ZONE));
        WECHAT.application = sent -> post(sent);
        Runnable unwatch = WECHAT.events.watch(this::see);
        enter(people);
        write(number, new Random(seed));
        writeTheSame();
        long work = System.nanoTime();
        Instant begun = WECHAT.clock.instant();
        LINE.begin(seed, realTimeOuts);
        GUILLOTINE.arm(seed + 1, 60, number / 25);
        send(begun);
        LINE.end();
        WECHAT.pass(Duration.ofMinutes(1)); // the last reports come in
        Duration worked = Duration.ofNanos(System.nanoTime() - work);
        unwatch.run();
        Map<String, Long> ends = everybodyGotTheirs();
        limitsWereKept();
        Duration taken = Duration.between(begun, WECHAT.clock.instant()).plus(worked);
        Duration limit = platformLimit();
        String report = String.format(
                Locale.ROOT,
                "notices=%d seed=%d taken=%s (of which work %ds) limit=%s ends=%s kills=%d requests=%d faults=%s",
                number,
                seed,
                words(taken),
                worked.toSeconds(),
                words(limit),
                ends,
                kills,
                LINE.requests(),
                new TreeMap<>(LINE.struck()));
        return new Outcome(taken, limit, ends, report);
    }

    private static String words(Duration time) {
        return time.toMinutes() + "m" + time.toSecondsPart() + "s";
    }

    // ---- the people

    private void enter(int people) {
        for (int i = 0; i < Math.max(3, people / 20); i++) {
            int number = i;
            colleagues.add(whjx(() -> staff.add(
                            NewStaff.teacher(
                                    "bed" + number, "班主任" + number, "bed" + number, "1361234" + (5000 + number)),
                            "test")
                    .get()));
            WECHAT.colleagues.hire("whjx", "bed" + number, "班主任" + number, "teacher");
        }
        for (int i = 0; i < people; i++) {
            String name = "会员单位" + i;
            StaffMember teacher = colleagues.get(i % colleagues.size());
            Phone phone = WECHAT.follower(WECHAT.safe, "bed" + i);
            members.add(whjx(() -> {
                long id = roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                                .joined(LocalDate.parse("2020-03-01"))
                                .teacher(teacher.id())
                                .contact(Role.LIAISON, "联络员", "13600000000")
                                .done())
                        .id();
                long contact = contacts.toNotify(id).orElseThrow().id();
                bindings.bind(
                                bindings.invite(id, contact, Duration.ofDays(7), "test")
                                        .scene(),
                                phone.openid())
                        .get();
                return id;
            }));
            phones.add(phone);
            if (i % 3 != 0) {
                // Words open the window for customer-service messages: five of them.
                assertThat(WECHAT.gestures.text(phone, "你好").reply()).isNotNull();
            }
            if (i % 17 == 5) {
                phone.refuse(true);
            }
        }
    }

    final Outbound.Reply post(SandboxBench.Sent sent) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(sent.address().toString().replace("http://app.invalid", "http://127.0.0.1:" + port)))
                .POST(HttpRequest.BodyPublishers.ofString(sent.body()));
        sent.headers().forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Outbound.Reply(answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    // ---- the notices

    /** Half bills by template, then words to colleagues, customer-service messages, cards, and lines for the robot. */
    private void write(int count, Random chance) {
        List<Integer> kinds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kinds.add(i % 20);
        }
        Collections.shuffle(kinds, chance);
        for (int number = 1; number <= count; number++) {
            int kind = kinds.get(number - 1);
            int who = chance.nextInt(members.size());
            long member = members.get(who);
            StaffMember colleague = colleagues.get(chance.nextInt(colleagues.size()));
            String name = "第" + number + "号";
            if (kind < 10) {
                tell(
                        number,
                        Channel.WECHAT,
                        phones.get(who).openid(),
                        member,
                        Tell.of("member", member, "bill", name + "：2026年度会费账单")
                                .with(Map.of("title", name, "amountFen", "800000", "dueOn", "2026-03-31")));
            } else if (kind < 13) {
                tell(
                        number,
                        Channel.WECHAT,
                        phones.get(who).openid(),
                        member,
                        Tell.of("member", member, "reminder", name + "：请于本周内寄回确认函"));
            } else if (kind < 16) {
                tell(
                        number,
                        Channel.WECOM,
                        colleague.wecomUserId(),
                        null,
                        Tell.of(colleague.address(), null, "task", name + "：请联系会员单位"));
            } else if (kind < 18) {
                Card card = Card.of(name, "尚未到账").button("已联系", "arrears:contacted:" + number);
                tell(
                        number,
                        Channel.WECOM,
                        colleague.wecomUserId(),
                        null,
                        Tell.of(colleague.address(), null, "arrears", card.asText())
                                .with(card.data()));
            } else {
                tell(
                        number,
                        Channel.ROBOT,
                        "whjx-secretariat",
                        null,
                        Tell.of("秘书处", null, "alert", name + "：一件急事").urgency(Tell.Urgency.NOW));
            }
        }
    }

    /** Different notices of one text, which WeCom would take for one. */
    private void writeTheSame() {
        for (int i = 0; i < 12; i++) {
            StaffMember colleague = colleagues.get(i % 2);
            whjx(() -> transaction.execute(status -> {
                events.publishEvent(Tell.of(colleague.address(), null, "task", SAME));
                return true;
            }));
        }
    }

    private void tell(int number, Channel channel, String address, Long member, Tell tell) {
        written.put(number, new Written(channel, address, member));
        whjx(() -> transaction.execute(status -> {
            events.publishEvent(tell);
            return true;
        }));
    }

    // ---- sending

    /** Ticks as the house does, each killed sender followed by a new one; WeCom is away for an hour. */
    private void send(Instant begun) {
        Outbox outbox = sender();
        boolean away = false;
        boolean back = false;
        while (waiting()) {
            Duration since = Duration.between(begun, WECHAT.clock.instant());
            assertThat(since).as("time for everything to come to an end").isLessThan(LONGEST);
            if (!away && since.compareTo(OUTAGE_AFTER) >= 0) {
                LINE.down("cp");
                away = true;
            } else if (away && !back && since.compareTo(OUTAGE_AFTER.plus(OUTAGE)) >= 0) {
                LINE.up("cp");
                back = true;
            }
            int before = LINE.requests();
            Outbox now = outbox;
            if (!GUILLOTINE.survives(() -> Tenant.run("whjx", now::tick))) {
                kills++;
                outbox.close();
                outbox = sender();
            }
            // Where nothing is going on, a longer step spares the looking.
            WECHAT.pass(LINE.requests() == before ? TICK.multipliedBy(2) : TICK);
        }
        outbox.close();
    }

    /** A sender that remembers nothing of what another one did. */
    final Outbox sender() {
        return new Outbox(dispatch, couriers, clock, wireClock, settings);
    }

    private boolean waiting() {
        return jdbc.sql("select count(*) from notice where association_id = 'whjx' and state = 'waiting'"
                                + " and channel in ('wechat', 'wecom', 'robot')")
                        .query(Long.class)
                        .single()
                > 0;
    }

    // ---- what arrived

    private void see(SandboxEvent event) {
        if (!(event.data() instanceof Map<?, ?> data)) {
            return;
        }
        Object message = data.get("message");
        String where = "";
        for (String who : List.of("openid", "userid", "wall")) {
            where = data.containsKey(who) ? String.valueOf(data.get(who)) : where;
        }
        String text = message instanceof PhoneMessage line
                ? line.text() + line.data()
                : message instanceof Wall.Line line ? line.text() : "";
        if (text.startsWith(SAME)) {
            same.computeIfAbsent(where, who -> new ArrayList<>()).add(text);
        }
        Matcher number = NUMBER.matcher(text);
        if (number.find()) {
            shown.computeIfAbsent(Integer.valueOf(number.group(1)), one -> new ArrayList<>())
                    .add(where);
        }
    }

    /** Each notice is with its person once; or unconfirmed, or failed, and somebody has been told. */
    private Map<String, Long> everybodyGotTheirs() {
        Map<String, Long> ends = new TreeMap<>();
        Map<Long, Integer> handed = new HashMap<>();
        Map<String, List<Notice>> unreached = new HashMap<>();
        List<Notice> all = new ArrayList<>();
        for (long after = 0; ; after = all.get(all.size() - 1).id()) {
            long from = after;
            List<Notice> page = whjx(() -> notices.search(NoticeSearch.all().page(from, 1000)));
            all.addAll(page);
            if (page.isEmpty()) {
                break;
            }
        }
        int found = 0;
        Map<String, Map<Notice.State, Integer>> alike = new HashMap<>();
        for (Notice notice : all) {
            if (notice.text().equals(SAME)) {
                alike.computeIfAbsent(notice.to(), to -> new HashMap<>()).merge(notice.state(), 1, Integer::sum);
                if (notice.state() != Notice.State.DELIVERED) {
                    unreached
                            .computeIfAbsent(notice.to() + notice.state(), to -> new ArrayList<>())
                            .add(notice);
                }
                continue;
            }
            Matcher matcher = NUMBER.matcher(notice.text());
            if (!matcher.find() || matcher.start() > 0) {
                continue; // word of what did not arrive, which is told like anything else
            }
            found++;
            int number = Integer.parseInt(matcher.group(1));
            Written one = written.get(number);
            List<String> copies = shown.getOrDefault(number, List.of());
            ends.merge(kind(notice) + " " + notice.state().code(), 1L, Long::sum);
            switch (notice.state()) {
                case DELIVERED ->
                    assertThat(copies)
                            .as("%s %s", notice.text(), notice.state())
                            .containsExactly(one.address());
                case UNCONFIRMED ->
                    assertThat(copies)
                            .as("%s %s", notice.text(), notice.state())
                            .isSubsetOf(one.address())
                            .hasSizeLessThan(2);
                case FAILED ->
                    assertThat(copies).as("%s %s", notice.text(), notice.why()).isEmpty();
                default -> throw new AssertionError(notice.text() + " ended as " + notice.state());
            }
            if (notice.state() != Notice.State.DELIVERED) {
                if (one.member() == null) {
                    unreached
                            .computeIfAbsent(notice.to() + notice.state(), to -> new ArrayList<>())
                            .add(notice);
                } else {
                    handed.merge(one.member(), 1, Integer::sum);
                }
            }
        }
        assertThat(found).isEqualTo(written.size());
        assertThat(alike).hasSize(2);
        for (StaffMember colleague : colleagues.subList(0, 2)) {
            Map<Notice.State, Integer> states = alike.get(colleague.address());
            int delivered = states.getOrDefault(Notice.State.DELIVERED, 0);
            int unconfirmed = states.getOrDefault(Notice.State.UNCONFIRMED, 0);
            assertThat(same.getOrDefault(colleague.wecomUserId(), List.of()))
                    .as("six notices of one text: %s", states)
                    .hasSizeBetween(delivered, delivered + unconfirmed);
            assertThat(delivered + unconfirmed).isEqualTo(6);
        }
        assertThat(shown.keySet()).isSubsetOf(written.keySet());
        handed.forEach((member, times) -> {
            List<Task> contact = whjx(() -> tasks.open(member));
            assertThat(contact).as("member %s", member).singleElement().satisfies(task -> {
                assertThat(task.what()).isEqualTo("contact");
                assertThat(1 + Integer.parseInt(task.data().getOrDefault("earlier", "0")))
                        .isEqualTo(times);
            });
        });
        long told = jdbc.sql("select count(*) from task where association_id = 'whjx' and what = 'unreachable'")
                .query(Long.class)
                .single();
        long groups = unreached.values().stream()
                .filter(lost -> lost.stream().anyMatch(one -> !one.about().equals("card-settled")))
                .count();
        assertThat(told).as("what colleagues and the group may have missed").isEqualTo(groups);
        return ends;
    }

    private String kind(Notice notice) {
        return switch (notice.channel()) {
            case WECHAT -> notice.about().equals("bill") ? "模板" : "客服";
            case WECOM -> "企业微信";
            default -> "机器人";
        };
    }

    // ---- the platform's limits

    /** Whatever was asked of the platform, arrived or not, stayed within what it takes. */
    private void limitsWereKept() {
        assertThat(LINE.most("/cgi-bin/webhook/send", Duration.ofMinutes(1))).isLessThanOrEqualTo(20);
        assertThat(LINE.most("/cgi-bin/message/send", Duration.ofMinutes(1))).isLessThanOrEqualTo(30);
        assertThat(LINE.most("/cgi-bin/message/send", Duration.ofHours(1))).isLessThanOrEqualTo(1000);
    }

    /** The hour without WeCom, and then as fast as the slowest address may be written to. */
    private Duration platformLimit() {
        Map<String, Integer> each = new HashMap<>();
        written.values().forEach(one -> each.merge(one.channel() + one.address(), 1, Integer::sum));
        Duration slowest = Duration.ZERO;
        for (Map.Entry<String, Integer> address : each.entrySet()) {
            int aMinute =
                    address.getKey().startsWith("ROBOT") ? 20 : address.getKey().startsWith("WECOM") ? 30 : 0;
            if (aMinute > 0) {
                Duration time =
                        Duration.ofMinutes(1).multipliedBy(address.getValue()).dividedBy(aMinute);
                slowest = time.compareTo(slowest) > 0 ? time : slowest;
            }
        }
        return OUTAGE.plus(slowest);
    }
}
