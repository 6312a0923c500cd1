package io.homeroom.rulebook;

import io.homeroom.ground.Span;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is well-formed but wrong: names that nothing bears, and ways that do not hold together. {@link
 * Contradictions}, {@link Thresholds}, {@link Reach} and {@link Deadlined} find what only shows between rules.
 */
final class Soundness {

    static final List<String> CASE_TYPES = List.of(
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

    private static final List<String> ENDS =
            List.of("withdrawn", "deemed-withdrawn", "expelled", "forfeited", "merged", "converted");
    private static final List<String> EVENTS = List.of(
            "nature-changed",
            "bankrupt",
            "dissolved",
            "deregistered",
            "penalty",
            "permit-expired",
            "permit-withdrawn",
            "dishonest-debtor",
            "representative-unfit",
            "delisted",
            "merged",
            "split",
            "resigned");
    private static final List<String> PEOPLE =
            List.of("member", "liaison", "representative", "branch", "admin", "teacher", "former-teacher", "mover");
    /** What a step may wait for beside a task: money, the member's answer, the office's own proposal. */
    private static final List<String> AWAITED = List.of("payment", "answer", "proposal");
    /** Components that hold clauses although their names do not say cite. */
    private static final Set<String> CLAUSES = Set.of(
            "Rulebook.clauses",
            "Rulebook.entry",
            "Rulebook.noFee",
            "Body.remote",
            "Post.head",
            "Person.required",
            "Sanction.suspendsOffice",
            "Sanction.suspendsRights",
            "Sanction.endsOffice",
            "Sanction.lists",
            "Benefits.passes",
            "Change.unique",
            "Change.members",
            "Change.numbered",
            "Change.head",
            "Fees.waiver",
            "Fees.reduction",
            "TopUp.noRefund",
            "Term.must",
            "Term.may",
            "Track.grounds",
            "Stage.reasoned",
            "Stage.provisional");
    /** Rules that must say where they come from. */
    private static final Set<Class<?>> CITING = Set.of(
            Rulebook.Grade.class,
            Rulebook.Right.class,
            Rulebook.Requirement.class,
            Rulebook.Check.class,
            Rulebook.Bar.class,
            Rulebook.Sanction.class,
            Rulebook.Attendance.class,
            Rulebook.Repeated.class,
            Rulebook.MeetingDuty.class,
            Rulebook.Size.class,
            Rulebook.Answer.class,
            Rulebook.Reading.class,
            Rulebook.KindRule.class,
            Rulebook.Edition.class,
            Track.class,
            Track.Stage.class,
            Track.Vote.class,
            Track.Told.class,
            Watch.class,
            TaskRule.class,
            Fees.class,
            Fees.Memo.class,
            Fees.Donation.class,
            Fees.StandardBy.class);

    private final Rulebook book;
    private final Marks marks;
    private final Set<String> grades = new LinkedHashSet<>();
    private final Set<String> posts = new LinkedHashSet<>();
    private final Set<String> deciders = new LinkedHashSet<>();
    private final Set<String> recipients = new LinkedHashSet<>();

    Soundness(Rulebook book, Marks marks) {
        this.book = book;
        this.marks = marks;
        book.grades().forEach(g -> grades.add(g.name()));
        book.posts().forEach(p -> posts.add(p.name()));
        deciders.addAll(book.bodies().keySet());
        deciders.addAll(book.offices());
        recipients.addAll(deciders);
        recipients.addAll(PEOPLE);
    }

    void check() {
        header();
        walk(book);
        inForce();
        people();
        fees();
        for (Map.Entry<String, Track> entry : book.cases().entrySet()) {
            if (known(book, "cases", entry.getKey(), CASE_TYPES, "案件类型")) {
                track(entry.getKey(), entry.getValue());
            }
        }
        ways();
        watches();
        counters();
        new Contradictions(book, marks).check();
        new Thresholds(book, marks).check();
        new Reach(book, marks).check();
        new Deadlined(book, marks).check();
        book.on().forEach((event, acts) -> acts(acts));
        book.reports().forEach((event, acts) -> {
            known(book, "reports", event, EVENTS, "报告事项");
            acts(acts);
        });
    }

    /** A clause with an effect that no rule cites would be law on paper only. */
    private void inForce() {
        Set<String> cited = Citations.of(book);
        for (int i = 0; i < book.clauses().size(); i++) {
            String clause = book.clauses().get(i);
            if (!cited.contains(clause)) {
                marks.fault(book, "clauses[" + i + "]", "没有一条规则以“" + clause + "”为依据：这一条还没有落实");
            }
        }
        unique(book, "clauses", book.clauses());
    }

    private void header() {
        if (!book.code().matches("[a-z][a-z0-9]{1,11}")) {
            marks.fault(book, "code", "协会代码应是 2 至 12 个小写字母或数字，字母开头");
        }
        if (book.grades().isEmpty()) {
            marks.fault(book, "grades", "至少要有一个会员等级");
        } else if (book.grades().stream().noneMatch(Rulebook.Grade::entry)) {
            marks.fault(book, "grades", "没有一个等级可供新会员加入：请在其中一级写 entry: true");
        }
        unique(book, "grades", book.grades().stream().map(Rulebook.Grade::name).toList());
        unique(book, "posts", book.posts().stream().map(Rulebook.Post::name).toList());
        unique(book, "offices", book.offices());
        unique(book, "watch", book.watch().stream().map(Watch::id).toList());
        unique(
                book,
                "sanctions",
                book.sanctions().stream().map(Rulebook.Sanction::name).toList());
        if (book.fees() == null && book.noFee().isEmpty()) {
            marks.fault(book, "", "没有会费的，请在 no-fee 写明依据的条款；有会费的，请写 fees");
        }
        if (book.fees() != null && !book.noFee().isEmpty()) {
            marks.fault(book, "noFee", "既写了会费，又写了没有会费");
        }
        book.readings().forEach((key, reading) -> {
            String fault = ReadingValues.fault(key, reading.value());
            if (fault != null) {
                marks.fault(reading, "value", fault);
            }
        });
    }

    /** Clauses are tested wherever they stand, whatever the record. */
    private void walk(Object node) {
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            Object value = get(component, node);
            String name = component.getName();
            if (value instanceof List<?> list) {
                boolean clauses = isClauses(node.getClass(), name);
                for (int i = 0; i < list.size(); i++) {
                    if (clauses) {
                        clause(node, name + "[" + i + "]", (String) list.get(i));
                    } else {
                        descend(list.get(i));
                    }
                }
                if (name.equals("cite") && list.isEmpty() && CITING.contains(node.getClass())) {
                    marks.fault(node, "", "没有写明依据的条款（cite）");
                }
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((key, inner) -> {
                    if (name.equals("refused")) {
                        clause(node, name + "{" + key + "}", (String) inner);
                    } else if (name.equals("never") && inner instanceof List<?> clauses) {
                        clauses.forEach(one -> clause(node, name + "{" + key + "}", (String) one));
                    } else if (inner instanceof List<?> inside) {
                        inside.forEach(this::descend);
                    } else {
                        descend(inner);
                    }
                });
            } else {
                descend(value);
            }
        }
    }

    private void descend(@Nullable Object value) {
        if (value instanceof Record record && record.getClass().getPackage() == Rulebook.class.getPackage()) {
            walk(record);
        }
    }

    static boolean isClauses(Class<?> type, String component) {
        return component.equals("cite")
                || component.endsWith("Cite")
                || CLAUSES.contains(type.getSimpleName() + "." + component);
    }

    private void clause(Object owner, String part, String clause) {
        String own = book.code().toUpperCase(Locale.ROOT) + "-";
        if (!clause.startsWith(own) && !clause.startsWith("XDOC-")) {
            marks.fault(owner, part, "条款“" + clause + "”不属于本协会：应以 " + own + " 或 XDOC- 开头");
        } else if (!clause.matches("[A-Z0-9]+-[A-Za-z0-9]+(-[A-Za-z0-9]+)?")) {
            marks.fault(owner, part, "“" + clause + "”不像条款编号，应如 " + own + "12-1");
        }
    }

    private void people() {
        for (Rulebook.Post post : book.posts()) {
            known(post, "by", post.by(), deciders, "机构或部门");
            if (post.from() != null) {
                known(post, "from", post.from(), posts, "职务");
                if (post.from().equals(post.name())) {
                    marks.fault(post, "from", "产生“" + post.name() + "”要求先任“" + post.name() + "”，永远选不出来");
                }
            }
            if (post.min() != null && post.max() != null && post.min() > post.max()) {
                marks.fault(post, "min", "最少 " + post.min() + " 名多于最多 " + post.max() + " 名");
            }
        }
        book.bodies().forEach((name, body) -> {
            all(body, "grades", body.grades(), grades, "等级");
            all(body, "posts", body.posts(), posts, "职务");
            if (book.offices().contains(name)) {
                marks.fault(book, "bodies{" + name + "}", "“" + name + "”既是机构又是部门");
            }
            share(body, "quorum", body.quorum());
        });
        for (Rulebook.Grade grade : book.grades()) {
            if (grade.kind() != null) {
                known(grade, "kind", grade.kind(), List.of("unit", "individual"), "会员种类");
            }
            if (grade.cap() != null && grade.cap() < 1) {
                marks.fault(grade, "cap", "名额上限应不少于 1");
            }
        }
        book.kinds().forEach((kind, rule) -> known(book, "kinds", kind, List.of("unit", "individual"), "会员种类"));
        book.rights().forEach((name, right) -> {
            all(right, "grades", right.grades(), grades, "等级");
            all(right, "posts", right.posts(), posts, "职务");
            right.refused().keySet().stream()
                    .filter(g -> !g.equals("*"))
                    .forEach(g -> known(right, "refused", g, grades, "等级"));
        });
        if (book.teacher() != null) {
            known(book.teacher(), "assigns", book.teacher().assigns(), recipients, "收件人");
        }
        for (Rulebook.Bar bar : book.reEntry()) {
            all(bar, "after", bar.after(), ENDS, "终止方式");
        }
        book.changes().forEach((field, change) -> {
            List<String> track = change.track();
            if (!track.equals(List.of("now"))) {
                all(change, "track", track, deciders, "机构或部门");
            }
            all(change, "officeHolder", change.officeHolder(), deciders, "机构或部门");
            all(change, "tell", change.tell(), recipients, "收件人");
            if (change.headTell() != null) {
                known(change, "headTell", change.headTell(), recipients, "收件人");
            }
            if (change.task() != null) {
                task(change.task());
            }
            if (!book.cases().containsKey("change")) {
                marks.fault(book, "changes{" + field + "}", "写了资料变更，却没有 cases 里的 change");
            }
        });
        for (Rulebook.Check check : book.apply()) {
            if (check.kind() != null) {
                known(check, "kind", check.kind(), List.of("unit", "individual"), "会员种类");
            }
            if (check.tell() != null) {
                known(check, "tell", check.tell(), recipients, "收件人");
            }
        }
        book.answers().forEach((about, answer) -> all(answer, "tell", answer.tell(), recipients, "收件人"));
        for (Rulebook.MeetingDuty duty : book.meetings()) {
            known(duty, "body", duty.body(), book.bodies().keySet(), "机构");
            known(duty, "tell", duty.tell(), recipients, "收件人");
            positive(duty, "atLeast", duty.atLeast());
        }
    }

    private void fees() {
        Fees fees = book.fees();
        if (fees == null) {
            return;
        }
        if (fees.due() == null && !book.readings().containsKey("fee-due")) {
            marks.fault(fees, "", "没有最后交费日：请写 due，或在 readings 里设 fee-due（可以是 none）");
        }
        for (Fees.Standard standard : fees.standards()) {
            standard.amounts().keySet().forEach(g -> known(standard, "amounts", g, grades, "等级"));
        }
        if (fees.term() != null) {
            known(fees.term(), "body", fees.term().body(), book.bodies().keySet(), "机构");
            known(fees.term(), "from", fees.term().from(), grades, "等级");
        }
        if (fees.standardBy() != null) {
            known(fees.standardBy(), "body", fees.standardBy().body(), deciders, "机构或部门");
        }
        if (fees.receipt() != null) {
            task(fees.receipt());
        }
        all(fees, "reminderTo", fees.reminderTo(), recipients, "收件人");
        if (new HashSet<>(fees.reminders()).size() != fees.reminders().size()) {
            marks.fault(fees, "reminders", "同一天提醒两次");
        }
    }

    private void track(String type, Track track) {
        all(track, "onlyAfter", track.onlyAfter(), plus(ENDS, "suspended"), "终止方式");
        if (track.openers() != null) {
            all(track.openers(), "grades", track.openers().grades(), grades, "等级");
            all(track.openers(), "offices", track.openers().offices(), deciders, "机构或部门");
            Track.Openers openers = track.openers();
            openers.read().values().forEach(office -> known(openers, "read", office, openers.offices(), "可提出的机构或部门"));
        }
        boolean nothing = track.effect() == null
                && track.done().isEmpty()
                && track.matters().isEmpty()
                && track.approved().isEmpty()
                && track.stages().stream().allMatch(s -> s.then().isEmpty());
        if (nothing) {
            marks.fault(book, "cases{" + type + "}", "案件“" + type + "”批准以后什么也不发生：请写 effect 或 done");
        }
        List<Act> acts = new ArrayList<>(track.filed());
        acts.addAll(track.approved());
        acts.addAll(track.done());
        acts.addAll(track.rejected());
        acts(acts);
        stages(type, track, track.stages(), "stages");
        track.matters().forEach((clause, stages) -> {
            clause(track, "matters{" + clause + "}", clause);
            if (stages.isEmpty()) {
                marks.fault(track, "matters{" + clause + "}", "这一事项没有人决定");
            }
            stages(type, track, stages, "matters{" + clause + "}");
        });
        track.windows().forEach((kind, window) -> {
            known(track, "windows", kind, List.of("initial", "renewal", "re-registration"), "登记种类");
            if (window.reading() != null) {
                reading(window, "reading", window.reading());
            }
            if (window.termBody() != null) {
                known(window, "termBody", window.termBody(), book.bodies().keySet(), "机构");
            }
        });
        Set<String> tasks = tasksOf(type, track);
        for (int i = 0; i < track.awaits().size(); i++) {
            String awaited = track.awaits().get(i);
            if (!AWAITED.contains(awaited) && !tasks.contains(awaited)) {
                marks.fault(track, "awaits[" + i + "]", "等待“" + awaited + "”，但没有一条规则建立这个任务，案件无法了结");
            }
        }
        track.unless().forEach((ground, other) -> {
            known(track, "unless", ground, track.grounds(), "事由");
            known(track, "unless{" + ground + "}", other, book.cases().keySet(), "案件");
        });
        track.asks().keySet().forEach(ground -> known(track, "asks", ground, track.grounds(), "事由"));
        Track.Lapse lapse = track.lapses();
        if (lapse != null && lapse.paid() != null) {
            known(lapse, "paid", lapse.paid(), List.of("bill", "all"), "付清的范围");
        }
    }

    private void stages(String type, Track track, List<Track.Stage> stages, String part) {
        Set<String> tasks = tasksOf(type, track);
        boolean mayFail = false;
        for (int i = 0; i < stages.size(); i++) {
            Track.Stage stage = stages.get(i);
            if (!stage.at().equals("member")) {
                known(stage, "at", stage.at(), deciders, "机构或部门");
            }
            one(stage, "recess", stage.recess());
            one(stage, "alsoInRecess", stage.alsoInRecess());
            one(stage, "onlyInRecess", stage.onlyInRecess());
            one(stage, "refers", stage.refers());
            acts(stage.then());
            if (stage.answerDays() != null) {
                reading(stage, "answerDays", stage.answerDays());
            }
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
                known(stage, "failed", stage.failed(), List.of("reject", "next"), "去向");
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

    private void vote(Track.Stage stage, String part, Track.@Nullable Vote vote) {
        if (vote == null) {
            return;
        }
        known(vote, "base", vote.base(), List.of("present", "seats"), "计票基数");
        share(vote, "share", vote.share());
        if (vote.exact() != null) {
            known(vote, "exact", vote.exact(), recipients, "收件人");
            if (vote.share().inclusive() && vote.tie() == null) {
                marks.fault(vote, "exact", "恰好达到即通过，就不会有“恰好达到而未过”的提示：两条规则重叠");
            }
        }
        if (vote.tie() != null) {
            reading(vote, "tie", vote.tie());
        }
        if (vote.maxAgainst() != null && vote.maxAgainst() < 0) {
            marks.fault(stage, part, "反对票上限不能为负");
        }
    }

    private void share(Object owner, String part, Rulebook.@Nullable Share share) {
        if (share != null
                && (share.denominator() < 1
                        || share.numerator() < 1
                        || share.numerator() > share.denominator()
                        || (share.numerator() == share.denominator() && !share.inclusive()))) {
            marks.fault(owner, part, "比例 " + share.numerator() + "/" + share.denominator() + " 无法达到或没有意义");
        }
    }

    private void ways() {
        if (book.upgrade() != null) {
            Rulebook.Upgrade upgrade = book.upgrade();
            paths(upgrade, upgrade.paths(), upgrade.conditions().keySet(), 1);
            upgrade.never().keySet().forEach(g -> known(upgrade, "never", g, grades, "等级"));
            upgrade.conditions().forEach((name, list) -> {
                if (upgrade.paths().stream().noneMatch(p -> name.equals(p.conditions()))) {
                    marks.fault(upgrade, "conditions{" + name + "}", "没有一条升级路径用到“" + name + "”");
                }
                for (Rulebook.Condition condition : list) {
                    condition(condition);
                }
            });
            if (upgrade.exceptional() != null) {
                known(upgrade.exceptional(), "grade", upgrade.exceptional().grade(), grades, "等级");
                positive(
                        upgrade.exceptional(),
                        "nominators",
                        upgrade.exceptional().nominators());
            }
            if (upgrade.extra() != null) {
                known(upgrade.extra(), "grade", upgrade.extra().grade(), grades, "等级");
                all(upgrade.extra(), "nominatedBy", upgrade.extra().nominatedBy(), grades, "等级");
                clause(upgrade.extra(), "matter", upgrade.extra().matter());
            }
            needsCase("upgrade");
        }
        if (book.downgrade() != null) {
            paths(book.downgrade(), book.downgrade().paths(), Set.of(), -1);
            needsCase("downgrade");
        }
        if (!book.sanctions().isEmpty()) {
            needsCase("sanction");
        }
    }

    private void needsCase(String type) {
        if (!book.cases().containsKey(type)) {
            marks.fault(book, type.equals("sanction") ? "sanctions" : type, "没有 cases 里的 " + type + "，这些规则走不到");
        }
    }

    private void paths(Object owner, List<Rulebook.Path> paths, Set<String> named, int direction) {
        for (int i = 0; i < paths.size(); i++) {
            Rulebook.Path path = paths.get(i);
            all(path, "from", path.from(), grades, "等级");
            boolean to = known(path, "to", path.to(), grades, "等级");
            if (path.conditions() != null) {
                known(path, "conditions", path.conditions(), named, "条件清单");
            }
            for (String from : path.from()) {
                if (to && grades.contains(from)) {
                    int step = book.rank(path.to()) - book.rank(from);
                    if (step * direction <= 0) {
                        marks.fault(
                                owner,
                                "paths[" + i + "]",
                                "从“" + from + "”到“" + path.to() + "”" + (direction > 0 ? "不是升级" : "不是降级"));
                    }
                }
            }
        }
    }

    private void condition(Rulebook.Condition condition) {
        int set = (condition.tenure() != null ? 1 : 0)
                + (condition.paidOnTime() ? 1 : 0)
                + (condition.absences() != null ? 1 : 0)
                + (condition.judged() ? 1 : 0);
        if (set != 1) {
            marks.fault(condition, "", "每个条件须在 tenure、paid-on-time、absences、judged 中恰好写一个");
        }
        all(condition, "grades", condition.grades(), grades, "等级");
        all(condition, "meetings", condition.meetings(), book.bodies().keySet(), "机构");
        if (condition.absences() != null && (condition.meetings().isEmpty() || condition.window() == null)) {
            marks.fault(condition, "absences", "缺席次数要写明是哪些会议（meetings）和多长时间内（window）");
        }
    }

    private void watches() {
        Set<String> seen = new LinkedHashSet<>();
        for (Watch watch : book.watch()) {
            Watch.When when = watch.when();
            boolean any = when.unpaid() != null
                    || when.inactive() != null
                    || when.absentFrom() != null
                    || when.suspended() != null
                    || when.teacherless()
                    || when.unregistered() != null
                    || when.lapsed()
                    || when.unconfirmed() != null;
            if (!any) {
                marks.fault(watch, "when", "没有写明等待什么");
            }
            if (watch.then().isEmpty()) {
                marks.fault(watch, "then", "条件成立后什么也不发生");
            }
            if (when.absentFrom() != null) {
                known(when, "absentFrom", when.absentFrom(), book.bodies().keySet(), "机构");
                if (when.unpaid() == null) {
                    marks.fault(when, "absentFrom", "缺席要与欠费（unpaid）一起写：以欠费之后的一年计");
                }
            }
            if (when.unpaid() != null && book.fees() == null) {
                marks.fault(when, "unpaid", "没有会费，就没有欠费");
            }
            if (when.unpaid() != null) {
                natural(when.unpaid(), "beyond", when.unpaid().beyond());
            }
            if (when.inactive() != null) {
                natural(when.inactive(), "span", when.inactive().span());
            }
            if (when.suspended() != null) {
                natural(when, "suspended", when.suspended());
            }
            if (when.unregistered() != null) {
                natural(when, "unregistered", when.unregistered());
            }
            if (when.unconfirmed() != null) {
                natural(when.unconfirmed(), "beyond", when.unconfirmed().beyond());
                known(
                        when.unconfirmed(),
                        "reading",
                        when.unconfirmed().reading(),
                        book.readings().keySet(),
                        "读法（readings）");
            }
            for (int day : when.before()) {
                if (day < 1) {
                    marks.fault(when, "before", "提前的天数应是正数");
                }
            }
            if (watch.after() != null) {
                milder(watch, seen);
            }
            seen.add(watch.id());
            acts(watch.then());
        }
    }

    private void milder(Watch watch, Set<String> seen) {
        String after = watch.after();
        if (after == null) {
            return;
        }
        if (!seen.contains(after)) {
            boolean later = book.watch().stream().anyMatch(w -> w.id().equals(after));
            marks.fault(
                    watch,
                    "after",
                    later ? "“" + after + "”写在后面：轻的一级要写在重的一级之前" : "没有“" + after + "”这条规则" + Binder.near(after, seen));
            return;
        }
        Watch mild = book.watch().stream()
                .filter(w -> w.id().equals(after))
                .findFirst()
                .orElseThrow();
        Watch.Unpaid here = watch.when().unpaid();
        Watch.Unpaid there = mild.when().unpaid();
        LocalDate sample = LocalDate.of(2025, 1, 1);
        if (here != null
                && there != null
                && here.from() == null
                && there.from() == null
                && here.beyond().unit() != Span.Unit.WORKDAYS
                && there.beyond().unit() != Span.Unit.WORKDAYS
                && io.homeroom.ground.Deadlines.lastDay(sample, here.beyond())
                        .isBefore(io.homeroom.ground.Deadlines.lastDay(sample, there.beyond()))) {
            marks.fault(
                    watch,
                    "after",
                    "重的一级（" + here.beyond().words() + "）早于轻的一级（"
                            + there.beyond().words() + "）");
        }
    }

    private void counters() {
        for (Rulebook.Attendance rule : book.attendance()) {
            known(rule, "body", rule.body(), book.bodies().keySet(), "机构");
            all(rule, "grades", rule.grades(), grades, "等级");
            all(rule, "posts", rule.posts(), posts, "职务");
            all(rule, "tell", rule.tell(), recipients, "收件人");
            known(rule, "standIn", rule.standIn(), List.of("own", "any", "none"), "代会规则");
            all(rule, "warnTell", rule.warnTell(), recipients, "收件人");
            Integer limit = rule.limit();
            if (limit == null) {
                if (rule.fallsTo() != null || !rule.warn().isEmpty()) {
                    marks.fault(rule, "", "没有写 limit（连续几次），就不能有 falls-to 和 warn");
                }
                continue;
            }
            positive(rule, "limit", limit);
            for (int warn : rule.warn()) {
                if (warn < 1 || warn >= limit) {
                    marks.fault(rule, "warn", "提醒的次数应在 1 与 " + (limit - 1) + " 之间：到 " + limit + " 次已经生效");
                }
            }
            if (rule.fallsTo() != null) {
                known(rule, "fallsTo", rule.fallsTo(), posts, "职务");
            }
        }
        for (Rulebook.Repeated rule : book.repeated()) {
            all(rule, "meetings", rule.meetings(), book.bodies().keySet(), "机构");
            all(rule, "grades", rule.grades(), grades, "等级");
            positive(rule, "alertAt", rule.alertAt());
            natural(rule, "window", rule.window());
            acts(rule.then());
        }
        book.bodies().values().forEach(body -> {
            if (body.standIn() != null) {
                known(body, "standIn", body.standIn(), List.of("own", "none"), "代会规则");
            }
        });
        if (book.benefits() != null && book.grades().stream().allMatch(g -> g.passes() == 0)) {
            marks.fault(book, "benefits", "写了参会证件，但每个等级都是 0 张");
        }
    }

    private void acts(List<Act> acts) {
        for (Act act : acts) {
            int set = (act.tell().isEmpty() ? 0 : 1)
                    + (act.task() == null ? 0 : 1)
                    + (act.open() == null ? 0 : 1)
                    + (act.effect() == null ? 0 : 1);
            if (set != 1) {
                marks.fault(act, "", "每条须在 tell、task、open、effect 中恰好写一个");
            }
            all(act, "tell", act.tell(), recipients, "收件人");
            if (!act.tell().isEmpty() && act.says() == null) {
                marks.fault(act, "tell", "通知没有写内容（says）");
            }
            if (act.task() != null) {
                task(act.task());
            }
            String open = act.open();
            if (open != null && known(act, "open", open, book.cases().keySet(), "案件")) {
                Track track = book.cases().get(open);
                if (track != null && act.at() != null) {
                    List<String> steps = new ArrayList<>();
                    track.stages().forEach(s -> {
                        steps.add(s.at());
                        if (s.recess() != null) {
                            steps.add(s.recess());
                        }
                    });
                    known(act, "at", act.at(), steps, "步骤");
                }
            } else if (open == null && act.at() != null) {
                marks.fault(act, "at", "只有 open 才有 at");
            }
        }
    }

    private void task(TaskRule task) {
        known(task, "to", task.to(), recipients, "部门、机构或 teacher");
        if (task.where() != null) {
            known(task, "where", task.where(), List.of("网站", "内部"), "公告位置");
        }
    }

    /** Codes of tasks that rules of this case, or any rule that opens it, make. */
    private Set<String> tasksOf(String type, Track track) {
        Set<String> found = new HashSet<>();
        List<List<Act>> sources = new ArrayList<>(List.of(track.filed(), track.approved(), track.done()));
        track.stages().forEach(s -> sources.add(s.then()));
        book.watch().forEach(w -> sources.add(w.then()));
        sources.addAll(book.reports().values());
        sources.addAll(book.on().values());
        for (List<Act> acts : sources) {
            for (Act act : acts) {
                if (act.task() != null) {
                    found.add(act.task().what());
                }
            }
        }
        if (type.equals("change")) {
            book.changes().values().forEach(c -> {
                if (c.task() != null) {
                    found.add(c.task().what());
                }
            });
        }
        return found;
    }

    private void natural(Object owner, String part, Span span) {
        if (span.unit() == Span.Unit.WORKDAYS) {
            marks.fault(owner, part, "这里不能用工作日计算");
        }
    }

    private void positive(Object owner, String part, int number) {
        if (number < 1) {
            marks.fault(owner, part, "“" + Binder.kebab(part) + "”应是不小于 1 的整数");
        }
    }

    private void reading(Object owner, String part, String key) {
        known(owner, part, key, book.readings().keySet(), "读法（readings）");
    }

    private void one(Object owner, String part, @Nullable String name) {
        if (name != null) {
            known(owner, part, name, deciders, "机构或部门");
        }
    }

    private void all(Object owner, String part, List<String> names, Collection<String> allowed, String noun) {
        for (int i = 0; i < names.size(); i++) {
            known(owner, part + "[" + i + "]", names.get(i), allowed, noun);
        }
    }

    private boolean known(Object owner, String part, String name, Collection<String> allowed, String noun) {
        if (allowed.contains(name)) {
            return true;
        }
        boolean plural = part.indexOf('[') < 0 && part.indexOf('{') < 0;
        marks.fault(
                owner,
                plural && isMapPart(owner, part) ? part + "{" + name + "}" : part,
                "没有“" + name + "”这个" + noun + Binder.near(name, allowed));
        return false;
    }

    private static boolean isMapPart(Object owner, String part) {
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            if (component.getName().equals(part)) {
                return component.getType() == Map.class;
            }
        }
        return false;
    }

    private void unique(Object owner, String part, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                marks.fault(owner, part + "[" + i + "]", "“" + names.get(i) + "”出现了两次");
            }
        }
    }

    private static List<String> plus(List<String> list, String more) {
        List<String> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }

    private static @Nullable Object get(RecordComponent component, Object owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
