package io.homeroom.casework;

import io.homeroom.casework.EditionBook.Line;
import io.homeroom.desk.Audit;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fault;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.LineChanges;
import io.homeroom.rulebook.Passages;
import io.homeroom.rulebook.ReadingValues;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How the office amends its rulebook: a whole new text, in force from a day on, never for the past. Each edition is kept
 * as it was made; what was decided before stays as it was, and every member is looked at anew. An edition whose day has
 * not come may be taken back; one of the same day that is made later takes its place.
 */
@Service
@Transactional
public class Editions {

    /** The longest text, in characters. */
    public static final int LONGEST = 512 * 1024;

    private static final int WHY = 200;

    private final EditionBook book;
    private final Lawbook law;
    private final Turnover turnover;
    private final Losses losses;
    private final BusinessClock clock;
    private final Roster roster;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Editions(
            EditionBook book,
            Lawbook law,
            Turnover turnover,
            Losses losses,
            BusinessClock clock,
            Roster roster,
            Audit audit,
            ApplicationEventPublisher events) {
        this.book = book;
        this.law = law;
        this.turnover = turnover;
        this.losses = losses;
        this.clock = clock;
        this.roster = roster;
        this.audit = audit;
        this.events = events;
    }

    /**
     * The law was amended; after the commit it is read anew.
     *
     * @param from the first day on which it is another
     */
    record Amended(LocalDate from) {}

    /**
     * A change that somebody has in mind.
     *
     * @param base the {@link Edition#version} that was changed
     * @param text the whole text as it was sent
     * @param from its first day; null if it was not said
     * @param reading the open point that it is about; null for a change of the whole text
     */
    public record Draft(
            String base,
            String text,
            @Nullable LocalDate from,
            @Nullable String reading) {}

    /**
     * What came of looking at a change.
     *
     * @param text as it would be kept, with its first day
     * @param faults all that is wrong in the text, with line and column
     * @param rulebook what would be in force; null if there is a fault
     * @param against why it cannot be put in force as it is; null if nothing stands in the way
     * @param notes what else whoever puts it in force should know
     */
    public record Proposal(
            String text,
            List<Fault> faults,
            @Nullable Rulebook rulebook,
            @Nullable String against,
            List<String> notes) {}

    private Shelf shelf() {
        return new Shelf(book.lines(), law.filed(Tenant.current()).edition().from(), fileText(), clock.today());
    }

    /** All editions, the newest made first, the file last. */
    @Transactional(readOnly = true)
    public List<Edition> all() {
        return shelf().all();
    }

    /** An edition by its version; empty for one that is unknown, as that of another file is. */
    @Transactional(readOnly = true)
    public Optional<Edition> find(String version) {
        return all().stream().filter(one -> one.version().equals(version)).findFirst();
    }

    /** The edition that holds on a day. */
    @Transactional(readOnly = true)
    public Edition on(LocalDate day) {
        Shelf shelf = shelf();
        return shelf.edition(shelf.holds(day));
    }

    /** The one that begins last: on it a further change builds. */
    @Transactional(readOnly = true)
    public Edition newest() {
        return on(LocalDate.MAX);
    }

    private String fileText() {
        return Passages.plain(law.text(Tenant.current()).orElse(""));
    }

    /** The whole text of an edition; empty for one that is unknown. */
    @Transactional(readOnly = true)
    public Optional<String> text(String version) {
        return find(version).flatMap(one -> one.number() == 0 ? Optional.of(fileText()) : book.text(one.number()));
    }

    /** The lines in which an amendment differs from the edition that was changed; none for the file. */
    @Transactional(readOnly = true)
    public List<LineChanges.Change> changes(String version) {
        Line line = book.lines().stream()
                .filter(one -> String.valueOf(one.number()).equals(version) && one.takesBack() == null)
                .findFirst()
                .orElse(null);
        if (line == null) {
            return List.of();
        }
        String base = line.basedOn() == 0
                ? book.base(line.number()).orElse("")
                : book.text(line.basedOn()).orElse("");
        return LineChanges.between(base, book.text(line.number()).orElse(""));
    }

    /** Looks at a change; writes nothing. */
    @Transactional(readOnly = true)
    public Proposal propose(Draft draft) {
        String plain = Passages.plain(draft.text());
        LocalDate from = draft.from();
        if (plain.length() > LONGEST) {
            return new Proposal(plain, List.of(), null, "规则书太长，最多" + LONGEST + "个字符", List.of());
        }
        String text = from == null ? plain : Passages.dated(plain, from);
        Rulebooks.Reading reading = Rulebooks.read("规则书", text);
        Rulebook then = reading.rulebook().orElse(null);
        if (then == null) {
            return new Proposal(text, reading.faults(), null, null, List.of());
        }
        String against = against(draft, then);
        return new Proposal(
                text, List.of(), then, against, against == null && from != null ? notes(then, from) : List.of());
    }

    private @Nullable String against(Draft draft, Rulebook then) {
        LocalDate from = draft.from();
        LocalDate today = clock.today();
        String code = law.of(today).code();
        if (!then.code().equals(code)) {
            return "这是协会 " + then.code() + " 的规则书，不是 " + code + " 的";
        }
        if (from == null) {
            return "请写从哪天起施行，如 " + today.plusMonths(1).withDayOfMonth(1);
        }
        if (from.isBefore(today)) {
            return "不能从过去的日子起施行，最早从今天" + today + "起；已经决定的不变";
        }
        if (from.isAfter(today.plusYears(10))) {
            return from + "太远了，请写十年以内的一天";
        }
        Edition now = on(from);
        if (!now.version().equals(draft.base())) {
            Edition base = find(draft.base()).orElse(null);
            return "这份修改的底稿是" + (base == null ? "从前的规则书文件" : base.name() + "（" + base.from() + "起）") + "，" + from
                    + "那天本来施行的却是" + now.name() + "（" + now.from() + "起" + made(now)
                    + "）。请以它为底稿再改一次，免得丢了它的改动";
        }
        Rulebook before =
                Rulebooks.read("底稿", text(now.version()).orElse("")).rulebook().orElse(null);
        return before != null && Lawbook.holdingFrom(before, from).equals(then)
                ? "和" + now.name() + "没有不同（注释和排版不算），不用施行"
                : losses.against(law.of(from), then);
    }

    /** What members hold or cases stand at, and a rulebook lacks that would take over, with what to do; empty for nothing. */
    @Transactional(readOnly = true)
    public Optional<String> inUse(Rulebook then) {
        return Optional.ofNullable(losses.against(law.of(then.edition().from()), then));
    }

    private static String made(Edition edition) {
        return edition.number() == 0 ? "" : "，" + edition.setBy() + " " + edition.setOn() + "：" + edition.why();
    }

    private List<String> notes(Rulebook then, LocalDate from) {
        List<String> notes = new ArrayList<>();
        shelf().next(from).ifPresent(day -> {
            Edition later = on(day);
            notes.add(day + "起另有" + later.name() + "（" + later.why() + "），从那天起按那一版；这次改的要留到那以后的，那一版里也要改");
        });
        Rulebook laid = Lawbook.on(law.supposing(Tenant.current(), then), from);
        laid.readings().forEach((key, reading) -> {
            Rulebook.Reading written = then.readings().get(key);
            String value = reading.value();
            if (written != null && value != null && !value.equals(written.value())) {
                notes.add("读法“" + reading.title() + "”在它自己的页上选作“" + ReadingValues.word(key, value)
                        + "”，仍照选定的读；要按规则书的，到那一页恢复原值");
            }
        });
        notes.addAll(turnover.notes(then));
        return notes;
    }

    /**
     * Puts a change in force from its first day on.
     *
     * @param why why it is made; kept with it
     */
    public Outcome<Edition> enact(Draft draft, String why, String by) {
        Proposal proposal = propose(draft);
        LocalDate from = draft.from();
        Rulebook then = proposal.rulebook();
        String against = proposal.against();
        if (!proposal.faults().isEmpty()) {
            Fault first = proposal.faults().get(0);
            against = "规则书有" + proposal.faults().size() + "处写得不对，先改好：第" + first.line() + "行第" + first.column() + "列，"
                    + first.message();
        }
        if (against == null && why.isBlank()) {
            against = "请写明为什么修订，会随这一版留存";
        }
        if (against != null || from == null || then == null) {
            return Outcome.refused(String.valueOf(against));
        }
        Shelf shelf = shelf();
        Line base = shelf.holds(from);
        Line line = new Line(
                shelf.nextNumber(),
                from,
                null,
                base == null ? 0 : base.number(),
                draft.reading(),
                cut(why),
                clock.today(),
                by);
        if (!add(line, proposal.text(), base == null ? fileText() : null)) {
            return Outcome.refused("刚刚有人也改了规则书，请重新打开这一页再看");
        }
        audit.note(
                by,
                "rulebook-amended",
                null,
                "第" + line.number() + "号修订，" + from + "起施行。" + line.why(),
                then.edition().cite().toArray(String[]::new));
        if (!from.isAfter(clock.today())) {
            turnover.turn(Lawbook.on(law.supposing(Tenant.current(), then), from));
        }
        roster.touchEverybody(from);
        events.publishEvent(new Amended(from));
        return Outcome.done(shelf().edition(line));
    }

    /** Another rulebook was found than the one before, as when its file was replaced: cases under way go on by it. */
    public void found(LocalDate day) {
        turnover.turn(law.of(day));
    }

    /**
     * Takes back an amendment whose first day has not come.
     *
     * @param why why; kept with it
     */
    public Outcome<Edition> takeBack(String version, String why, String by) {
        Edition edition = find(version).orElse(null);
        String against = null;
        if (edition == null || edition.number() == 0) {
            against = "没有这一号修订";
        } else if (edition.state() == Edition.State.TAKEN_BACK) {
            against = edition.name() + "已经撤回了";
        } else if (!edition.from().isAfter(clock.today())) {
            against = edition.name() + "已经施行，不能撤回；要改回去，请再修订一次，从今天或以后的一天起";
        } else if (why.isBlank()) {
            against = "请写明为什么撤回，会随这一版留存";
        }
        if (against != null || edition == null) {
            return Outcome.refused(String.valueOf(against));
        }
        Line line = new Line(
                shelf().nextNumber(),
                edition.from(),
                edition.number(),
                edition.number(),
                null,
                cut(why),
                clock.today(),
                by);
        if (!add(line, null, null)) {
            return Outcome.refused("刚刚有人也改了规则书，请重新打开这一页再看");
        }
        audit.note(by, "rulebook-taken-back", null, edition.name() + "（" + edition.from() + "起）撤回。" + line.why());
        events.publishEvent(new Amended(edition.from()));
        return Outcome.done(find(version).orElseThrow());
    }

    /**
     * Writes an edition anew that a later program cannot read: the same law in the new notation, with the same first day,
     * also where that has passed.
     *
     * @param text the whole rulebook; its first day says which edition it is
     */
    public Outcome<Edition> restate(String text, String why, String by) {
        String plain = Passages.plain(text);
        Rulebooks.Reading reading = Rulebooks.read("规则书", plain);
        Rulebook then = reading.rulebook().orElse(null);
        if (then == null) {
            return Outcome.refused(String.join(
                    "\n", reading.faults().stream().map(Fault::toString).toList()));
        }
        Shelf shelf = shelf();
        LocalDate from = then.edition().from();
        Line old = shelf.from(from);
        String against = null;
        if (!then.code().equals(law.filed(Tenant.current()).code())) {
            against = "这是协会 " + then.code() + " 的规则书";
        } else if (old == null) {
            against = "没有从" + from + "起的修订；文件里 edition 的 from 要和补写的那一版一样";
        } else if (Rulebooks.read("旧版", book.text(old.number()).orElse(""))
                .rulebook()
                .isPresent()) {
            against = from + "起的那一版读得了，不用补写；要改规则，请在控制台修订";
        } else if (why.isBlank()) {
            against = "请写明为什么补写";
        } else {
            against = losses.against(law.of(from), then);
        }
        if (against != null || old == null) {
            return Outcome.refused(String.valueOf(against));
        }
        Line line = new Line(shelf.nextNumber(), from, null, old.number(), old.reading(), cut(why), clock.today(), by);
        if (!add(line, plain, null)) {
            return Outcome.refused("刚刚有人也改了规则书，请再试一次");
        }
        audit.note(by, "rulebook-restated", null, "第" + line.number() + "号，补写" + from + "起的那一版。" + line.why());
        events.publishEvent(new Amended(from));
        return Outcome.done(shelf().edition(line));
    }

    private boolean add(Line line, @Nullable String text, @Nullable String base) {
        try {
            book.add(line, text, base);
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    private static String cut(String why) {
        String text = why.strip();
        return text.substring(0, Math.min(WHY, text.length()));
    }
}
