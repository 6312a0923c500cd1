package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Bodies;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What members may do today, and what they draw on. */
@Service
@Transactional
public class Rights {

    /** What every member may do whose rights are not at rest. */
    static final String ANY = "any-right";

    private static final String OFFICE = "hold-office";
    private static final String SERVICES = "services";
    private static final String ARREARS = "services-in-arrears";

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Bills bills;
    private final Consequences consequences;
    private final EntityManager entities;
    private final Audit audit;

    Rights(
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Bills bills,
            Consequences consequences,
            EntityManager entities,
            Audit audit) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.bills = bills;
        this.consequences = consequences;
        this.entities = entities;
        this.audit = audit;
    }

    /** Whether a member has a right today. A right that the bylaws do not give is not had. */
    @Transactional(readOnly = true)
    public boolean may(long member, String right) {
        return refusal(roster.get(member), right).isEmpty();
    }

    /** All rights that the bylaws know, with whether the member has them today. */
    @Transactional(readOnly = true)
    public Map<String, Boolean> of(long id) {
        Member member = roster.get(id);
        Map<String, Boolean> rights = new TreeMap<>();
        law.of(clock.today())
                .rights()
                .keySet()
                .forEach(key -> rights.put(key, refusal(member, key).isEmpty()));
        return rights;
    }

    /** By which clauses a member has a right today, or has it not. */
    @Transactional(readOnly = true)
    public List<String> basis(long id, String right) {
        return refusal(roster.get(id), right)
                .map(Refusal::clauses)
                .orElseGet(
                        () -> Optional.ofNullable(law.of(clock.today()).rights().get(right))
                                .map(Rulebook.Right::cite)
                                .orElse(List.of()));
    }

    private Optional<Refusal> refusal(Member member, String key) {
        Rulebook book = law.of(clock.today());
        Rulebook.NumberRule number = book.number();
        if (member.standing() != Standing.ACTIVE) {
            List<String> clauses = new ArrayList<>(restingBy(book, member));
            if (number != null) {
                clauses.addAll(number.cite());
            }
            return Optional.of(new Refusal(clauses, "目前的会籍状态不能行使这项权利", null));
        }
        if (number != null && !validNumber(member)) {
            return Optional.of(new Refusal(number.cite(), "须有有效的会员证号才能行使权利，请先办理登记", null));
        }
        Rulebook.Right right = book.rights().get(key);
        if (right == null) {
            return key.equals(ANY) ? Optional.empty() : Optional.of(new Refusal("制度没有规定这项权利，请咨询秘书处"));
        }
        if (!right.heldBy(book, member.grade(), member.posts())) {
            List<String> clauses = new ArrayList<>();
            Optional.ofNullable(right.refused()
                            .getOrDefault(member.grade(), right.refused().get("*")))
                    .ifPresent(clauses::add);
            right.cite().stream().filter(clause -> !clauses.contains(clause)).forEach(clauses::add);
            return Optional.of(new Refusal(clauses, member.grade() + "没有这项权利", null));
        }
        if (key.equals(SERVICES) && !book.holds(ARREARS) && bills.overdue(member.id(), clock.today())) {
            return Optional.of(new Refusal(
                    Optional.ofNullable(book.readings().get(ARREARS))
                            .map(Rulebook.Reading::cite)
                            .orElse(right.cite()),
                    "会费逾期未交，交清之前不能使用服务",
                    null));
        }
        return key.equals(OFFICE) ? officeBarred(book, member) : Optional.empty();
    }

    /**
     * Why a member may not vote in a body today; empty if it may. A seat that comes with a post brings its vote along;
     * elsewhere the right to vote decides.
     */
    Optional<Refusal> againstVoting(Member member, String body) {
        Rulebook book = law.of(clock.today());
        Rulebook.Body rule = book.bodies().get(body);
        if (rule == null || !Bodies.fits(book, rule, member)) {
            return Optional.of(new Refusal("不是" + body + "的成员，没有表决权"));
        }
        boolean office = !rule.posts().isEmpty() || !rule.grades().isEmpty();
        return refusal(member, rule.posts().isEmpty() ? "vote" : ANY)
                .or(() -> office ? officeBarred(book, member) : Optional.empty());
    }

    /** A sanction that suspends office bars it through its last day; one that ends office bars it for good. */
    private Optional<Refusal> officeBarred(Rulebook book, Member member) {
        LocalDate today = clock.today();
        for (io.homeroom.member.Sanction sanction : member.sanctions()) {
            Rulebook.Sanction rule = book.sanctions().stream()
                    .filter(s -> s.name().equals(sanction.name()))
                    .findFirst()
                    .orElse(null);
            if (rule == null) {
                continue;
            }
            LocalDate since = member.since();
            if (!rule.endsOffice().isEmpty()
                    && (since == null || !sanction.since().isBefore(since))) {
                return Optional.of(new Refusal(rule.endsOffice(), "受到" + rule.name() + "，已失去任职资格", null));
            }
            if (!rule.suspendsOffice().isEmpty() && sanction.on(today)) {
                return Optional.of(new Refusal(rule.suspendsOffice(), "受到" + rule.name() + "，处理期内暂停履职", null));
            }
        }
        return Optional.empty();
    }

    /** Whether the number may be shown: given, rights not at rest, and the registration not run out (BACCA-14-b). */
    @Transactional(readOnly = true)
    public boolean validNumber(Member member) {
        String until = member.data().get("registered-until");
        return member.number()
                && member.standing() != Standing.SUSPENDED
                && (until == null || !clock.today().isAfter(LocalDate.parse(until)));
    }

    /** Clauses by which a member has no rights today: those of its end or suspension, and of the sanction behind it. */
    private List<String> restingBy(Rulebook book, Member member) {
        List<String> clauses = new ArrayList<>();
        if (member.standing() == Standing.ENDED) {
            clauses.addAll(book.rightsEnd());
        }
        roster.history(member.id()).stream()
                .filter(entry -> entry.kind() == EntryKind.SUSPENDED || entry.kind() == EntryKind.ENDED)
                .map(Entry::clause)
                .filter(clause -> !clause.isEmpty())
                .reduce((first, second) -> second)
                .ifPresent(clauses::add);
        LocalDate today = clock.today();
        member.sanctions().stream()
                .filter(sanction -> sanction.on(today))
                .flatMap(sanction ->
                        book.sanctions().stream().filter(s -> s.name().equals(sanction.name())))
                .forEach(rule -> clauses.addAll(rule.suspendsRights()));
        if (member.standing() == Standing.SUSPENDED && !member.restsBySanction()) {
            Track suspension = book.cases().get("suspension");
            clauses.addAll(suspension == null ? List.of() : suspension.cite());
        } else if (member.endedAs() != null) {
            book.on().getOrDefault(member.endedAs().code(), List.of()).stream()
                    .map(Act::task)
                    .filter(java.util.Objects::nonNull)
                    .forEach(task -> clauses.addAll(task.cite()));
        }
        return clauses.stream().distinct().toList();
    }

    /** Free guest passes for one event. */
    @Transactional(readOnly = true)
    public int passes(long id) {
        Member member = roster.get(id);
        Rulebook book = law.of(clock.today());
        if (book.benefits() == null || refusal(member, ANY).isPresent()) {
            return 0;
        }
        return book.grade(member.grade()).map(Rulebook.Grade::passes).orElse(0);
    }

    /** The size class by last year's headcount and revenue (yuan); empty for none or where they are not known well enough. */
    @Transactional(readOnly = true)
    public Optional<String> size(long id) {
        Map<String, String> data = roster.get(id).data();
        String headcount = data.get("headcount");
        String revenue = data.get("revenue");
        Rulebook book = law.of(clock.today());
        boolean both = book.setting("size-by").filter("both"::equals).isPresent();
        for (Rulebook.Size size : book.sizes()) {
            boolean few = headcount != null && Integer.parseInt(headcount) < size.headcountBelow();
            boolean small =
                    revenue != null && new BigDecimal(revenue).compareTo(BigDecimal.valueOf(size.revenueBelow())) < 0;
            boolean below = both ? few && small : few || small;
            if (below) {
                return Optional.of(size.name());
            }
            boolean open = both ? few || small : true;
            if (open && (headcount == null || revenue == null)) {
                return Optional.empty(); // the figure that is missing might put it here
            }
        }
        return Optional.empty();
    }

    /**
     * Uses a right or a service.
     *
     * @param what a right's code, {@code pass}, {@code publicity} or {@code reissue}
     * @param event the event that passes are for
     * @param count how many
     */
    public Outcome<Integer> use(long id, String what, String event, int count, String by) {
        Member member = roster.get(id);
        Rulebook book = law.of(clock.today());
        Optional<Refusal> refusal;
        if (what.equals("pass")) {
            refusal = noPass(book, member, event, count);
        } else if (what.equals("publicity") || what.equals("reissue")) {
            refusal =
                    book.on().containsKey(what) ? refusal(member, ANY) : Optional.of(new Refusal("制度没有规定这项服务，请咨询秘书处"));
        } else {
            refusal = refusal(member, what);
        }
        if (refusal.isPresent()) {
            audit.note(by, "use-refused", id, what, refusal.get().clauses().toArray(String[]::new));
            return Outcome.refused(refusal.get());
        }
        entities.persist(new UseRow(id, what, event, count, clock.today()));
        audit.note(by, "use", id, what + " " + event);
        Context context = new Context(
                id,
                null,
                null,
                what + ":" + id + ":" + io.homeroom.ground.Ids.next(),
                new ArrayList<>(),
                Map.of("用途", event.isEmpty() ? "会员服务" : event),
                by);
        consequences.on(what, context);
        consequences.on("used", context.under("used"));
        hear(id, what, event, by);
        return Outcome.done(count);
    }

    /** What a member asks for itself must not get lost: where the rulebook has nobody told of it, the secretariat is. */
    private void hear(long id, String what, String event, String by) {
        Map<String, List<Act>> on = law.of(clock.today()).on();
        if (by.startsWith("member:") && !on.containsKey(what) && !on.containsKey("used")) {
            consequences.carryOut(
                    List.of(new Act(List.of("秘书处"), null, null, null, null, basis(id, what), "{会员}提出{权利}：{用途}")),
                    new Context(
                            id,
                            null,
                            null,
                            "asked:" + id + ":" + io.homeroom.ground.Ids.next(),
                            List.of(),
                            Map.of("用途", event, "权利", Rulebook.Right.word(what)),
                            by));
        }
    }

    private Optional<Refusal> noPass(Rulebook book, Member member, String event, int count) {
        Rulebook.Benefits benefits = book.benefits();
        if (benefits == null) {
            return Optional.of(new Refusal("制度没有规定参会证件，请咨询秘书处"));
        }
        int quota = passes(member.id());
        boolean yearly = book.setting("passes-per").filter("year"::equals).isPresent();
        Long used = entities.createQuery(
                        "select coalesce(sum(used), 0) from UseRow where memberId = :member and what = 'pass' and "
                                + (yearly ? "year(usedOn)" : "event") + " = :scope",
                        Long.class)
                .setParameter("member", member.id())
                .setParameter("scope", yearly ? (Object) clock.today().getYear() : event)
                .getSingleResult();
        if (used + count <= quota) {
            return Optional.empty();
        }
        List<String> clauses = new ArrayList<>(benefits.passes());
        refusal(member, ANY).ifPresent(none -> clauses.addAll(none.clauses()));
        return Optional.of(
                new Refusal(clauses, (yearly ? "每年" : "每次活动") + "可免费领取" + quota + "张证件，已领" + used + "张", null));
    }
}
