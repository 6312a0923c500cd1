package io.homeroom.sandbox.phone;

import io.homeroom.sandbox.Forgets;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.WorldTime;
import io.homeroom.sandbox.live.SandboxEvents;
import io.homeroom.sandbox.wire.Sha1;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody who has WeChat, and what is on the screens. */
@SandboxPart
public class Phones implements Forgets {

    private static final int LIMIT = 20_000;

    private final WorldTime world;
    private final SandboxEvents events;
    private final Map<String, Phone> byOpenid = new LinkedHashMap<>();

    public Phones(WorldTime world, SandboxEvents events) {
        this.world = world;
        this.events = events;
    }

    /**
     * The openid that a person has under an account: 28 characters, the same after each start.
     *
     * @param code the association's
     * @param key any name for the person, unique for the account
     */
    public static String openid(String code, String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((code + "/" + key).getBytes(StandardCharsets.UTF_8));
            return "o"
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(digest)
                            .substring(0, 27);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a person a phone; one who is known already only gets the name and role. It does not follow yet. */
    public Phone add(String code, String key, String name, String role) {
        Phone phone;
        synchronized (byOpenid) {
            String openid = openid(code, key);
            Phone known = byOpenid.get(openid);
            if (known == null) {
                if (byOpenid.size() >= LIMIT) {
                    throw new IllegalArgumentException("too many people");
                }
                phone = new Phone(code, key, openid, name, role);
                byOpenid.put(openid, phone);
            } else {
                phone = known;
                phone.rename(name, role);
            }
        }
        events.tell("person", code, phone.view());
        return phone;
    }

    /** What an openid and a WeCom customer of one person share, where both accounts belong together. */
    public static String unionId(String openid) {
        return "o6" + Sha1.hex("union " + openid).substring(0, 26);
    }

    /** By openid, under any account. */
    public Optional<Phone> find(String openid) {
        synchronized (byOpenid) {
            return Optional.ofNullable(byOpenid.get(openid));
        }
    }

    /** By openid, under this account. */
    public Optional<Phone> find(String code, String openid) {
        return find(openid).filter(phone -> phone.code().equals(code));
    }

    /** All of an account. */
    public List<Phone> of(String code) {
        synchronized (byOpenid) {
            List<Phone> found = new ArrayList<>();
            for (Phone phone : byOpenid.values()) {
                if (phone.code().equals(code)) {
                    found.add(phone);
                }
            }
            return found;
        }
    }

    /** Takes all phones back. */
    @Override
    public void forget() {
        synchronized (byOpenid) {
            byOpenid.clear();
        }
    }

    /** Opens the person's window for customer-service messages, after what it did. */
    void open(Phone phone, ServiceWindow.Opening opening) {
        phone.open(opening, world.now());
    }

    /** How a customer-service message fared. */
    public enum Kefu {
        /** It is on the screen. */
        SHOWN,
        /** Nothing the person did allows one, or it does not follow. */
        CLOSED,
        /** All that were allowed have been sent. */
        EXHAUSTED
    }

    /** Shows a customer-service message if the person's window allows one. */
    public Kefu serve(Phone phone, String kind, String text, Map<String, Object> data) {
        return switch (phone.take(world.now())) {
            case CLOSED -> Kefu.CLOSED;
            case EXHAUSTED -> Kefu.EXHAUSTED;
            case ALLOWED -> {
                show(phone, "account", kind, text, data);
                yield Kefu.SHOWN;
            }
        };
    }

    /** Puts a line on the screen and tells who watches. */
    public PhoneMessage show(Phone phone, String from, String kind, String text, Map<String, Object> data) {
        PhoneMessage message = phone.show(world.now(), from, kind, text, data);
        events.tell("phone", phone.code(), Map.of("openid", phone.openid(), "message", message));
        return message;
    }

    /** Tells who watches that a person follows, left or changed. */
    public void changed(Phone phone) {
        events.tell("person", phone.code(), phone.view());
    }
}
