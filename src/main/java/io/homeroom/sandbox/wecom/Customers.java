package io.homeroom.sandbox.wecom;

import io.homeroom.sandbox.Forgets;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.live.SandboxEvents;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Delivery;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.phone.StaffGestures;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wall.Walls;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.Sha1;
import io.homeroom.sandbox.wire.Xml;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Customers and customer groups of WeCom ("客户联系"): people who have added a member of staff as a contact, and groups
 * that staff and customers share. What changes is pushed to the application as {@code change_external_contact} and {@code
 * change_external_chat}.
 */
@SandboxPart
public class Customers implements Forgets {

    private static final int LIMIT = 20_000;
    private static final Duration WELCOME = Duration.ofSeconds(20);

    /**
     * A friendship between a customer and a member of staff.
     *
     * @param state of the contact way it came by; empty if by none
     */
    public record Follow(String userid, Instant since, String state) {}

    /** A customer, as the corporation knows it. */
    public static final class Customer {

        private final String code;
        private final String externalUserid;
        private final Phone phone;
        private final Map<String, Follow> follows = new LinkedHashMap<>();

        private Customer(String code, String externalUserid, Phone phone) {
            this.code = code;
            this.externalUserid = externalUserid;
            this.phone = phone;
        }

        /** {@code wm…}, 32 characters. */
        public String externalUserid() {
            return externalUserid;
        }

        /** The phone behind it. */
        public Phone phone() {
            return phone;
        }

        /** Who of the staff it is a contact of. */
        public synchronized List<Follow> follows() {
            return List.copyOf(follows.values());
        }

        synchronized boolean follows(String userid) {
            return follows.containsKey(userid);
        }
    }

    /**
     * Somebody in a group.
     *
     * @param id userid or external userid
     * @param type 1 for staff, 2 for a customer
     * @param scene how it came: 1 invited, 2 by link, 3 by QR code
     */
    public record GroupMember(String id, int type, String name, Instant joined, int scene) {}

    /** A customer group. */
    public static final class Group {

        private final String chatId;
        private final String code;
        private final Instant createdAt;
        private final Wall wall;
        private final Map<String, GroupMember> members = new LinkedHashMap<>();
        private final String owner;
        private String name;
        private boolean dismissed;

        private Group(String chatId, String code, String name, String owner, Instant createdAt, Wall wall) {
            this.chatId = chatId;
            this.code = code;
            this.name = name;
            this.owner = owner;
            this.createdAt = createdAt;
            this.wall = wall;
        }

        /** What JSON shows. */
        public record View(
                String chatId,
                String code,
                String name,
                String owner,
                boolean dismissed,
                String wall,
                List<GroupMember> members) {}

        /** {@code wr…}, 32 characters. */
        public String chatId() {
            return chatId;
        }

        /** What JSON shows. */
        public synchronized View view() {
            return new View(chatId, code, name, owner, dismissed, wall.id(), List.copyOf(members.values()));
        }

        String code() {
            return code;
        }

        String owner() {
            return owner;
        }

        Wall wall() {
            return wall;
        }

        Instant createdAt() {
            return createdAt;
        }

        synchronized boolean dismissed() {
            return dismissed;
        }
    }

    private record Welcome(String code, String userid, Phone phone, Instant until) {}

    /** A QR code that leads to a member of staff ("联系我"). */
    record ContactWay(String code, String configId, List<String> users, String state, String url) {}

    private final Phones phones;
    private final StaffGestures gestures;
    private final Walls walls;
    private final SandboxEvents events;
    private final Clock clock;
    private final Map<String, Customer> customers = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Welcome> welcomes = new LinkedHashMap<>();
    private final Map<String, ContactWay> ways = new LinkedHashMap<>();

    public Customers(
            Phones phones,
            StaffGestures gestures,
            Walls walls,
            SandboxEvents events,
            @Qualifier("wireClock") Clock clock) {
        this.phones = phones;
        this.gestures = gestures;
        this.walls = walls;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public synchronized void forget() {
        customers.clear();
        groups.clear();
        welcomes.clear();
        ways.clear();
    }

    /** The external userid that a person has in an association's corporation, the same after each start. */
    public static String externalUserid(String openid) {
        return "wm" + Sha1.hex("external " + openid).substring(0, 30);
    }

    /** A friendship from before: the application is not told. */
    public Customer knownBefore(Colleague colleague, Phone phone, String state) {
        return follow(colleague, phone, state);
    }

    /** Adds a member of staff as a contact; the application has 20 seconds for a word of welcome. */
    public Delivery befriend(Colleague colleague, Phone phone, String state) {
        Customer customer = follow(colleague, phone, state);
        String welcome = Randoms.token(40);
        synchronized (this) {
            welcomes.put(
                    welcome,
                    new Welcome(
                            phone.code(),
                            colleague.userid(),
                            phone,
                            clock.instant().plus(WELCOME)));
            trim(welcomes);
        }
        return gestures.system(phone.code(), "change_external_contact", xml -> {
            xml.text("ChangeType", "add_external_contact")
                    .text("UserID", colleague.userid())
                    .text("ExternalUserID", customer.externalUserid());
            if (!state.isEmpty()) {
                xml.text("State", state);
            }
            xml.text("WelcomeCode", welcome);
        });
    }

    /** A customer deletes a member of staff. */
    public Delivery unfriend(Colleague colleague, Phone phone) {
        Customer customer = of(phone.code(), externalUserid(phone.openid())).orElseThrow(Customers::noSuchCustomer);
        synchronized (customer) {
            customer.follows.remove(colleague.userid());
        }
        return gestures.system(
                phone.code(),
                "change_external_contact",
                xml -> xml.text("ChangeType", "del_follow_user")
                        .text("UserID", colleague.userid())
                        .text("ExternalUserID", customer.externalUserid()));
    }

    private Customer follow(Colleague colleague, Phone phone, String state) {
        if (!colleague.code().equals(phone.code())) {
            throw new IllegalArgumentException("not of one association");
        }
        String id = externalUserid(phone.openid());
        Customer customer;
        synchronized (this) {
            if (!customers.containsKey(id) && customers.size() >= LIMIT) {
                throw new IllegalArgumentException("too many customers");
            }
            customer = customers.computeIfAbsent(id, same -> new Customer(phone.code(), id, phone));
        }
        synchronized (customer) {
            customer.follows.put(colleague.userid(), new Follow(colleague.userid(), clock.instant(), state));
        }
        return customer;
    }

    synchronized Optional<Customer> of(String code, String externalUserid) {
        return Optional.ofNullable(customers.get(externalUserid)).filter(customer -> customer.code.equals(code));
    }

    /** Customers of an association, or of one of its staff. */
    public synchronized List<Customer> of(String code, @Nullable Colleague colleague) {
        return customers.values().stream()
                .filter(customer -> customer.code.equals(code))
                .filter(customer -> colleague == null || customer.follows(colleague.userid()))
                .filter(customer -> !customer.follows().isEmpty())
                .toList();
    }

    /** A word of welcome, once and within 20 seconds. */
    boolean welcome(String code, String welcomeCode, String text) {
        Welcome welcome;
        synchronized (this) {
            welcome = welcomes.remove(welcomeCode);
        }
        if (welcome == null || !welcome.code().equals(code) || !clock.instant().isBefore(welcome.until())) {
            return false;
        }
        says(welcome.userid(), welcome.phone(), text, Map.of());
        return true;
    }

    /** Lets a member of staff say something to a customer in person. */
    void says(String userid, Phone phone, String text, Map<String, Object> more) {
        Map<String, Object> data = new LinkedHashMap<>(more);
        data.put("userid", userid);
        phones.show(phone, "staff", "text", text, data);
    }

    synchronized ContactWay way(String code, List<String> users, String state) {
        String id = Randoms.token(32);
        ContactWay way = new ContactWay(code, id, users, state, "https://work.weixin.qq.com/ca/" + Randoms.letters(24));
        ways.put(id, way);
        trim(ways);
        return way;
    }

    synchronized Optional<ContactWay> way(String code, String configId) {
        return Optional.ofNullable(ways.get(configId)).filter(way -> way.code().equals(code));
    }

    /** The state of a contact way and the first of its staff, by what its QR code says. */
    public synchronized Optional<Follow> wayByUrl(String url) {
        return ways.values().stream()
                .filter(way -> way.url().equals(url))
                .findFirst()
                .map(way -> new Follow(way.users().get(0), clock.instant(), way.state()));
    }

    /** A group from before: the application is not told. The key makes its chat_id, the same after each start. */
    public Group groupBefore(String code, String key, String name, Colleague owner) {
        String chatId = "wr" + Sha1.hex("group " + code + " " + key).substring(0, 30);
        Wall wall = walls.open(code, chatId, name);
        Group group;
        synchronized (this) {
            if (!groups.containsKey(chatId) && groups.size() >= LIMIT) {
                throw new IllegalArgumentException("too many groups");
            }
            group = groups.computeIfAbsent(
                    chatId, same -> new Group(chatId, code, name, owner.userid(), clock.instant(), wall));
        }
        join(group, new GroupMember(owner.userid(), 1, owner.name(), clock.instant(), 1));
        return group;
    }

    /** A new group. */
    public Delivery group(String code, String name, Colleague owner) {
        Group group = groupBefore(code, Randoms.letters(20), name, owner);
        return chat(group, "create", xml -> {});
    }

    /** Somebody was in the group before: the application is not told. */
    public void joinedBefore(Group group, Phone phone) {
        join(group, new GroupMember(externalUserid(phone.openid()), 2, phone.name(), clock.instant(), 1));
    }

    /** A customer comes into the group; customers of nobody can too. */
    public Delivery join(Group group, Phone phone, int scene) {
        String id = externalUserid(phone.openid());
        join(group, new GroupMember(id, 2, phone.name(), clock.instant(), scene));
        return chat(
                group,
                "update",
                xml -> xml.text("UpdateDetail", "add_member")
                        .number("JoinScene", scene)
                        .number("MemChangeCnt", 1)
                        .open("MemChangeList")
                        .text("Item", id)
                        .close("MemChangeList"));
    }

    /** A customer leaves the group, or is put out of it. */
    public Delivery leave(Group group, Phone phone, boolean putOut) {
        String id = externalUserid(phone.openid());
        synchronized (group) {
            if (group.members.remove(id) == null) {
                throw new NoSuchElementException("not in the group");
            }
        }
        return chat(
                group,
                "update",
                xml -> xml.text("UpdateDetail", "del_member")
                        .number("QuitScene", putOut ? 1 : 0)
                        .number("MemChangeCnt", 1)
                        .open("MemChangeList")
                        .text("Item", id)
                        .close("MemChangeList"));
    }

    /** The group gets another name. */
    public Delivery rename(Group group, String name) {
        synchronized (group) {
            group.name = name;
        }
        return chat(group, "update", xml -> xml.text("UpdateDetail", "change_name"));
    }

    /** The group ends. */
    public Delivery dismiss(Group group) {
        synchronized (group) {
            group.dismissed = true;
        }
        return chat(group, "dismiss", xml -> {});
    }

    /** By chat_id. */
    public synchronized Optional<Group> group(String chatId) {
        return Optional.ofNullable(groups.get(chatId));
    }

    /** All groups of an association, those that ended too. */
    public synchronized List<Group> groups(String code) {
        List<Group> found = new ArrayList<>(groups.values());
        found.removeIf(group -> !group.code.equals(code));
        return found;
    }

    private void join(Group group, GroupMember member) {
        synchronized (group) {
            if (group.dismissed) {
                throw new IllegalArgumentException("the group has ended");
            }
            group.members.putIfAbsent(member.id(), member);
        }
        events.tell("group", group.code, group.view());
    }

    private Delivery chat(Group group, String change, Consumer<Xml.Builder> more) {
        events.tell("group", group.code, group.view());
        return gestures.system(group.code, "change_external_chat", xml -> {
            xml.text("ChatId", group.chatId).text("ChangeType", change);
            more.accept(xml);
        });
    }

    private static <T> void trim(Map<String, T> map) {
        if (map.size() > LIMIT) {
            map.remove(map.keySet().iterator().next());
        }
    }

    private static NoSuchElementException noSuchCustomer() {
        return new NoSuchElementException("not a customer");
    }
}
