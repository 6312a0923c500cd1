package io.homeroom.sandbox.live;

/**
 * Something that happened.
 *
 * @param id counts up from 1
 * @param type {@code phone}, {@code person}, {@code staff}, {@code wall}, {@code order} or {@code menu}
 * @param code the association's
 * @param data what JSON shows of it
 */
public record SandboxEvent(long id, String type, String code, Object data) {}
