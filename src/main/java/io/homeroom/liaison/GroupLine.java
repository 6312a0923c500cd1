package io.homeroom.liaison;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to customers, customer groups and group robots of WeCom; implemented where WeCom is known. Never called inside a
 * transaction.
 */
public interface GroupLine {

    /** A group: its owner's WeCom user id, and the names of the customers in it. */
    record Chat(String chatId, String name, String owner, List<String> customers) {

        public Chat {
            customers = List.copyOf(customers);
        }
    }

    /** A customer who has a colleague as contact, under the name that the colleague gave it. */
    record Friend(String externalId, String name) {}

    /** A picture or file, whole. */
    record Bytes(String name, boolean picture, byte[] content) {}

    /**
     * What is said, with a file or a link or neither.
     *
     * @param text may be empty where there is a file or a link
     */
    record Said(String text, @Nullable Bytes file, @Nullable Link link) {}

    /** A page that is pointed to: a title of at most 128 bytes, a line of at most 512, an address. */
    record Link(String title, String says, String url) {}

    /** WeCom could not be asked, or would not answer now. */
    final class Unreachable extends Exception {

        private static final long serialVersionUID = 1L;

        public Unreachable(String why) {
            super(why);
        }
    }

    /** What became of asking WeCom to send. */
    sealed interface Made {

        /** The task is there, and waits for the sender's confirmation in the client; some receivers may be left out. */
        record Waiting(String messageId, List<String> failed) implements Made {

            public Waiting {
                failed = List.copyOf(failed);
            }

            /** Nobody was left out. */
            public Waiting(String messageId) {
                this(messageId, List.of());
            }
        }

        /** It is in the group: robots need no confirmation. */
        record Posted() implements Made {}

        /** Certainly not made, but may be later. */
        record Later(Duration after, String why) implements Made {}

        /** Certainly not made, and never will be. */
        record Refused(Fault fault, String why) implements Made {

            /** For a reason that is nobody's to mend. */
            public Refused(String why) {
                this(Fault.OTHER, why);
            }
        }

        /** It may or may not have been made. */
        record Unknown(String why) implements Made {}
    }

    /** What has to be mended before anything goes out again. */
    enum Fault {
        /** The robot's key was taken back. */
        ROBOT,
        /** The group is gone, or the colleague does not own it any more. */
        GROUP,
        /** The colleague has left WeCom, or is outside the app's visible range. */
        COLLEAGUE,
        OTHER
    }

    /** What became of a task for one group or customer. */
    enum Fate {
        UNSENT,
        SENT,
        /** The group is gone, or the customer is no contact of the sender any more. */
        GONE,
        /** The group or customer has had its messages of this month. */
        LIMIT
    }

    /** Whether the association has a WeCom app at all. */
    boolean isConnected();

    /** Keys of the groups that these colleagues own. */
    List<String> owned(List<String> userIds) throws Unreachable;

    /** The group of a key; empty if it was dissolved. */
    Optional<Chat> chat(String chatId) throws Unreachable;

    /** The customers of a colleague. */
    List<Friend> friends(String userId) throws Unreachable;

    /**
     * Asks WeCom to let a colleague send something. Not deduplicated by WeCom.
     *
     * @param group whether the targets are groups, else customers
     */
    Made ask(String sender, boolean group, List<String> targets, Said said);

    /** When the sender confirmed it in the client; empty before. */
    Optional<Instant> confirmed(String messageId, String sender) throws Unreachable;

    /** What became of it, by group or customer; those that are not told of are unsent. */
    Map<String, Fate> fates(String messageId, String sender) throws Unreachable;

    /** Whether a robot has said less than WeCom takes from it in a minute, by whatever node. */
    boolean mayPost(String robotKey);

    /** Posts something through a group's robot. Not deduplicated by WeCom. */
    Made post(String robotKey, Said said);
}
