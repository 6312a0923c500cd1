package io.homeroom.liaison;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The port to customer groups of WeCom; implemented where WeCom is known. Never called inside a transaction. */
public interface GroupLine {

    /** A group: its owner's WeCom user id, and the names of the customers in it. */
    record Chat(String chatId, String name, String owner, List<String> customers) {

        public Chat {
            customers = List.copyOf(customers);
        }
    }

    /** WeCom could not be asked, or would not answer now. */
    final class Unreachable extends Exception {

        private static final long serialVersionUID = 1L;

        public Unreachable(String why) {
            super(why);
        }
    }

    /** What became of asking WeCom to send. */
    sealed interface Made {

        /** The task is there, and waits for the sender's confirmation in the client. */
        record Waiting(String messageId) implements Made {}

        /** Certainly not made, but may be later. */
        record Later(Duration after, String why) implements Made {}

        /** Certainly not made, and never will be. */
        record Refused(String why) implements Made {}

        /** It may or may not have been made. */
        record Unknown(String why) implements Made {}
    }

    /** What became of a task in one group. */
    enum Fate {
        UNSENT,
        SENT,
        /** The group is gone. */
        GONE,
        /** The group has had its messages of this month. */
        LIMIT
    }

    /** Whether the association has a WeCom app at all. */
    boolean isConnected();

    /** Keys of the groups that these colleagues own. */
    List<String> owned(List<String> userIds) throws Unreachable;

    /** The group of a key; empty if it was dissolved. */
    Optional<Chat> chat(String chatId) throws Unreachable;

    /** Asks WeCom to let a colleague send a text to its group. Not deduplicated by WeCom. */
    Made ask(String sender, String chatId, String text);

    /** What became of it. */
    Fate fate(String messageId, String sender, String chatId) throws Unreachable;
}
