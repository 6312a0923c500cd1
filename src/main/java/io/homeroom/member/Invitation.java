package io.homeroom.member;

import java.time.Instant;

/**
 * A one-time scene for a QR code.
 *
 * @param scene unguessable, at most 64 characters, letters and digits
 * @param expiresAt on the wire's clock; from then on it is refused
 */
public record Invitation(String scene, Instant expiresAt, long memberId) {}
