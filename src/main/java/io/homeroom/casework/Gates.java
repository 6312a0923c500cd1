package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.TaskRule;
import io.homeroom.desk.Tell;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillKind;
import io.homeroom.dues.Bills;
import io.homeroom.dues.TermEnd;
import io.homeroom.governance.Bodies;
import io.homeroom.ground.Money;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Contacts;
import io.homeroom.member.Role;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Objection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What cases have to say where lower rooms ask: before a payment is taken, before a task is finished, about terms. */
@Component
@Transactional
class Gates implements Objection, TaskRule, TermEnd {

    private final Lawbook law;
    private final BusinessClock clock;
    private final CaseBook book;
    private final Bills bills;
    private final Places places;
    private final Contacts contacts;
    private final Bodies bodies;
    private final ApplicationEventPublisher events;

    Gates(
            Lawbook law,
            BusinessClock clock,
            CaseBook book,
            Bills bills,
            Places places,
            Contacts contacts,
            Bodies bodies,
            ApplicationEventPublisher events) {
        this.law = law;
        this.clock = clock;
        this.book = book;
        this.bills = bills;
        this.places = places;
        this.contacts = contacts;
        this.bodies = bodies;
        this.events = events;
    }

    /** No top-up while no seat of the higher grade is free (IGRS-14): the seat is won by paying. */
    @Override
    public Optional<Refusal> to(long member, Money amount, LocalDate on, @Nullable String forWhat) {
        for (CaseRow file : book.openOf(member)) {
            if (!file.type().equals("upgrade") || !file.awaiting().contains("payment")) {
                continue;
            }
            String to = places.of(file);
            List<String> full = places.full(file);
            if (full.isEmpty()) {
                continue;
            }
            boolean settles = bills.wouldSettle(member, amount).stream()
                    .map(Bill::kind)
                    .anyMatch(kind -> kind == BillKind.TOP_UP);
            if (settles) {
                events.publishEvent(Tell.of("秘书处", member, "cap-full", file.subject() + "的升级须等" + to + "有空额")
                        .cites(full)
                        .once("cap-full:" + file.id() + ":" + on));
                return Optional.of(new Refusal(full, to + "名额已满，暂不能补交升级会费；有空额时会通知你", null));
            }
        }
        return Optional.empty();
    }

    /** Documents that the task asks for, and a liaison before registration where the bylaws want one. */
    @Override
    public Optional<Refusal> mayFinish(Task task, List<String> documents) {
        String needed = task.data().getOrDefault("documents", "");
        for (String document : needed.split(" ")) {
            if (!document.isEmpty() && !documents.contains(document)) {
                return Optional.of(new Refusal(task.clauses(), "须附上" + document + "才能办结", null));
            }
        }
        Long member = task.memberId();
        if (!task.what().equals("registration") || member == null) {
            return Optional.empty();
        }
        Rulebook.Person liaison = law.of(clock.today()).liaison();
        boolean required = liaison != null && !liaison.required().isEmpty();
        boolean has = contacts.of(member).stream().anyMatch(contact -> contact.role() == Role.LIAISON);
        return liaison != null && required && !has
                ? Optional.of(new Refusal(liaison.required(), "登记前须指定联络人", null))
                : Optional.empty();
    }

    @Override
    public Optional<LocalDate> of(String body) {
        return Optional.ofNullable(bodies.state(body).termEnds());
    }

    /** Fee standards that a body resolved: they hold beside the written ones from the day of the decision. */
    List<Fees.Standard> resolvedStandards() {
        return book.approvedResolutions().stream()
                .filter(file -> file.closedOn() != null)
                .map(file -> {
                    Map<String, Money> amounts = new LinkedHashMap<>();
                    file.data().forEach((key, value) -> {
                        if (key.startsWith("fee:")) {
                            amounts.put(key.substring("fee:".length()), Money.ofYuan(new BigDecimal(value)));
                        }
                    });
                    LocalDate from = file.closedOn();
                    return new Fees.Standard(from == null ? clock.today() : from, false, amounts);
                })
                .filter(standard -> !standard.amounts().isEmpty())
                .toList();
    }
}
