package io.homeroom.member;

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
        @Nullable String openid) {}
