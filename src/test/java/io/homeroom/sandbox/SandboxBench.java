package io.homeroom.sandbox;

import io.homeroom.sandbox.gate.Faults;
import io.homeroom.sandbox.gate.Gate;
import io.homeroom.sandbox.live.SandboxEvents;
import io.homeroom.sandbox.login.OAuthCodes;
import io.homeroom.sandbox.login.OAuthPage;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.phone.Gestures;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.phone.StaffGestures;
import io.homeroom.sandbox.wall.Walls;
import io.homeroom.sandbox.wecom.AppMessages;
import io.homeroom.sandbox.wecom.BroadcastApi;
import io.homeroom.sandbox.wecom.Broadcasts;
import io.homeroom.sandbox.wecom.CustomerApi;
import io.homeroom.sandbox.wecom.Customers;
import io.homeroom.sandbox.wecom.Robots;
import io.homeroom.sandbox.wecom.WecomServer;
import io.homeroom.sandbox.weixin.Messages;
import io.homeroom.sandbox.weixin.QrCodes;
import io.homeroom.sandbox.weixin.WeixinServer;
import io.homeroom.sandbox.wire.Later;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.sandbox.wire.Rsa;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** A sandbox without Spring, without network and with a clock that only moves when it is told to. */
public final class SandboxBench {

    /** 2026-03-20 10:00 in China. */
    public static final Instant START = Instant.parse("2026-03-20T02:00:00Z");

    /** A call that the sandbox made to the application. */
    public record Sent(URI address, Map<String, String> headers, String body) {}

    /** What the application answers. */
    @FunctionalInterface
    public interface Application {
        Outbound.Reply answer(Sent sent) throws IOException;
    }

    private record Planned(Instant at, long number, Runnable task) {}

    private static final KeyPair MERCHANT = Rsa.generate();
    private static final KeyPair PLATFORM = Rsa.generate();

    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::number));
    private Instant now = START;
    private long numbers;

    public final List<Sent> sent = new ArrayList<>();
    public final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneId.of("Asia/Shanghai");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    public Application application = request -> new Outbound.Reply(200, "");
    public final Outbound outbound = (address, headers, body, patience) -> {
        Sent call = new Sent(address, headers, new String(body, StandardCharsets.UTF_8));
        sent.add(call);
        return application.answer(call);
    };
    public final Later later = (delay, task) -> planned.add(new Planned(now.plus(delay), ++numbers, task));

    public final WorldTime world = new WorldTime(clock);
    public final SandboxAccount plain = account("igrs", false);
    public final SandboxAccount safe = account("whjx", true);
    public final SandboxAccounts accounts = new SandboxAccounts(List.of(plain, safe));
    public final PlatformKey platform = new PlatformKey(PLATFORM.getPrivate());
    public final SandboxEvents events = new SandboxEvents();
    public final Faults faults = new Faults();
    public final Phones phones = new Phones(world, events);
    public final Colleagues colleagues = new Colleagues(world, events);
    public final Gestures gestures = new Gestures(accounts, phones, outbound, clock, "http://app.invalid");
    public final QrCodes codes = new QrCodes(clock);
    public final OAuthCodes oauth = new OAuthCodes(clock);
    public final Messages messages = new Messages(phones, gestures, faults, later, world, clock);
    public final WeixinServer weixin = new WeixinServer(
            accounts,
            phones,
            codes,
            messages,
            oauth,
            new OAuthPage(accounts, phones, colleagues, oauth),
            events,
            clock);
    public final Walls walls = new Walls(accounts, events, world);
    public final StaffGestures staffGestures =
            new StaffGestures(accounts, colleagues, outbound, clock, "http://app.invalid");
    public final Customers customers = new Customers(phones, staffGestures, walls, events, clock);
    public final Broadcasts broadcasts = new Broadcasts(customers, walls, events, world);
    public final io.homeroom.sandbox.wecom.Media media = new io.homeroom.sandbox.wecom.Media();
    public final WecomServer wecom = new WecomServer(
            accounts,
            colleagues,
            new AppMessages(colleagues, world, clock),
            new Robots(walls, media),
            oauth,
            new CustomerApi(customers, colleagues),
            new BroadcastApi(broadcasts, customers, colleagues, media),
            media,
            events,
            clock);
    public final Gate gate = new Gate(List.of(weixin, wecom), faults);

    /** The merchant's keys, which all accounts of the bench share. */
    public KeyPair merchant() {
        return MERCHANT;
    }

    /** What merchants verify answers and notifications with. */
    public KeyPair platform() {
        return PLATFORM;
    }

    /** Moves the clock; what falls due on the way runs at its time. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        while (!planned.isEmpty() && !planned.peek().at().isAfter(end)) {
            Planned next = planned.remove();
            now = next.at().isAfter(now) ? next.at() : now;
            next.task().run();
        }
        now = end;
    }

    /** Somebody who has followed for long. */
    public Phone follower(SandboxAccount account, String key) {
        Phone phone = phones.add(account.code(), key, key, "contact");
        phone.followedBefore(START.minus(Duration.ofDays(30)));
        return phone;
    }

    private static SandboxAccount account(String code, boolean safe) {
        return new SandboxAccount(
                code,
                code,
                "wxsandbox00000" + code,
                "secret-" + code,
                "token-" + code,
                safe ? "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" : null,
                Map.of("bill", "TEMPLATE-BILL"),
                "1900000" + code.length() + code.hashCode() % 10,
                "0123456789abcdef0123456789abcdef",
                MERCHANT.getPublic(),
                "SERIAL" + code,
                "PUB_KEY_ID_" + code,
                "wwsandbox00000" + code,
                1000002,
                "corp-secret-" + code,
                "corp-token-" + code,
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq",
                Map.of(
                        SandboxAccount.SECRETARIAT,
                        "robot-secretariat-" + code,
                        SandboxAccount.CLASS_GROUP,
                        "robot-class-" + code));
    }
}
