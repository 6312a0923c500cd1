package io.homeroom.sandbox.phone;

import io.homeroom.sandbox.Forgets;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.WorldTime;
import io.homeroom.sandbox.live.SandboxEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The staff of all associations in WeCom. */
@SandboxPart
public class Colleagues implements Forgets {

    private static final int LIMIT = 5_000;

    private final WorldTime world;
    private final SandboxEvents events;
    private final Map<String, Colleague> byId = new LinkedHashMap<>();

    public Colleagues(WorldTime world, SandboxEvents events) {
        this.world = world;
        this.events = events;
    }

    /** Adds somebody, or changes name and role of somebody known. */
    public Colleague hire(String code, String userid, String name, String role) {
        Colleague colleague;
        synchronized (byId) {
            Colleague known = byId.get(key(code, userid));
            if (known == null) {
                if (byId.size() >= LIMIT) {
                    throw new IllegalArgumentException("too many staff");
                }
                colleague = new Colleague(code, userid, name, role);
                byId.put(key(code, userid), colleague);
            } else {
                colleague = known;
                colleague.set(name, role, true);
            }
        }
        events.tell("staff", code, Map.of("person", colleague.view()));
        return colleague;
    }

    /** Somebody leaves. */
    public void dismiss(Colleague colleague) {
        colleague.dismiss();
        events.tell("staff", colleague.code(), Map.of("person", colleague.view()));
    }

    /** By userid, whatever its case. */
    public Optional<Colleague> find(String code, String userid) {
        synchronized (byId) {
            return Optional.ofNullable(byId.get(key(code, userid)));
        }
    }

    /** All of an association. */
    public List<Colleague> of(String code) {
        synchronized (byId) {
            List<Colleague> found = new ArrayList<>();
            for (Colleague colleague : byId.values()) {
                if (colleague.code().equals(code)) {
                    found.add(colleague);
                }
            }
            return found;
        }
    }

    /** Nobody works anywhere any more. */
    @Override
    public void forget() {
        synchronized (byId) {
            byId.clear();
        }
    }

    /** Puts a line on the screen and tells who watches. */
    public PhoneMessage show(Colleague colleague, String from, String kind, String text, Map<String, Object> data) {
        PhoneMessage message = colleague.show(world.now(), from, kind, text, data);
        events.tell("staff", colleague.code(), Map.of("userid", colleague.userid(), "message", message));
        return message;
    }

    private static String key(String code, String userid) {
        return code + "/" + userid.toLowerCase(Locale.ROOT);
    }
}
