package io.homeroom.chat;

/**
 * Something the person can do now.
 *
 * @param word what to send
 * @param label what that does, a few characters
 */
public record Suggestion(String word, String label) {}
