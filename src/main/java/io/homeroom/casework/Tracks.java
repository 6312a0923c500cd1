package io.homeroom.casework;

import io.homeroom.governance.Bodies;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Document;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.rulebook.Track.Vote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where a case stands on its track: the steps it has, the one that is due, and what that one needs. */
@Component
class Tracks {

    private static final String NOW = "now";

    private final Bodies bodies;

    Tracks(Bodies bodies) {
        this.bodies = bodies;
    }

    /** The steps of a case, including those that may be passed over. */
    List<Stage> stages(Rulebook book, CaseRow file) {
        if (isGone(book, file)) {
            return List.of();
        }
        Map<String, String> data = file.data();
        return switch (file.type()) {
            case "nomination" ->
                book.post(data.getOrDefault("to", ""))
                        .map(post -> List.of(step(post.by(), post.counted(), post.judged(), post.cite())))
                        .orElse(List.of());
            case "change" -> {
                Rulebook.Change rule = change(book, data.getOrDefault("field", ""));
                boolean keeps = keepsOffice(rule, data);
                List<String> way = keeps ? rule.officeHolder() : rule.track();
                List<String> cite = keeps ? rule.officeCite() : rule.cite();
                yield way.stream()
                        .filter(word -> !word.equals(NOW))
                        .map(word -> step(word, null, List.of(), cite))
                        .toList();
            }
            case "resolution" -> {
                Track track = track(book, file.type());
                yield track.matters().getOrDefault(data.getOrDefault("matter", ""), List.of());
            }
            case "upgrade" -> {
                List<Stage> own = book.wayTo(data.getOrDefault("to", ""));
                yield own.isEmpty() ? track(book, file.type()).stages() : own;
            }
            default -> track(book, file.type()).stages();
        };
    }

    /** Whether the rulebook knows no such case: an amended one may not. */
    static boolean isGone(Rulebook book, CaseRow file) {
        return !book.cases().containsKey(file.type())
                || file.type().equals("change") && book.change(file.data().getOrDefault("field", "")) == null;
    }

    /** The rule for changing a field. */
    static Rulebook.Change change(Rulebook book, String field) {
        Rulebook.Change rule = book.change(field);
        if (rule == null) {
            throw new IllegalStateException("Rulebook " + book.code() + " has no rule for changing " + field);
        }
        return rule;
    }

    /** Whether a change works at once. */
    static boolean changesNow(Rulebook book, Map<String, String> data) {
        Rulebook.Change rule = change(book, data.getOrDefault("field", ""));
        return (keepsOffice(rule, data) ? rule.officeHolder() : rule.track()).contains(NOW);
    }

    /** Whether the member held an office when it asked for the change and wants to keep it. */
    static boolean keepsOffice(Rulebook.Change rule, Map<String, String> data) {
        return Boolean.parseBoolean(data.get("keep-post"))
                && !"false".equals(data.get("office"))
                && !rule.officeHolder().isEmpty();
    }

    private static Stage step(String at, @Nullable Vote counted, List<String> declines, List<String> cite) {
        return new Stage(
                at,
                null,
                null,
                null,
                false,
                List.of(),
                null,
                null,
                counted,
                null,
                counted == null ? null : "reject",
                false,
                List.of(),
                declines,
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                cite);
    }

    static Track track(Rulebook book, String type) {
        Track track = book.cases().get(type);
        if (track == null) {
            throw new IllegalStateException("Rulebook " + book.code() + " has no track " + type);
        }
        return track;
    }

    /** The step that is due: the first from the stored place on that is not passed over. */
    Optional<Stage> current(Rulebook book, CaseRow file) {
        List<Stage> stages = stages(book, file);
        int index = place(stages, file);
        while (index < stages.size() && passedOver(file, stages.get(index))) {
            index++;
        }
        return index < stages.size() ? Optional.of(stages.get(index)) : Optional.empty();
    }

    /** Moves on behind the step that was due; answers the next one. */
    Optional<Stage> advance(Rulebook book, CaseRow file) {
        List<Stage> stages = stages(book, file);
        int index = place(stages, file);
        while (index < stages.size() && passedOver(file, stages.get(index))) {
            index++;
        }
        file.stage(index + 1, names(stages));
        return current(book, file);
    }

    /** Counts the case's place by the steps that its track has now; they are others when the rulebook was amended. */
    void settle(Rulebook book, CaseRow file) {
        List<Stage> stages = stages(book, file);
        List<String> names = names(stages);
        if (!file.track().equals(names)) {
            file.stage(place(stages, file), names);
        }
    }

    /** Whether the case's place is counted by steps other than those that its track has now. */
    boolean isUnsettled(Rulebook book, CaseRow file) {
        return !file.track().isEmpty() && !file.track().equals(names(stages(book, file)));
    }

    /** Whether a case's track has a step of this name. */
    boolean has(Rulebook book, CaseRow file, Stage step) {
        return names(stages(book, file)).contains(name(step));
    }

    private static List<String> names(List<Stage> stages) {
        return stages.stream().map(Tracks::name).toList();
    }

    private static String name(Stage stage) {
        return stage.await() == null ? stage.at() : stage.at() + "/" + stage.await();
    }

    /**
     * The case's place among these steps. If its track had others: at the same step, or if that is there no more, behind
     * the last one that is done. By that it never comes behind the last step.
     */
    private static int place(List<Stage> stages, CaseRow file) {
        List<String> before = file.track();
        List<String> now = names(stages);
        int at = file.stage();
        if (before.isEmpty() || before.equals(now)) {
            return at;
        }
        if (at >= before.size()) {
            return Math.max(at, now.size());
        }
        int there = same(before, at, now);
        if (there >= 0) {
            return there;
        }
        int next = 0;
        for (int done = at - 1; next == 0 && done >= 0; done--) {
            next = same(before, done, now) + 1;
        }
        int last = stages.size() - 1;
        while (last > 0 && isConditional(stages.get(last))) {
            last--;
        }
        return Math.max(0, Math.min(next, last));
    }

    private static boolean isConditional(Stage stage) {
        return stage.onlyIfFailed() || stage.onlyByRule() || stage.onlyInRecess() != null;
    }

    /** Where the step is in the other list: of several of one name the one with the same number; -1 for nowhere. */
    private static int same(List<String> before, int step, List<String> now) {
        String name = before.get(step);
        int nth = Collections.frequency(before.subList(0, step), name);
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).equals(name) && nth-- == 0) {
                return i;
            }
        }
        return now.lastIndexOf(name);
    }

    /** Whether a case goes by without this step. */
    boolean passedOver(CaseRow file, Stage stage) {
        String recess = stage.onlyInRecess();
        return (stage.onlyByRule() && !file.byRule())
                || (stage.onlyIfFailed() && !file.voteFailed())
                || (recess != null && !bodies.state(recess).recess());
    }

    /** Bodies and offices that may decide the step now, the one that is waited for first. */
    List<String> deciders(CaseRow file, Stage stage) {
        List<String> may = new ArrayList<>();
        String referred = file.referredTo();
        if (referred != null) {
            may.add(referred);
            return may;
        }
        boolean recess = bodies.state(stage.at()).recess();
        String instead = stage.recess();
        may.add(recess && instead != null ? instead : stage.at());
        String also = stage.alsoInRecess();
        if (recess && also != null) {
            may.add(also);
        }
        return may;
    }

    /** Whether the step is this body's in session or in recess, whichever it is today. */
    boolean mayInItsTime(CaseRow file, Stage stage, String body) {
        return file.referredTo() == null
                && Stream.of(stage.at(), stage.recess(), stage.alsoInRecess(), stage.onlyInRecess())
                        .anyMatch(body::equals);
    }

    /** Documents that the case asks for in all its steps up to the one that is due. */
    List<Document> asked(Rulebook book, CaseRow file, @Nullable Member member) {
        if (isGone(book, file)) {
            return List.of();
        }
        List<Document> documents = new ArrayList<>();
        if (file.type().equals("change")) {
            documents.addAll(change(book, file.data().getOrDefault("field", "")).documents());
        }
        track(book, file.type()).documents().stream()
                .filter(document -> fits(document, member))
                .forEach(documents::add);
        return documents;
    }

    /** The names of the documents that the case asks for. */
    List<String> askedByName(Rulebook book, CaseRow file, @Nullable Member member) {
        return asked(book, file, member).stream().map(Document::name).toList();
    }

    static boolean fits(Document document, @Nullable Member member) {
        String kind = document.kind();
        if (kind == null || member == null) {
            return true;
        }
        return Kind.of(kind) == member.kind();
    }

    /** Documents still missing for the filing as a whole. */
    List<Document> missing(Rulebook book, CaseRow file, @Nullable Member member) {
        List<String> have = file.documents();
        return asked(book, file, member).stream()
                .filter(document -> !document.isIn(have))
                .toList();
    }

    /** Documents still missing for the step that is due. */
    static List<Document> missingFor(CaseRow file, Stage stage) {
        List<String> have = file.documents();
        return stage.documents().stream()
                .filter(document -> !document.isIn(have))
                .toList();
    }
}
