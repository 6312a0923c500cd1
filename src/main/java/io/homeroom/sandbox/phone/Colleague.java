package io.homeroom.sandbox.phone;

import io.homeroom.sandbox.wire.Recent;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A member of staff in WeCom: the userid, and the conversation with the association's app. */
public final class Colleague {

    private final String code;
    private final String userid;
    private final Recent<PhoneMessage> messages = new Recent<>(400);
    private String name;
    private String role;
    private boolean active = true;
    private long lastCreateTime;

    Colleague(String code, String userid, String name, String role) {
        this.code = code;
        this.userid = userid;
        this.name = name;
        this.role = role;
    }

    /** What JSON shows. */
    public record View(String code, String userid, String name, String role, boolean active, long last) {}

    /** The association's code. */
    public String code() {
        return code;
    }

    /** The userid in WeCom; case does not matter there. */
    public String userid() {
        return userid;
    }

    /** The name. */
    public synchronized String name() {
        return name;
    }

    /** Whether it works here and is in the app's visible range. */
    public synchronized boolean active() {
        return active;
    }

    /** Lines after this number, oldest first. */
    public List<PhoneMessage> messages(long since) {
        return messages.since(since);
    }

    /** What JSON shows. */
    public synchronized View view() {
        return new View(code, userid, name, role, active, messages.last());
    }

    synchronized void set(String newName, String newRole, boolean nowActive) {
        name = newName;
        role = newRole;
        active = nowActive;
    }

    synchronized void dismiss() {
        active = false;
    }

    synchronized long createTime(Instant now) {
        lastCreateTime = Math.max(now.getEpochSecond(), lastCreateTime + 1);
        return lastCreateTime;
    }

    PhoneMessage show(Instant at, String from, String kind, String text, Map<String, Object> data) {
        Map<String, Object> kept = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        return messages.add(number -> new PhoneMessage(number, at, from, kind, text, kept));
    }
}
