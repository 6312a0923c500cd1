package io.homeroom.desk;

import io.homeroom.ground.Outcome;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The staff accounts of the association at work. */
@Service
@Transactional
public class Staff {

    private static final int LONGEST_PASSWORD = 72; // bytes: bcrypt sees no more

    private static final int REMEMBERED = 500;

    private final EntityManager entities;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final PasswordEncoder encoder = new BCryptPasswordEncoder(10);
    /** Compared where there is no such account, so that this takes as long; made beside the start. */
    private final CompletableFuture<String> nobody = CompletableFuture.supplyAsync(() -> encoder.encode("nobody"));

    /** Passwords found right: HTTP Basic brings them with every request, and bcrypt is slow on purpose. */
    private final Map<String, Boolean> proven = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    Staff(EntityManager entities, Audit audit, ApplicationEventPublisher events) {
        this.entities = entities;
        this.audit = audit;
        this.events = events;
    }

    /** Makes an account; refused if the username or the WeCom user is taken, or the password is too short or long. */
    public Outcome<StaffMember> add(NewStaff staff, String by) {
        if (!staff.username().matches("[\\p{L}\\p{N}._@-]{1,60}")) {
            return Outcome.refused("用户名只能用文字、数字和 . _ @ -，最多60个字");
        }
        if (byUsername(staff.username()).isPresent()) {
            return Outcome.refused("用户名“" + staff.username() + "”已有人使用");
        }
        if (staff.wecomUserId() != null && byWecom(staff.wecomUserId()).isPresent()) {
            return Outcome.refused("企业微信成员“" + staff.wecomUserId() + "”已有账号");
        }
        Optional<String> fault = staff.password() == null ? Optional.empty() : passwordFault(staff.password());
        if (fault.isPresent()) {
            return Outcome.refused(fault.get());
        }
        StaffRow row = new StaffRow(staff, staff.password() == null ? null : encoder.encode(staff.password()));
        entities.persist(row);
        audit.note(by, "staff-added", null, staff.name() + "（" + staff.username() + "）");
        return Outcome.done(row.view());
    }

    /** Changes what an account may do and how its holder is reached. */
    public Outcome<StaffMember> change(
            long id,
            String name,
            @Nullable String wecomUserId,
            @Nullable String phone,
            Set<Role> roles,
            Set<String> offices,
            String by) {
        StaffRow row = row(id);
        if (wecomUserId != null
                && byWecom(wecomUserId).filter(other -> other.id() != id).isPresent()) {
            return Outcome.refused("企业微信成员“" + wecomUserId + "”已有账号");
        }
        row.change(name, wecomUserId, phone, roles, offices);
        audit.note(by, "staff-changed", null, name);
        return Outcome.done(row.view());
    }

    /** Sets a new password. */
    public Outcome<StaffMember> password(long id, String password, String by) {
        Optional<String> fault = passwordFault(password);
        if (fault.isPresent()) {
            return Outcome.refused(fault.get());
        }
        StaffRow row = row(id);
        row.password(encoder.encode(password));
        audit.note(by, "staff-password", null, row.view().username());
        return Outcome.done(row.view());
    }

    /** The person has left: no sign-in, no command and no message from now on. Publishes {@link StaffLeft}. */
    public StaffMember deactivate(long id, String by) {
        StaffRow row = row(id);
        row.leave();
        audit.note(by, "staff-left", null, row.view().name());
        events.publishEvent(new StaffLeft(row.view(), by));
        return row.view();
    }

    @Transactional(readOnly = true)
    public Optional<StaffMember> find(long id) {
        return Optional.ofNullable(entities.find(StaffRow.class, id)).map(StaffRow::view);
    }

    /** The account, active or not. */
    @Transactional(readOnly = true)
    public Optional<StaffMember> byUsername(String username) {
        return rowBy(username).map(StaffRow::view);
    }

    /** The active account of a WeCom user. */
    @Transactional(readOnly = true)
    public Optional<StaffMember> byWecom(String wecomUserId) {
        return entities.createQuery("from StaffRow where wecomUserId = :user and active = true", StaffRow.class)
                .setParameter("user", wecomUserId)
                .getResultStream()
                .findFirst()
                .map(StaffRow::view);
    }

    /** All accounts, those of leavers last. */
    @Transactional(readOnly = true)
    public List<StaffMember> all() {
        return entities.createQuery("from StaffRow order by active desc, id", StaffRow.class)
                .getResultStream()
                .map(StaffRow::view)
                .toList();
    }

    /** Active class teachers. */
    @Transactional(readOnly = true)
    public List<StaffMember> teachers() {
        return having(Role.TEACHER);
    }

    /** Active accounts with a role. */
    @Transactional(readOnly = true)
    public List<StaffMember> having(Role role) {
        return all().stream()
                .filter(staff -> staff.active() && staff.roles().contains(role))
                .toList();
    }

    /** Who holds an office now, by the rulebook's word. */
    @Transactional(readOnly = true)
    public List<StaffMember> holders(String office) {
        return all().stream()
                .filter(staff -> staff.active() && staff.offices().contains(office))
                .toList();
    }

    /** The active account with this username and password; wrong name and wrong password take the same time. */
    @Transactional(readOnly = true)
    public Optional<StaffMember> verify(String username, String password) {
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD) {
            return Optional.empty();
        }
        Optional<StaffRow> row = rowBy(username).filter(StaffRow::isActive);
        String hash = row.map(StaffRow::passwordHash).orElse(null);
        boolean right = matches(password, hash == null ? nobody.join() : hash);
        return right && hash != null ? row.map(StaffRow::view) : Optional.empty();
    }

    private boolean matches(String password, String hash) {
        String trace = digest(hash + "\n" + password);
        if (proven.containsKey(trace)) {
            return true;
        }
        boolean right = encoder.matches(password, hash);
        if (right) {
            proven.put(trace, true);
        }
        return right;
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static Optional<String> passwordFault(String password) {
        if (password.length() < 8) {
            return Optional.of("密码至少8个字符");
        }
        return password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD
                ? Optional.of("密码太长，最多72个字节")
                : Optional.empty();
    }

    private Optional<StaffRow> rowBy(String username) {
        return entities.createQuery("from StaffRow where username = :username", StaffRow.class)
                .setParameter("username", username)
                .getResultStream()
                .findFirst();
    }

    private StaffRow row(long id) {
        StaffRow row = entities.find(StaffRow.class, id);
        if (row == null) {
            throw new IllegalArgumentException("No staff member " + id);
        }
        return row;
    }
}
