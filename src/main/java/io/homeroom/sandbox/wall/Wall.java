package io.homeroom.sandbox.wall;

import io.homeroom.sandbox.wire.Recent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** One group chat; groups of staff have a robot, groups with customers have none. */
public final class Wall {

    private static final int A_MINUTE = 20;

    /** A line in the group. */
    public record Line(long number, Instant at, String sender, String kind, String text, Map<String, Object> data) {}

    /** What JSON shows. */
    public record View(String id, String code, String title, String robot, boolean revoked, long last) {}

    private final String id;
    private final String code;
    private final String title;
    private final String robotKey;
    private final Recent<Line> lines = new Recent<>(400);
    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private boolean revoked;

    Wall(String id, String code, String title, String robotKey) {
        this.id = id;
        this.code = code;
        this.title = title;
        this.robotKey = robotKey;
    }

    /** Unique among all groups. */
    public String id() {
        return id;
    }

    /** The association's code. */
    public String code() {
        return code;
    }

    /** Lines after this number, oldest first. */
    public List<Line> lines(long since) {
        return lines.since(since);
    }

    /** What JSON shows. */
    public synchronized View view() {
        return new View(id, code, title, robotKey, revoked, lines.last());
    }

    /** Takes the robot's key back, or gives it again. */
    public synchronized void revoke(boolean on) {
        revoked = on;
    }

    synchronized boolean opens(String key) {
        return !revoked && !robotKey.isEmpty() && robotKey.equals(key);
    }

    /** A robot may send 20 messages in any minute ("消息推送配置说明"). */
    synchronized boolean mayWrite(Instant now) {
        // A clock that was set back leaves times behind that are still to come.
        lastMinute.removeIf(time -> !time.isAfter(now.minusSeconds(60)) || time.isAfter(now));
        if (lastMinute.size() >= A_MINUTE) {
            return false;
        }
        lastMinute.addLast(now);
        return true;
    }

    Line write(Instant at, String sender, String kind, String text, Map<String, Object> data) {
        return lines.add(number -> new Line(number, at, sender, kind, text, Map.copyOf(data)));
    }
}
