package io.homeroom.desk;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account to be made.
 *
 * @param password in clear, at least eight characters; null for an account that cannot sign in by password
 */
public record NewStaff(
        String username,
        String name,
        @Nullable String password,
        @Nullable String wecomUserId,
        @Nullable String phone,
        Set<Role> roles,
        Set<String> offices) {

    public NewStaff {
        roles = Set.copyOf(roles);
        offices = Set.copyOf(offices);
    }

    /** A class teacher without password, known by a WeCom user id. */
    public static NewStaff teacher(String username, String name, @Nullable String wecomUserId, @Nullable String phone) {
        return new NewStaff(username, name, null, wecomUserId, phone, Set.of(Role.TEACHER), Set.of());
    }
}
