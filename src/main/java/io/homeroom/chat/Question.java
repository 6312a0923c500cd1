package io.homeroom.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the conversation has asked a person and waits to hear. */
sealed interface Question {

    /** No branch has this sign in its name. */
    String COMMA = "、";

    String LEAVE = "leave";

    /** Which of these was meant; one number more stands for none of them. */
    record ChooseIntent(List<Intent> among) implements Question {
        public ChooseIntent {
            among = List.copyOf(among);
        }
    }

    /** About which member; then the intent is answered, if one was waiting. */
    record ChooseMember(List<Long> among, @Nullable Intent then) implements Question {
        public ChooseMember {
            among = List.copyOf(among);
        }
    }

    /** Whether the tie to this member is really to be undone. */
    record ConfirmUnbind(long member) implements Question {}

    /** On which ballot to vote for a member. */
    record ChooseBallot(long member, List<Long> among) implements Question {
        public ChooseBallot {
            among = List.copyOf(among);
        }
    }

    /** How a member votes. What was chosen is never kept here. */
    record CastBallot(long member, long ballot) implements Question {}

    /** About which meeting a member has something to say. */
    record ChooseSitting(long member, List<Long> among) implements Question {
        public ChooseSitting {
            among = List.copyOf(among);
        }
    }

    /** Whether a member comes to a meeting, or who comes instead. */
    record ExcuseSitting(long member, long sitting) implements Question {}

    /** Which branch a member joins or leaves. */
    record ChooseBranch(long member, boolean leaves, List<String> among) implements Question {
        public ChooseBranch {
            among = List.copyOf(among);
        }
    }

    /** Whether a member really joins or leaves a branch. */
    record ConfirmBranch(long member, boolean leaves, String branch) implements Question {}

    /** Whether a person shall see the dialogue. */
    record OfferHuman() implements Question {}

    /** As kept in the table: the kind. */
    default String code() {
        if (this instanceof ChooseIntent) {
            return "choose-intent";
        }
        if (this instanceof ChooseMember) {
            return "choose-member";
        }
        if (this instanceof ChooseBallot) {
            return "choose-ballot";
        }
        if (this instanceof CastBallot) {
            return "cast-ballot";
        }
        if (this instanceof ChooseSitting) {
            return "choose-sitting";
        }
        if (this instanceof ExcuseSitting) {
            return "excuse-sitting";
        }
        if (this instanceof ChooseBranch) {
            return "choose-branch";
        }
        if (this instanceof ConfirmBranch) {
            return "confirm-branch";
        }
        return this instanceof ConfirmUnbind ? "confirm-unbind" : "offer-human";
    }

    /** As kept in the table: what the answers stand for, parted by blanks. */
    default String options() {
        List<String> words = new ArrayList<>();
        if (this instanceof ChooseIntent choice) {
            choice.among().forEach(intent -> words.add(intent.name().toLowerCase(Locale.ROOT)));
        } else if (this instanceof ChooseMember choice) {
            Intent then = choice.then();
            words.add(then == null ? "-" : then.name().toLowerCase(Locale.ROOT));
            choice.among().forEach(member -> words.add(String.valueOf(member)));
        } else if (this instanceof ChooseBallot choice) {
            words.add(String.valueOf(choice.member()));
            choice.among().forEach(ballot -> words.add(String.valueOf(ballot)));
        } else if (this instanceof CastBallot cast) {
            words.add(String.valueOf(cast.member()));
            words.add(String.valueOf(cast.ballot()));
        } else if (this instanceof ChooseSitting choice) {
            words.add(String.valueOf(choice.member()));
            choice.among().forEach(sitting -> words.add(String.valueOf(sitting)));
        } else if (this instanceof ExcuseSitting excuse) {
            words.add(String.valueOf(excuse.member()));
            words.add(String.valueOf(excuse.sitting()));
        } else if (this instanceof ChooseBranch choice) {
            words.addAll(List.of(String.valueOf(choice.member()), turn(choice.leaves())));
            words.add(String.join(COMMA, choice.among()));
        } else if (this instanceof ConfirmBranch asked) {
            words.addAll(List.of(String.valueOf(asked.member()), turn(asked.leaves()), asked.branch()));
        } else if (this instanceof ConfirmUnbind unbind) {
            words.add(String.valueOf(unbind.member()));
        }
        return String.join(" ", words);
    }

    /** The reverse of {@link #code} and {@link #options}. */
    static Question of(String code, String options) {
        List<String> words = options.isEmpty() ? List.of() : List.of(options.split(" "));
        return switch (code) {
            case "choose-intent" ->
                new ChooseIntent(words.stream().map(Question::intent).toList());
            case "choose-member" ->
                new ChooseMember(
                        words.stream().skip(1).map(Long::valueOf).toList(),
                        words.get(0).equals("-") ? null : intent(words.get(0)));
            case "choose-ballot" ->
                new ChooseBallot(
                        Long.parseLong(words.get(0)),
                        words.stream().skip(1).map(Long::valueOf).toList());
            case "cast-ballot" -> new CastBallot(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)));
            case "choose-sitting" ->
                new ChooseSitting(
                        Long.parseLong(words.get(0)),
                        words.stream().skip(1).map(Long::valueOf).toList());
            case "excuse-sitting" -> new ExcuseSitting(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)));
            case "choose-branch" ->
                new ChooseBranch(
                        Long.parseLong(words.get(0)),
                        words.get(1).equals(LEAVE),
                        List.of(named(options).split(COMMA)));
            case "confirm-branch" ->
                new ConfirmBranch(Long.parseLong(words.get(0)), words.get(1).equals(LEAVE), named(options));
            case "confirm-unbind" -> new ConfirmUnbind(Long.parseLong(words.get(0)));
            case "offer-human" -> new OfferHuman();
            default -> throw new IllegalArgumentException("No question is called " + code);
        };
    }

    private static String turn(boolean leaves) {
        return leaves ? LEAVE : "join";
    }

    /** What follows the first two words, blanks in it included. */
    private static String named(String options) {
        return options.split(" ", 3)[2];
    }

    private static Intent intent(String word) {
        return Intent.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
