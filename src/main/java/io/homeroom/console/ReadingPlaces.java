package io.homeroom.console;

import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.ground.Outcome;
import io.homeroom.rulebook.Passages;
import io.homeroom.rulebook.Passages.Passage;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * An open point that the rulebook itself decides, as a setting: the lines that decide it stand on its page and are changed
 * there; what comes of it is a new edition of the whole.
 */
@Component
class ReadingPlaces {

    /** A place within a box, with what is to be known about it. */
    record Spot(String path, @Nullable String note) {}

    /** Lines of the rulebook that may be changed. */
    record Box(String field, List<Spot> spots, int first, int rows, String text, String whole) {}

    /**
     * The form.
     *
     * @param base the edition whose lines these are
     * @param later its first day where that has not come; null for one in force
     */
    record Form(
            String here,
            String base,
            String name,
            @Nullable String later,
            List<Box> boxes,
            String today,
            String from,
            String why,
            Amending.@Nullable Looked looked,
            @Nullable String trouble,
            List<EditionPages.Row> history,
            String all) {}

    private final Editions editions;
    private final Amending amending;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    ReadingPlaces(Editions editions, Amending amending, Lawbooks lawbooks, BusinessClock clock) {
        this.editions = editions;
        this.amending = amending;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    /** The form as it begins; null for an open point that has a value of its own, or a rulebook whose text nobody kept. */
    @Nullable
    Form form(Visitor visitor, String key) {
        return form(visitor, key, editions.newest(), Map.of(), null, null);
    }

    /**
     * What came of what was sent.
     *
     * @param form the form again, with what was found; null if it was put in force
     * @param done what was put in force; empty if nothing was
     */
    record Taken(@Nullable Form form, String done) {}

    /** What was sent: looked at, or put in force. */
    Taken take(Visitor visitor, String key, Map<String, String> sent) {
        String version = sent.getOrDefault("base", "");
        Edition base = editions.find(version).orElse(null);
        if (base == null) {
            return new Taken(form(visitor, key, editions.newest(), Map.of(), null, "规则书文件换过了，下面是现在的文字，请再改一次。"), "");
        }
        List<Passage> passages = passages(base, key);
        String text = Passages.splice(editions.text(version).orElse(""), passages, texts(passages, sent));
        Editions.Draft draft = new Editions.Draft(version, text, MeetingPages.day(sent.getOrDefault("from", "")), key);
        String act = sent.getOrDefault("act", "impact");
        if (act.equals("enact")) {
            Outcome<Edition> outcome = amending.enact(visitor, draft, sent.getOrDefault("why", ""));
            if (outcome instanceof Outcome.Done<Edition> enacted) {
                return new Taken(null, Amending.done(enacted.value()));
            }
            String refused = ((Outcome.Refused<Edition>) outcome).refusal().reason() + "。";
            return new Taken(form(visitor, key, base, sent, amending.look(visitor, draft, false), refused), "");
        }
        return new Taken(form(visitor, key, base, sent, amending.look(visitor, draft, true), null), "");
    }

    private List<Passage> passages(Edition edition, String key) {
        String text = editions.text(edition.version()).orElse("");
        Rulebook book = Rulebooks.read(edition.name(), text).rulebook().orElse(null);
        Rulebook.Reading reading = book == null ? null : book.readings().get(key);
        if (book == null || reading == null || reading.value() != null) {
            return List.of();
        }
        List<String> paths = new ArrayList<>(reading.at());
        paths.add(own(key));
        return Passages.at(text, book, paths);
    }

    /** What was sent for each passage, or what stands there. */
    private static List<String> texts(List<Passage> passages, Map<String, String> sent) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            String text = sent.get("lines" + i);
            texts.add(text == null ? passages.get(i).text() : text);
        }
        return texts;
    }

    private @Nullable Form form(
            Visitor visitor,
            String key,
            Edition edition,
            Map<String, String> sent,
            Amending.@Nullable Looked looked,
            @Nullable String trouble) {
        List<Passage> passages = passages(edition, key);
        if (passages.isEmpty()) {
            return null;
        }
        List<String> texts = texts(passages, sent);
        List<Box> boxes = new ArrayList<>();
        int shift = 0;
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            String text = Passages.plain(texts.get(i));
            int rows = (int) text.lines().count();
            boxes.add(new Box(
                    "lines" + i,
                    passage.places().stream().map(place -> spot(place, key)).toList(),
                    passage.first() + shift,
                    Math.max(1, rows),
                    text.isEmpty() ? "" : text.substring(0, text.length() - 1),
                    visitor.at("rules/amend?base=" + edition.version() + "&line=" + passage.first())));
            shift += rows - (passage.last() - passage.first() + 1);
        }
        // What decides comes first, what is said about it last.
        boxes.sort(Comparator.comparing(
                box -> box.spots().stream().allMatch(spot -> spot.path().equals(own(key)))));
        return new Form(
                visitor.at("rules/readings/" + key + "/places"),
                edition.version(),
                edition.name(),
                edition.from().isAfter(clock.today()) ? edition.from().toString() : null,
                boxes,
                clock.today().toString(),
                sent.getOrDefault("from", ""),
                sent.getOrDefault("why", ""),
                looked,
                trouble,
                editions.all().stream()
                        .filter(one -> key.equals(one.reading()))
                        .map(one -> EditionPages.row(visitor, lawbooks.of(visitor.code()), one))
                        .toList(),
                visitor.at("rules/editions"));
    }

    /** Where the open point itself is written. */
    private static String own(String key) {
        return "readings/" + key;
    }

    private static Spot spot(Passages.Place place, String key) {
        if (place.path().equals(own(key))) {
            return new Spot(place.path(), "这一处怎样读的文字：读法改了，says 和 otherwise 也照着改");
        }
        if (!place.written()) {
            return new Spot(place.path(), "这里什么也没有写，没有就是现在的读法；要写，就加在下面这一段里");
        }
        return new Spot(place.path(), place.shared() ? "规则书别处也引用这几行，改了一起变" : null);
    }
}
