package io.homeroom.chat;

import io.homeroom.desk.Card;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The conversation with the association's own people in the WeCom app. Whoever has a working account is heard, within the
 * rights of its roles; whoever has left is a stranger from that moment. What can be said is the set of {@link Command}s.
 */
@Service
public class StaffRoom {

    private static final double LIKE_ENOUGH = 0.6;

    private final Lexicon lexicon = Lexicon.shipped();
    private final Wording wording = new Wording(lexicon);

    private final List<Command> commands;
    private final Staff staff;
    private final StaffMemory memory;
    private final Lawbook laws;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    StaffRoom(
            List<Command> commands,
            Staff staff,
            StaffMemory memory,
            Lawbook laws,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.commands = commands.stream()
                .sorted(Comparator.comparingInt(Command::order))
                .toList();
        this.staff = staff;
        this.memory = memory;
        this.laws = laws;
        this.clock = clock;
        this.events = events;
    }

    private record Match(Command command, String rest, int strength) {}

    /**
     * Hears somebody and answers, within the current association and in one transaction with whatever the words set off.
     *
     * @return what to answer at once; empty for somebody who has no working account here
     */
    @Transactional
    public Optional<String> hear(StaffHeard heard) {
        return staff.byWecom(heard.userId()).map(who -> {
            StaffReply reply = switch (heard.kind()) {
                case TEXT -> words(who, heard.text(), "");
                case PICTURE -> words(who, "", heard.text());
                case CLICK -> click(who, heard.text());
                case CARD -> touched(who, heard.text());
                case OTHER -> StaffReply.of("这里看得懂文字和图片，请打字告诉我。").next("帮助", "看能做什么");
            };
            send(who, reply, heard.responseCode());
            return reply.asText();
        });
    }

    private StaffReply click(StaffMember who, String key) {
        memory.settle(who.id());
        return command(who, key)
                .map(command -> said(command, new Command.Said(who, "", command.word(), "")))
                .orElseGet(() -> lost(who));
    }

    private StaffReply touched(StaffMember who, String key) {
        String[] parts = key.split(":", 3);
        return command(who, parts[0])
                .filter(command -> parts.length > 1)
                .map(command -> command.pressed(new Command.Pressed(who, parts[1], parts.length > 2 ? parts[2] : "")))
                .orElseGet(() -> StaffReply.of("这张卡片不再有效。"));
    }

    private StaffReply words(StaffMember who, String text, String picture) {
        Match match = picture.isEmpty() ? match(who, text) : null;
        Optional<StaffMemory.Asked> asked = memory.open(who.id());
        if (asked.isPresent()) {
            // An answer settles its question; a command that has another one asks it.
            memory.settle(who.id());
            boolean another = match != null && (match.strength() == Integer.MAX_VALUE || begins(match.command(), text));
            Optional<StaffReply> reply = another
                    ? Optional.empty()
                    : command(who, asked.get().command())
                            .flatMap(command -> command.answered(
                                    new Command.Said(who, text, text, picture),
                                    asked.get().facts()));
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        if (match != null) {
            return said(match.command(), new Command.Said(who, match.rest(), text, picture));
        }
        if (!picture.isEmpty()) {
            return StaffReply.of("图片收到了，但现在没有等着图片的事。").next("待办", "看要办的事");
        }
        return commands.stream()
                .filter(command -> command.open(who))
                .map(command -> command.guess(new Command.Said(who, text, text, "")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> lost(who));
    }

    private StaffReply said(Command command, Command.Said said) {
        return command.ofDues() && law().fees() == null
                ? StaffReply.of(Screen.claimed("不收会费，没有要催的", law().cite(law().noFee())))
                        .next("待办", "看要办的事")
                : command.said(said);
    }

    private Rulebook law() {
        return laws.of(Tenant.current(), clock.today());
    }

    /** Whether the text opens with the command as a word of its own, as nobody would begin an answer. */
    private static boolean begins(Command command, String text) {
        String[] words = text.strip().split("\\s+", 2);
        return words.length == 2 && sayings(command).contains(words[0]);
    }

    private Optional<Command> command(StaffMember who, String key) {
        String plain = key.toLowerCase(Locale.ROOT);
        return commands.stream()
                .filter(command -> command.key().equals(plain) && command.open(who))
                .findFirst();
    }

    /** The command that a sentence names: at its beginning, else inside, else by sound, else by likeness. */
    private @Nullable Match match(StaffMember who, String text) {
        String letters = wording.letters(text);
        if (letters.isEmpty()) {
            return null;
        }
        List<Match> found = new ArrayList<>();
        for (Command command : commands) {
            if (command.open(who)) {
                for (String say : sayings(command)) {
                    match(command, wording.letters(say), text, letters).ifPresent(found::add);
                }
            }
        }
        return found.stream().max(Comparator.comparingInt(Match::strength)).orElse(null);
    }

    private static List<String> sayings(Command command) {
        List<String> all = new ArrayList<>(command.says());
        all.add(command.word());
        return all;
    }

    private Optional<Match> match(Command command, String say, String text, String letters) {
        if (say.isEmpty()) {
            throw new IllegalStateException(command.key() + " would match everything");
        }
        if (letters.equals(say)) {
            return Optional.of(new Match(command, "", Integer.MAX_VALUE));
        }
        if (letters.startsWith(say)) {
            return Optional.of(new Match(command, without(text, 0, say.length()), 4000 + say.length()));
        }
        int at = say.length() < 2 ? -1 : letters.lastIndexOf(say);
        if (at > 0) {
            return Optional.of(new Match(command, without(text, at, say.length()), 3000 + say.length()));
        }
        String sounded = wording.sounded(letters);
        String soundedSay = wording.sounded(say);
        if (say.length() >= 2 && sounded.startsWith(soundedSay)) {
            return Optional.of(new Match(command, without(text, 0, say.length()), 2000 + say.length()));
        }
        double alike = Understanding.alike(wording.plain(text), say);
        return alike >= LIKE_ENOUGH
                ? Optional.of(new Match(command, "", 1000 + (int) (alike * 100)))
                : Optional.empty();
    }

    /** The text without so many of its letters, counted as {@link Wording#letters} does; the rest as it was typed. */
    private String without(String text, int from, int length) {
        StringBuilder rest = new StringBuilder();
        int seen = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int letters = wording.letters(Character.toString(c)).length();
            if (letters == 0 || seen < from || seen >= from + length) {
                rest.appendCodePoint(c);
            }
            seen += letters;
            at += Character.charCount(c);
        }
        return rest.toString()
                .replaceAll("^[\\s\\p{Punct}\\u3000-\\u303F\\uFF00-\\uFFEF]+", "")
                .strip();
    }

    private StaffReply lost(StaffMember who) {
        List<String> words =
                offered(commands, who, law()).stream().map(Command::word).toList();
        return StaffReply.of("我没听明白。能说的有：" + String.join("、", words) + "。", "也可以直接发会员的名字或拼音首字母。")
                .next("帮助", "看例子");
    }

    private void send(StaffMember who, StaffReply reply, String responseCode) {
        for (StaffReply.About about : reply.cards()) {
            Card card = about.card();
            events.publishEvent(
                    Tell.of(who.address(), about.memberId() == 0 ? null : about.memberId(), "card", card.asText())
                            .urgency(Tell.Urgency.NOW)
                            .with(card.data()));
        }
        if (!reply.settled().isEmpty() && !responseCode.isEmpty()) {
            events.publishEvent(Tell.of(who.address(), null, "card-settled", reply.settled())
                    .urgency(Tell.Urgency.NOW)
                    .once("card-settled:" + responseCode)
                    .with(Card.settles(responseCode)));
        }
    }

    /** What this person may say and the bylaws give a meaning, in the order of the help. */
    static List<Command> offered(List<Command> commands, StaffMember who, Rulebook law) {
        return commands.stream()
                .filter(command -> command.open(who) && (law.fees() != null || !command.ofDues()))
                .sorted(Comparator.comparingInt(Command::order))
                .toList();
    }
}
