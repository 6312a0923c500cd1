package io.homeroom.casework;

import io.homeroom.dues.Bills;
import io.homeroom.ground.Days;
import io.homeroom.ground.Money;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Sanction;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What a member is told, once and in full, when a membership ends or something grave was decided about it: by whom, from
 * when, what ends, what remains, and what it may do about it until when.
 */
@Component
class Pronouncement {

    private static final Set<String> DECIDED = Set.of("approved", "vote-passed");

    private final CaseBook book;
    private final Prospects prospects;
    private final Roster roster;
    private final Bills bills;
    private final Lawbook law;
    private final BusinessClock clock;

    Pronouncement(CaseBook book, Prospects prospects, Roster roster, Bills bills, Lawbook law, BusinessClock clock) {
        this.book = book;
        this.prospects = prospects;
        this.roster = roster;
        this.bills = bills;
        this.law = law;
        this.clock = clock;
    }

    /** What follows the case's name and its state, beginning with a stop; nothing for what is not grave. */
    String of(CaseRow file) {
        Long about = file.memberId();
        if (about == null) {
            return "";
        }
        Member member = roster.get(about);
        List<String> ends = ends(file, member);
        if (ends.isEmpty()) {
            return "";
        }
        Rulebook rules = law.of(clock.today());
        List<String> parts = new ArrayList<>();
        parts.add(decided(rules, file) + String.join("，", ends));
        if (member.standing() == Standing.ENDED && rules.fees() != null) {
            Money owed = bills.owed(member.id());
            parts.add(owed.isPositive() ? "此前的费用尚有 " + owed + " 未到账，仍请交清" : "没有未交的费用");
        }
        parts.add(against(member));
        return "。" + String.join("。", parts);
    }

    private static List<String> ends(CaseRow file, Member member) {
        List<String> ends = new ArrayList<>();
        LocalDate ended = member.endedOn();
        if (member.standing() == Standing.ENDED && ended != null) {
            ends.add("会籍自" + Days.dated(ended) + "起终止，会员的权利和职务随之终止");
            return ends;
        }
        LocalDate rests = member.suspendedSince();
        switch (file.type()) {
            case "sanction" ->
                member.sanctions().stream()
                        .reduce((earlier, later) -> later)
                        .ifPresent(sanction -> ends.add(term(sanction)));
            case "downgrade" -> ends.add("会员级别改为" + member.grade());
            case "removal" -> ends.add("职务终止，会籍不变");
            default -> {
                // Other decisions take nothing from the member.
            }
        }
        if (rests != null && Set.of("sanction", "suspension").contains(file.type())) {
            ends.add("会员权利自" + Days.dated(rests) + "起暂停，会籍保留");
        }
        return ends;
    }

    private static String term(Sanction sanction) {
        LocalDate until = sanction.until();
        return sanction.name() + "，自" + Days.dated(sanction.since()) + "起"
                + (until == null ? "" : "到" + Days.dated(until));
    }

    /** Who decided, where a body or an office did. */
    private String decided(Rulebook rules, CaseRow file) {
        return book.view(file).steps().stream()
                .filter(step -> DECIDED.contains(step.act()) && rules.decides(step.by()))
                .reduce((earlier, later) -> later)
                .map(step -> step.by() + Days.dated(step.on()) + "决定，")
                .orElse("");
    }

    /** The means that the bylaws give, each with its time; where they give none, whom to ask. */
    private String against(Member member) {
        if (member.endedAs() == EndedAs.WITHDRAWN) {
            return "以后想再加入，回复「入会」看条件";
        }
        List<String> means =
                prospects.pleas(member.id()).stream().map(Pronouncement::means).toList();
        return means.isEmpty() ? "规则没有另设申诉，有异议请回复「人工」" : String.join("；", means);
    }

    private static String means(Prospects.Request plea) {
        LocalDate until = plea.until();
        return (plea.type().equals("appeal") ? "不服的，回复「申诉」提出" : "以后要恢复，回复「恢复会籍」提出")
                + (until == null ? "，规则没有写期限" : "，最迟在" + Days.dated(until));
    }
}
