package io.homeroom.classroom;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.dues.AllPaid;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Days;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Promise;
import io.homeroom.liaison.Promises;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** On the day after a promised day: paid, then the promise was kept; unpaid, then the class teacher gets a task. */
@Component
class PromiseDuty implements Duty {

    private static final int BATCH = 100;
    private static final String WHAT = "promise";

    private final Promises promises;
    private final Classes classes;
    private final Bills bills;
    private final Roster roster;
    private final Tasks tasks;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    PromiseDuty(
            Promises promises,
            Classes classes,
            Bills bills,
            Roster roster,
            Tasks tasks,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.promises = promises;
        this.classes = classes;
        this.bills = bills;
        this.roster = roster;
        this.tasks = tasks;
        this.transaction = transaction;
        this.events = events;
    }

    @Override
    public String name() {
        return "promises";
    }

    @Override
    public int order() {
        return 45;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return promises.nextDay(after).map(day -> day.plusDays(1));
    }

    @Override
    public void run(LocalDate day) {
        long after = 0;
        List<Promise> late;
        do {
            late = promises.overdue(day, after, BATCH);
            for (Promise promise : late) {
                after = promise.id();
                transaction.executeWithoutResult(status -> followUp(promise, day));
            }
        } while (late.size() == BATCH);
    }

    private void followUp(Promise promise, LocalDate day) {
        Member member = roster.get(promise.memberId());
        if (!member.belongs() || !bills.owed(member.id()).isPositive()) {
            promises.kept(member.id());
            return;
        }
        String text = "“" + member.name() + "”承诺" + Days.said(promise.payOn(), day) + "付款，还没有到账，请联系"
                + (promise.note().isEmpty() ? "" : "。当时说：" + promise.note());
        String to = classes.teacherOf(member.id()).map(StaffMember::address).orElse("秘书处");
        tasks.open(NewTask.of(WHAT, to, text).about(member.id()).due(day).once("promise:" + promise.id()));
        events.publishEvent(
                Tell.of("teacher", member.id(), "promise-broken", text).once("promise:" + promise.id()));
        promises.broken(promise, day);
    }

    /** Money came: the word was kept, and nobody has to ask for it any more. */
    @EventListener
    @Transactional
    public void on(AllPaid paid) {
        promises.kept(paid.member());
        for (Task task : tasks.search(
                TaskSearch.unfinished().member(paid.member()).what(WHAT).page(0, BATCH))) {
            tasks.cancel(task.id(), "system");
        }
    }
}
