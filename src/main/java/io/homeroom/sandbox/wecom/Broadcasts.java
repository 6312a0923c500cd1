package io.homeroom.sandbox.wecom;

import io.homeroom.sandbox.Forgets;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.WorldTime;
import io.homeroom.sandbox.live.SandboxEvents;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.wall.Walls;
import io.homeroom.sandbox.wire.Randoms;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Broadcasts to customers and customer groups ("企业群发"): the application only makes a task, a member of staff confirms
 * it in WeCom, and nobody is reached more than four times in a calendar month.
 */
@SandboxPart
public class Broadcasts implements Forgets {

    private static final int A_MONTH = 4;
    private static final int REMINDERS_A_DAY = 3;
    private static final int KEPT = 2_000;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** What became of one receiver, as numbered by the API. */
    enum Fate {
        UNSENT(0),
        SENT(1),
        NOT_A_FRIEND(2),
        LIMIT_REACHED(3);

        private final int number;

        Fate(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** One receiver of one sender. */
    static final class Target {

        final String id;
        volatile Fate fate = Fate.UNSENT;

        Target(String id) {
            this.id = id;
        }
    }

    /** What one member of staff shall send. */
    static final class Task {

        final String userid;
        final List<Target> targets = new ArrayList<>();

        volatile @Nullable Instant sentAt;

        Task(String userid) {
            this.userid = userid;
        }
    }

    /** One broadcast. */
    static final class Broadcast {

        final String msgid;
        final String code;
        final boolean toGroups;
        final String text;
        final JsonNode attachments;
        final Instant createdAt;
        final Map<String, Task> tasks = new LinkedHashMap<>();
        final List<Instant> reminders = new ArrayList<>();
        boolean cancelled;

        Broadcast(String msgid, String code, boolean toGroups, String text, JsonNode attachments, Instant createdAt) {
            this.msgid = msgid;
            this.code = code;
            this.toGroups = toGroups;
            this.text = text;
            this.attachments = attachments;
            this.createdAt = createdAt;
        }
    }

    /** A task as JSON shows it to who shall confirm it. */
    public record Waiting(
            String msgid,
            String text,
            boolean toGroups,
            int receivers,
            boolean cancelled,
            @Nullable Instant sentAt) {}

    private final Customers customers;
    private final Walls walls;
    private final SandboxEvents events;
    private final WorldTime world;
    private final Map<String, Broadcast> byId = new LinkedHashMap<>();
    private final Map<String, Integer> reached = new HashMap<>();
    private YearMonth month = YearMonth.of(1970, 1);

    public Broadcasts(Customers customers, Walls walls, SandboxEvents events, WorldTime world) {
        this.customers = customers;
        this.walls = walls;
        this.events = events;
        this.world = world;
    }

    @Override
    public synchronized void forget() {
        byId.clear();
        reached.clear();
    }

    /** Makes the tasks: sender to receivers. */
    synchronized Broadcast create(
            String code, boolean toGroups, String text, JsonNode attachments, Map<String, List<String>> receivers) {
        Broadcast broadcast = new Broadcast("msg" + Randoms.token(40), code, toGroups, text, attachments, world.now());
        receivers.forEach((userid, ids) -> {
            Task task = broadcast.tasks.computeIfAbsent(userid, Task::new);
            ids.forEach(id -> task.targets.add(new Target(id)));
        });
        byId.put(broadcast.msgid, broadcast);
        if (byId.size() > KEPT) {
            byId.remove(byId.keySet().iterator().next());
        }
        tell(broadcast);
        return broadcast;
    }

    synchronized Optional<Broadcast> find(String code, String msgid) {
        return Optional.ofNullable(byId.get(msgid)).filter(broadcast -> broadcast.code.equals(code));
    }

    synchronized List<Broadcast> of(String code) {
        return byId.values().stream()
                .filter(broadcast -> broadcast.code.equals(code))
                .toList();
    }

    /** Reminds the staff; false if it was done three times within a day. */
    synchronized boolean remind(Broadcast broadcast) {
        Instant now = world.now();
        broadcast.reminders.removeIf(time -> !time.isAfter(now.minus(Duration.ofDays(1))));
        if (broadcast.reminders.size() >= REMINDERS_A_DAY) {
            return false;
        }
        broadcast.reminders.add(now);
        tell(broadcast);
        return true;
    }

    /** What is not sent yet never will be. */
    synchronized void cancel(Broadcast broadcast) {
        broadcast.cancelled = true;
        tell(broadcast);
    }

    /** What somebody has been asked to send, the newest first. */
    public synchronized List<Waiting> tasks(Colleague colleague) {
        List<Waiting> found = new ArrayList<>();
        for (Broadcast broadcast : of(colleague.code())) {
            Task task = broadcast.tasks.get(colleague.userid());
            if (task != null) {
                found.add(
                        0,
                        new Waiting(
                                broadcast.msgid,
                                broadcast.text,
                                broadcast.toGroups,
                                task.targets.size(),
                                broadcast.cancelled,
                                task.sentAt));
            }
        }
        return found;
    }

    /** Confirms: now it goes out. */
    public synchronized void confirm(Colleague colleague, String msgid) {
        Broadcast broadcast =
                find(colleague.code(), msgid).orElseThrow(() -> new NoSuchElementException("no such broadcast"));
        Task task = broadcast.tasks.get(colleague.userid());
        if (task == null) {
            throw new NoSuchElementException("no such broadcast");
        }
        if (broadcast.cancelled || task.sentAt != null) {
            throw new IllegalArgumentException("the broadcast is settled");
        }
        task.sentAt = world.now();
        for (Target target : task.targets) {
            target.fate = broadcast.toGroups
                    ? toGroup(broadcast, colleague, target)
                    : toCustomer(broadcast, colleague, target);
        }
        tell(broadcast);
    }

    private Fate toGroup(Broadcast broadcast, Colleague colleague, Target target) {
        Customers.Group group = customers.group(target.id).orElse(null);
        if (group == null || group.dismissed()) {
            return Fate.NOT_A_FRIEND;
        }
        if (!withinLimit(broadcast.code + target.id)) {
            return Fate.LIMIT_REACHED;
        }
        walls.write(
                group.wall(), colleague.name(), "text", broadcast.text, Map.of("attachments", broadcast.attachments));
        return Fate.SENT;
    }

    private Fate toCustomer(Broadcast broadcast, Colleague colleague, Target target) {
        Customers.Customer customer = customers.of(broadcast.code, target.id).orElse(null);
        if (customer == null || !customer.follows(colleague.userid())) {
            return Fate.NOT_A_FRIEND;
        }
        if (!withinLimit(broadcast.code + target.id)) {
            return Fate.LIMIT_REACHED;
        }
        customers.says(
                colleague.userid(), customer.phone(), broadcast.text, Map.of("attachments", broadcast.attachments));
        return Fate.SENT;
    }

    private boolean withinLimit(String key) {
        YearMonth now = YearMonth.from(world.now().atZone(CHINA));
        if (!now.equals(month)) {
            month = now;
            reached.clear();
        }
        return reached.merge(key, 1, Integer::sum) <= A_MONTH;
    }

    private void tell(Broadcast broadcast) {
        events.tell(
                "broadcast",
                broadcast.code,
                Map.of("msgid", broadcast.msgid, "senders", List.copyOf(broadcast.tasks.keySet())));
    }
}
