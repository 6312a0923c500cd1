package io.homeroom.sandbox.phone;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.sandbox.wire.Xml;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;

/** What staff do in the WeCom app of their association, and what WeCom then pushes ("接收消息与事件"). */
@SandboxPart
public class StaffGestures {

    private final SandboxAccounts accounts;
    private final Colleagues colleagues;
    private final Outbound outbound;
    private final Clock clock;
    private final String application;
    private final AtomicLong messageIds;
    private final Map<String, Long> systemTimes = new ConcurrentHashMap<>();

    public StaffGestures(
            SandboxAccounts accounts,
            Colleagues colleagues,
            Outbound outbound,
            @Qualifier("wireClock") Clock clock,
            @Value("${homeroom.sandbox.application}") String application) {
        this.accounts = accounts;
        this.colleagues = colleagues;
        this.outbound = outbound;
        this.clock = clock;
        this.application = application;
        this.messageIds = new AtomicLong(clock.millis() * 10_000);
    }

    /** Writes to the app. */
    public Delivery text(Colleague colleague, String content) {
        working(colleague);
        colleagues.show(colleague, "person", "text", content, Map.of());
        Xml.Builder xml = envelope(colleague, "text").text("Content", content);
        return push(colleague, xml.number("MsgId", messageIds.incrementAndGet()), 3);
    }

    /** Touches a click button of the app's menu. */
    public Delivery click(Colleague colleague, String key) {
        return event(colleague, "click", xml -> xml.text("EventKey", key), 3);
    }

    /** Opens the app. */
    public Delivery enter(Colleague colleague) {
        return event(colleague, "enter_agent", xml -> xml.text("EventKey", ""), 3);
    }

    /**
     * Touches a button of a template card; WeCom reports that once and never again.
     *
     * @param taskId the card's, empty if it has none
     * @param responseCode with which the application may change the card
     */
    public Delivery card(Colleague colleague, String key, String taskId, String cardType, String responseCode) {
        return event(
                colleague,
                "template_card_event",
                xml -> xml.text("EventKey", key)
                        .text("TaskId", taskId)
                        .text("CardType", cardType)
                        .text("ResponseCode", responseCode),
                1);
    }

    /**
     * Pushes an event about the corporation, such as {@code change_external_chat}: in the name of the system, and no
     * reply is shown.
     */
    public Delivery system(String code, String event, Consumer<Xml.Builder> content) {
        SandboxAccount account = accounts.of(code);
        long now = clock.instant().getEpochSecond();
        long time = systemTimes.merge(code, now, (last, current) -> Math.max(current, last + 1));
        Xml.Builder xml = new Xml.Builder()
                .text("ToUserName", account.corpId())
                .text("FromUserName", "sys")
                .number("CreateTime", time)
                .text("MsgType", "event")
                .text("Event", event);
        content.accept(xml);
        Callback.Result result =
                Callback.ofApp(outbound, clock, application, account).push("sys", xml.build());
        return new Delivery(result.tries(), result.status(), null, result.failure());
    }

    private Delivery event(Colleague colleague, String event, Consumer<Xml.Builder> content, int tries) {
        working(colleague);
        Xml.Builder xml = envelope(colleague, "event").text("Event", event);
        content.accept(xml);
        return push(colleague, xml, tries);
    }

    private Xml.Builder envelope(Colleague colleague, String type) {
        return new Xml.Builder()
                .text("ToUserName", accounts.of(colleague.code()).corpId())
                .text("FromUserName", colleague.userid())
                .number("CreateTime", colleague.createTime(clock.instant()))
                .text("MsgType", type);
    }

    private Delivery push(Colleague colleague, Xml.Builder xml, int tries) {
        SandboxAccount account = accounts.of(colleague.code());
        Callback.Result result = Callback.ofApp(outbound, clock, application, account)
                .push(
                        colleague.userid(),
                        xml.number("AgentID", account.agentId()).build(),
                        tries);
        String failure = result.failure();
        PhoneMessage reply = null;
        Xml.Tree answer = result.reply();
        if (failure == null && answer != null) {
            try {
                PassiveReply passive = PassiveReply.of(answer, account.corpId(), colleague.userid());
                reply = colleagues.show(colleague, "account", passive.kind(), passive.text(), passive.data());
            } catch (PassiveReply.Malformed e) {
                failure = e.getMessage();
            }
        }
        return new Delivery(result.tries(), result.status(), reply, failure);
    }

    private static void working(Colleague colleague) {
        if (!colleague.active()) {
            throw new IllegalArgumentException(colleague.name() + " has left");
        }
    }
}
