package io.homeroom.desk;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Associations;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the account {@code admin} of every association that has none, with one password for all: {@code
 * HOMEROOM_ADMIN_PASSWORD}, or one made here and printed once. A password set later in the environment takes effect
 * at the next start, which is also how a forgotten one is replaced.
 */
@Component
@ConditionalOnWebApplication
@Order(Ordered.HIGHEST_PRECEDENCE)
class FirstAccount implements ApplicationRunner {

    static final String ADMIN = "admin";

    private static final Logger LOG = LoggerFactory.getLogger(FirstAccount.class);

    private final Staff staff;
    private final Associations associations;
    private final JdbcClient jdbc;
    private final String configured;

    FirstAccount(
            Staff staff,
            Associations associations,
            JdbcClient jdbc,
            @Value("${homeroom.admin-password:}") String configured) {
        this.staff = staff;
        this.associations = associations;
        this.jdbc = jdbc;
        this.configured = configured;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        String given = configured.isBlank() ? null : configured;
        String made = null;
        for (String code : associations.codes()) {
            Optional<StaffMember> admin = Tenant.in(code, () -> staff.byUsername(ADMIN));
            if (admin.isPresent()) {
                if (given != null
                        && Tenant.in(code, () -> staff.verify(ADMIN, given)).isEmpty()) {
                    long id = admin.get().id();
                    Tenant.in(code, () -> staff.password(id, given, "system")).get();
                }
                continue;
            }
            Optional<String> hash = given == null && made == null ? anyHash() : Optional.empty();
            if (given == null && hash.isEmpty() && made == null) {
                made = Ids.secret(16);
                LOG.warn("首次启动：管理员账号 {}，密码 {}（只显示这一次）", ADMIN, made);
            }
            String password = given != null ? given : made;
            Tenant.in(
                            code,
                            () -> staff.add(
                                    new NewStaff(
                                            ADMIN, "管理员", password, null, null, EnumSet.allOf(Role.class), Set.of()),
                                    "system"))
                    .get();
            hash.ifPresent(known -> jdbc.sql(
                            "update staff set password_hash = :hash where association_id = :a and username = :admin")
                    .param("hash", known)
                    .param("a", code)
                    .param("admin", ADMIN)
                    .update());
        }
    }

    /** An association added later gets the password that the others have. */
    private Optional<String> anyHash() {
        return associations.codes().stream()
                .map(code -> jdbc.sql("select password_hash from staff where association_id = :a and username = :admin"
                                + " and password_hash is not null")
                        .param("a", code)
                        .param("admin", ADMIN)
                        .query(String.class)
                        .optional())
                .flatMap(Optional::stream)
                .findFirst();
    }
}
