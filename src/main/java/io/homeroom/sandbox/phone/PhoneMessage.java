package io.homeroom.sandbox.phone;

import java.time.Instant;
import java.util.Map;

/**
 * A line on a phone's screen.
 *
 * @param number counts up from 1 on each phone
 * @param at when it came
 * @param from {@code person}, {@code account} or {@code wechat} (grey lines of WeChat itself)
 * @param kind {@code text image voice video music location link news menu template card markdown event}
 * @param text what a reader sees of it, without ornaments
 * @param data what the kind has beside it: urls, articles, fields of a template, choices of a menu message
 */
public record PhoneMessage(long number, Instant at, String from, String kind, String text, Map<String, Object> data) {}
