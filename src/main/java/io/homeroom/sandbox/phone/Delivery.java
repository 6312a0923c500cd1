package io.homeroom.sandbox.phone;

import org.jspecify.annotations.Nullable;

/**
 * What became of something a person did.
 *
 * @param tries how often the application was called
 * @param status of its last answer; 0 if it gave none
 * @param reply its passive reply; null if it gave none
 * @param failure why WeChat showed "该公众号提供的服务出现故障" instead; null if it did not
 */
public record Delivery(
        int tries,
        int status,
        @Nullable PhoneMessage reply,
        @Nullable String failure) {}
