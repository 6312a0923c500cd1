package io.homeroom.member;

import io.homeroom.ground.Mask;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who speaks for a member.
 *
 * @param phone in clear: mask it where it is shown
 * @param openid the bound WeChat user of the association's official account, if any
 */
public record Contact(
        long id,
        long memberId,
        Role role,
        String name,
        String phone,
        @Nullable String openid) {

    /** Fit for logs: the phone is masked. */
    @Override
    public String toString() {
        return "Contact[id=" + id + ", memberId=" + memberId + ", role=" + role + ", phone=" + Mask.phone(phone) + "]";
    }
}
