/**
 * Floor 6. The conversation in Chinese: what a person asks in the official account is understood, answered
 * from the lower rooms and the bylaws, and, where it is not understood, handed to the class teacher.
 *
 * <p>Knows nothing of WeChat: it hears words, keys of menu buttons and scanned scenes, and replies with a text
 * and what can be said next. An answer about rights, money or time carries its clause; where the document is
 * silent the answer says so (XDOC-16). What is said is stored with phone numbers masked, and purged.
 *
 * <p>The association's own people talk in the WeCom app, through {@link io.homeroom.chat.StaffRoom}. What they can say
 * there is a set of small classes, each a bean behind the package-private interface {@code Command}: a new one is added
 * by writing one class {@code …Command}. It names its key, word, other ways of saying it and who may; {@code said}
 * answers a sentence, {@code pressed} the touch of a button on one of its cards (button keys are {@code
 * command:act:argument}), and {@code answered} the reply to a question that it left open with {@code StaffMemory.ask}. A
 * {@code StaffReply} is a text at once, words to go on with, {@code desk.Card}s that follow through the outbox, and the
 * word that takes the place of the touched buttons. Commands hold no state and call front doors only.
 *
 * <p>Events in: none. Events out: {@code Tell} (an answer asked for on a member's behalf, a card for a colleague).
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Chat",
        allowedDependencies = {
            "ground",
            "rulebook",
            "schedule",
            "member",
            "till",
            "desk",
            "dues",
            "governance",
            "liaison",
            "casework",
            "care",
            "classroom",
            "review"
        })
package io.homeroom.chat;
