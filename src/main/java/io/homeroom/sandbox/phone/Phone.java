package io.homeroom.sandbox.phone;

import io.homeroom.sandbox.wire.Recent;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One person towards one official account: the openid, whether it follows, and the conversation. */
public final class Phone {

    private static final int KEPT = 400;

    private final String code;
    private final String key;
    private final String openid;
    private final Recent<PhoneMessage> messages = new Recent<>(KEPT);
    private final ServiceWindow window = new ServiceWindow();
    private String name;
    private String role;
    private boolean following;
    private boolean refusing;
    private @Nullable Instant followedAt;
    private @Nullable String scene;
    private long lastCreateTime;

    Phone(String code, String key, String openid, String name, String role) {
        this.code = code;
        this.key = key;
        this.openid = openid;
        this.name = name;
        this.role = role;
    }

    /** What JSON shows of a phone. */
    public record View(
            String code,
            String openid,
            String key,
            String name,
            String role,
            boolean following,
            boolean refusing,
            long last) {}

    /** The association's code. */
    public String code() {
        return code;
    }

    /** The openid under this account; case matters. */
    public String openid() {
        return openid;
    }

    /** The name in WeChat. */
    public synchronized String name() {
        return name;
    }

    /** Whether the person follows the account. */
    public synchronized boolean following() {
        return following;
    }

    /** Whether the person has switched the account's template messages off ("拒收"). */
    public synchronized boolean refusing() {
        return refusing;
    }

    /** Switches template messages off or on. */
    public synchronized void refuse(boolean on) {
        refusing = on;
    }

    /** When it began to follow; null if it does not. */
    public synchronized @Nullable Instant followedAt() {
        return followedAt;
    }

    /** The scene it came with when it began to follow; null if with none. */
    public synchronized @Nullable String scene() {
        return scene;
    }

    /** Lets it follow without telling the application: how things stand when the demonstration begins. */
    public synchronized void followedBefore(Instant when) {
        following = true;
        followedAt = when;
    }

    /** Lines after this number, oldest first. */
    public List<PhoneMessage> messages(long since) {
        return messages.since(since);
    }

    /** Closes the window for customer-service messages, as time would. */
    public synchronized void closeWindow() {
        window.close();
    }

    /** What JSON shows. */
    public synchronized View view() {
        return new View(code, openid, key, name, role, following, refusing, messages.last());
    }

    synchronized void rename(String newName, String newRole) {
        name = newName;
        role = newRole;
    }

    synchronized void follow(Instant now, @Nullable String withScene) {
        following = true;
        refusing = false;
        followedAt = now;
        scene = withScene;
    }

    synchronized void unfollow() {
        following = false;
        followedAt = null;
        window.close();
    }

    synchronized void open(ServiceWindow.Opening opening, Instant now) {
        window.open(opening, now);
    }

    synchronized ServiceWindow.Verdict take(Instant now) {
        return following ? window.take(now) : ServiceWindow.Verdict.CLOSED;
    }

    /**
     * The CreateTime of the next push. The application tells events apart by person and second, so two in one second are
     * a second apart on the wire.
     */
    synchronized long createTime(Instant now) {
        lastCreateTime = Math.max(now.getEpochSecond(), lastCreateTime + 1);
        return lastCreateTime;
    }

    PhoneMessage show(Instant at, String from, String kind, String text, Map<String, Object> data) {
        return messages.add(number ->
                new PhoneMessage(number, at, from, kind, text, Collections.unmodifiableMap(new LinkedHashMap<>(data))));
    }
}
