package io.homeroom;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Roster;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Calendar;
import java.util.Date;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;

/** The house keeps its order: floors, libraries in their rooms, no hidden clock. Rooms not built yet are no fault. */
@AnalyzeClasses(packages = "io.homeroom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            entry("ground", 0),
            entry("rulebook", 1),
            entry("schedule", 1),
            entry("member", 2),
            entry("till", 2),
            entry("desk", 2),
            entry("dues", 3),
            entry("governance", 3),
            entry("liaison", 3),
            entry("casework", 4),
            entry("classroom", 4),
            entry("care", 5),
            entry("review", 5),
            entry("chat", 6),
            entry("portal", 6),
            entry("notice", 6),
            entry("papers", 6),
            entry("wechat", 7),
            entry("console", 7),
            entry("api", 7),
            entry("cli", 7),
            entry("sandbox", 7),
            // Peoples the sandbox: above the faces, because it looks at one of them.
            entry("demo", 8));

    @ArchTest
    void every_room_has_a_floor(JavaClasses house) {
        assertThat(house.stream()
                        .map(ArchitectureTests::room)
                        .filter(r -> !r.isEmpty())
                        .distinct())
                .isSubsetOf(FLOORS.keySet());
    }

    @ArchTest
    static final ArchRule imports_go_down_only = classes()
            .should(new ArchCondition<>("import only from floors below, or from their own room") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    item.getDirectDependenciesFromSelf().stream()
                            .filter(d -> !mayUse(room(item), room(d.getTargetClass())))
                            .forEach(d -> events.add(SimpleConditionEvent.violated(item, d.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule wxjava_lives_in_wechat = only("wechat", "me.chanjar.weixin..", "com.github.binarywang..");

    @ArchTest
    static final ArchRule quartz_lives_in_schedule = only("schedule", "org.quartz..");

    @ArchTest
    static final ArchRule lucene_lives_in_chat = only("chat", "org.apache.lucene..");

    @ArchTest
    static final ArchRule readings_of_characters_live_in_member = only("member", "com.ibm.icu..");

    @ArchTest
    static final ArchRule sheets_and_pdf_live_in_papers =
            only("papers", "org.dhatim..", "org.apache.poi..", "com.openhtmltopdf..", "org.apache.pdfbox..");

    @ArchTest
    static final ArchRule ground_is_plain_java = noClasses()
            .that()
            .resideInAPackage("io.homeroom.ground..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .dependOnClassesThat(describe(
                    "are neither of the JDK nor annotations of nullness",
                    c -> !c.getPackageName().startsWith("java.")
                            && !c.getPackageName().startsWith("javax.crypto")
                            && !c.getPackageName().startsWith("io.homeroom.ground")
                            && !c.getPackageName().startsWith("org.jspecify")
                            && !c.getPackageName().isEmpty()))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_law_knows_no_framework = noClasses()
            .that()
            .resideInAPackage("io.homeroom.rulebook..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "jakarta.persistence..", "org.hibernate..", "java.sql..", "javax.sql..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobody_asks_the_time_behind_the_clocks_back = noClasses()
            .that()
            // Ids grow with time so that they sort; no date is ever read from one.
            .doNotHaveFullyQualifiedName("io.homeroom.ground.Ids")
            .should(callMethodWhere(describe(
                    "read the time without a Clock",
                    call -> isNow(call)
                            || calls(call, System.class, "currentTimeMillis")
                            || calls(call, Calendar.class, "getInstance"))))
            .orShould()
            .callConstructor(Date.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule clocks_are_made_in_schedule = noClasses()
            .that()
            .resideOutsideOfPackage("io.homeroom.schedule..")
            .should(callMethodWhere(describe(
                    "make a clock of the system",
                    call -> call.getTargetOwner().isEquivalentTo(Clock.class)
                            && call.getName().startsWith("system"))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule what_a_class_needs_comes_through_its_constructor = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.persistence.PersistenceContext")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothing_is_printed_past_the_log = noClasses()
            .that()
            .resideOutsideOfPackage("io.homeroom.cli..")
            .should(new ArchCondition<>("use System.out or System.err") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    item.getFieldAccessesFromSelf().stream()
                            .filter(a -> a.getTargetOwner().isEquivalentTo(System.class))
                            .filter(a -> Set.of("out", "err").contains(a.getName()))
                            .forEach(a -> events.add(SimpleConditionEvent.satisfied(item, a.getDescription())));
                }
            })
            .allowEmptyShould(true);

    /** Whatever moves a member: cases as decided or paid for, and rules that the bylaws call automatic. */
    private static final Set<String> MOVERS = Set.of(
            "casework.Admissions",
            "casework.CaseEvents",
            "casework.Counter",
            "casework.DataChecks",
            "casework.Effects",
            "casework.Outcomes",
            "casework.Reports",
            "governance.Meetings");

    /** Whoever writes into the ledger without moving anybody, and what; the two last tell how a story begins. */
    private static final Map<String, Set<String>> SCRIBES = Map.of(
            "api.MembersApi", Set.of("DATA"),
            "console.EditPage", Set.of("DATA"),
            "papers.RosterImport", Set.of("DATA"),
            "liaison.Classes", Set.of("TEACHER"),
            "cli.GivenScene", Set.of("DATA", "REJECTED"),
            "demo.DemoRoster", Set.of("POST_GAINED"));

    private static final Set<String> MOVING_ROOMS = Set.of("casework", "governance");

    /** Every way to a mover, by what comes in there. */
    private static final Map<String, Set<String>> DOORS = Map.of(
            "a case is asked for, papered, answered or called off",
            Set.of(
                    "casework.Applications.file",
                    "casework.Assists.answered",
                    "casework.Backings.answer",
                    "casework.Cases.answer",
                    "casework.Cases.apply",
                    "casework.Cases.file",
                    "casework.Cases.open",
                    "casework.Counter.answer",
                    "casework.Counter.callOff",
                    "casework.Counter.enclose",
                    "casework.Counter.exempt",
                    "casework.Counter.open",
                    "casework.Enrolments.join",
                    "casework.Enrolments.leave",
                    "casework.Rights.use"),
            "a body or an office decides",
            Set.of(
                    "casework.Agenda.decide",
                    "casework.Ballots.close",
                    "casework.Ballots.tick",
                    "casework.BallotTicker.tick",
                    "casework.Cases.decide",
                    "casework.ClosingDuty.run"),
            "something is reported, or does not concern standing",
            Set.of(
                    "casework.DataChecks.entered",
                    "casework.DataChecks.unchanged",
                    "casework.Reports.merged",
                    "casework.Reports.report",
                    "casework.Reports.resigned",
                    "casework.Reports.split"),
            "money came, or what a case waited for is done",
            Set.of(
                    "casework.CaseEvents.allPaid",
                    "casework.CaseEvents.billPaid",
                    "casework.CaseEvents.bodyChanged",
                    "casework.CaseEvents.memberChanged",
                    "casework.CaseEvents.taskDone"),
            "the rulebook is amended, and cases that are under way go on by it",
            Set.of("casework.Editions.enact", "casework.Editions.found", "casework.TurnoverDuty.run"),
            "a rule that the bylaws call automatic",
            Set.of(
                    "casework.Attendances.absent",
                    "casework.Attendances.held",
                    "casework.CalendarDuty.run",
                    "casework.CaseDuty.run",
                    "casework.Cases.openByRule",
                    "casework.Consequences.carryOut",
                    "casework.Consequences.on",
                    "casework.Effects.enact",
                    "casework.TaskDuty.run",
                    "governance.Meetings.record",
                    "governance.Sittings.hold"));

    /** The faces and voices, the nightly look, and what is made up for trying out. */
    private static final Set<String> ASKING =
            Set.of("chat", "portal", "console", "api", "cli", "care", "review", "demo");

    @ArchTest
    void nothing_moves_a_member_but_a_case_a_payment_or_an_automatic_rule(JavaClasses house) {
        Set<JavaClass> callers = house.get(Roster.class).getMethodCallsToSelf().stream()
                .filter(call -> Set.of("record", "annul").contains(call.getName()))
                .map(JavaMethodCall::getOriginOwner)
                .filter(caller -> !room(caller).equals("member"))
                .collect(Collectors.toSet());
        Set<String> known = new HashSet<>(MOVERS);
        known.addAll(SCRIBES.keySet());

        assertThat(callers.stream().map(ArchitectureTests::place).collect(Collectors.toSet()))
                .isEqualTo(known);
        callers.stream()
                .filter(caller -> SCRIBES.containsKey(place(caller)))
                .forEach(caller -> assertThat(caller.getFieldAccessesFromSelf().stream()
                                .filter(access -> access.getTargetOwner().isEquivalentTo(EntryKind.class))
                                .map(JavaAccess::getName))
                        .as(place(caller))
                        .isSubsetOf(SCRIBES.get(place(caller))));
    }

    /**
     * A call of the ledger is not the only way to move somebody: so is every front door behind which one is made, however
     * many calls deep, by whoever opens it, and by an event or a night that comes in there.
     */
    @ArchTest
    void no_other_door_leads_to_the_ledger_and_only_these_rooms_open_them(JavaClasses house) {
        Set<JavaCodeUnit> reaching = new HashSet<>();
        Deque<JavaCodeUnit> behind = new ArrayDeque<>();
        house.get(Roster.class).getMethodCallsToSelf().stream()
                .filter(call -> Set.of("record", "annul").contains(call.getName()))
                .map(JavaMethodCall::getOrigin)
                .filter(origin -> MOVERS.contains(place(origin.getOwner())))
                .forEach(behind::add);
        while (!behind.isEmpty()) {
            JavaCodeUnit unit = behind.pop();
            if (reaching.add(unit)) {
                callers(unit).forEach(behind::add);
            }
        }
        Set<JavaCodeUnit> doors = reaching.stream()
                .filter(unit -> MOVING_ROOMS.contains(room(unit.getOwner())))
                .filter(ArchitectureTests::isDoor)
                .collect(Collectors.toSet());

        assertThat(doors.stream().map(unit -> place(unit.getOwner()) + "." + unit.getName()))
                .containsExactlyInAnyOrderElementsOf(
                        DOORS.values().stream().flatMap(Set::stream).toList());
        assertThat(doors.stream()
                        .flatMap(unit -> callers(unit).stream())
                        .map(caller -> room(caller.getOwner()))
                        .filter(room -> !MOVING_ROOMS.contains(room))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(ASKING);
    }

    private static Set<JavaCodeUnit> callers(JavaCodeUnit unit) {
        Set<JavaCodeUnit> callers = new HashSet<>();
        if (unit instanceof JavaMethod method) {
            method.getCallsOfSelf().forEach(call -> callers.add(call.getOrigin()));
            method.getReferencesToSelf().forEach(reference -> callers.add(reference.getOrigin()));
        }
        return callers;
    }

    /** What others can call, and what is called by itself: on an event, at night, or where a lower room asks. */
    private static boolean isDoor(JavaCodeUnit unit) {
        boolean open = unit.getModifiers().contains(JavaModifier.PUBLIC);
        return open || unit.isAnnotatedWith(EventListener.class);
    }

    /** Room and top class: {@code casework.Effects}. */
    private static String place(JavaClass type) {
        return type.getName().substring("io.homeroom.".length()).replaceFirst("\\$.*", "");
    }

    @ArchTest
    static final ArchRule no_rooms_for_leftovers = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..dto..", "..helper..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule entities_stay_at_home = classes()
            .that()
            .areAnnotatedWith("jakarta.persistence.Entity")
            .should()
            .notHaveModifier(JavaModifier.PUBLIC)
            .allowEmptyShould(true);

    private static ArchRule only(String room, String... library) {
        DescribedPredicate<JavaClass> theirs = resideInAnyPackage(library);
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.homeroom." + room + "..")
                .should()
                .dependOnClassesThat(theirs)
                .allowEmptyShould(true);
    }

    private static boolean mayUse(String user, String used) {
        if (user.isEmpty() || used.isEmpty() || user.equals(used)) {
            return true;
        }
        int from = FLOORS.getOrDefault(user, 0);
        int to = FLOORS.getOrDefault(used, Integer.MAX_VALUE);
        // On the two upper floors neighbours may be named: ModularityTests holds them to what they declare.
        return from >= 6 ? to <= from : to < from;
    }

    /** The room of a class, empty for what is outside or in the hall. */
    private static String room(JavaClass type) {
        String prefix = "io.homeroom.";
        String name = type.getPackageName();
        return name.startsWith(prefix) ? name.substring(prefix.length()).split("\\.", 2)[0] : "";
    }

    private static boolean isNow(JavaMethodCall call) {
        return call.getName().equals("now")
                && call.getTargetOwner().getPackageName().startsWith("java.time")
                && call.getTarget().getRawParameterTypes().stream().noneMatch(p -> p.isEquivalentTo(Clock.class));
    }

    private static boolean calls(JavaAccess<?> call, Class<?> owner, String method) {
        return call.getTargetOwner().isEquivalentTo(owner) && name(method).test(call.getTarget());
    }
}
