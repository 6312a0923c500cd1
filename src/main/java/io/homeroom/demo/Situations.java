package io.homeroom.demo;

import io.homeroom.care.Changes;
import io.homeroom.care.Needs;
import io.homeroom.casework.Application;
import io.homeroom.casework.Ballots;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Decision;
import io.homeroom.casework.Opening;
import io.homeroom.desk.StaffMember;
import io.homeroom.governance.Ballot;
import io.homeroom.ground.Money;
import io.homeroom.liaison.Promises;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Kind;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Method;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * A few more members of each association, each in something: they apply, have a need and a change in hand, paid too much,
 * promised, leave, were expelled or sanctioned, are voted on. All of it comes about through the front doors, so that it
 * has its papers, notices and audit. They come after everybody else and draw their names from a stream of their own.
 */
@Component
@Profile("sandbox")
class Situations {

    private static final String BY = "demo";

    private final Roster roster;
    private final Cases cases;
    private final Ballots ballots;
    private final Changes changes;
    private final Needs needs;
    private final Promises promises;
    private final Till till;
    private final BusinessClock clock;

    Situations(
            Roster roster,
            Cases cases,
            Ballots ballots,
            Changes changes,
            Needs needs,
            Promises promises,
            Till till,
            BusinessClock clock) {
        this.roster = roster;
        this.cases = cases;
        this.ballots = ballots;
        this.changes = changes;
        this.needs = needs;
        this.promises = promises;
        this.till = till;
        this.clock = clock;
    }

    /** One association's, in its transaction. */
    final class Scene {

        private final Cast cast;
        private final Rulebook book;
        private final Names names;
        private final StaffMember teacher;
        private final LocalDate today = clock.today();

        private Scene(Cast cast, Rulebook book, Names names, StaffMember teacher) {
            this.cast = cast;
            this.book = book;
            this.names = names;
            this.teacher = teacher;
        }

        private String lowest(Kind kind) {
            return book.grades().stream()
                    .filter(grade ->
                            grade.entry() && kind.code().equals(grade.kind() == null ? Kind.UNIT.code() : grade.kind()))
                    .findFirst()
                    .orElseThrow()
                    .name();
        }

        private NewMember.Draft draft(String trade) {
            return NewMember.draft(names.unit(cast.place(), List.of(trade)), Kind.UNIT, lowest(Kind.UNIT))
                    .joined(LocalDate.of(today.getYear() - 4, 3, 1 + names.below(28)))
                    .paidThrough(LocalDate.of(today.getYear() - 1, 12, 31))
                    .uscc(names.uscc())
                    .number(book.number() != null)
                    .teacher(teacher.id())
                    .contact(Role.REPRESENTATIVE, names.person(), names.phone())
                    .contact(Role.LIAISON, names.person(), names.phone());
        }

        private long enter(NewMember.Draft draft) {
            return roster.enter(draft.done()).id();
        }

        private CaseView open(String type, long member, Map<String, String> data, String ground) {
            return cases.open(new Opening(type, member, "", "秘书处", List.of(ground), null, data, List.of()))
                    .get();
        }

        private void play() {
            cases.apply(new Application(
                            null,
                            names.unit(cast.place(), List.of("新材料")),
                            Kind.UNIT,
                            null,
                            null,
                            names.uscc(),
                            null,
                            null,
                            Application.Facts.CLEAN,
                            Map.of(),
                            BY))
                    .get();
            long busy = enter(draft("科技服务"));
            needs.raise(busy, "想了解今年的人才补贴怎么申请", "member:" + busy).get();
            long leaving = enter(draft("咨询"));
            cases.open(Opening.byMember("withdrawal", leaving, Map.of())).get();
            enter(draft("机电")
                    .ended(
                            LocalDate.of(today.getYear() - 1, 10, 20),
                            EndedAs.DEEMED_WITHDRAWN,
                            LocalDate.of(today.getYear() - 1, 10, 24))
                    .number(false)
                    .teacher(null));
            Fees fees = book.fees();
            if (fees != null) {
                money(fees, busy);
            }
            switch (cast.code()) {
                case "dsia" ->
                    changes.report(
                                    busy,
                                    new Changes.Report(
                                            "address", cast.place() + "示范路9800号", "", today.plusDays(14), false, false),
                                    Map.of(),
                                    "")
                            .get();
                case "igrs" -> {
                    decide(open("expulsion", enter(draft("精密仪器")), Map.of(), "IGRS-26-4"), "核心会员大会", true);
                    decide(open("sanction", enter(draft("传感器")), Map.of("to", "警告"), "IGRS-23-4"), "核心会员大会", false);
                }
                case "bacca" -> {
                    decide(open("expulsion", enter(draft("版权代理")), Map.of(), "BACCA-37-5"), "理事会", false);
                    decide(
                            open(
                                    "sanction",
                                    enter(draft("周边贸易")),
                                    Map.of("to", "严重警告", "until", today.getYear() + "-12-31"),
                                    "BACCA-37-3"),
                            "理事会",
                            false);
                    enter(draft("衍生品").listed(today.minusMonths(7), null));
                    enter(NewMember.draft(names.person(), Kind.INDIVIDUAL, lowest(Kind.INDIVIDUAL))
                            .joined(LocalDate.of(today.getYear() - 3, 5, 6))
                            .paidThrough(LocalDate.of(today.getYear() - 1, 12, 31))
                            .number(true)
                            .teacher(teacher.id())
                            .contact(Role.SELF, names.person(), names.phone()));
                }
                case "aii" -> {
                    decide(open("expulsion", enter(draft("物联网")), Map.of(), "AII-14-1"), "理事会", true);
                    CaseView voted = open("expulsion", enter(draft("工控设备")), Map.of(), "AII-14-1");
                    ballots.open(new Ballots.Wish(
                                    voted.id(),
                                    "理事会",
                                    Ballot.Way.ONLINE,
                                    false,
                                    today.plusDays(14),
                                    "理事单位分散各地",
                                    null,
                                    BY))
                            .get();
                }
                default -> {}
            }
        }

        private void decide(CaseView file, String body, boolean counted) {
            cases.decide(
                            file.id(),
                            counted
                                    ? new Decision(body, false, "示例决定", null, 12, 12, 0, BY)
                                    : Decision.of(body, "approve", "示例决定", BY))
                    .get();
        }

        /** One paid more than it owed, one owes a year and has given its word. */
        private void money(Fees fees, long rich) {
            Money yearly = fees.yearly(lowest(Kind.UNIT), today).orElseThrow();
            till.receive(
                            rich,
                            new Money(yearly.fen() * 3 / 2),
                            Method.BANK_TRANSFER,
                            clock.instant(),
                            null,
                            "会费",
                            null,
                            BY)
                    .get();
            long promising = enter(draft("勘测").paidThrough(LocalDate.of(today.getYear() - 2, 12, 31)));
            promises.promise(promising, today.plusDays(10), "财务月中统一付款", teacher.username())
                    .get();
        }
    }

    void play(Cast cast, Rulebook book, Names names, StaffMember teacher) {
        new Scene(cast, book, names, teacher).play();
    }
}
