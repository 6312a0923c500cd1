/**
 * Floor 6. The conversation in Chinese: what a person asks in the official account is understood, answered
 * from the lower rooms and the bylaws, and, where it is not understood, handed to the class teacher.
 *
 * <p>Knows nothing of WeChat: it hears words, keys of menu buttons and scanned scenes, and replies with a text
 * and what can be said next. An answer about rights, money or time carries its clause; where the document is
 * silent the answer says so (XDOC-16). What is said is stored with phone numbers masked, and purged.
 *
 * <p>Events in: none. Events out: {@code Tell} (an answer asked for on a member's behalf).
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Chat",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "till", "desk", "dues", "liaison", "review"})
package io.homeroom.chat;
