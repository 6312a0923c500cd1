package io.homeroom.cli;

import io.homeroom.casework.Application;
import io.homeroom.casework.Assignments;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Counter;
import io.homeroom.casework.Decision;
import io.homeroom.casework.Opening;
import io.homeroom.casework.Prices;
import io.homeroom.casework.Reports;
import io.homeroom.casework.Rights;
import io.homeroom.casework.Undertakings;
import io.homeroom.chat.Answers;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.governance.Activities;
import io.homeroom.governance.Meetings;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Liaisons;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Nights;
import io.homeroom.till.Method;
import io.homeroom.till.Till;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what the steps of a rehearsal do, through the front doors that people use. */
class Actions {

    private static final String BY = "rehearsal";

    private final Cases cases;
    private final Counter counter;
    private final Tasks tasks;
    private final Till till;
    private final Meetings meetings;
    private final Activities activities;
    private final Rights rights;
    private final Answers answers;
    private final Reports reports;
    private final Classes classes;
    private final Liaisons liaisons;
    private final GivenScene scene;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Nights nights;
    private final Sittings sittings;
    private final Assignments assignments;
    private final Prices prices;
    private final Undertakings undertakings;

    Actions(
            Cases cases,
            Counter counter,
            Tasks tasks,
            Till till,
            Meetings meetings,
            Activities activities,
            Rights rights,
            Answers answers,
            Reports reports,
            Classes classes,
            Liaisons liaisons,
            GivenScene scene,
            Roster roster,
            Lawbook law,
            BusinessClock clock,
            Nights nights,
            Sittings sittings,
            Assignments assignments,
            Prices prices,
            Undertakings undertakings) {
        this.cases = cases;
        this.counter = counter;
        this.tasks = tasks;
        this.till = till;
        this.meetings = meetings;
        this.activities = activities;
        this.rights = rights;
        this.answers = answers;
        this.reports = reports;
        this.classes = classes;
        this.liaisons = liaisons;
        this.scene = scene;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
        this.nights = nights;
        this.sittings = sittings;
        this.assignments = assignments;
        this.prices = prices;
        this.undertakings = undertakings;
    }

    /** Does one action; answers the refusal if there was one. */
    Optional<Refusal> act(Script action, Cast cast) {
        String verb = action.keys().iterator().next();
        if (verb.equals("jobs")) {
            nights.again(Tenant.current(), clock.today());
            return Optional.empty();
        }
        Script with = action.part(verb);
        Outcome<?> outcome = switch (verb) {
            case "apply" -> apply(with, cast);
            case "open" -> open(with, cast);
            case "file" -> cases.file(latest(with.text("case"), cast), with.texts("documents"), BY);
            case "exempt" ->
                counter.exempt(latest(with.text("case"), cast), with.text("document"), with.text("why"), BY);
            case "answer" -> cases.answer(latest(with.text("case"), cast), with.text("says"), BY);
            case "decide" -> decide(with, cast);
            case "done" -> done(with, cast);
            case "pay" -> pay(with, cast);
            case "meeting" -> meeting(with, cast);
            case "activity" -> activity(with, cast);
            case "use" ->
                rights.use(
                        cast.member(with.text("member")),
                        with.text("what"),
                        text(with, "event", ""),
                        Integer.parseInt(text(with, "count", "1")),
                        BY);
            case "ask" -> ask(with, cast);
            case "report" -> report(with, cast);
            case "assign" -> assign(with, cast);
            case "liaison" -> liaisons.name(cast.member(with.text("member")), with.text("name"), "", BY);
            case "contact" -> Outcome.done(classes.contacted(cast.member(with.text("member")), BY, "已联系"));
            case "place" -> place(with, cast);
            case "enter" ->
                undertakings.enter(
                        with.text("register"),
                        with.text("name"),
                        latest(with.text("decision") + ".resolution", cast),
                        with.has("lead") ? cast.member(with.text("lead")) : null,
                        BY);
            case "progress" -> progress(with);
            case "convene" ->
                sittings.plan(
                        with.text("body"),
                        LocalDate.parse(with.text("on")),
                        "",
                        "会议室",
                        with.flag("remote", false),
                        with.flag("remote", false) ? "特殊情况" : "",
                        BY);
            case "entrust" ->
                assignments.assign(
                        cast.member(with.text("member")),
                        with.text("what"),
                        false,
                        LocalDate.parse(with.text("due")),
                        BY);
            case "body" -> body(with);
            default -> throw new Script.Fault(action.where() + "：不认识“" + verb + "”");
        };
        return outcome instanceof Outcome.Refused<?> refused ? Optional.of(refused.refusal()) : Optional.empty();
    }

    private Outcome<CaseView> apply(Script with, Cast cast) {
        String name = with.text("member");
        Script facts = with.part("facts");
        Member former = cast.members.containsKey(name) ? roster.get(cast.member(name)) : null;
        String shown = text(with, "name", former == null ? name : former.name());
        Kind kind = former == null ? Kind.UNIT : former.kind();
        if (with.has("kind")) {
            kind = Kind.of(with.text("kind"));
        }
        boolean unit = kind == Kind.UNIT;
        Map<String, String> data = new LinkedHashMap<>();
        if (unit && facts.flag("liaison", true)) {
            data.put("liaison", shown + "联络员");
        }
        if (unit && facts.flag("representative", true)) {
            data.put("representative", shown + "代表人");
        }
        String named = with.textOr("employer", null);
        Long employer = former == null ? null : former.employerId();
        if (named != null) {
            employer = scene.employer(named, cast);
        }
        String branchOf = facts.textOr("branch-of", null);
        Outcome<CaseView> outcome = cases.apply(new Application(
                cast.members.get(name),
                shown,
                kind,
                with.textOr("grade", null),
                with.textOr("post", null),
                with.textOr("uscc", null),
                employer,
                with.has("documents") ? with.texts("documents") : null,
                new Application.Facts(
                        !text(facts, "visit", "true").equals("false"),
                        text(facts, "credit-check", "passed").equals("failed"),
                        facts.flag("representative", true),
                        facts.flag("liaison", true),
                        facts.textOr("region", null),
                        facts.flag("organ", false),
                        facts.flag("political-rights", true),
                        facts.texts("penalties").stream().map(LocalDate::parse).toList(),
                        branchOf == null ? null : cast.member(branchOf),
                        facts.flag("independent", branchOf == null),
                        facts.textOr("registration", null)),
                data,
                BY));
        Long member = outcome.isDone() ? outcome.get().memberId() : null;
        if (member != null) {
            cast.members.put(name, member);
        } else if (former == null) {
            cast.nobodies.add(name);
        }
        return outcome;
    }

    private Outcome<CaseView> open(Script with, Cast cast) {
        String[] name = with.text("case").split("\\.", -1);
        String type = name[1];
        Map<String, String> data = new HashMap<>();
        for (String key : List.of(
                "to", "exceptional", "until", "kind", "field", "from", "keep-post", "year", "matter", "count")) {
            String value = with.textOr(key, null);
            if (value != null) {
                data.put(key, value);
            }
        }
        Script fees = with.part("fees");
        fees.keys().forEach(grade -> data.put("fee:" + grade, fees.text(grade)));
        Cast.Person person = cast.persons.get(data.getOrDefault("to", ""));
        if (type.equals("change") && person != null) {
            data.put("head", String.valueOf(person.head()));
        }
        boolean resolution = type.equals("resolution");
        boolean office = type.equals("sanction") || type.equals("expulsion");
        String by = with.textOr("by", null);
        Outcome<CaseView> outcome = cases.open(new Opening(
                type,
                resolution ? null : cast.member(name[0]),
                name[0],
                by == null ? (office ? "秘书处" : "member") : mover(by, cast),
                with.texts("grounds"),
                with.has("documents") ? with.texts("documents") : null,
                data,
                with.texts("nominated-by").stream().map(cast::member).toList()));
        if (resolution && outcome.isDone()) {
            cast.resolutions.put(name[0], outcome.get().id());
        }
        return outcome;
    }

    private static String mover(String by, Cast cast) {
        Long member = cast.members.get(by);
        return member == null ? cast.address(by) : "member:" + member;
    }

    private long latest(String name, Cast cast) {
        String[] parts = name.split("\\.", -1);
        return latest(parts[0], parts[1], cast).map(CaseView::id).orElseThrow(() -> new Script.Fault("没有办件 " + name));
    }

    /** The latest case of a type about somebody. */
    Optional<CaseView> latest(String name, String type, Cast cast) {
        Long resolution = cast.resolutions.get(name);
        if (type.equals("resolution") && resolution != null) {
            return cases.find(resolution);
        }
        Long member = cast.members.get(name);
        return member == null
                ? Optional.empty()
                : cases.of(member).stream()
                        .filter(file -> file.type().equals(type))
                        .reduce((earlier, later) -> later);
    }

    private Outcome<CaseView> decide(Script with, Cast cast) {
        return cases.decide(
                latest(with.text("case"), cast),
                new Decision(
                        with.text("by"),
                        with.flag("remote", false),
                        with.textOr("reason", null),
                        with.textOr("result", null),
                        number(with, "present"),
                        number(with, "for"),
                        number(with, "against"),
                        BY));
    }

    private static @Nullable Integer number(Script with, String key) {
        String text = with.textOr(key, null);
        return text == null ? null : Integer.valueOf(text);
    }

    private Outcome<Task> done(Script with, Cast cast) {
        String[] name = with.text("task").split("\\.", -1);
        String where = with.textOr("where", null);
        TaskSearch search = TaskSearch.unfinished().what(name[1]).page(0, 1000);
        boolean ours = name[0].equals("association");
        List<Task> found = tasks.search(ours ? search : search.member(cast.member(name[0])));
        Task task = found.stream()
                .filter(one -> !ours || one.memberId() == null)
                .filter(one -> where == null || where.equals(one.where()))
                .findFirst()
                .orElseThrow(() -> new Script.Fault("没有待办 " + with.text("task")));
        List<String> documents = with.texts("documents");
        // A letter that is done was posted with proof: that is what a rehearsal means by it.
        boolean posted = documents.isEmpty() && task.what().equals("letter");
        return tasks.done(task.id(), posted ? List.of("寄送凭证") : documents, BY);
    }

    private Outcome<?> pay(Script with, Cast cast) {
        return till.receive(
                cast.member(with.text("member")),
                Money.ofYuan(new BigDecimal(with.text("amount"))),
                Method.of(text(with, "method", "wechat")),
                clock.instant(),
                null,
                text(with, "memo", "会费"),
                with.textOr("for", null),
                BY);
    }

    private Outcome<Long> meeting(Script with, Cast cast) {
        Map<Long, Meetings.StandIn> standIns = new LinkedHashMap<>();
        Script instead = with.part("stand-ins");
        instead.keys()
                .forEach(name -> standIns.put(
                        cast.member(name),
                        instead.text(name).equals("own") ? Meetings.StandIn.OWN : Meetings.StandIn.OTHER));
        return meetings.record(
                with.text("body"),
                with.flag("remote", false),
                with.texts("absent").stream().map(cast::member).toList(),
                standIns,
                BY);
    }

    private Outcome<Boolean> activity(Script with, Cast cast) {
        activities.record(
                clock.today(), with.texts("present").stream().map(cast::member).toList(), BY);
        return Outcome.done(true);
    }

    private Outcome<Boolean> ask(Script with, Cast cast) {
        answers.ask(cast.member(with.text("member")), with.text("about"));
        return Outcome.done(true);
    }

    private Outcome<?> place(Script with, Cast cast) {
        return prices.take(
                cast.member(with.text("member")),
                with.text("of"),
                with.text("event"),
                text(with, "branch", ""),
                clock.today(),
                Money.ofYuan(new BigDecimal(with.text("full"))),
                BY);
    }

    private Outcome<?> progress(Script with) {
        Undertakings.Undertaking about = undertakings.list(1000).stream()
                .filter(one -> one.name().equals(with.text("name")))
                .findFirst()
                .orElseThrow(() -> new Script.Fault("登记簿里没有“" + with.text("name") + "”"));
        Undertakings.State state = Undertakings.State.of(with.text("state"))
                .orElseThrow(() -> new Script.Fault(with.where() + "：state 可写 running、done、stopped"));
        return undertakings.move(about.id(), about.version(), state, text(with, "note", ""), BY);
    }

    private Outcome<?> report(Script with, Cast cast) {
        String name = with.text("member");
        long member = cast.member(name);
        String event = with.text("event");
        return switch (event) {
            case "merged" -> reports.merged(member, cast.member(with.text("with")), BY);
            case "split" -> {
                String seal = with.text("seal");
                Outcome<?> outcome = reports.split(member, seal.equals(name) ? null : seal, with.texts("into"), BY);
                cast.members.put(seal, member);
                cast.nobodies.addAll(with.texts("into"));
                yield outcome;
            }
            case "resigned" -> reports.resigned(member, with.text("post"), BY);
            default -> reports.report(member, event, GivenScene.day(with, "day"), with.flag("serious", false), BY);
        };
    }

    private Outcome<?> assign(Script with, Cast cast) {
        Rulebook.Teacher rule = law.of(clock.today()).teacher();
        return classes.assign(
                cast.member(with.text("member")),
                cast.teacher(with.text("teacher")),
                BY,
                rule == null ? List.of() : rule.cite());
    }

    private Outcome<Boolean> body(Script with) {
        scene.bodies(with);
        return Outcome.done(true);
    }

    private static String text(Script with, String key, String otherwise) {
        String found = with.textOr(key, otherwise);
        return found == null ? otherwise : found;
    }
}
