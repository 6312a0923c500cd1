package io.homeroom.member;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody was entered into the roster. Published in the same transaction, once for each.
 *
 * @param member as it stands
 * @param paidThrough up to when dues were paid before, null for never
 */
public record MemberEntered(Member member, @Nullable LocalDate paidThrough) {}
