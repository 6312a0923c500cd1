package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Staff;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The branches a member is in: it may join several and leave each (BACCA-10, 27-7). Each step is a change like any other,
 * in the ledger with its clause; the office, the branches and the member hear of it. The first branch chases its fee.
 */
@Service
@Transactional
public class Enrolments {

    /** Who asks, where the member itself does. */
    public static final String MEMBER = "member";

    /** The change that adds a branch beside the first. */
    static final String ALSO = "branch-also";

    /** The change that gives one up. */
    static final String LEFT = "branch-left";

    private static final int LONGEST = 30;

    private final Cases cases;
    private final Rights rights;
    private final Roster roster;
    private final Staff staff;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Audit audit;

    Enrolments(Cases cases, Rights rights, Roster roster, Staff staff, Lawbook law, BusinessClock clock, Audit audit) {
        this.cases = cases;
        this.rights = rights;
        this.roster = roster;
        this.staff = staff;
        this.law = law;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * Where a member stands with branches.
     *
     * @param branches those it is in, the one first that chases its fee
     * @param others those that it could join, as far as they are known
     * @param several whether it may be in more than one
     * @param cites clauses by which it joins and leaves
     * @param against what stands against its joining one today; null for nothing
     */
    public record Enrolment(
            List<String> branches,
            List<String> others,
            boolean several,
            List<String> cites,
            @Nullable Refusal against) {

        public Enrolment {
            branches = List.copyOf(branches);
            others = List.copyOf(others);
            cites = List.copyOf(cites);
        }
    }

    /** Where a member stands; empty where the bylaws know no branches. */
    @Transactional(readOnly = true)
    public Optional<Enrolment> of(long id) {
        Rulebook rules = law.of(clock.today());
        if (!has(rules)) {
            return Optional.empty();
        }
        Member member = roster.get(id);
        Set<String> others = known(rules);
        others.removeAll(member.branches());
        Set<String> cites = new LinkedHashSet<>();
        Stream.of(Act.BRANCH, ALSO, LEFT)
                .map(rules.changes()::get)
                .filter(java.util.Objects::nonNull)
                .forEach(rule -> cites.addAll(rule.cite()));
        return Optional.of(new Enrolment(
                member.branches(),
                List.copyOf(others),
                rules.changes().containsKey(ALSO),
                List.copyOf(cites),
                against(rules, member)));
    }

    /** Whether the bylaws let members join branches. */
    public static boolean has(Rulebook rules) {
        return rules.changes().containsKey(Act.BRANCH) && rules.cases().containsKey("change");
    }

    /** The branches that somebody is in or speaks for. */
    private Set<String> known(Rulebook rules) {
        Set<String> known = new TreeSet<>(roster.branches());
        staff.all().stream()
                .flatMap(person -> person.offices().stream())
                .filter(office -> !rules.decides(office))
                .forEach(known::add);
        return known;
    }

    private @Nullable Refusal against(Rulebook rules, Member member) {
        Rulebook.Change rule = Tracks.change(rules, Act.BRANCH);
        Set<String> cites = new LinkedHashSet<>(rule.members());
        cites.addAll(rule.cite());
        if (!member.belongs()) {
            return new Refusal(List.copyOf(cites), "分会由会员组成，要先成为会员才能加入", null);
        }
        if (!rights.may(member.id(), Rights.ANY)) {
            cites.addAll(rights.basis(member.id(), Rights.ANY));
            return new Refusal(List.copyOf(cites), member.name() + "目前不能行使会员权利，恢复以后才能加入分会", null);
        }
        return null;
    }

    /**
     * Lets a member join a branch, at once.
     *
     * @param by {@link #MEMBER} for the member itself, which may join those that are known; else the account of the colleague
     *     who records it
     */
    public Outcome<CaseView> join(long id, String branch, String by) {
        Rulebook rules = law.of(clock.today());
        if (!has(rules)) {
            return Outcome.refused("本协会的制度没有分会");
        }
        Member member = roster.get(id);
        Refusal against = against(rules, member);
        if (against == null) {
            against = unfit(rules, member, branch, by);
        }
        if (against != null) {
            audit.refused(by, "branch-refused", id, against);
            return Outcome.refused(against);
        }
        return change(id, member.branches().isEmpty() ? Act.BRANCH : ALSO, branch, by);
    }

    private @Nullable Refusal unfit(Rulebook rules, Member member, String branch, String by) {
        Rulebook.Change rule = Tracks.change(rules, Act.BRANCH);
        if (!branch.matches("[\\p{IsHan}A-Za-z0-9（）()·]{2," + LONGEST + "}") || rules.decides(branch)) {
            return new Refusal(rule.cite(), "请写分会的名称，2到" + LONGEST + "个字，不带空格和标点；办事的部门不是分会", null);
        }
        if (!member.branches().isEmpty() && !rules.changes().containsKey(ALSO)) {
            return new Refusal(
                    rule.cite(), "一个会员只能在一个分会，要先退出" + member.branches().get(0), null);
        }
        Set<String> known = by.equals(MEMBER) ? known(rules) : Set.of(branch);
        return known.contains(branch)
                ? null
                : new Refusal(rule.cite(), "没有“" + branch + "”这个分会，现有：" + String.join("、", known), null);
    }

    /** Lets a member leave a branch, at once; nothing but its not being in there stands against it. */
    public Outcome<CaseView> leave(long id, String branch, String by) {
        return has(law.of(clock.today())) ? change(id, LEFT, branch, by) : Outcome.refused("本协会的制度没有分会");
    }

    private Outcome<CaseView> change(long id, String field, String branch, String by) {
        return cases.open(
                new Opening("change", id, "", by, List.of(), null, Map.of("field", field, "to", branch), List.of()));
    }

    /** Such a change as it is told; empty for any other. */
    static String said(Member member, Map<String, String> data) {
        String branch = data.getOrDefault("to", "");
        String was = member.branch();
        return switch (data.getOrDefault("field", "")) {
            case Act.BRANCH -> was == null || was.equals(branch) ? "加入" + branch : "由" + was + "转到" + branch;
            case ALSO -> "加入" + branch + "，原有" + String.join("、", member.branches());
            case LEFT -> "退出" + branch;
            default -> "";
        };
    }

    /** Who hears of such a change beside the offices that the rulebook names. */
    static List<Tell> concerned(Member member, CaseRow file, String said, List<String> cite) {
        Set<String> branches = new LinkedHashSet<>(List.of(file.data().getOrDefault("to", "")));
        String was = member.branch();
        if (Act.BRANCH.equals(file.data().get("field")) && was != null) {
            branches.add(was);
        }
        List<Tell> told = new ArrayList<>();
        for (String branch : branches) {
            told.add(Tell.of(branch, member.id(), "change", member.name() + said)
                    .cites(cite)
                    .urgency(Tell.Urgency.SOON)
                    .with(file.about()));
        }
        if (!file.openedBy().equals(MEMBER)) {
            told.add(Tell.of(MEMBER, member.id(), "change", "你单位" + said + "，已登记")
                    .cites(cite)
                    .with(file.about()));
        }
        return told;
    }
}
