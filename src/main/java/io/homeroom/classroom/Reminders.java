package io.homeroom.classroom;

import io.homeroom.desk.Audit;
import io.homeroom.desk.LastWord;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reminders that a person asks for, beside those that the rulebook sends by itself (WHJX-8-5a). They go one to one, never
 * into a group, at most one a day to a member, and within the week's number of notices and the quiet hours.
 */
@Service
@Transactional
public class Reminders {

    private final ClassDay day;
    private final LastWord lastWord;
    private final Audit audit;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Reminders(ClassDay day, LastWord lastWord, Audit audit, BusinessClock clock, ApplicationEventPublisher events) {
        this.day = day;
        this.lastWord = lastWord;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
    }

    /** What became of a wish to remind several: who is reminded, and who is not and why. */
    public record Round(List<String> reminded, List<String> spared) {

        public Round {
            reminded = List.copyOf(reminded);
            spared = List.copyOf(spared);
        }
    }

    /**
     * Reminds a member of what is overdue. Refused where nothing is, nobody would hear it, it was reminded today, or the
     * week's number of notices is reached.
     */
    public Outcome<Debt> remind(StaffMember who, Member member) {
        if (!day.looksAfter(who, member)) {
            return Outcome.refused("“" + member.name() + "”不在你的班里");
        }
        if (!day.chases(who, member)) {
            return Outcome.refused("“" + member.name() + "”的会费由" + member.branch() + "催缴");
        }
        List<Debt> debts = day.debts(List.of(member));
        if (debts.isEmpty()) {
            return Outcome.refused("“" + member.name() + "”没有逾期的会费，不用提醒");
        }
        return remind(who, debts.get(0));
    }

    private Outcome<Debt> remind(StaffMember who, Debt debt) {
        Member member = debt.member();
        LocalDate today = clock.today();
        if (!debt.bound()) {
            return Outcome.refused("“" + member.name() + "”的联系人没有绑定公众号，提醒发不到，请打电话");
        }
        LastWord.Told told = debt.told();
        if (told != null
                && told.about().equals("reminder")
                && told.at().atZone(BusinessClock.ZONE).toLocalDate().equals(today)) {
            return Outcome.refused("“" + member.name() + "”今天已提醒过，一天最多一次");
        }
        if (!lastWord.mayHearMore(member.id())) {
            return Outcome.refused("“" + member.name() + "”近七天收到的通知已满额，请过几天再提醒，或打电话");
        }
        String cite = debt.clauses().stream().map(Clauses::label).distinct().collect(Collectors.joining("、"));
        String by = day.sees(who, member) ? "班主任" : member.branch();
        String text = "贵单位" + debt.title() + " " + debt.owed() + " 尚未到账，" + Days.said(debt.dueOn(), today) + "到期，"
                + Days.left(debt.dueOn(), today) + (cite.isEmpty() ? "" : "〔" + cite + "〕") + "。回复「缴费」办理；已经付了请忽略。" + by
                + who.name();
        events.publishEvent(Tell.of("member", member.id(), "reminder", text)
                .cites(debt.clauses())
                .once("asked-reminder:" + member.id() + ":" + today)
                .with(Map.of(
                        "amountFen", Long.toString(debt.owed().fen()),
                        "dueOn", debt.dueOn().toString())));
        audit.note(who.username(), "reminded", member.id(), debt.title() + " " + debt.owed());
        return Outcome.done(debt);
    }

    /** A class teacher knows of a debt before its member is reminded. */
    public void seen(StaffMember who, Member member) {
        audit.note(who.username(), "reminder-seen", member.id(), "催缴前知道了");
    }

    /** Reminds all of the class who owe; those whose promised day is still to come are left in peace. */
    public Round remindAll(StaffMember who) {
        List<String> reminded = new ArrayList<>();
        List<String> spared = new ArrayList<>();
        for (Debt debt : day.debts(who)) {
            if (debt.promise() != null && !debt.promise().payOn().isBefore(clock.today())) {
                spared.add(
                        debt.member().name() + "（承诺" + Days.said(debt.promise().payOn(), clock.today()) + "付）");
                continue;
            }
            Outcome<Debt> outcome = remind(who, debt);
            if (outcome instanceof Outcome.Refused<Debt> refused) {
                spared.add(refused.refusal().reason());
            } else {
                reminded.add(debt.member().name());
            }
        }
        return new Round(reminded, spared);
    }
}
