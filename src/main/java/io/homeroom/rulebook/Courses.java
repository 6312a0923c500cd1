package io.homeroom.rulebook;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the way of a case by itself: a step that nobody can leave, a vote without an outcome. */
final class Courses {

    private static final List<String> CASE_TYPES = List.of(
            "admission",
            "upgrade",
            "downgrade",
            "expulsion",
            "sanction",
            "registration",
            "nomination",
            "change",
            "reduction",
            "resolution",
            "withdrawal",
            "restoration",
            "appeal",
            "exit",
            "suspension",
            "removal",
            "choice");

    /** What a step may wait for beside a task: money, the member's answer, the office's own proposal. */
    private static final List<String> AWAITED = List.of("payment", "answer", "proposal");

    private final Rulebook book;
    private final Marks marks;
    private final Names names;
    private final Numbers numbers;
    private final Acts acts;

    Courses(Rulebook book, Marks marks, Names names, Numbers numbers, Acts acts) {
        this.book = book;
        this.marks = marks;
        this.names = names;
        this.numbers = numbers;
        this.acts = acts;
    }

    void check() {
        for (Map.Entry<String, Track> entry : book.cases().entrySet()) {
            if (names.known(book, "cases", entry.getKey(), CASE_TYPES, "案件类型")) {
                track(entry.getKey(), entry.getValue());
            }
        }
        Track upgrade = book.cases().get("upgrade");
        if (upgrade != null && book.upgrade() != null) {
            book.upgrade().paths().forEach(path -> stages("upgrade", upgrade, path, path.stages(), "stages"));
        }
        book.posts().forEach(post -> vote(post, "counted", post.counted()));
    }

    private void track(String type, Track track) {
        names.endsOrRests(track, "onlyAfter", track.onlyAfter());
        if (track.openers() != null) {
            names.grades(track.openers(), "grades", track.openers().grades());
            names.deciders(track.openers(), "offices", track.openers().offices());
            Track.Openers openers = track.openers();
            openers.read()
                    .values()
                    .forEach(office -> names.known(openers, "read", office, openers.offices(), "可提出的机构或部门"));
        }
        for (Track.Document document : track.documents()) {
            if (document.exempts() != null) {
                names.deciders(document, "exempts", List.of(document.exempts()));
            }
        }
        boolean nothing = track.effect() == null
                && track.done().isEmpty()
                && track.matters().isEmpty()
                && track.approved().isEmpty()
                && track.stages().stream().allMatch(s -> s.then().isEmpty());
        if (nothing) {
            marks.fault(book, "cases{" + type + "}", "案件“" + type + "”批准以后什么也不发生：请写 effect 或 done");
        }
        List.of(track.filed(), track.approved(), track.done(), track.rejected()).forEach(acts::check);
        stages(type, track, track, track.stages(), "stages");
        track.matters().forEach((clause, stages) -> {
            names.clause(track, "matters{" + clause + "}", clause);
            if (stages.isEmpty()) {
                marks.fault(track, "matters{" + clause + "}", "这一事项没有人决定");
            }
            stages(type, track, track, stages, "matters{" + clause + "}");
        });
        track.windows().forEach((kind, window) -> {
            names.known(track, "windows", kind, List.of("initial", "renewal", "re-registration"), "登记种类");
            names.reading(window, "reading", window.reading());
            names.body(window, "termBody", window.termBody());
        });
        Set<String> tasks = acts.tasksOf(type, track);
        for (int i = 0; i < track.awaits().size(); i++) {
            String awaited = track.awaits().get(i);
            if (!AWAITED.contains(awaited) && !tasks.contains(awaited)) {
                marks.fault(track, "awaits[" + i + "]", "等待“" + awaited + "”，但没有一条规则建立这个任务，案件无法了结");
            }
        }
        track.unless().forEach((ground, other) -> {
            names.known(track, "unless", ground, track.grounds(), "事由");
            names.caseType(track, "unless{" + ground + "}", other);
        });
        track.asks().keySet().forEach(ground -> names.known(track, "asks", ground, track.grounds(), "事由"));
        Track.Lapse lapse = track.lapses();
        if (lapse != null) {
            names.known(lapse, "paid", lapse.paid(), List.of("bill", "all"), "付清的范围");
        }
    }

    private void stages(String type, Track track, Object owner, List<Track.Stage> stages, String part) {
        Set<String> tasks = acts.tasksOf(type, track);
        boolean mayFail = false;
        for (int i = 0; i < stages.size(); i++) {
            Track.Stage stage = stages.get(i);
            if (!stage.at().equals("member")) {
                names.decider(stage, "at", stage.at());
            }
            names.decider(stage, "recess", stage.recess());
            names.decider(stage, "alsoInRecess", stage.alsoInRecess());
            names.decider(stage, "onlyInRecess", stage.onlyInRecess());
            names.decider(stage, "refers", stage.refers());
            Track.Help helps = stage.helps();
            if (helps != null) {
                names.doer(helps, "to", helps.to());
                names.all(helps, "may", helps.may(), List.of("answer", "letter"), "协助的事");
            }
            acts.check(stage.then());
            names.reading(stage, "answerDays", stage.answerDays());
            String await = stage.await();
            if (await == null) {
                if (stage.at().equals("member")) {
                    marks.fault(stage, "at", "这一步轮到会员，却没有写等待什么（await），没有人能让它过去");
                }
            } else if (!AWAITED.contains(await) && !tasks.contains(await)) {
                marks.fault(stage, "await", "等待“" + await + "”，但没有一条规则建立这个任务，没有人能离开这一步");
            }
            if (stage.onlyIfFailed() && !mayFail) {
                marks.fault(stage, "onlyIfFailed", "走不到这一步：前面没有表决未过而转下一步（failed: next）的");
            }
            vote(stage, "counted", stage.counted());
            vote(stage, "exceptional", stage.exceptional());
            if (stage.failed() != null) {
                names.known(stage, "failed", stage.failed(), List.of("reject", "next"), "去向");
                if (stage.counted() == null) {
                    marks.fault(stage, "failed", "不计票的步骤没有“未通过”");
                }
            }
            if ("next".equals(stage.failed())) {
                mayFail = true;
                if (i == stages.size() - 1) {
                    marks.fault(stage, "failed", "表决未过要转下一步，但这是最后一步");
                }
            } else if (stage.counted() != null && stage.failed() == null) {
                marks.fault(stage, "counted", "表决未过怎么办没有写（failed: reject 或 next）");
            }
            if (!stage.provisional().isEmpty() && i == stages.size() - 1) {
                marks.fault(stage, "provisional", "先行生效须由后一步追认，但这是最后一步");
            }
        }
        if (stages.isEmpty()
                && owner == track
                && !track.now()
                && track.matters().isEmpty()
                && track.awaits().isEmpty()) {
            boolean atOnce = type.equals("change")
                    || type.equals("nomination")
                    || !track.documents().isEmpty();
            if (!atOnce) {
                marks.fault(book, "cases{" + type + "}", "案件“" + type + "”没有人决定（" + part + "），也不即时生效（now）");
            }
        }
    }

    private void vote(Object owner, String part, Track.@Nullable Vote vote) {
        if (vote == null) {
            return;
        }
        names.known(vote, "base", vote.base(), List.of("present", "seats"), "计票基数");
        numbers.share(vote, "share", vote.share());
        if (vote.exact() != null) {
            names.recipient(vote, "exact", vote.exact());
            if (vote.share().inclusive() && vote.tie() == null) {
                marks.fault(vote, "exact", "恰好达到即通过，就不会有“恰好达到而未过”的提示：两条规则重叠");
            }
        }
        names.reading(vote, "tie", vote.tie());
        if (vote.maxAgainst() != null && vote.maxAgainst() < 0) {
            marks.fault(owner, part, "反对票上限不能为负");
        }
    }
}
