package io.homeroom.desk;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person who works for the association.
 *
 * @param username for signing in, unique within the association
 * @param wecomUserId user id in WeCom, by which messages reach the person and commands are recognised
 * @param phone in clear; mask it wherever it is shown to others than members of the class
 * @param offices the rulebook's words for the offices held: 秘书处, 会籍管理部, 财务
 * @param active false after leaving: no sign-in, no messages, no command
 */
public record StaffMember(
        long id,
        String username,
        String name,
        @Nullable String wecomUserId,
        @Nullable String phone,
        Set<Role> roles,
        Set<String> offices,
        boolean active) {

    private static final String ADDRESS = "staff:";

    public StaffMember {
        roles = Set.copyOf(roles);
        offices = Set.copyOf(offices);
    }

    /** How tasks and notices address this person: {@code staff:ID}. */
    public String address() {
        return address(id);
    }

    /** The address of a staff member. */
    public static String address(long id) {
        return ADDRESS + id;
    }

    /** Whether tasks and notices to this address go to one staff member. */
    public static boolean isAddress(String to) {
        return to.startsWith(ADDRESS);
    }
}
