package io.homeroom.sandbox.phone;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.Xml;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;

/**
 * What people do with an official account, and what WeChat then pushes to the application: messages and events as in
 * the official documentation ("接收普通消息", "接收事件推送"). Each call waits until the application has answered or all
 * tries have failed.
 */
@SandboxPart
public class Gestures {

    /** What WeChat shows when the application does not answer in time or answers nonsense. */
    public static final String OUT_OF_ORDER = "该公众号提供的服务出现故障，请稍后再试";

    private final SandboxAccounts accounts;
    private final Phones phones;
    private final Outbound outbound;
    private final Clock clock;
    private final String application;
    private final AtomicLong messageIds;

    public Gestures(
            SandboxAccounts accounts,
            Phones phones,
            Outbound outbound,
            @Qualifier("wireClock") Clock clock,
            @Value("${homeroom.sandbox.application}") String application) {
        this.accounts = accounts;
        this.phones = phones;
        this.outbound = outbound;
        this.clock = clock;
        this.application = application;
        this.messageIds = new AtomicLong(clock.millis() * 10_000);
    }

    /** Sends a text; only a follower can. */
    public Delivery text(Phone phone, String content) {
        return message(phone, "text", content, Map.of(), xml -> xml.text("Content", content));
    }

    /**
     * Sends a text that WeChat's network delivers so many times at once, with one MsgId: what happens when it does not
     * wait for the five seconds.
     */
    public Delivery textRepeated(Phone phone, String content, int copies) {
        follower(phone);
        phones.open(phone, ServiceWindow.Opening.MESSAGE);
        phones.show(phone, "person", "text", content, Map.of());
        String xml = message(phone, "text", builder -> builder.text("Content", content));
        Thread[] others = new Thread[Math.max(0, Math.min(copies, 10) - 1)];
        Callback callback = callback(phone);
        for (int i = 0; i < others.length; i++) {
            others[i] = new Thread(() -> callback.push(phone.openid(), xml, 1), "sandbox-repeat");
            others[i].setDaemon(true);
            others[i].start();
        }
        return shown(phone, callback.push(phone.openid(), xml));
    }

    /** Answers a menu message by touching one of its lines. */
    public Delivery menuMessage(Phone phone, String id, String content) {
        follower(phone);
        phones.open(phone, ServiceWindow.Opening.MENU);
        phones.show(phone, "person", "text", content, Map.of("bizmsgmenuid", id));
        return push(
                phone,
                message(phone, "text", xml -> xml.text("Content", content).text("bizmsgmenuid", id)));
    }

    /** Speaks; WeChat's recognition, where the account has it on, goes along. */
    public Delivery voice(Phone phone, @Nullable String recognition) {
        String media = Randoms.token(64);
        return message(
                phone, "voice", "[语音] " + (recognition == null ? "" : recognition), Map.of("mediaId", media), xml -> {
                    xml.text("MediaId", media).text("Format", "amr");
                    if (recognition != null) {
                        xml.text("Recognition", recognition);
                    }
                });
    }

    /** Sends a picture. */
    public Delivery image(Phone phone, String url) {
        return message(
                phone,
                "image",
                "[图片]",
                Map.of("url", url),
                xml -> xml.text("PicUrl", url).text("MediaId", Randoms.token(64)));
    }

    /** Sends a place. */
    public Delivery location(Phone phone, String latitude, String longitude, String label) {
        return message(
                phone,
                "location",
                "[位置] " + label,
                Map.of("latitude", latitude, "longitude", longitude),
                xml -> xml.plain("Location_X", latitude)
                        .plain("Location_Y", longitude)
                        .number("Scale", 15)
                        .text("Label", label));
    }

    /** Sends a link. */
    public Delivery link(Phone phone, String title, String description, String url) {
        return message(
                phone,
                "link",
                title,
                Map.of("url", url, "description", description),
                xml -> xml.text("Title", title).text("Description", description).text("Url", url));
    }

    /** Touches a click button of the menu. */
    public Delivery click(Phone phone, String key) {
        follower(phone);
        phones.open(phone, ServiceWindow.Opening.MENU);
        return push(phone, event(phone, "CLICK", xml -> xml.text("EventKey", key)));
    }

    /** Touches a link button of the menu; the browser that opens then is not part of this. */
    public Delivery view(Phone phone, String url) {
        follower(phone);
        return push(phone, event(phone, "VIEW", xml -> xml.text("EventKey", url).number("MenuId", 401_234_567)));
    }

    /** Begins to follow, from a search: without a scene. */
    public Delivery follow(Phone phone) {
        return subscribe(phone, null, null);
    }

    /** Scans a QR code with a scene: a follower is reported with SCAN, anybody else follows. */
    public Delivery scan(Phone phone, String scene, String ticket) {
        if (!phone.following()) {
            return subscribe(phone, scene, ticket);
        }
        phones.open(phone, ServiceWindow.Opening.SCAN);
        phones.show(phone, "wechat", "event", "扫描二维码", Map.of("scene", scene));
        return push(
                phone, event(phone, "SCAN", xml -> xml.text("EventKey", scene).text("Ticket", ticket)));
    }

    /** Stops following. */
    public Delivery unfollow(Phone phone) {
        follower(phone);
        phone.unfollow();
        phones.show(phone, "wechat", "event", "已取消关注", Map.of());
        phones.changed(phone);
        return push(phone, event(phone, "unsubscribe", xml -> xml.text("EventKey", "")));
    }

    /** Tells the application what became of a template message. */
    public Delivery templateFinished(Phone phone, long messageId, String status) {
        return push(
                phone,
                event(
                        phone,
                        "TEMPLATESENDJOBFINISH",
                        xml -> xml.number("MsgID", messageId).text("Status", status)));
    }

    /** Pushes XML as it is, correctly signed: for tests of what the application makes of odd contents. */
    public Delivery raw(Phone phone, String xml) {
        return push(phone, xml);
    }

    private Delivery subscribe(Phone phone, @Nullable String scene, @Nullable String ticket) {
        if (phone.following()) {
            throw new IllegalArgumentException(phone.name() + " follows already");
        }
        phone.follow(clock.instant(), scene);
        phones.open(phone, ServiceWindow.Opening.SUBSCRIBE);
        phones.show(phone, "wechat", "event", "已关注", Map.of());
        phones.changed(phone);
        return push(phone, event(phone, "subscribe", xml -> {
            xml.text("EventKey", scene == null ? "" : "qrscene_" + scene);
            if (ticket != null) {
                xml.text("Ticket", ticket);
            }
        }));
    }

    private Delivery message(
            Phone phone, String type, String shown, Map<String, Object> data, Consumer<Xml.Builder> content) {
        follower(phone);
        phones.open(phone, ServiceWindow.Opening.MESSAGE);
        phones.show(phone, "person", type, shown, data);
        return push(phone, message(phone, type, content));
    }

    private String message(Phone phone, String type, Consumer<Xml.Builder> content) {
        Xml.Builder xml = envelope(phone, type);
        content.accept(xml);
        return xml.number("MsgId", messageIds.incrementAndGet()).build();
    }

    private String event(Phone phone, String event, Consumer<Xml.Builder> content) {
        Xml.Builder xml = envelope(phone, "event").text("Event", event);
        content.accept(xml);
        return xml.build();
    }

    private Xml.Builder envelope(Phone phone, String type) {
        return new Xml.Builder()
                .text("ToUserName", accounts.of(phone.code()).originalId())
                .text("FromUserName", phone.openid())
                .number("CreateTime", phone.createTime(clock.instant()))
                .text("MsgType", type);
    }

    private Callback callback(Phone phone) {
        return Callback.ofAccount(outbound, clock, application, accounts.of(phone.code()));
    }

    private Delivery push(Phone phone, String xml) {
        return shown(phone, callback(phone).push(phone.openid(), xml));
    }

    private Delivery shown(Phone phone, Callback.Result result) {
        String failure = result.failure();
        PhoneMessage reply = null;
        if (failure == null && result.reply() != null) {
            SandboxAccount account = accounts.of(phone.code());
            try {
                PassiveReply passive = PassiveReply.of(result.reply(), account.originalId(), phone.openid());
                reply = phones.show(phone, "account", passive.kind(), passive.text(), passive.data());
            } catch (PassiveReply.Malformed e) {
                failure = e.getMessage();
            }
        }
        if (failure != null && phone.following()) {
            phones.show(phone, "wechat", "event", OUT_OF_ORDER, Map.of());
        }
        return new Delivery(result.tries(), result.status(), reply, failure);
    }

    private static void follower(Phone phone) {
        if (!phone.following()) {
            throw new IllegalArgumentException(phone.name() + " does not follow the account");
        }
    }
}
