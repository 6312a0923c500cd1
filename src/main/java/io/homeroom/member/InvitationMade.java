package io.homeroom.member;

/**
 * Somebody was invited. Published in the same transaction; whoever knows WeChat makes the QR code after it.
 *
 * @param invitation whose scene the code is to carry
 */
public record InvitationMade(Invitation invitation) {}
