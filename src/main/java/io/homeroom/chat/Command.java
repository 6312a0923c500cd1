package io.homeroom.chat;

import io.homeroom.desk.StaffMember;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that colleagues can do by word in the WeCom app; every bean of this type is one. {@link StaffRoom} finds the
 * command of a sentence, keeps the question that a command has open with a person, and brings back the touches of its
 * cards. Works inside the association, in one transaction with what it sets off; changes go through front doors only.
 */
interface Command {

    /** Where it stands in the help, smaller first. */
    int order();

    /** Its key: of the menu button, and the first part of the keys of its cards' buttons. Lower-case Latin letters. */
    String key();

    /** The word that gets it, as the help shows it: 欠费. */
    String word();

    /** What else is said for it: other words, beginnings of sentences. The longest that fits decides. */
    List<String> says();

    /** A line of help: an example that works, and what it does. */
    String help();

    /** Whether this person may say it; others are not told that it exists. */
    boolean open(StaffMember who);

    /** Whether it is about dues: where the bylaws know none it is not offered, and says so when it is asked for. */
    default boolean ofDues() {
        return false;
    }

    /** Answers a sentence of this command. */
    StaffReply said(Said said);

    /**
     * Answers what was said while this command's question was open; empty if the words are about something else, which
     * also closes the question.
     *
     * @param facts as they were left with {@link StaffMemory#ask}
     */
    default Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        return Optional.empty();
    }

    /** Answers words that name no command; empty if they mean nothing to this one either. */
    default Optional<StaffReply> guess(Said said) {
        return Optional.empty();
    }

    /** Answers the touch of a button on one of this command's cards. Called again it must do nothing twice. */
    default StaffReply pressed(Pressed pressed) {
        return StaffReply.of("这张卡片已经处理过，或不再有效。");
    }

    /**
     * A sentence.
     *
     * @param who said it
     * @param rest what is left without the command's own word, as it was typed
     * @param whole all of it, as it was typed
     * @param picture media id of a picture, empty for words
     */
    record Said(StaffMember who, String rest, String whole, String picture) {}

    /**
     * The touch of a button whose key is {@code command:act:argument}.
     *
     * @param argument empty if the key has none
     */
    record Pressed(StaffMember who, String act, String argument) {

        /**
         * The argument as a key of ours.
         *
         * @throws IllegalArgumentException if it is none: the key was not made here
         */
        long id() {
            return Long.parseLong(argument);
        }
    }
}
