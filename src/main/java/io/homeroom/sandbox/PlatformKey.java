package io.homeroom.sandbox;

import java.security.PrivateKey;

/**
 * What WeChat Pay signs with.
 *
 * @param key the private half of what merchants have as their {@code public-key}
 */
public record PlatformKey(PrivateKey key) {}
