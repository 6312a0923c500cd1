package io.homeroom.sandbox.wall;

import io.homeroom.sandbox.Forgets;
import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.WorldTime;
import io.homeroom.sandbox.live.SandboxEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All group chats. */
@SandboxPart
public class Walls implements Forgets {

    private static final int LIMIT = 2_000;

    private final SandboxAccounts accounts;
    private final WorldTime world;
    private final SandboxEvents events;
    private final Map<String, Wall> byId = new LinkedHashMap<>();

    public Walls(SandboxAccounts accounts, SandboxEvents events, WorldTime world) {
        this.accounts = accounts;
        this.world = world;
        this.events = events;
        openAll();
    }

    /** Only the groups with robots are left, without a line in them. */
    @Override
    public synchronized void forget() {
        byId.clear();
        openAll();
    }

    private void openAll() {
        for (SandboxAccount account : accounts.all()) {
            account.robots().keySet().stream().sorted().forEach(group -> open(account, group));
        }
    }

    private void open(SandboxAccount account, String group) {
        String id = account.code() + "-" + group;
        String title = group.equals(SandboxAccount.SECRETARIAT) ? "秘书处工作群" : "班级群";
        byId.put(
                id,
                new Wall(
                        id,
                        account.code(),
                        title,
                        String.valueOf(account.robots().get(group))));
    }

    /**
     * A further group, without a robot; one that is known already is given as it is.
     *
     * @param id unique among all groups
     */
    public synchronized Wall open(String code, String id, String title) {
        if (!byId.containsKey(id) && byId.size() >= LIMIT) {
            throw new IllegalArgumentException("too many groups");
        }
        return byId.computeIfAbsent(id, same -> new Wall(id, code, title, ""));
    }

    /** All of an association. */
    public synchronized List<Wall> of(String code) {
        List<Wall> found = new ArrayList<>(byId.values());
        found.removeIf(wall -> !wall.code().equals(code));
        return found;
    }

    /** By id. */
    public synchronized Optional<Wall> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The group into which this robot key writes; none if it was taken back. */
    public synchronized Optional<Wall> byRobotKey(String key) {
        return byId.values().stream().filter(wall -> wall.opens(key)).findFirst();
    }

    /** Whether the group's robot may write now; counts it if it may. */
    public boolean mayWrite(Wall wall) {
        return wall.mayWrite(world.now());
    }

    /** Writes a line and tells who watches. */
    public void write(Wall wall, String sender, String kind, String text, Map<String, Object> data) {
        Wall.Line line = wall.write(world.now(), sender, kind, text, data);
        events.tell("wall", wall.code(), Map.of("wall", wall.id(), "message", line));
    }
}
